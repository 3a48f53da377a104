import { getTableColumns } from 'drizzle-orm';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, withTransaction, writing } from './open.ts';
import { callIdOfAttempt } from './calls.ts';
import { outcomes } from './schema/calls.ts';
import { asking, inserting } from './statements.ts';

export type Outcome = typeof outcomes.$inferSelect;

export type NewOutcome = Pick<
  Outcome,
  'attemptId' | 'dispositionId' | 'note' | 'callbackAt' | 'contactId' | 'campaignId' | 'agentId' | 'filedAt'
> &
  Partial<Pick<Outcome, 'answers' | 'ticked' | 'scriptId'>>;

const NOTHING_MORE = { answers: {}, ticked: [], scriptId: null };

/** Files what came of an attempt. Null when it has an outcome that stands: the first one is kept. */
export function fileOutcome(db: Db, outcome: NewOutcome): number | null {
  return withTransaction(db, () => {
    const callId = callIdOfAttempt(db, outcome.attemptId);
    const { changes, id } = insert(db, { ...NOTHING_MORE, ...outcome, callId });
    if (changes === 0) return null;
    filed(db).run(outcome.filedAt, outcome.attemptId);
    return id;
  });
}

const insert = inserting(outcomes, 'ON CONFLICT (attempt_id) WHERE undone_at IS NULL DO NOTHING');
const filed = writing('UPDATE attempts SET filed_at = ? WHERE id = +?');

/** Takes the outcome back; it stays as history, and the attempt lacks one again. */
export function undoOutcome(db: Db, attemptId: string, at: Instant): void {
  withTransaction(db, () => {
    const { changes } = undone(db).run(at, attemptId);
    assert(changes === 1, `undid ${changes} outcomes of attempt ${attemptId}`);
    filed(db).run(null, attemptId);
  });
}

const undone = writing('UPDATE outcomes SET undone_at = ? WHERE attempt_id = +? AND undone_at IS NULL');

/** The outcome that stands. */
export function outcomeOf(db: ReadDb, attemptId: string): Outcome | null {
  return standing(db).get(attemptId) ?? null;
}

const standing = asking(outcomes, getTableColumns(outcomes), 'WHERE attempt_id = +? AND undone_at IS NULL');
