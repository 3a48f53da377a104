import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';

/**
 * A row of a file between reading and keeping. The staging file lies beside the workspace's own, so that a
 * million rows can be looked at, mended and left out before a single one gets in.
 */
export interface StagedRow {
  /** Which row it is, the first being 1. */
  readonly n: number;
  readonly line: number;
  readonly cells: readonly string[];
  readonly verdict: string;
  /** What it is grouped by within its verdict; empty where there is nothing to say. */
  readonly reason: string;
  readonly why: string;
  readonly column: number;
  /** The contact it makes, as data of the room that reads lists; null for none. */
  readonly made: unknown;
  /** The contact it is about, where that one is here already. */
  readonly target: number | null;
  /** Whether it could go in, as things stand. */
  readonly goes: boolean;
  /** Left out by hand, by itself or with its group. */
  readonly isExcluded: boolean;
}

export interface StagedGroup {
  readonly verdict: string;
  readonly reason: string;
  readonly n: number;
  readonly going: number;
  readonly excluded: number;
}

export interface Staging {
  /** Adds rows as one; `keys` are the numbers by which they are found again. */
  add(rows: readonly StagedRow[], keys: readonly (readonly [key: number, n: number])[]): void;
  /** After the last row: from here on everything written is on the platter, and groups are quick to find. */
  seal(): void;
  isSealed(): boolean;
  /** Rows of a group, or all, behind `after`. */
  page(
    of: { readonly verdict?: string | undefined; readonly reason?: string | undefined },
    after: number,
    limit: number,
  ): StagedRow[];
  at(n: number): StagedRow | null;
  /** Rows that go in, in order. */
  going(after: number, limit: number): StagedRow[];
  groups(): StagedGroup[];
  replace(row: StagedRow, keys: readonly number[]): void;
  exclude(
    of: { readonly verdict: string; readonly reason?: string | undefined } | { readonly n: number },
    is: boolean,
  ): number;
  /** The first row with that key that goes in, other than `n` itself. */
  holderOf(key: number, n: number): number | null;
  inOne<T>(work: () => T): T;
  close(): void;
}

const TABLES = `
CREATE TABLE IF NOT EXISTS rows (
  n INTEGER PRIMARY KEY,
  line INTEGER NOT NULL,
  cells TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  why TEXT NOT NULL,
  column_at INTEGER NOT NULL,
  made TEXT,
  target INTEGER,
  goes INTEGER NOT NULL,
  excluded INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS keys (key INTEGER NOT NULL, n INTEGER NOT NULL) STRICT;
-- Kept, not counted: a group may be the whole of a million rows, and is left out with one word.
CREATE TABLE IF NOT EXISTS groups (
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  n INTEGER NOT NULL,
  goes INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  PRIMARY KEY (verdict, reason)
) STRICT, WITHOUT ROWID;
`;

/** What `excluded` of a row says: as its group is, out by itself, or in though its group is out. */
const AS_GROUP = 0;
const OUT = 1;
const IN = 2;

const IS_OUT = `(r.excluded = ${OUT} OR (r.excluded = ${AS_GROUP} AND EXISTS (
  SELECT 1 FROM groups g WHERE g.verdict = r.verdict AND g.reason = r.reason AND g.left_out = 1)))`;
const ROW = `SELECT r.*, ${IS_OUT} AS is_out FROM rows r`;

/** Opens a staging file, or makes it. `pagesMax` is for trying out a disk that is full. */
export function openStaging(file: string, pagesMax?: number): Staging {
  const sqlite = new Database(file);
  if (pagesMax !== undefined) sqlite.pragma(`max_page_count = ${pagesMax}`);
  // Until it is sealed nobody else looks into it, and a crash costs no more than reading the file again.
  const isWhole = isSealed(sqlite);
  sqlite.pragma(`journal_mode = ${isWhole ? 'WAL' : 'MEMORY'}`);
  sqlite.pragma(`synchronous = ${isWhole ? 'NORMAL' : 'OFF'}`);
  sqlite.pragma('cache_size = -16000');
  sqlite.exec(TABLES);
  const put = sqlite.prepare('INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const putKey = sqlite.prepare('INSERT INTO keys VALUES (?, ?)');
  const count = sqlite.prepare(`INSERT INTO groups VALUES (?, ?, ?, ?, 0)
    ON CONFLICT DO UPDATE SET n = n + excluded.n, goes = goes + excluded.goes`);
  const write = (row: StagedRow, excluded: number) =>
    put.run(
      row.n,
      row.line,
      JSON.stringify(row.cells),
      row.verdict,
      row.reason,
      row.why,
      row.column,
      row.made === null ? null : JSON.stringify(row.made),
      row.target,
      row.goes ? 1 : 0,
      excluded,
    );
  const all = sqlite.prepare<unknown[], Raw>(`${ROW} WHERE n > ? ORDER BY n LIMIT ?`);
  const ofGroup = sqlite.prepare<unknown[], Raw>(
    `${ROW} WHERE verdict = ? AND reason = ? AND n > ? ORDER BY n LIMIT ?`,
  );
  const ofVerdict = sqlite.prepare<unknown[], Raw>(`${ROW} WHERE verdict = ? AND n > ? ORDER BY n LIMIT ?`);
  const going = sqlite.prepare<unknown[], Raw>(
    `${ROW} WHERE n > ? AND goes = 1 AND NOT ${IS_OUT} ORDER BY n LIMIT ?`,
  );
  const one = sqlite.prepare<unknown[], Raw>(`${ROW} WHERE n = ?`);
  const holder = sqlite.prepare<unknown[], { n: number }>(`
    SELECT k.n FROM keys k JOIN rows r ON r.n = k.n
    WHERE k.key = ? AND k.n <> ? AND r.goes = 1 AND NOT ${IS_OUT} ORDER BY k.n LIMIT 1`);

  return {
    add(rows, keys) {
      const counts = new Map<string, [row: StagedRow, n: number, goes: number]>();
      sqlite.transaction(() => {
        for (const row of rows) {
          write(row, AS_GROUP);
          const kept = counts.get(`${row.verdict} ${row.reason}`) ?? [row, 0, 0];
          counts.set(`${row.verdict} ${row.reason}`, [row, kept[1] + 1, kept[2] + (row.goes ? 1 : 0)]);
        }
        for (const [{ verdict, reason }, n, goes] of counts.values()) count.run(verdict, reason, n, goes);
        for (const [key, n] of keys) putKey.run(key, n);
      })();
    },
    seal() {
      sqlite.exec('CREATE INDEX IF NOT EXISTS rows_group ON rows (verdict, reason, n)');
      sqlite.exec('CREATE INDEX IF NOT EXISTS keys_key ON keys (key)');
      sqlite.exec('CREATE INDEX IF NOT EXISTS keys_row ON keys (n)');
      // From here on each commit puts everything before it on the platter: the word that it is whole comes last.
      sqlite.pragma('synchronous = FULL');
      sqlite.exec(
        `CREATE INDEX IF NOT EXISTS rows_by_hand ON rows (verdict, reason, excluded, goes) WHERE excluded <> ${AS_GROUP}`,
      );
      sqlite.pragma('user_version = 1');
      sqlite.pragma('journal_mode = WAL');
    },
    isSealed: () => isSealed(sqlite),
    page({ verdict, reason }, after, limit) {
      if (verdict === undefined) return all.all(after, limit).map(fromRaw);
      if (reason === undefined) return ofVerdict.all(verdict, after, limit).map(fromRaw);
      return ofGroup.all(verdict, reason, after, limit).map(fromRaw);
    },
    at(n) {
      const raw = one.get(n);
      return raw === undefined ? null : fromRaw(raw);
    },
    going: (after, limit) => going.all(after, limit).map(fromRaw),
    groups: () =>
      sqlite
        .prepare<unknown[], StagedGroup>(
          `SELECT verdict, reason, n,
             iif(left_out, ${byHand(IN, 'goes = 1')}, goes - ${byHand(OUT, 'goes = 1')}) AS going,
             iif(left_out, n - ${byHand(IN)}, ${byHand(OUT)}) AS excluded
           FROM groups WHERE n > 0 ORDER BY n DESC, verdict, reason`,
        )
        .all(),
    replace(row, keys) {
      sqlite.transaction(() => {
        const before = one.get(row.n);
        if (before !== undefined) count.run(before.verdict, before.reason, -1, -before.goes);
        // What a person did to the row by hand is theirs; a mended row is no longer as its old group was.
        write(row, before?.excluded ?? AS_GROUP);
        count.run(row.verdict, row.reason, 1, row.goes ? 1 : 0);
        sqlite.prepare('DELETE FROM keys WHERE n = ?').run(row.n);
        for (const key of keys) putKey.run(key, row.n);
      })();
    },
    exclude(of, is) {
      if ('n' in of) {
        // Only where its group is out is “in” a word of its own.
        const back = `iif(EXISTS (SELECT 1 FROM groups g WHERE g.verdict = rows.verdict AND g.reason = rows.reason AND g.left_out = 1), ${IN}, ${AS_GROUP})`;
        return sqlite.prepare(`UPDATE rows SET excluded = ${is ? OUT : back} WHERE n = ?`).run(of.n).changes;
      }
      const { verdict, reason = null } = of;
      return sqlite.transaction(() => {
        const where = 'verdict = ? AND (? IS NULL OR reason = ?)';
        sqlite
          .prepare(`UPDATE rows SET excluded = ${AS_GROUP} WHERE excluded <> ${AS_GROUP} AND ${where}`)
          .run(verdict, reason, reason);
        sqlite
          .prepare(`UPDATE groups SET left_out = ? WHERE ${where}`)
          .run(is ? 1 : 0, verdict, reason, reason);
        const counted = sqlite.prepare<unknown[], { n: number | null }>(
          `SELECT sum(n) AS n FROM groups WHERE ${where}`,
        );
        return counted.get(verdict, reason, reason)?.n ?? 0;
      })();
    },
    holderOf: (key, n) => holder.get(key, n)?.n ?? null,
    inOne: (work) => sqlite.transaction(work)(),
    close: () => sqlite.close(),
  };
}

function isSealed(sqlite: Database.Database): boolean {
  return sqlite.pragma('user_version', { simple: true }) === 1;
}

/** How many rows of a group somebody took out, or in, by themselves. */
function byHand(excluded: number, and = 'true'): string {
  return `(SELECT count(*) FROM rows r WHERE r.verdict = groups.verdict AND r.reason = groups.reason
    AND r.excluded <> ${AS_GROUP} AND r.excluded = ${excluded} AND ${and})`;
}

/** Takes a staging file away, with what SQLite keeps beside it. */
export function removeStaging(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true });
}

interface Raw {
  readonly n: number;
  readonly line: number;
  readonly cells: string;
  readonly verdict: string;
  readonly reason: string;
  readonly why: string;
  readonly column_at: number;
  readonly made: string | null;
  readonly target: number | null;
  readonly goes: number;
  readonly excluded: number;
  readonly is_out: number;
}

function fromRaw({ cells, made, column_at, goes, excluded: _excluded, is_out, ...raw }: Raw): StagedRow {
  return {
    ...raw,
    cells: JSON.parse(cells) as string[],
    column: column_at,
    made: made === null ? null : (JSON.parse(made) as unknown),
    goes: goes === 1,
    isExcluded: is_out === 1,
  };
}
