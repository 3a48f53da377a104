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
  /** Whether it goes in, as things stand. */
  readonly goes: boolean;
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
    of: { readonly verdict?: string; readonly reason?: string },
    after: number,
    limit: number,
  ): StagedRow[];
  at(n: number): StagedRow | null;
  /** Rows that go in, in order. */
  going(after: number, limit: number): StagedRow[];
  groups(): StagedGroup[];
  replace(row: StagedRow, keys: readonly number[]): void;
  exclude(
    of: { readonly verdict: string; readonly reason?: string } | { readonly n: number },
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
`;

/** Opens a staging file, or makes it. */
export function openStaging(file: string): Staging {
  const sqlite = new Database(file);
  sqlite.pragma('journal_mode = WAL');
  // Until it is sealed a crash of the machine costs no more than reading the file again.
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('cache_size = -16000');
  sqlite.exec(TABLES);
  const put = sqlite.prepare('INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const putKey = sqlite.prepare('INSERT INTO keys VALUES (?, ?)');
  const write = (row: StagedRow) =>
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
      row.isExcluded ? 1 : 0,
    );
  const all = sqlite.prepare<unknown[], Raw>('SELECT * FROM rows WHERE n > ? ORDER BY n LIMIT ?');
  const ofGroup = sqlite.prepare<unknown[], Raw>(
    'SELECT * FROM rows WHERE verdict = ? AND reason = ? AND n > ? ORDER BY n LIMIT ?',
  );
  const ofVerdict = sqlite.prepare<unknown[], Raw>(
    'SELECT * FROM rows WHERE verdict = ? AND n > ? ORDER BY n LIMIT ?',
  );
  const going = sqlite.prepare<unknown[], Raw>(
    'SELECT * FROM rows WHERE n > ? AND goes = 1 AND excluded = 0 ORDER BY n LIMIT ?',
  );
  const one = sqlite.prepare<unknown[], Raw>('SELECT * FROM rows WHERE n = ?');
  const holder = sqlite.prepare<unknown[], { n: number }>(`
    SELECT k.n FROM keys k JOIN rows r ON r.n = k.n
    WHERE k.key = ? AND k.n <> ? AND r.goes = 1 AND r.excluded = 0 ORDER BY k.n LIMIT 1`);

  return {
    add(rows, keys) {
      sqlite.transaction(() => {
        for (const row of rows) write(row);
        for (const [key, n] of keys) putKey.run(key, n);
      })();
    },
    seal() {
      sqlite.exec('CREATE INDEX IF NOT EXISTS rows_group ON rows (verdict, reason, n)');
      sqlite.exec('CREATE INDEX IF NOT EXISTS keys_key ON keys (key)');
      sqlite.exec('CREATE INDEX IF NOT EXISTS keys_row ON keys (n)');
      sqlite.pragma('synchronous = FULL');
      sqlite.pragma('user_version = 1');
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
    },
    isSealed: () => sqlite.pragma('user_version', { simple: true }) === 1,
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
          `SELECT verdict, reason, count(*) AS n, sum(goes AND NOT excluded) AS going, sum(excluded) AS excluded
           FROM rows GROUP BY verdict, reason ORDER BY n DESC`,
        )
        .all(),
    replace(row, keys) {
      sqlite.transaction(() => {
        write(row);
        sqlite.prepare('DELETE FROM keys WHERE n = ?').run(row.n);
        for (const key of keys) putKey.run(key, row.n);
      })();
    },
    exclude(of, is) {
      const set = 'UPDATE rows SET excluded = ? WHERE';
      if ('n' in of) return sqlite.prepare(`${set} n = ?`).run(is ? 1 : 0, of.n).changes;
      if (of.reason === undefined)
        return sqlite.prepare(`${set} verdict = ?`).run(is ? 1 : 0, of.verdict).changes;
      return sqlite.prepare(`${set} verdict = ? AND reason = ?`).run(is ? 1 : 0, of.verdict, of.reason)
        .changes;
    },
    holderOf: (key, n) => holder.get(key, n)?.n ?? null,
    inOne: (work) => sqlite.transaction(work)(),
    close: () => sqlite.close(),
  };
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
}

function fromRaw({ cells, made, column_at, goes, excluded, ...raw }: Raw): StagedRow {
  return {
    ...raw,
    cells: JSON.parse(cells) as string[],
    column: column_at,
    made: made === null ? null : (JSON.parse(made) as unknown),
    goes: goes === 1,
    isExcluded: excluded === 1,
  };
}
