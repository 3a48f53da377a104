import type { CallEvent } from '../../shared/domain/call.ts';
import type { DecisionRecord } from '../../shared/domain/verdict-record.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, writing } from './open.ts';
import { verdictOfAttempt } from './attempts.ts';

/** An event as it was written down, and why nobody could act on it; null where somebody did. */
export interface InboxEvent {
  readonly id: number;
  readonly receivedAt: Instant;
  readonly event: CallEvent;
  readonly dead: string | null;
}

/** All that a carrier told of a call, in the order it came. */
export function inboxOf(db: ReadDb, carrier: string, callRef: string): InboxEvent[] {
  return told(db)
    .all(carrier, callRef)
    .map(({ body, ...row }) => ({ ...row, event: JSON.parse(body) as CallEvent }));
}

const told = reading<Omit<InboxEvent, 'event'> & { body: string }>(`
  SELECT i.id, i.received_at AS receivedAt, i.body, d.reason AS dead
  FROM inbox i LEFT JOIN dead_letters d ON d.inbox_id = i.id
  WHERE i.carrier = +? AND i.call_ref = +? ORDER BY i.id`);

export interface PastOutcome {
  readonly id: number;
  readonly dispositionId: string;
  readonly label: string;
  readonly note: string;
  readonly who: string;
  readonly filedAt: Instant;
  readonly undoneAt: Instant | null;
}

/** Every outcome an attempt ever had, the latest first. */
export function outcomesOf(db: ReadDb, attemptId: string, contactId: number | null): PastOutcome[] {
  return past(db).all(contactId, attemptId);
}

// By the contact, because only outcomes that stand are indexed by their attempt.
const past = reading<PastOutcome>(`
  SELECT o.id, o.disposition_id AS dispositionId, k.label, o.note, ifnull(a.name, '') AS who, o.filed_at AS filedAt,
    o.undone_at AS undoneAt
  FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id LEFT JOIN agents a ON a.id = o.agent_id
  WHERE o.contact_id IS +? AND o.attempt_id = +? ORDER BY o.id DESC`);

/** Writes the note of the outcome that stands anew. False where there is none. */
export function rewriteNote(db: Db, attemptId: string, note: string): boolean {
  return renoted(db).run(note, attemptId).changes === 1;
}

const renoted = writing('UPDATE outcomes SET note = ? WHERE attempt_id = ? AND undone_at IS NULL');

/** When this agent’s next call after an instant was asked for. */
export function nextRequestOf(db: ReadDb, agentId: number, since: Instant): Instant | null {
  return next(db).get(agentId, since)?.sentAt ?? null;
}

const next = reading<{ sentAt: Instant | null }>(`
  SELECT sent_at AS sentAt FROM attempts
  WHERE agent_id = +? AND intended_at > +? AND sent_at IS NOT NULL ORDER BY intended_at LIMIT 1`);

/** How an attempt was wished for, and what it was decided on; null for one from before decisions were kept. */
export function decisionOf(db: ReadDb, attemptId: string): DecisionRecord | null {
  const kept = verdictOfAttempt(db, attemptId) as DecisionRecord | { kind: string } | null;
  return kept !== null && 'rules' in kept ? kept : null;
}

export function attemptFacts(
  db: ReadDb,
  attemptId: string,
): { mode: string; filedAt: Instant | null } | null {
  return facts(db).get(attemptId) ?? null;
}

const facts = reading<{ mode: string; filedAt: Instant | null }>(
  'SELECT mode, filed_at AS filedAt FROM attempts WHERE id = +?',
);

export interface ContactCard {
  readonly id: number;
  readonly name: string;
  readonly company: string;
  readonly place: string;
  readonly calls: number;
  readonly promisedAt: Instant | null;
}

export function contactCard(db: ReadDb, contactId: number): ContactCard | null {
  return card(db).get(contactId) ?? null;
}

const card = reading<ContactCard>(`
  SELECT p.id, p.name, p.company, p.place, (SELECT count(*) FROM calls c WHERE c.contact_id = p.id) AS calls,
    (SELECT min(due_at) FROM callbacks b WHERE b.contact_id = p.id AND b.state = 'open') AS promisedAt
  FROM contacts p WHERE p.id = +?`);
