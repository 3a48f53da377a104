import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { workerFile } from './worker-file.ts';

export type ExportFormat = 'csv' | 'xlsx' | 'zip';
export type ExportWhat = 'contacts' | 'calls' | 'recordings';

/** A workbook is built in memory whole; longer lists leave as CSV. */
export const XLSX_ROWS_MAX = 50_000;

/** What the thread is told: data alone, because functions do not travel. */
export interface ExportOrder {
  readonly file: string;
  readonly what: ExportWhat;
  readonly ids: Int32Array;
  readonly format: ExportFormat;
  readonly to: string;
}

/** What it says: how far it is, that it is done, or why it is not. */
export type ExportWord =
  | { readonly done: number }
  | { readonly bytes: number }
  | { readonly sentence: string };

export interface Exported {
  readonly id: number;
  readonly name: string;
  readonly state: 'writing' | 'ready' | 'failed' | 'stopped';
  readonly total: number;
  readonly done: number;
  /** Why it failed; empty otherwise. */
  readonly trouble: string;
}

/** Files of contacts or calls on their way out: written aside, and kept until they are taken or the workspace is closed. */
export interface Exports {
  begin(what: ExportWhat, ids: Int32Array, format: ExportFormat, date: string): Result<Exported, string>;
  /** A file that somebody else writes, taken as all others are. A sentence where they could not write it. */
  give(
    name: string,
    write: (path: string) => Promise<string | null>,
  ): Promise<Result<{ readonly id: number; readonly path: string }, string>>;
  get(id: number): Exported | null;
  stop(id: number): void;
  /** Where a finished file lies, for whoever carries it to its place. */
  pathOf(id: number): { readonly path: string; readonly name: string } | null;
  /** A word that fetches a finished file once, through the door of a browser. */
  ticketFor(id: number): string | null;
  /** The file a word stands for, and the word is spent. */
  redeem(ticket: string): { readonly path: string; readonly name: string } | null;
  close(): Promise<void>;
}

const KEPT_MAX = 5;

interface Kept extends Exported {
  readonly path: string;
  readonly worker: Worker | null;
}

export function openExports(folder: string, file: string, moved: () => void): Exports {
  const place = join(folder, 'exports');
  // What an earlier run left behind nobody can take any more.
  rmSync(place, { recursive: true, force: true });
  const all = new Map<number, Kept>();
  const tickets = new Map<string, number>();
  let last = 0;

  const change = (id: number, to: Partial<Kept>) => {
    const was = all.get(id);
    if (was === undefined) return;
    all.set(id, { ...was, ...to });
    moved();
  };
  const hear = (id: number, word: ExportWord) => {
    if ('done' in word) change(id, { done: word.done });
    else if ('bytes' in word) change(id, { state: 'ready', worker: null });
    else change(id, { state: 'failed', trouble: word.sentence, worker: null });
  };
  const forgetOldest = () => {
    for (const [id, { state, path }] of all) {
      if (all.size <= KEPT_MAX) return;
      if (state === 'writing') continue;
      rmSync(path, { force: true });
      all.delete(id);
    }
  };
  const finished = (id: number) => {
    const found = all.get(id);
    return found?.state === 'ready' ? { path: found.path, name: found.name } : null;
  };

  return {
    begin(what, ids, format, date) {
      if (format === 'xlsx' && ids.length > XLSX_ROWS_MAX)
        return refused(
          `A workbook takes up to ${XLSX_ROWS_MAX.toLocaleString('en')} ${what}, and these are ${ids.length.toLocaleString('en')}. Export them as CSV: every spreadsheet reads it.`,
        );
      const id = ++last;
      mkdirSync(place, { recursive: true });
      const path = join(place, `${id}.${format}`);
      const worker = new Worker(workerFile('export-worker'), {
        workerData: { file, what, ids, format, to: path } satisfies ExportOrder,
      });
      const name = `${what}-${date}.${format}`;
      all.set(id, { id, name, path, worker, state: 'writing', total: ids.length, done: 0, trouble: '' });
      worker.on('message', (word: ExportWord) => hear(id, word));
      worker.once('error', (error) =>
        hear(id, { sentence: `The file could not be written (${error.message}).` }),
      );
      forgetOldest();
      return ok(all.get(id)!);
    },
    async give(name, write) {
      const id = ++last;
      mkdirSync(place, { recursive: true });
      const path = join(place, `${id}-${name}`);
      const trouble = await write(path);
      if (trouble !== null) return refused(trouble);
      all.set(id, { id, name, path, worker: null, state: 'ready', total: 1, done: 1, trouble: '' });
      forgetOldest();
      return ok({ id, path });
    },
    get: (id) => all.get(id) ?? null,
    stop(id) {
      const found = all.get(id);
      if (found?.state !== 'writing') return;
      change(id, { state: 'stopped', worker: null });
      void found.worker?.terminate().then(() => rmSync(found.path, { force: true }));
    },
    pathOf: finished,
    ticketFor(id) {
      if (finished(id) === null) return null;
      const ticket = randomBytes(24).toString('base64url');
      tickets.set(ticket, id);
      return ticket;
    },
    redeem(ticket) {
      const id = tickets.get(ticket);
      tickets.delete(ticket);
      return id === undefined ? null : finished(id);
    },
    async close() {
      await Promise.all([...all.values()].map(async ({ worker }) => worker?.terminate()));
      rmSync(place, { recursive: true, force: true });
    },
  };
}
