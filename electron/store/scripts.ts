import { desc, eq } from 'drizzle-orm';
import type { ScriptBlock } from '../../shared/domain/script.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, reading, withTransaction } from './open.ts';
import { scripts } from './schema/campaigns.ts';
import { inserting, slot } from './statements.ts';

export interface Script {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly blocks: readonly ScriptBlock[];
  readonly createdAt: Instant;
}

/** Keeps a script as the next version under its name; the ones before stay as they were. */
export function addScript(db: Db, script: Pick<Script, 'name' | 'blocks' | 'createdAt'>): number {
  return withTransaction(db, () => {
    const version = (latestScript(db, script.name)?.version ?? 0) + 1;
    return insert(db, { ...script, version }).id;
  });
}

const insert = inserting(scripts);

export function scriptById(db: ReadDb, id: number): Script | null {
  return byId(db).get({ id }) ?? null;
}

const byId = prepared((db: ReadDb) =>
  db
    .select()
    .from(scripts)
    .where(eq(scripts.id, slot('id')))
    .prepare(),
);

export function latestScript(db: ReadDb, name: string): Script | null {
  return latest(db).get({ name }) ?? null;
}

const latest = prepared((db: ReadDb) =>
  db
    .select()
    .from(scripts)
    .where(eq(scripts.name, slot('name')))
    .orderBy(desc(scripts.version))
    .limit(1)
    .prepare(),
);

export interface ScriptFigures {
  readonly scriptId: number;
  /** Calls in which somebody was spoken to. */
  readonly talks: number;
  readonly successes: number;
}

/** What came of the calls that were held with each of a campaign's scripts, by the outcomes that stand. */
export function scriptFigures(db: ReadDb, scriptIds: readonly number[]): ScriptFigures[] {
  return figures(db).all(JSON.stringify(scriptIds));
}

const figures = reading<ScriptFigures>(`
  SELECT o.script_id AS scriptId, count(*) AS talks, sum(k.is_success) AS successes
  FROM json_each(?) s
  JOIN outcomes o ON o.script_id = s.value AND o.script_id IS NOT NULL AND o.undone_at IS NULL
  JOIN disposition_kinds k ON k.id = o.disposition_id AND k."group" <> 'not-reached'
  GROUP BY o.script_id`);
