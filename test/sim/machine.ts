import Database from 'better-sqlite3';

/** The computer that every process of a simulated day runs on. */
export interface Machine {
  /** How far its wall clock is from the true one, in milliseconds. */
  skewMs: number;
  /** Timers wait, events of the carrier meet nobody, answers lie on the wire. */
  isAsleep: boolean;
  /** Nothing more can be written. */
  isDiskFull: boolean;
  /** Commits of all processes so far: where it stands still, nothing can have broken. */
  commits: number;
  /** How often a full disk was met. */
  refusals: number;
  /** Whatever a process threw at nobody: on a real machine it would have ended there. */
  readonly mistakes: unknown[];
}

export function newMachine(): Machine {
  return { skewMs: 0, isAsleep: false, isDiskFull: false, commits: 0, refusals: 0, mistakes: [] };
}

/** Told around each commit of the connections it owns. What it throws undoes the commit, or comes right after it. */
export interface CommitGuard {
  before(): void;
  after(): void;
}

let opening: CommitGuard | null = null;
const guards = new WeakMap<object, CommitGuard>();
const owned = new WeakMap<CommitGuard, Database.Database[]>();

/** Whatever database is first used during `make` belongs to this guard, its first commits included. */
export function owning<T>(guard: CommitGuard, make: () => T): T {
  const before = opening;
  opening = guard;
  try {
    return make();
  } finally {
    opening = before;
  }
}

function guardOf(db: Database.Database): CommitGuard | null {
  const known = guards.get(db);
  if (known !== undefined || opening === null || db.readonly) return known ?? null;
  guards.set(db, opening);
  owned.set(opening, [...(owned.get(opening) ?? []), db]);
  return opening;
}

/** Lets go of all a dead process had open, as the system does; nothing is written by it. */
export function closeAllOf(guard: CommitGuard): void {
  for (const db of owned.get(guard) ?? []) if (db.open) db.close();
  owned.delete(guard);
}

export function diskFull(): Error {
  return Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
}

/* Every commit of the product goes through these two doors. They are opened here so that a crash, or a full disk, can stand in them. */

type Work = (...args: never[]) => unknown;
type Made = Database.Transaction<Work>;

const plainTransaction = Database.prototype.transaction as (this: Database.Database, work: Work) => Made;

Database.prototype.transaction = function guarded(this: Database.Database, work: Work): Made {
  const guard = this.inTransaction ? null : guardOf(this);
  if (guard === null) return plainTransaction.call(this, work);
  const inside = plainTransaction.call(this, (...args: never[]) => {
    const done = work(...args);
    guard.before();
    return done;
  });
  const immediate = (...args: never[]) => {
    const done = inside.immediate(...args);
    guard.after();
    return done;
  };
  // Reading commits nothing.
  const reading = plainTransaction.call(this, work);
  return Object.assign((...args: never[]) => reading(...args), {
    default: reading.default,
    deferred: reading.deferred,
    immediate,
    exclusive: immediate,
    database: this,
  });
} as typeof Database.prototype.transaction;

const anyStatement = new Database(':memory:').prepare('SELECT 1');
const Statement = Object.getPrototypeOf(anyStatement) as {
  run: (this: Database.Statement, ...args: unknown[]) => Database.RunResult;
};
const plainRun = Statement.run;

Statement.run = function guarded(this: Database.Statement, ...args: unknown[]): Database.RunResult {
  const guard = this.database.inTransaction ? null : guardOf(this.database);
  if (guard === null) return plainRun.apply(this, args);
  guard.before();
  const done = plainRun.apply(this, args);
  guard.after();
  return done;
};
