import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { closeSync, constants, accessSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { backUp } from './backup.ts';
import { type Migration, migrate, stepsAhead, versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { type StoreTrouble, type TroubleFacts, storeTrouble, troubleWith } from './trouble.ts';

/** A connection that may write. Everything done with it is synchronous: see `withTransaction`. */
export type Db = BetterSQLite3Database & { readonly $client: Database.Database };

/** What reading needs. A reader cannot be handed to a writer: the compiler finds `insert` missing. */
export type ReadDb = Pick<Db, 'select' | 'selectDistinct'>;

export interface OpenOptions {
  /** Asked once, for the record of migrations and the name of a backup. */
  readonly now: () => Instant;
  /** How long to wait for another writer, in milliseconds. */
  readonly waitMs?: number;
  readonly migrations?: readonly Migration[];
  /** A copy that nobody will miss: its disk is not waited for, and no other process may look into it. */
  readonly isThrowaway?: boolean;
}

const WAIT_MS = 5_000;
/** Up to this size a file is read through when it is opened; larger ones are read through by the backups. */
const CHECKED_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Opens a workspace's file, making or migrating it where needed. Before anything is written the file is
 * looked at through a reading connection, so a file that is refused is left byte for byte as it was.
 */
export function openStore(
  file: string,
  options: OpenOptions & { readonly: true },
): Result<ReadDb, StoreTrouble>;
export function openStore(file: string, options: OpenOptions): Result<Db, StoreTrouble>;
export function openStore(
  file: string,
  {
    now,
    waitMs = WAIT_MS,
    migrations = MIGRATIONS,
    readonly = false,
    isThrowaway = false,
  }: OpenOptions & { readonly?: boolean },
): Result<Db, StoreTrouble> {
  try {
    const seen = file === ':memory:' ? ok(migrations) : look(file, migrations, waitMs, readonly);
    if (!seen.ok) return refused(troubleWith(file, seen.error));
    if (readonly) return ok(connect(file, { readonly, waitMs }));

    const db = connect(file, { readonly, waitMs, isThrowaway });
    const moved = moveOn(db, file, seen.value, migrations, now());
    if (moved.ok) return ok(db);
    db.$client.close();
    return refused(troubleWith(file, moved.error));
  } catch (error) {
    const trouble = storeTrouble(file, error);
    if (trouble === null) throw error;
    return refused(trouble);
  }
}

/**
 * Empties the log into the file and lets go of it. Without PRAGMA optimize, on purpose: statistics gathered
 * while a workspace is small outlive its growing, and turn plans that were tested into walks through a table.
 */
export function closeStore(db: ReadDb): void {
  const sqlite = clientOf(db);
  if (!sqlite.open) return;
  if (!sqlite.readonly) sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}

/**
 * Runs `work` as one transaction that takes the write lock at once; all of it is kept, or nothing. Inside
 * another transaction it becomes a part of that one, which it can fail without failing the whole.
 * `work` may not wait: on a shared connection whatever else ran meanwhile would land in the same transaction.
 */
export function withTransaction<T>(db: Db, work: () => T extends PromiseLike<unknown> ? never : T): T {
  if (!db.$client.inTransaction) return inTurn(db, work) as T;
  const stretch = stretches.get(db);
  return (stretch === undefined ? atOnce(db)(work) : partOf(stretch, work)) as T;
}

/**
 * One long transaction on a copy that nobody will miss. Its parts are no transactions of their own, which would
 * copy every page they touch: where one of them fails, the whole copy is good for nothing, and `failure` says so.
 */
export interface Stretch {
  /** What went wrong first; null while all went well. */
  failure(): unknown;
  /** Keeps what was done so far, and goes on. */
  goOn(): void;
  end(): void;
}

interface OpenStretch {
  failure: unknown;
}

const stretches = new WeakMap<Db, OpenStretch>();

export function beginStretch(db: Db): Stretch {
  const stretch: OpenStretch = { failure: null };
  db.$client.exec('BEGIN IMMEDIATE');
  stretches.set(db, stretch);
  // A full disk has ended the transaction by itself.
  const keep = () => db.$client.inTransaction && db.$client.exec('COMMIT');
  return {
    failure: () => stretch.failure,
    goOn() {
      keep();
      db.$client.exec('BEGIN IMMEDIATE');
    },
    end() {
      stretches.delete(db);
      keep();
    },
  };
}

function partOf(stretch: OpenStretch, work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    stretch.failure ??= error;
    throw error;
  }
}

/** Long enough to cost nothing, short enough to find the gap that a long job leaves between two slices. */
const LOOK_MS = 0.25;
const turn = new Int32Array(new SharedArrayBuffer(4));

/** How many in this process wait for the write lock now: a long job looks at it after each row, and makes way. */
let waiters: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(4));

/** For a thread that writes in bulk: handed to it when it begins. */
export function waitersOfProcess(): SharedArrayBuffer {
  return waiters.buffer;
}

/** On that thread: from here on it sees who waits elsewhere. */
export function heedWaiters(shared: SharedArrayBuffer): void {
  waiters = new Int32Array(shared);
}

/** Whether somebody else of this process wants to write right now. */
export function isAwaited(): boolean {
  return Atomics.load(waiters, 0) > 0;
}

/**
 * Waits for the write lock by looking for it again and again. Left to SQLite, a wait grows from one look to the
 * next (1, 2, 5, 10, 15 ms …), sleeps through the gaps, and takes ten times as long as whoever held the lock.
 */
function inTurn(db: Db, work: () => unknown): unknown {
  const { waitMs, now, later } = waiting(db);
  let hasBegun = false;
  let isWaiting = false;
  const wait = (is: boolean) => {
    if (is !== isWaiting) Atomics.add(waiters, 0, is ? 1 : -1);
    isWaiting = is;
  };
  const begun = () => {
    hasBegun = true;
    wait(false);
    later.get();
    return work();
  };
  now.get();
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    try {
      return atOnce(db)(begun);
    } catch (error) {
      const isBusy = !hasBegun && error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
      if (isBusy && waitedMs < waitMs) {
        wait(true);
        Atomics.wait(turn, 0, 0, LOOK_MS);
        continue;
      }
      wait(false);
      if (!hasBegun) later.get();
      throw error;
    }
  }
}

/** How long a connection may wait, and the words that switch SQLite's own waiting off and on. */
const waiting = prepared(({ $client }: Db) => {
  const waitMs = Number($client.pragma('busy_timeout', { simple: true }));
  return {
    waitMs,
    now: $client.prepare('PRAGMA busy_timeout = 0'),
    later: $client.prepare(`PRAGMA busy_timeout = ${waitMs}`),
  };
});

// Made once for each connection: making one takes as long as three statements.
const atOnce = prepared((db: Db) => db.$client.transaction((work: () => unknown) => work()).immediate);

/**
 * Reads everything `work` asks for from one moment: nothing is half before and half after a commit. Much quicker
 * than question by question, too, because the file is locked for reading once and not forty times.
 */
export function inOneReading<T>(db: ReadDb, work: () => T extends PromiseLike<unknown> ? never : T): T {
  const sqlite = clientOf(db);
  return sqlite.inTransaction ? work() : (inOneLook(db)(work) as T);
}

const inOneLook = prepared(
  (db: ReadDb) => clientOf(db).transaction((work: () => unknown) => work()).deferred,
);

/** Builds a drizzle statement once per connection: building costs ten times what running does. */
export function prepared<D extends ReadDb, Q>(build: (db: D) => Q): (db: D) => Q {
  const kept = new WeakMap<D, Q>();
  return (db) => {
    const known = kept.get(db);
    if (known !== undefined) return known;
    const built = build(db);
    kept.set(db, built);
    return built;
  };
}

/** A reading statement in plain SQL, kept per connection, for what drizzle has no words for. */
export function reading<Row>(sql: string): (db: ReadDb) => Database.Statement<unknown[], Row> {
  return prepared((db: ReadDb) => {
    const statement = clientOf(db).prepare<unknown[], Row>(sql);
    assert(statement.readonly, `this statement writes: ${sql}`);
    return statement;
  });
}

/** The first column of a question that was put together for this one asking, and is not kept. */
export function readOnce<Value>(db: ReadDb, sql: string, bound: object): Value[] {
  const statement = clientOf(db).prepare<unknown[], Value>(sql).pluck();
  assert(statement.readonly, `this statement writes: ${sql}`);
  return statement.all(bound);
}

/** A writing statement in plain SQL, kept per connection. */
export function writing(sql: string): (db: Db) => Database.Statement {
  return prepared((db: Db) => db.$client.prepare(sql));
}

/** Every reader is a connection underneath; only this file may know. */
function clientOf(db: ReadDb): Database.Database {
  return (db as Db).$client;
}

interface Connecting {
  readonly readonly: boolean;
  readonly waitMs: number;
  readonly isThrowaway?: boolean;
}

function connect(file: string, { readonly, waitMs, isThrowaway = false }: Connecting): Db {
  const sqlite = new Database(file, { readonly, timeout: waitMs });
  try {
    if (isThrowaway) sqlite.pragma('locking_mode = EXCLUSIVE');
    if (!readonly) sqlite.pragma(`journal_mode = ${isThrowaway ? 'MEMORY' : 'WAL'}`);
    // An intent must be on the platter before a carrier hears of it (law 2): FULL syncs the log at each commit.
    sqlite.pragma(`synchronous = ${isThrowaway ? 'OFF' : 'FULL'}`);
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('cache_size = -16000');
    sqlite.pragma(`mmap_size = ${256 * 1024 * 1024}`);
    sqlite.pragma('temp_store = MEMORY');
    // Without it a busy day leaves a log as long as its longest reader, and it never shrinks again.
    sqlite.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
    return drizzle(sqlite);
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

function moveOn(
  db: Db,
  file: string,
  steps: readonly Migration[],
  migrations: readonly Migration[],
  now: Instant,
): Result<unknown, TroubleFacts> {
  if (steps.length === 0) return ok(steps);
  try {
    if (versionOf(db.$client) > 0 && !isBackedUp(db, file, steps, now)) return refused({ kind: 'no-backup' });
    return migrate(db.$client, migrations, now);
  } catch (error) {
    db.$client.close();
    throw error;
  }
}

/** Without a copy that reads back nothing is migrated. A full disk is told as what it is. */
function isBackedUp(db: Db, file: string, steps: readonly Migration[], now: Instant): boolean {
  try {
    backUp(db.$client, file, `before-${steps.at(-1)?.version}`, now);
    return true;
  } catch (error) {
    if (storeTrouble(file, error)?.kind === 'disk-full') throw error;
    return false;
  }
}

/** The steps ahead, found without writing. */
function look(
  file: string,
  migrations: readonly Migration[],
  waitMs: number,
  readonly: boolean,
): Result<readonly Migration[], TroubleFacts> {
  const folder = statSync(dirname(file));
  if (!folder.isDirectory()) return refused({ kind: 'out-of-reach' });
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) return refused({ kind: 'out-of-reach' });
  if (!readonly) accessSync(dirname(file), constants.W_OK);
  if (found === undefined || found.size === 0)
    return readonly ? refused({ kind: 'out-of-reach' }) : ok(migrations);
  if (!readonly) accessSync(file, constants.W_OK);
  return isWhole(file, found.size)
    ? lookInside(file, found.size, migrations, waitMs)
    : refused({ kind: 'damaged' });
}

function lookInside(
  file: string,
  bytes: number,
  migrations: readonly Migration[],
  waitMs: number,
): Result<readonly Migration[], TroubleFacts> {
  const sqlite = new Database(file, { readonly: true, fileMustExist: true, timeout: waitMs });
  try {
    if (bytes <= CHECKED_BYTES_MAX && sqlite.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      return refused({ kind: 'damaged' });
    }
    return stepsAhead(sqlite, migrations);
  } finally {
    sqlite.close();
  }
}

/** Looks at the header alone: is it SQLite's, and are there as many pages as it says? */
function isWhole(file: string, bytes: number): boolean {
  const header = Buffer.alloc(100);
  const handle = openSync(file, 'r');
  try {
    if (readSync(handle, header, 0, 100, 0) < 100) return false;
  } finally {
    closeSync(handle);
  }
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return false;
  // While the log holds pages the file may rightly be shorter than its header says.
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return true;
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const isCountValid = header.readUInt32BE(24) === header.readUInt32BE(92);
  return !isCountValid || header.readUInt32BE(28) * pageBytes <= bytes;
}
