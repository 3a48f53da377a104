import { type Db, prepared } from './open.ts';

/**
 * Lets this connection ask the disk less often. A power cut may cost its last slices, each with the word how far
 * it got, so they are done again; whatever another connection writes meanwhile is as safe as ever.
 */
export function writeInBulk(db: Db): void {
  db.$client.pragma('synchronous = NORMAL');
  // The same pages of an index are written by slice after slice: they go from the log into the file once for all.
  db.$client.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
  db.$client.pragma(`cache_size = -${CACHE_KIB}`);
}

/** 40 MB of 4 KiB pages: below the size to which a log is cut back. */
const LOG_PAGES = 10_000;
const CACHE_KIB = 48_000;
/** What SQLite does by itself. */
const LOG_PAGES_USUAL = 1_000;

/**
 * While somebody else writes in bulk, and looks after the log, this connection does not: whichever commit finds
 * the log long carries all of it into the file, and here that would be an agent's. Ends with the returned word.
 */
export function leaveLogToOthers(db: Db): () => void {
  db.$client.pragma('wal_autocheckpoint = 0');
  return () => {
    if (db.$client.open) db.$client.pragma(`wal_autocheckpoint = ${LOG_PAGES_USUAL}`);
  };
}

/**
 * Carries the log into the file while others may write: closing a connection does what is left, and nobody may
 * write while that lasts.
 */
export function carryLog(db: Db): void {
  db.$client.pragma('wal_checkpoint(PASSIVE)');
}

/** So many rows go in with one statement. More save little, and a dial that waits is only looked for between two. */
export const ROWS_AT_ONCE = 32;

/**
 * Writes rows many at a time: around each statement that fires triggers SQLite keeps a copy of every page it
 * touches, and for one row that costs more than the row.
 */
export function insertingMany(into: string, columns: number): (db: Db, rows: readonly unknown[][]) => void {
  const one = `(${Array.from({ length: columns }, () => '?').join(', ')})`;
  const many = Array.from({ length: ROWS_AT_ONCE }, () => one).join(', ');
  const statements = prepared((db: Db) => ({
    one: db.$client.prepare(`${into} VALUES ${one}`),
    many: db.$client.prepare(`${into} VALUES ${many}`),
  }));
  return (db, rows) => {
    let at = 0;
    for (; at + ROWS_AT_ONCE <= rows.length; at += ROWS_AT_ONCE)
      statements(db).many.run(rows.slice(at, at + ROWS_AT_ONCE).flat());
    for (; at < rows.length; at++) statements(db).one.run(rows[at]);
  };
}
