import type { Database } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import type { TroubleFacts } from './trouble.ts';

/** One step of the schema. It imports nothing live: what it did once it must do the same in ten years. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** "PRLY": tells our files from other people's SQLite files. */
export const APPLICATION_ID = 0x50524c59;

interface Applied {
  readonly version: number;
  readonly name: string;
  readonly hash: string;
}

/** The steps this file has still to take. Refused when its history is not the beginning of ours. */
export function stepsAhead(
  sqlite: Database,
  all: readonly Migration[],
): Result<readonly Migration[], TroubleFacts> {
  assertRising(all);
  const applied = history(sqlite);
  if (applied === null) return isEmpty(sqlite) ? ok(all) : refused({ kind: 'not-ours' });

  const known = all.at(-1)?.version ?? 0;
  const found = applied.at(-1)?.version ?? 0;
  if (found > known) return refused({ kind: 'newer', found, known });
  for (const [i, step] of applied.entries()) {
    const ours = all[i];
    if (ours === undefined || ours.version !== step.version || hashOf(ours) !== step.hash) {
      return refused({ kind: 'changed-migration', step: `${step.version} (${step.name})` });
    }
  }
  return ok(all.slice(applied.length));
}

/** Takes the steps, all or none. */
export function migrate(
  sqlite: Database,
  all: readonly Migration[],
  now: Instant,
): Result<readonly Migration[], TroubleFacts> {
  // Inside a transaction this switch would do nothing, and a rebuilt table would drag its children along.
  sqlite.pragma('foreign_keys = OFF');
  try {
    const work = sqlite.transaction(() => {
      // Asked again inside: another process may have taken the steps while this one was waiting to write.
      const steps = stepsAhead(sqlite, all);
      if (steps.ok && steps.value.length > 0) takeSteps(sqlite, steps.value, now);
      return steps;
    });
    return work.exclusive();
  } finally {
    sqlite.pragma('foreign_keys = ON');
  }
}

/** The version a file is at; zero for one that is new. */
export function versionOf(sqlite: Database): number {
  return history(sqlite)?.at(-1)?.version ?? 0;
}

function takeSteps(sqlite: Database, steps: readonly Migration[], now: Instant): void {
  sqlite.exec(HISTORY_TABLE);
  const record = sqlite.prepare(
    'INSERT INTO migrations (version, name, hash, applied_at) VALUES (?, ?, ?, ?)',
  );
  for (const step of steps) {
    sqlite.exec(step.sql);
    record.run(step.version, step.name, hashOf(step), now);
  }
  const orphans = sqlite.pragma('foreign_key_check') as unknown[];
  assert(orphans.length === 0, `a migration left ${orphans.length} rows pointing at nothing`);
  sqlite.pragma(`application_id = ${APPLICATION_ID}`);
  sqlite.pragma(`user_version = ${steps.at(-1)?.version ?? 0}`);
}

const HISTORY_TABLE = `
CREATE TABLE IF NOT EXISTS migrations (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT`;

/** Null when the file has no history of ours at all. */
function history(sqlite: Database): readonly Applied[] | null {
  const columns = sqlite.pragma('table_info(migrations)') as { name: string }[];
  if (!columns.some((column) => column.name === 'hash')) return null;
  return sqlite.prepare('SELECT version, name, hash FROM migrations ORDER BY version').all() as Applied[];
}

function isEmpty(sqlite: Database): boolean {
  return sqlite.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

function hashOf({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}

function assertRising(all: readonly Migration[]): void {
  for (const [i, step] of all.entries()) {
    assert(
      step.version > (all[i - 1]?.version ?? 0),
      `migration ${step.version} (${step.name}) is out of order`,
    );
  }
}
