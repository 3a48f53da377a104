import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { DedupePolicy, ImportProgress, Mapping, Reading } from '../../shared/domain/list-import.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { DAY_MS } from '../../shared/lib/instants.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import {
  type StagedGroup,
  type StagedRow,
  type Staging,
  openStaging,
  removeStaging,
} from '../store/import-staging.ts';
import {
  type Import,
  addImport,
  changeImport,
  importById,
  importsOf,
  mappingFor,
  moveImport,
  rememberMapping,
  unfinishedImports,
} from '../store/imports.ts';
import { leaveLogToOthers } from '../store/bulk-writing.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { storeTrouble } from '../store/trouble.ts';
import { beginCommit, beginUndo } from './commit.ts';
import { UTF8_MARK, csvLine } from './csv-write.ts';
import { type FixAlike, type GroupOf, type RowsOf, rowFixer, withCells } from './fix.ts';
import { givenFiles } from './given-files.ts';
import { type ImportAnswer, type ImportStep, importInWorker } from './import-aside.ts';
import type { ImportSettings } from './settings.ts';
import { type Preview, type PreviewWish, previewFile } from './source.ts';

export interface ImportsDeps {
  readonly db: Db;
  /** The workspace’s file; what is staged lies in a folder beside it. */
  readonly file: string;
  readonly clock: Clock;
  /** What a number without a country code means here. */
  readonly country: string;
  readonly tell?: (importId: number, progress: ImportProgress) => void;
  /** Told when an import began a step, or ended one. */
  readonly changed?: (importId: number) => void;
  /** Told of mistakes of ours in a step that nobody waits for. */
  readonly log?: (line: string, error?: unknown) => void;
  /** How a step is taken. Left out, on a thread of its own, so that nothing waits for it. */
  readonly runStep?: typeof importInWorker;
}

export interface ImportWish {
  readonly file: string;
  /** What people call it; the name of the file where nothing else is said. */
  readonly fileName?: string;
  readonly listId: number | null;
  /** The list to make of it, where `listId` names none. */
  readonly listName?: string;
  readonly campaignIds?: readonly number[];
  readonly reading: Reading;
  readonly mapping: Mapping;
  readonly policy: DedupePolicy;
  readonly signature: string;
}

/** A step that goes on by itself; `done` is what came of it. */
export interface Begun {
  readonly id: number;
  readonly done: Promise<Result<Import, string>>;
}

export type Imports = ReturnType<typeof openImports>;

/** The imports of one workspace: each is looked at, checked, mended, put in and, if need be, taken back. */
export function openImports(deps: ImportsDeps) {
  const { db, file, clock, country, tell, changed, log, runStep = importInWorker } = deps;
  const folder = join(dirname(file), 'imports');
  const files = givenFiles(folder, clock);
  const running = new Map<number, AbortController>();
  const progress = new Map<number, ImportProgress>();
  /** Why the last step of an import came to nothing, until its next one. */
  const troubles = new Map<number, string>();
  const open = new Map<number, Staging>();

  const stagingFile = (id: number) => join(folder, `${id}.db`);

  /** Null where nothing is staged, or not all of it yet. */
  function staging(id: number): Staging | null {
    const known = open.get(id);
    if (known !== undefined) return known;
    if (!existsSync(stagingFile(id)) || importById(db, id)?.state === 'checking') return null;
    const opened = openStaging(stagingFile(id));
    open.set(id, opened);
    return opened;
  }

  function closeStaging(id: number): void {
    open.get(id)?.close();
    open.delete(id);
  }

  /** One step in the background. Only one at a time: two would be in each other’s way and nobody’s gain. */
  async function aside(id: number, order: ImportStep): Promise<ImportAnswer> {
    const stop = new AbortController();
    running.set(id, stop);
    troubles.delete(id);
    closeStaging(id);
    const lookAfterLog = leaveLogToOthers(db);
    const told = (now: ImportProgress) => {
      progress.set(id, now);
      tell?.(id, now);
    };
    try {
      return await runStep({ ...order, file, now: clock.now() }, told, stop.signal);
    } catch (error) {
      const trouble = storeTrouble(file, error);
      if (trouble === null) throw error;
      return { kind: 'trouble', sentence: trouble.sentence };
    } finally {
      lookAfterLog();
      running.delete(id);
      progress.delete(id);
    }
  }

  /** Tells at the beginning and at the end, and keeps what went wrong for whoever looks later. */
  function begun(id: number, work: () => Promise<Result<Import, string>>): Begun {
    const worked = async () => {
      try {
        const result = await work();
        if (!result.ok) troubles.set(id, result.error);
        return result;
      } catch (error) {
        log?.('an import came to a stop by a mistake of ours', error);
        troubles.set(id, OURS);
        return refused(OURS);
      } finally {
        changed?.(id);
      }
    };
    const done = worked();
    changed?.(id);
    return { id, done };
  }

  function drop(id: number): void {
    const state = importById(db, id)?.state;
    // Without its staging file an import that is half in could only be undone.
    if (running.has(id) || state === undefined || state === 'committing') return;
    forgetRows(id);
    moveImport(db, id, ['checking', 'checked'], 'dropped');
    changed?.(id);
  }

  /** What was read of a file is personal, and goes as soon as nobody needs it. */
  function forgetRows(id: number): void {
    closeStaging(id);
    removeStaging(stagingFile(id));
    files.forgetPath(settingsOf(id).file);
  }

  async function checked(
    id: number,
    settings: ImportSettings,
    fileName: string,
  ): Promise<Result<Import, string>> {
    const answer = await aside(id, {
      step: 'check',
      staging: stagingFile(id),
      settings,
      source: fileName,
    });
    if (answer.kind !== 'checked') {
      closeStaging(id);
      removeStaging(stagingFile(id));
      moveImport(db, id, ['checking'], 'dropped');
      return refused(answer.kind === 'trouble' ? answer.sentence : STOPPED);
    }
    const { counts, checkedMark } = answer.checked;
    changeImport(db, id, { settings: { ...settings, checkedMark }, counts });
    // Another Parley may have cleared it away at its start, taking it for the rest of a crash.
    if (!moveImport(db, id, ['checking'], 'checked')) return refused(CUT_OFF);
    return ok(importById(db, id)!);
  }

  function beginCheck(wish: ImportWish): Result<Begun, string> {
    if (running.size > 0) return refused(BUSY);
    mkdirSync(folder, { recursive: true });
    const { listId, fileName = basename(wish.file), ...chosen } = wish;
    const settings: ImportSettings = { ...chosen, checkedMark: 0 };
    const id = withTransaction(db, () => {
      if (wish.signature !== '') rememberMapping(db, wish.signature, wish.mapping, clock.now());
      return addImport(db, { listId, fileName, settings, createdAt: clock.now() });
    });
    removeStaging(stagingFile(id));
    return ok(begun(id, () => checked(id, settings, fileName)));
  }

  function startCommit(id: number): Result<Begun, string> {
    if (running.size > 0) return refused(BUSY);
    if (!existsSync(stagingFile(id))) return refused(GONE);
    if (!beginCommit(db, id, clock.now()))
      return refused('This import is not ready to be put in. Check the file first.');
    return ok(begun(id, () => stepOf(id, { step: 'commit', staging: stagingFile(id), importId: id })));
  }

  function startUndo(id: number): Result<Begun, string> {
    if (running.size > 0) return refused(BUSY);
    if (!beginUndo(db, id)) return refused('There is nothing of this import to take back.');
    return ok(begun(id, () => stepOf(id, { step: 'undo', importId: id })));
  }

  function startFix(id: number, of: GroupOf, change: FixAlike): Result<Begun, string> {
    if (running.size > 0) return refused(BUSY);
    if (!isOpenForChanges(id)) return refused(TOO_LATE);
    const order = { step: 'fix', staging: stagingFile(id), settings: settingsOf(id), of, change } as const;
    return ok(begun(id, () => stepOf(id, order)));
  }

  async function stepOf(id: number, order: ImportStep): Promise<Result<Import, string>> {
    const { isStopped, ...settings } = settingsOf(id);
    if (isStopped === true) changeImport(db, id, { settings });
    const answer = await aside(id, order);
    const partly = order.step === 'fix' ? '' : ` ${PARTLY}`;
    if (answer.kind === 'undone') forgetRows(id);
    return answer.kind === 'trouble' ? refused(`${answer.sentence}${partly}`) : ok(importById(db, id)!);
  }

  return {
    files,

    /** The first rows and all guesses, with the mapping that this header had the last time. */
    preview(path: string, chosen: PreviewWish = {}): Result<Preview, string> {
      const seen = previewFile(path, country, chosen);
      if (!seen.ok || seen.value.signature === '') return seen;
      const remembered = mappingFor(db, seen.value.signature) as Mapping | null;
      const fits = remembered?.columns.length === seen.value.mapping.columns.length;
      return remembered !== null && fits
        ? ok({ ...seen.value, mapping: remembered, isRemembered: true })
        : seen;
    },

    /** Reads the whole file and weighs each row. Nothing is in the workspace before the commit. */
    beginCheck,
    beginCommit: startCommit,
    beginUndo: startUndo,
    /** Weighs every row of a group anew, the same thing changed in each. */
    beginFix: startFix,
    check: (wish: ImportWish) => waitedFor(beginCheck(wish)),
    commit: (id: number) => waitedFor(startCommit(id)),
    undo: (id: number) => waitedFor(startUndo(id)),
    fixAlike: (id: number, of: GroupOf, change: FixAlike) => waitedFor(startFix(id, of, change)),

    /** Asks whatever is under way to stop. A check leaves nothing; a commit what is in, to go on with or undo. */
    cancel(id: number): boolean {
      const stop = running.get(id);
      if (stop === undefined) return false;
      stop.abort();
      changeImport(db, id, { settings: { ...settingsOf(id), isStopped: true } });
      return true;
    },

    isRunning: (id: number): boolean => running.has(id),
    progressOf: (id: number): ImportProgress | null => progress.get(id) ?? null,
    troubleOf: (id: number): string | null => troubles.get(id) ?? null,
    /** Whether its rows can be looked at. */
    hasRows: (id: number): boolean => staging(id) !== null,

    groups: (id: number): StagedGroup[] => staging(id)?.groups() ?? [],

    rows: (id: number, of: RowsOf, after: number, limit: number): StagedRow[] =>
      staging(id)?.page(of, after, limit) ?? [],

    /** Leaves a row or a group out, or takes it back in. How many rows that were. */
    exclude(id: number, of: GroupOf | { readonly n: number }, is = true): number {
      return isOpenForChanges(id) ? (staging(id)?.exclude(of, is) ?? 0) : 0;
    },

    /** Weighs one row anew with other cells. Null where there is no such row, or it is too late. */
    fixRow(id: number, n: number, changes: NonNullable<FixAlike['cells']>): StagedRow | null {
      const staged = isOpenForChanges(id) ? staging(id) : null;
      const row = staged?.at(n) ?? null;
      if (staged === null || row === null) return null;
      return rowFixer(db, staged, settingsOf(id))({ ...row, cells: withCells(row.cells, changes) });
    },

    /** Some rows of a group as CSV: the file’s own columns, then why. `after` 0 begins with the header. */
    exportPart(id: number, of: RowsOf, after: number): { text: string; next: number | null } {
      const { columns } = settingsOf(id).mapping;
      const rows = staging(id)?.page(of, after, EXPORTED_AT_ONCE) ?? [];
      const header = [...columns.map((column) => column.header), 'Line', 'Verdict', 'Reason'];
      const lines = rows.map((row) =>
        csvLine([...padded(row.cells, columns.length), `${row.line}`, row.verdict, row.why]),
      );
      const next = rows.length < EXPORTED_AT_ONCE ? null : rows.at(-1)!.n;
      return { text: (after === 0 ? UTF8_MARK + csvLine(header) : '') + lines.join(''), next };
    },

    /** Writes a group to a file. */
    async exportGroup(id: number, of: RowsOf, path: string): Promise<void> {
      const out = createWriteStream(path);
      for (let after: number | null = 0; after !== null; ) {
        const { text, next } = this.exportPart(id, of, after);
        if (!out.write(text)) await once(out, 'drain');
        after = next;
      }
      out.end();
      await finished(out);
    },

    /**
     * After a start: what a crash found half checked is cleared away; what it found half in or half out is
     * returned, to be gone on with by `commit` or `undo`.
     */
    recover(): readonly Import[] {
      const found = unfinishedImports(db);
      for (const each of found) {
        if (each.state !== 'checking') continue;
        drop(each.id);
        troubles.set(each.id, CUT_OFF);
      }
      const known = importsOf(db, KEPT_MAX);
      for (const { id, committedAt } of known)
        if (committedAt !== null && clock.now() - committedAt > ROWS_KEPT_MS) forgetRows(id);
      const needed = known.filter(({ state }) => state === 'checked');
      files.sweep(new Set(needed.map(({ settings }) => (settings as ImportSettings).file)));
      return found.filter((each) => each.state !== 'checking');
    },

    /** Forgets a check that came to nothing, or the staging file of an import that is in or out. */
    drop,

    settingsOf,

    /** Ends what is under way between two slices, and lets go of all files. */
    async close(): Promise<void> {
      for (const stop of running.values()) stop.abort();
      for (const each of open.values()) each.close();
      open.clear();
      while (running.size > 0) await new Promise((resolve) => setImmediate(resolve));
    },
  };

  function settingsOf(id: number): ImportSettings {
    return importById(db, id)!.settings as ImportSettings;
  }

  function isOpenForChanges(id: number): boolean {
    return importById(db, id)?.state === 'checked' && !running.has(id);
  }
}

async function waitedFor(step: Result<Begun, string>): Promise<Result<Import, string>> {
  return step.ok ? step.value.done : step;
}

const EXPORTED_AT_ONCE = 1_000;
/** So long the rows of an import that is in can be looked at and downloaded. */
const ROWS_KEPT_MS = 7 * DAY_MS;
/** As many imports as are looked at after a start. */
const KEPT_MAX = 500;
export const BUSY =
  'Another import is under way. It goes on; start this one when it has finished, or call that one off.';
const STOPPED = 'The import was called off. Nothing was imported.';
const CUT_OFF = 'Parley ended while it read this file. Nothing was imported. Check the file once more.';
const OURS =
  'Parley made a mistake with this import. What was saved before is safe. Try it again; if it stays, restart Parley.';
export const TOO_LATE = 'This import is no longer waiting, so its rows stay as they are.';
const GONE =
  'What was read of this file is not there any more, so nothing more of it can be put in. What is in can be taken back; check the file again for the rest.';
const PARTLY = 'The rows that are in are whole; the import can be gone on with, or taken back.';

function padded(cells: readonly string[], width: number): string[] {
  return Array.from({ length: Math.max(width, cells.length) }, (_, at) => cells[at] ?? '').slice(0, width);
}
