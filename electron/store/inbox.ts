import { desc, eq, lt, sql } from 'drizzle-orm';
import type { CallEvent } from '../../shared/domain/call.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, reading, withTransaction, writing } from './open.ts';
import { type Page, pageOf } from './page.ts';
import { deadLetters, inbox } from './schema/calls.ts';
import { asking, inserting, slot } from './statements.ts';

/** An event as a carrier brought it. */
export interface ArrivedEvent {
  readonly carrier: string;
  readonly callRef: string;
  readonly attemptId: string | null;
  readonly event: CallEvent;
  readonly receivedAt: Instant;
}

export interface KeptEvent extends ArrivedEvent {
  readonly id: number;
}

/** Writes an event down before anything is done about it (law 5). False when it is here already. */
export function keepEvent(db: Db, arrived: ArrivedEvent): boolean {
  return keepFor(db, arrived, null) !== null;
}

/**
 * Writes an event down in the very transaction that acts on it: with `appliedAt` it never waits. Null when it is
 * here already.
 */
export function keepFor(
  db: Db,
  { carrier, callRef, attemptId, event, receivedAt }: ArrivedEvent,
  appliedAt: Instant | null,
): KeptEvent | null {
  const row = { carrier, callRef, attemptId, key: event.key, receivedAt, body: event, appliedAt };
  const { changes, id } = keep(db, row);
  return changes === 0 ? null : { id, carrier, callRef, attemptId, event, receivedAt };
}

/** What was told of a call so far, by key: asking about a call brings all of it again. */
export function keysKept(db: ReadDb, carrier: string, callRef: string): ReadonlySet<string> {
  return new Set(
    keys(db)
      .all(carrier, callRef)
      .map(({ key }) => key),
  );
}

const keys = reading<{ key: string }>('SELECT key FROM inbox WHERE carrier = +? AND call_ref = +?');

const keep = inserting(inbox, 'ON CONFLICT (carrier, call_ref, key) DO NOTHING');

/** Events nobody has acted on yet, in the order they came. */
export function pendingEvents(db: ReadDb, limit: number): KeptEvent[] {
  return pending(db)
    .all(limit)
    .map(({ body, ...kept }) => ({ ...kept, event: body as CallEvent }));
}

const COLUMNS = {
  id: inbox.id,
  carrier: inbox.carrier,
  callRef: inbox.callRef,
  attemptId: inbox.attemptId,
  receivedAt: inbox.receivedAt,
  body: inbox.body,
};

const pending = asking(inbox, COLUMNS, 'WHERE applied_at IS NULL ORDER BY id LIMIT +?');

/** Acted on, in the transaction that acted. Saying so twice changes nothing. */
export function markApplied(db: Db, id: number, at: Instant): void {
  applied(db).run(at, id);
}

const applied = writing('UPDATE inbox SET applied_at = ? WHERE id = +? AND applied_at IS NULL');

/** Sets an event aside that nobody could act on; it is pending no longer, and not lost either. */
export function deadLetter(db: Db, id: number, reason: string, at: Instant): void {
  withTransaction(db, () => {
    setAside(db, { inboxId: id, reason, at });
    markApplied(db, id, at);
  });
}

const setAside = inserting(
  deadLetters,
  'ON CONFLICT (inbox_id) DO UPDATE SET reason = excluded.reason, at = excluded.at',
);

export interface DeadLetter extends KeptEvent {
  readonly deadLetterId: number;
  readonly reason: string;
  readonly at: Instant;
}

export function deadLettersPage(db: ReadDb, limit: number, before: number | null = null): Page<DeadLetter> {
  const rows = dead(db)
    .all({ limit: limit + 1, before: before ?? Number.MAX_SAFE_INTEGER })
    .map(({ kept: { body, ...kept }, ...letter }) => ({ ...kept, ...letter, event: body as CallEvent }));
  return pageOf(rows, limit, (row) => row.deadLetterId);
}

const dead = prepared((db: ReadDb) =>
  db
    .select({ kept: COLUMNS, deadLetterId: deadLetters.id, reason: deadLetters.reason, at: deadLetters.at })
    .from(deadLetters)
    .innerJoin(inbox, eq(inbox.id, deadLetters.inboxId))
    .where(lt(deadLetters.id, slot('before')))
    .orderBy(desc(deadLetters.id))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** Which event a letter holds, and why it was set aside; null when it is gone. */
export function letterById(db: ReadDb, deadLetterId: number): { inboxId: number; reason: string } | null {
  return letter(db).get(deadLetterId) ?? null;
}

const letter = reading<{ inboxId: number; reason: string }>(
  'SELECT inbox_id AS inboxId, reason FROM dead_letters WHERE id = +?',
);

/** Why an event was set aside; null for one that was not. */
export function reasonFor(db: ReadDb, inboxId: number): string | null {
  return asideFor(db).get(inboxId)?.reason ?? null;
}

const asideFor = reading<{ reason: string }>('SELECT reason FROM dead_letters WHERE inbox_id = +?');

/** Lets an event that was set aside be tried once more. */
export function reviveLetter(db: Db, deadLetterId: number): boolean {
  return withTransaction(db, () => {
    const { changes } = unapplied(db).run(deadLetterId);
    dropped(db).run(deadLetterId);
    return changes === 1;
  });
}

const unapplied = writing(
  'UPDATE inbox SET applied_at = NULL WHERE id = (SELECT inbox_id FROM dead_letters WHERE id = +?)',
);
const dropped = writing('DELETE FROM dead_letters WHERE id = +?');
