import { createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Clock } from '../../shared/lib/clock.ts';
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
  mappingFor,
  moveImport,
  rememberMapping,
  unfinishedImports,
} from '../store/imports.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { storeTrouble } from '../store/trouble.ts';
import { beginCommit, beginUndo } from './commit.ts';
import { UTF8_MARK, csvLine } from './csv-write.ts';
import type { DedupePolicy } from './dedupe.ts';
import { rowFixer } from './fix.ts';
import { type ImportAnswer, type ImportStep, importInWorker } from './import-aside.ts';
import type { Mapping } from './mapping.ts';
import type { ImportSettings, TellProgress } from './settings.ts';
import { type Preview, type Reading, previewFile } from './source.ts';

export interface ImportsDeps {
  readonly db: Db;
  /** The workspace’s file; what is staged lies in a folder beside it. */
  readonly file: string;
  readonly clock: Clock;
  /** What a number without a country code means here. */
  readonly country: string;
  readonly tell?: (importId: number, ...progress: Parameters<TellProgress>) => void;
}

export interface ImportWish {
  readonly file: string;
  /** What people call it; the name of the file where nothing else is said. */
  readonly fileName?: string;
  readonly listId: number | null;
  readonly reading: Reading;
  readonly mapping: Mapping;
  readonly policy: DedupePolicy;
  readonly signature: string;
}

export type GroupOf = { readonly verdict: string; readonly reason?: string };

/** What is changed about every row of a group: a cell, or how the cells are read. */
export interface FixAlike {
  readonly cells?: readonly { readonly column: number; readonly text: string }[];
  readonly mapping?: Mapping;
}

export type Imports = ReturnType<typeof openImports>;

/** The imports of one workspace: each is looked at, checked, mended, put in and, if need be, taken back. */
export function openImports({ db, file, clock, country, tell }: ImportsDeps) {
  const folder = join(dirname(file), 'imports');
  const running = new Map<number, AbortController>();
  const open = new Map<number, Staging>();

  const stagingFile = (id: number) => join(folder, `${id}.db`);

  function staging(id: number): Staging {
    const known = open.get(id) ?? openStaging(stagingFile(id));
    open.set(id, known);
    return known;
  }

  function closeStaging(id: number): void {
    open.get(id)?.close();
    open.delete(id);
  }

  /** One step in the background. Only one at a time: two would be in each other’s way and nobody’s gain. */
  async function aside(id: number, order: ImportStep): Promise<ImportAnswer> {
    const stop = new AbortController();
    running.set(id, stop);
    closeStaging(id);
    try {
      return await importInWorker(
        { ...order, file, now: clock.now() },
        (progress) => tell?.(id, progress),
        stop.signal,
      );
    } catch (error) {
      const trouble = storeTrouble(file, error);
      if (trouble === null) throw error;
      return { kind: 'trouble', sentence: trouble.sentence };
    } finally {
      running.delete(id);
    }
  }

  function drop(id: number): void {
    // Without its staging file an import that is half in could only be undone.
    if (running.has(id) || importById(db, id)?.state === 'committing') return;
    closeStaging(id);
    removeStaging(stagingFile(id));
    moveImport(db, id, ['checking', 'checked'], 'dropped');
  }

  async function commit(id: number): Promise<Result<Import, string>> {
    if (running.size > 0) return refused(BUSY);
    if (!existsSync(stagingFile(id))) return refused(GONE);
    if (!beginCommit(db, id)) return refused('This import is not ready to be put in. Check the file first.');
    const answer = await aside(id, { step: 'commit', staging: stagingFile(id), importId: id });
    return answer.kind === 'trouble' ? refused(`${answer.sentence} ${PARTLY}`) : ok(importById(db, id)!);
  }

  async function undo(id: number): Promise<Result<Import, string>> {
    if (running.size > 0) return refused(BUSY);
    if (!beginUndo(db, id)) return refused('There is nothing of this import to take back.');
    const answer = await aside(id, { step: 'undo', importId: id });
    return answer.kind === 'trouble' ? refused(`${answer.sentence} ${PARTLY}`) : ok(importById(db, id)!);
  }

  return {
    /** The first rows and all guesses, with the mapping that this header had the last time. */
    preview(path: string, chosen: Partial<Reading> = {}): Result<Preview, string> {
      const seen = previewFile(path, country, chosen);
      if (!seen.ok || seen.value.signature === '') return seen;
      const remembered = mappingFor(db, seen.value.signature) as Mapping | null;
      const fits = remembered?.columns.length === seen.value.mapping.columns.length;
      return remembered !== null && fits ? ok({ ...seen.value, mapping: remembered }) : seen;
    },

    /** Keeps pasted text as a file, so that it is read like one. */
    paste(text: string): string {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `pasted-${clock.now()}.csv`);
      writeFileSync(path, text);
      return path;
    },

    /** Reads the whole file and weighs each row. Nothing is in the workspace before `commit`. */
    async check(wish: ImportWish): Promise<Result<Import, string>> {
      if (running.size > 0) return refused(BUSY);
      mkdirSync(folder, { recursive: true });
      const { listId, fileName = basename(wish.file), ...chosen } = wish;
      const settings: ImportSettings = { ...chosen, checkedMark: 0 };
      const id = withTransaction(db, () => {
        if (wish.signature !== '') rememberMapping(db, wish.signature, wish.mapping, clock.now());
        return addImport(db, { listId, fileName, settings, createdAt: clock.now() });
      });
      removeStaging(stagingFile(id));
      const answer = await aside(id, {
        step: 'check',
        staging: stagingFile(id),
        settings,
        source: fileName,
      });
      if (answer.kind !== 'checked') {
        drop(id);
        return refused(answer.kind === 'trouble' ? answer.sentence : STOPPED);
      }
      const { counts, checkedMark } = answer.checked;
      changeImport(db, id, { settings: { ...settings, checkedMark }, counts });
      moveImport(db, id, ['checking'], 'checked');
      return ok(importById(db, id)!);
    },

    /** Asks whatever is under way to stop. A check leaves nothing; a commit what is in, to go on with or undo. */
    cancel(id: number): boolean {
      running.get(id)?.abort();
      return running.has(id);
    },

    commit,
    undo,

    groups: (id: number): StagedGroup[] => staging(id).groups(),

    rows: (id: number, of: Partial<GroupOf>, after: number, limit: number): StagedRow[] =>
      staging(id).page(of, after, limit),

    /** Leaves a row or a group out, or takes it back in. How many rows that were. */
    exclude: (id: number, of: GroupOf | { readonly n: number }, is = true): number =>
      isOpenForChanges(id) ? staging(id).exclude(of, is) : 0,

    /** Weighs one row anew with other cells. Null where there is no such row, or it is too late. */
    fixRow(id: number, n: number, cells: readonly string[]): StagedRow | null {
      const row = isOpenForChanges(id) ? staging(id).at(n) : null;
      if (row === null) return null;
      return rowFixer(db, staging(id), settingsOf(id))({ ...row, cells });
    },

    /** Weighs every row of a group anew, the same thing changed in each. How many are ready to go in now. */
    async fixAlike(id: number, of: GroupOf, change: FixAlike, signal?: AbortSignal): Promise<number> {
      if (!isOpenForChanges(id)) return 0;
      const settings = {
        ...settingsOf(id),
        ...(change.mapping === undefined ? {} : { mapping: change.mapping }),
      };
      const fix = rowFixer(db, staging(id), settings);
      let mended = 0;
      for (let after = 0; ; ) {
        if (signal?.aborted) break;
        const rows = staging(id).page(of, after, FIXED_AT_ONCE);
        if (rows.length === 0) break;
        staging(id).inOne(() => {
          for (const row of rows)
            if (fix({ ...row, cells: withCells(row.cells, change.cells ?? []) }).goes) mended += 1;
        });
        after = rows.at(-1)!.n;
        await new Promise((resolve) => setImmediate(resolve));
      }
      return mended;
    },

    /** Writes a group as CSV: the file’s own columns, then why. Returns how many rows. */
    async exportGroup(id: number, of: Partial<GroupOf>, path: string): Promise<number> {
      const { mapping } = settingsOf(id);
      const out = createWriteStream(path);
      out.write(
        UTF8_MARK + csvLine([...mapping.columns.map((column) => column.header), 'Line', 'Verdict', 'Reason']),
      );
      let written = 0;
      for (let after = 0; ; ) {
        const rows = staging(id).page(of, after, 1_000);
        if (rows.length === 0) break;
        const text = rows.map((row) =>
          csvLine([...padded(row.cells, mapping.columns.length), `${row.line}`, row.verdict, row.why]),
        );
        written += rows.length;
        after = rows.at(-1)!.n;
        if (!out.write(text.join(''))) await once(out, 'drain');
      }
      out.end();
      await finished(out);
      return written;
    },

    /**
     * After a start: what a crash found half checked is cleared away; what it found half in or half out is
     * returned, to be gone on with by `commit` or `undo`.
     */
    recover(): readonly Import[] {
      const found = unfinishedImports(db);
      for (const each of found) if (each.state === 'checking') drop(each.id);
      return found.filter((each) => each.state !== 'checking');
    },

    /** Forgets a check that came to nothing, or the staging file of an import that is in or out. */
    drop,

    close(): void {
      for (const stop of running.values()) stop.abort();
      for (const id of open.keys()) closeStaging(id);
    },
  };

  function settingsOf(id: number): ImportSettings {
    return importById(db, id)!.settings as ImportSettings;
  }

  function isOpenForChanges(id: number): boolean {
    return importById(db, id)?.state === 'checked';
  }
}

const FIXED_AT_ONCE = 200;
const BUSY =
  'Another import is under way. It goes on; start this one when it has finished, or call that one off.';
const STOPPED = 'The import was called off. Nothing was imported.';
const GONE =
  'What was read of this file is not there any more, so nothing more of it can be put in. What is in can be taken back; check the file again for the rest.';
const PARTLY = 'The rows that are in are whole; the import can be gone on with, or taken back.';

function withCells(
  cells: readonly string[],
  changed: readonly { readonly column: number; readonly text: string }[],
): string[] {
  const mended = [...cells];
  for (const { column, text } of changed) mended[column] = text;
  return Array.from(mended, (cell) => cell ?? '');
}

function padded(cells: readonly string[], width: number): string[] {
  return Array.from({ length: Math.max(width, cells.length) }, (_, at) => cells[at] ?? '').slice(0, width);
}
