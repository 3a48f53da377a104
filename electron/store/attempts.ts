import { and, asc, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { type Attempt, type AttemptState, isOpen, mayFollow } from '../../shared/domain/attempt.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, reading, writing } from './open.ts';
import { type Page, pageOf } from './page.ts';
import { type AttemptMode, attempts, calls } from './schema/calls.ts';
import { contacts } from './schema/book.ts';
import { sessions } from './schema/desk.ts';
import { asking, inserting, literally, slot } from './statements.ts';

/**
 * Writes the intent down and locks its number. Null when the number is held already, by whatever campaign,
 * agent or process: the unique index says so, and only its refusal is taken for an answer (law 3).
 */
export function insertIntent(
  db: Db,
  attempt: Attempt,
  verdict: Verdict,
  mode: AttemptMode = usualMode(db, attempt),
): Attempt | null {
  assert(attempt.state === 'intended', `an intent begins as intended, not as ${attempt.state}`);
  return intend(db, { ...attempt, mode, verdict }).changes === 1 ? attempt : null;
}

const intend = inserting(attempts, 'ON CONFLICT (to_e164) WHERE closed_at IS NULL DO NOTHING');

export interface Mark {
  readonly at: Instant;
  /** Kept as it was when not given. */
  readonly trouble?: string | null;
}

/** Moves an attempt on. Closing it, by `refused` or `resolved`, frees its number. */
export function markAttempt(
  db: Db,
  id: string,
  from: AttemptState,
  to: AttemptState,
  { at, trouble }: Mark,
): void {
  assert(mayFollow(from, to), `an attempt goes from ${from} to ${to}`);
  const { changes } = move(db).run({
    id,
    from,
    to,
    sentAt: to === 'sent' ? at : null,
    closedAt: isOpen(to) ? null : at,
    trouble: trouble ?? null,
  });
  assert(changes === 1, `attempt ${id} was not ${from} when it was to become ${to}`);
}

const move = writing(`
  UPDATE attempts SET state = :to, sent_at = ifnull(:sentAt, sent_at), closed_at = :closedAt,
    trouble = ifnull(:trouble, trouble)
  WHERE id = +:id AND state = +:from`);

/** Closes an attempt from whatever state it is in. False when it was closed before: ends are told twice. */
export function closeAttempt(db: Db, id: string, to: 'refused' | 'resolved', mark: Mark): boolean {
  const attempt = attemptById(db, id);
  assert(attempt !== null, `no attempt ${id} to close`);
  if (!isOpen(attempt.state)) return false;
  markAttempt(db, id, attempt.state, to, mark);
  return true;
}

const COLUMNS = {
  id: attempts.id,
  campaignId: attempts.campaignId,
  enrolmentId: attempts.enrolmentId,
  contactId: attempts.contactId,
  agentId: attempts.agentId,
  sessionId: attempts.sessionId,
  to: attempts.to,
  from: attempts.from,
  carrier: attempts.carrier,
  state: attempts.state,
  intendedAt: attempts.intendedAt,
  sentAt: attempts.sentAt,
  closedAt: attempts.closedAt,
  trouble: attempts.trouble,
};

export function attemptById(db: ReadDb, id: string): Attempt | null {
  return byId(db).get(id) ?? null;
}

const byId = asking(attempts, COLUMNS, 'WHERE id = +?');

/** The verdict an attempt was made on. */
export function verdictOfAttempt(db: ReadDb, id: string): Verdict | null {
  return (verdictById(db).get(id)?.verdict ?? null) as Verdict | null;
}

const verdictById = asking(attempts, { verdict: attempts.verdict }, 'WHERE id = +?');

/** Whether the call may be recorded, as it was decided with its intent. */
export function recordingAllowed(db: ReadDb, id: string): boolean {
  return recording(db).get(id)?.isAllowed === 1;
}

const recording = reading<{ isAllowed: number | null }>(
  "SELECT verdict ->> '$.recording.isAllowed' AS isAllowed FROM attempts WHERE id = +?",
);

/** Attempts whose fate is open, of one carrier or of all: never more than there are lines. */
export function openAttempts(db: ReadDb, carrier: string | null = null): Attempt[] {
  return open(db)
    .all()
    .filter((attempt) => carrier === null || attempt.carrier === carrier)
    .sort((a, b) => a.intendedAt - b.intendedAt || (a.id < b.id ? -1 : 1));
}

// Asked to sort, SQLite would walk all attempts ever made in order of their id, to save sorting a handful.
const open = asking(attempts, COLUMNS, 'WHERE closed_at IS NULL');

/** Those of a carrier of which it is not known whether there is a call. */
export function attemptsInDoubt(db: ReadDb, carrier: string): Attempt[] {
  return doubtful(db)
    .all()
    .filter((attempt) => attempt.carrier === carrier)
    .sort((a, b) => a.intendedAt - b.intendedAt || (a.id < b.id ? -1 : 1));
}

const doubtful = asking(attempts, COLUMNS, "WHERE closed_at IS NULL AND state <> 'accepted'");

/** The attempt that holds a number. */
export function holderOf(db: ReadDb, to: E164): Attempt | null {
  return holder(db).get(to) ?? null;
}

const holder = asking(attempts, COLUMNS, 'WHERE to_e164 = +? AND closed_at IS NULL');

/** A contact's attempts, newest first. `before` is the last page's `next`. */
export function attemptsOfContact(
  db: ReadDb,
  contactId: number,
  limit: number,
  before: Instant | null = null,
): Page<Attempt, Instant> {
  const rows = ofContact(db).all({ contactId, limit: limit + 1, before: before ?? Number.MAX_SAFE_INTEGER });
  return pageOf(rows, limit, (attempt) => attempt.intendedAt);
}

const ofContact = prepared((db: ReadDb) =>
  db
    .select(COLUMNS)
    .from(attempts)
    .where(and(eq(attempts.contactId, slot('contactId')), lt(attempts.intendedAt, slot('before'))))
    .orderBy(desc(attempts.intendedAt))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** Whether the contact was tried again in the same campaign after this attempt, by whatever our clock showed. */
export function hasLaterAttempt(db: ReadDb, { id, campaignId, contactId }: Attempt): boolean {
  return laterAttempt(db).get({ id, campaignId, contactId }) !== undefined;
}

// The pluses keep SQLite with the few attempts on this contact: a campaign has thousands.
const laterAttempt = reading<{ id: string }>(`
  SELECT id FROM attempts a
  WHERE contact_id = +:contactId AND +campaign_id = +:campaignId AND state <> 'refused'
    AND +rowid > (SELECT rowid FROM attempts WHERE id = +:id)
    AND (closed_at IS NULL OR EXISTS (SELECT 1 FROM calls c WHERE c.attempt_id = a.id)) LIMIT 1`);

/** How often a number was rung, or was meant to be, since an instant: what caps are counted by. */
export function attemptsOnNumberSince(db: ReadDb, to: E164, since: Instant): number {
  return onNumber(db).get({ to, since })?.n ?? 0;
}

const onNumber = prepared((db: ReadDb) =>
  db
    .select({ n: sql<number>`count(*)` })
    .from(attempts)
    .where(and(eq(attempts.to, slot('to')), gte(attempts.intendedAt, slot('since'))))
    .prepare(),
);

export interface UnfiledAttempt {
  readonly attemptId: string;
  readonly contactId: number | null;
  readonly name: string;
  readonly to: E164;
  readonly endedAt: Instant;
}

/** Calls of an agent that are over and have no outcome yet, oldest first (law 6). */
export function attemptsWithoutOutcome(db: ReadDb, agentId: number): UnfiledAttempt[] {
  return unfiled(db)
    .all({ agentId })
    .map((row) => ({ ...row, name: row.name ?? '', endedAt: (row.endedAt ?? row.closedAt) as Instant }))
    .map(({ closedAt: _closedAt, ...row }) => row);
}

const unfiled = prepared((db: ReadDb) =>
  db
    .select({
      attemptId: attempts.id,
      contactId: attempts.contactId,
      name: contacts.name,
      to: attempts.to,
      endedAt: calls.endedAt,
      closedAt: attempts.closedAt,
    })
    .from(attempts)
    // An attempt without a call was never placed: there is nothing to say about it.
    .innerJoin(calls, and(eq(calls.attemptId, attempts.id), literally(calls.status, "= 'ended'")))
    .leftJoin(contacts, eq(contacts.id, attempts.contactId))
    .where(
      and(
        eq(attempts.agentId, slot('agentId')),
        literally(attempts.filedAt, 'IS NULL'),
        literally(attempts.state, "= 'resolved'"),
        literally(attempts.mode, "<> 'ai'"),
      ),
    )
    .orderBy(asc(attempts.intendedAt))
    .prepare(),
);

function usualMode(db: ReadDb, { agentId, sessionId }: Attempt): AttemptMode {
  if (sessionId !== null) return modeOf(db).get(sessionId)?.mode ?? 'by-hand';
  return agentId === null ? 'ai' : 'by-hand';
}

const modeOf = asking(sessions, { mode: sessions.mode }, 'WHERE id = +?');
