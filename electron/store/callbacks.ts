import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, reading, writing } from './open.ts';
import { contacts } from './schema/book.ts';
import { callbacks } from './schema/campaigns.ts';
import { inserting, literally, slot } from './statements.ts';

/** A promise to ring somebody at a time. */
export type Callback = typeof callbacks.$inferSelect;

export type NewCallback = Pick<
  Callback,
  'contactId' | 'campaignId' | 'agentId' | 'dueAt' | 'note' | 'madeByAttempt' | 'createdAt'
> & { readonly numberId?: number | null };

export function addCallback(db: Db, callback: NewCallback): number {
  return insert(db, { ...callback, state: 'open' }).id;
}

const insert = inserting(callbacks);

/** The soonest promise to a contact that is still to be kept. */
export function promiseTo(db: ReadDb, contactId: number): Callback | null {
  return promised(db).get({ contactId }) ?? null;
}

const promised = prepared((db: ReadDb) =>
  db
    .select()
    .from(callbacks)
    .where(and(eq(callbacks.contactId, slot('contactId')), literally(callbacks.state, "= 'open'")))
    .orderBy(asc(callbacks.dueAt))
    .limit(1)
    .prepare(),
);

/** The promise to a contact that was made last, kept or not, unless it was taken back. */
export function lastPromiseTo(db: ReadDb, contactId: number): { dueAt: Instant } | null {
  return lastMade(db).get(contactId) ?? null;
}

const lastMade = reading<{ dueAt: Instant }>(`
  SELECT due_at AS dueAt FROM callbacks WHERE contact_id = +? AND state <> 'cancelled' ORDER BY +id DESC LIMIT 1`);

/** The soonest promise that is to be kept in a campaign, and by whom. */
export function promiseIn(
  db: ReadDb,
  contactId: number,
  campaignId: number,
): { agentId: number | null; dueAt: Instant } | null {
  return soonest(db).get(contactId, campaignId) ?? null;
}

const soonest = reading<{ agentId: number | null; dueAt: Instant }>(`
  SELECT agent_id AS agentId, due_at AS dueAt FROM callbacks
  WHERE contact_id = +? AND campaign_id = +? AND state = 'open' ORDER BY due_at LIMIT 1`);

export interface DueCallback {
  readonly callback: Callback;
  readonly contact: string;
}

/** Promises that fall due up to an instant, the soonest first. */
export function callbacksDue(db: ReadDb, until: Instant, limit: number): DueCallback[] {
  return due(db).all({ until, limit });
}

const due = prepared((db: ReadDb) =>
  db
    .select({ callback: callbacks, contact: contacts.name })
    .from(callbacks)
    .innerJoin(contacts, eq(contacts.id, callbacks.contactId))
    .where(and(literally(callbacks.state, "= 'open'"), lte(callbacks.dueAt, slot('until'))))
    .orderBy(asc(callbacks.dueAt))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** What an agent has promised between two instants, and nobody has kept yet. */
export function callbacksOfAgentBetween(
  db: ReadDb,
  agentId: number,
  from: Instant,
  to: Instant,
): { contactId: number; name: string; dueAt: Instant }[] {
  return between(db).all(from, to, agentId);
}

const between = reading<{ contactId: number; name: string; dueAt: Instant }>(`
  SELECT b.contact_id AS contactId, c.name, b.due_at AS dueAt FROM callbacks b
  JOIN contacts c ON c.id = b.contact_id
  WHERE b.state = 'open' AND b.due_at BETWEEN +? AND +? AND b.agent_id = +? ORDER BY b.due_at`);

export interface KeptBy {
  /** Promises due up to then. */
  readonly dueBy: Instant;
  /** And all that were made in this campaign. */
  readonly orIn: number | null;
}

/**
 * A call with the contact had an outcome: what was promised to them is kept, or some of it. Ringing in vain
 * today keeps nothing that was promised for tomorrow. How many promises that was.
 */
export function keepCallbacks(db: Db, contactId: number, at: Instant, only: KeptBy | null = null): number {
  const dueBy = only?.dueBy ?? Number.MAX_SAFE_INTEGER;
  return kept(db).run({ at, contactId, dueBy, orIn: only?.orIn ?? null }).changes;
}

const kept = writing(`
  UPDATE callbacks SET state = 'kept', closed_at = :at
  WHERE contact_id = +:contactId AND state = 'open' AND (due_at <= +:dueBy OR campaign_id = +:orIn)`);

/** Opens again what an outcome had closed at that very instant: for taking the outcome back. */
export function reopenCallbacksKeptAt(db: Db, contactId: number, at: Instant): number {
  return reopened(db).run(contactId, at).changes;
}

const reopened = writing(
  "UPDATE callbacks SET state = 'open', closed_at = NULL WHERE contact_id = +? AND closed_at = +? AND state = 'kept'",
);

/** Takes back what an outcome promised. */
export function cancelCallbackMadeBy(db: Db, attemptId: string, at: Instant): number {
  return cancelled(db).run(at, attemptId).changes;
}

const cancelled = writing(
  "UPDATE callbacks SET state = 'cancelled', closed_at = ? WHERE made_by_attempt = +? AND state = 'open'",
);

/** Closes one promise. False when it was closed already. */
export function closeCallback(
  db: Db,
  id: number,
  state: 'kept' | 'missed' | 'cancelled',
  at: Instant,
): boolean {
  return closed(db).run(state, at, id).changes === 1;
}

const closed = writing("UPDATE callbacks SET state = ?, closed_at = ? WHERE id = +? AND state = 'open'");
