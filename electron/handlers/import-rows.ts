import type {
  ImportGroup,
  ImportPreview,
  ImportProgressTold,
  ImportRow,
  ImportSheet,
  StagedRow as ToldRow,
} from '../../shared/contract/imports.ts';
import type { ImportProgress, Mapping, RowVerdict } from '../../shared/domain/list-import.ts';
import { type Result, ok } from '../../shared/lib/result.ts';
import type { Kernel } from '../kernel.ts';
import type { GivenFile } from '../lists/given-files.ts';
import type { ImportSettings } from '../lists/settings.ts';
import { type PreviewWish, guessReading } from '../lists/source.ts';
import { keptCampaign } from '../store/campaigns.ts';
import type { StagedGroup, StagedRow } from '../store/import-staging.ts';
import type { Import } from '../store/imports.ts';
import { standingOf } from '../store/import-undo.ts';
import { listName } from '../store/lists.ts';

/* Imports as the screens show them. */

/** Longer cells are cut for the eye; what goes in is the whole of them. */
const CELL_SHOWN_MAX = 300;

export function importRow({ db, imports }: Kernel, found: Import): ImportRow {
  const { id, settings, ...row } = found;
  const { listName: wished = '', campaignIds = [] } = settings as ImportSettings;
  const progress = imports.progressOf(id);
  return {
    id,
    ...row,
    list: row.listId === null ? wished : (listName(db, row.listId) ?? wished),
    isRunning: imports.isRunning(id),
    progress: progress === null ? null : toldProgress(progress),
    trouble: imports.troubleOf(id),
    campaigns: campaignIds.map((each) => keptCampaign(db, each)?.name ?? 'A campaign that is gone'),
    hasRows: imports.hasRows(id),
  };
}

export function importSheet(kernel: Kernel, found: Import): ImportSheet {
  const { db, imports } = kernel;
  const { mapping, policy } = found.settings as ImportSettings;
  const isIn = found.state === 'committed' || found.state === 'committing';
  return {
    ...importRow(kernel, found),
    columns: mapping.columns.map(({ header, field }) => ({ header, field })),
    mapping: plain(mapping),
    policy,
    going: imports.groups(found.id).reduce((sum, { going }) => sum + going, 0),
    called: isIn && !imports.isRunning(found.id) ? standingOf(db, found.id).called : null,
  };
}

/** How much longer follows from how far it is and how fast it goes; at first nobody knows. */
export function toldProgress(progress: ImportProgress): ImportProgressTold {
  const { part, rows, rowsPerSecond } = progress;
  const left = part > 0.01 && rowsPerSecond > 0 ? (rows * (1 / part - 1)) / rowsPerSecond : null;
  return { ...progress, leftMs: left === null ? null : Math.round(left * 1_000) };
}

/** The first rows; or, where they cannot be read as they are, what could be changed about the reading. */
export function previewOf(
  { imports }: Kernel,
  file: GivenFile,
  chosen: PreviewWish,
): Result<Omit<ImportPreview, 'file'>, string> {
  const seen = imports.preview(file.path, chosen);
  if (seen.ok) {
    const { encoding, dialect, sheet, rows, mapping, ...rest } = seen.value;
    return ok({
      ...rest,
      columns: [...rest.columns],
      sheets: [...rest.sheets],
      reading: { encoding, dialect, sheet },
      rows: rows.map((row) => row.map(shownCell)),
      mapping: plain(mapping),
      trouble: null,
    });
  }
  const guess = guessReading(file.path, chosen);
  if (!guess.ok) return guess;
  const { encoding, dialect, sheet, certainty, bytes, sheets } = guess.value;
  const nobody: Mapping = { columns: [], country: 'US', dateOrder: 'mdy', zoneIfNone: null };
  return ok({
    bytes,
    reading: { encoding, dialect, sheet },
    certainty,
    sheets: [...sheets],
    columns: [],
    rows: [],
    mapping: plain(nobody),
    isRemembered: false,
    signature: '',
    trouble: seen.error,
  });
}

export function groupRow({ verdict, reason, n, going, excluded }: StagedGroup): ImportGroup {
  return { verdict: verdict as RowVerdict, reason, n, going, excluded };
}

export function stagedRow({ verdict, cells, made: _made, target: _target, ...row }: StagedRow): ToldRow {
  return { ...row, verdict: verdict as RowVerdict, cells: cells.map(shownCell) };
}

function shownCell(cell: string): string {
  return cell.length > CELL_SHOWN_MAX ? `${cell.slice(0, CELL_SHOWN_MAX)}…` : cell;
}

function plain({ columns, ...mapping }: Mapping): ImportPreview['mapping'] {
  return { ...mapping, columns: columns.map((column) => ({ ...column })) };
}
