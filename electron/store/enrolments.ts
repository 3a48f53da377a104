import type { Enrolment, EnrolmentState } from '../../shared/domain/contact.ts';
import { dayPart } from '../../shared/domain/day-part.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { isZone } from '../../shared/lib/zoned-time.ts';
import { rulesFrom } from './campaign-rules.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';

export const ENROLMENT_COLUMNS = `id, campaign_id AS campaignId, contact_id AS contactId, state, priority, attempts,
  due_at AS dueAt, rest_until AS restUntil, rest_from AS restFrom, last_attempt_at AS lastAttemptAt,
  last_outcome AS lastOutcome`;

const ENROLMENT = `SELECT ${ENROLMENT_COLUMNS} FROM enrolments`;

export const USUAL_PRIORITY = 0;

export function enrolmentById(db: ReadDb, id: number): Enrolment | null {
  return byId(db).get(id) ?? null;
}

const byId = reading<Enrolment>(`${ENROLMENT} WHERE id = +?`);

export function enrolmentOf(db: ReadDb, campaignId: number, contactId: number): Enrolment | null {
  return ofContact(db).get(campaignId, contactId) ?? null;
}

const ofContact = reading<Enrolment>(`${ENROLMENT} WHERE campaign_id = +? AND contact_id = +?`);

/** The contacts of a campaign in the order of their ids, from one on. */
export function enrolmentsOfCampaign(
  db: ReadDb,
  campaignId: number,
  afterContact: number,
  limit: number,
): Enrolment[] {
  return ofCampaign(db).all(campaignId, afterContact, limit);
}

// A limit bound without the plus makes SQLite plan the statement anew at each run.
const ofCampaign = reading<Enrolment>(
  `${ENROLMENT} WHERE campaign_id = +? AND contact_id > +? ORDER BY contact_id LIMIT +?`,
);

/** In whose hand a contact is that Parley rings by itself: no session has this id. */
export const NO_SESSION = 0;

/** Takes a contact in hand for a session. False when another was quicker: an answer, not an error. */
export function takeInHand(db: Db, id: number, sessionId: number): boolean {
  return take(db).run(sessionId, id).changes === 1;
}

const take = writing(
  "UPDATE enrolments SET state = 'in-hand', held_by_session = ? WHERE id = +? AND state = 'open'",
);

/** Lets a contact go as it was. False when it was not in hand. */
export function putBack(db: Db, id: number): boolean {
  return back(db).run(id).changes === 1;
}

const back = writing(
  "UPDATE enrolments SET state = 'open', held_by_session = NULL WHERE id = +? AND state = 'in-hand'",
);

export interface Settlement {
  readonly state: Exclude<EnrolmentState, 'in-hand'>;
  /** Null leaves it as it was. */
  readonly dueAt?: Instant | null;
  readonly lastOutcome?: string | null;
  /** Set where the outcome’s span is what the contact rests for. */
  readonly restFrom?: Instant | null;
}

/** Says what becomes of an enrolment: after an outcome, or after a verdict of never. */
export function settleEnrolment(
  db: Db,
  id: number,
  { state, dueAt = null, lastOutcome = null, restFrom = null }: Settlement,
): void {
  const { changes } = settled(db).run({ id, state, dueAt, lastOutcome, restFrom });
  assert(changes === 1, `settled ${changes} rows for enrolment ${id}`);
}

const settled = writing(`
  UPDATE enrolments SET state = :state, due_at = ifnull(:dueAt, due_at),
    rest_until = ifnull(:dueAt, rest_until), rest_from = :restFrom, last_outcome = ifnull(:lastOutcome, last_outcome),
    is_ready = 0, held_by_session = NULL
  WHERE id = +:id`);

/** Lets a contact rest, whatever the rules become: after a skip. False when it is finished. */
export function restEnrolment(db: Db, id: number, until: Instant): boolean {
  return rested(db).run({ id, until }).changes === 1;
}

const rested = writing(`
  UPDATE enrolments SET state = 'open', due_at = :until, rest_until = :until, rest_from = NULL, is_ready = 0,
    held_by_session = NULL
  WHERE id = +:id AND state IN ('open', 'in-hand')`);

/** Puts an enrolment out of the way until its verdict can change. False when it is finished. */
export function postponeEnrolment(db: Db, id: number, until: Instant): boolean {
  return postponed(db).run(until, id).changes === 1;
}

const postponed = writing(`
  UPDATE enrolments SET state = 'open', due_at = ?, is_ready = 0, held_by_session = NULL
  WHERE id = +? AND state IN ('open', 'in-hand')`);

/** Opens what a verdict of never had closed, once its reason is gone. How many campaigns that was. */
export function reopenClosedFor(db: Db, contactId: number, rule: string): number {
  return reopened(db).run(contactId, rule).changes;
}

const reopened = writing(
  "UPDATE enrolments SET state = 'open' WHERE contact_id = +? AND state = 'never' AND last_outcome = +?",
);

/** Makes an enrolment again what it was before an outcome. Back in hand means in the hand that rang last. */
export function restoreEnrolment(db: Db, before: Enrolment): void {
  const { id, state, dueAt, restUntil, restFrom, lastOutcome, attempts } = before;
  const held = state === 'in-hand' ? (lastHand(db).get(before.contactId, id)?.sessionId ?? null) : null;
  const now = state === 'in-hand' && held === null ? 'open' : state;
  const { changes } = restored(db).run({ id, now, dueAt, restUntil, restFrom, lastOutcome, attempts, held });
  assert(changes === 1, `restored ${changes} rows for enrolment ${id}`);
}

const restored = writing(`
  UPDATE enrolments SET state = :now, due_at = :dueAt, rest_until = :restUntil, rest_from = :restFrom,
    last_outcome = :lastOutcome, attempts = :attempts, is_ready = 0, held_by_session = :held WHERE id = +:id`);

const lastHand = reading<{ sessionId: number | null }>(`
  SELECT session_id AS sessionId FROM attempts
  WHERE contact_id = +? AND enrolment_id = +? ORDER BY intended_at DESC LIMIT 1`);

export function setPriority(db: Db, id: number, priority: number): void {
  const { changes } = prioritised(db).run(priority, id);
  assert(changes === 1, `gave ${changes} rows a priority for enrolment ${id}`);
}

const prioritised = writing('UPDATE enrolments SET priority = ?, is_ready = 0 WHERE id = +?');

/** Counts an attempt, in the transaction that writes its intent. */
export function countAttempt(db: Db, id: number, at: Instant): void {
  const rules = rulesOf(db).get(id)?.rules;
  const zone = rules === undefined ? 'UTC' : rulesFrom(rules).zone;
  const { changes } = counted(db).run({ id, at, part: isZone(zone) ? dayPart(at, zone) : 0 });
  assert(changes === 1, `counted an attempt on ${changes} rows for enrolment ${id}`);
}

const counted = writing(`
  UPDATE enrolments SET attempts = attempts + 1, last_attempt_at = :at, tried_parts = tried_parts | :part
  WHERE id = +:id`);

// The whole text: what it says is known already, while SQLite would read it anew.
const rulesOf = reading<{ rules: string }>(
  'SELECT c.rules FROM enrolments e JOIN campaigns c ON c.id = e.campaign_id WHERE e.id = +?',
);

/** Takes a count back: nothing rang after all. */
export function uncountAttempt(db: Db, id: number): void {
  const { changes } = uncounted(db).run(id);
  assert(changes === 1, `took an attempt back from ${changes} rows for enrolment ${id}`);
}

const uncounted = writing('UPDATE enrolments SET attempts = max(0, attempts - 1) WHERE id = +?');

/** Puts a contact back who was not rung after all, unless another session has them in hand by now. */
export function returnEnrolment(db: Db, id: number, sessionId: number | null, until: Instant): boolean {
  return returned(db).run({ id, sessionId, until }).changes === 1;
}

const returned = writing(`
  UPDATE enrolments SET state = 'open', due_at = max(due_at, :until), rest_until = max(rest_until, :until),
    is_ready = 0, held_by_session = NULL
  WHERE id = +:id AND (state = 'open' OR (state = 'in-hand' AND held_by_session = ifnull(:sessionId, ${NO_SESSION})))`);

/** The session that has a contact in hand. */
export function handOf(db: ReadDb, id: number): number | null {
  return hand(db).get(id)?.sessionId ?? null;
}

const hand = reading<{ sessionId: number | null }>(
  'SELECT held_by_session AS sessionId FROM enrolments WHERE id = +?',
);

/** Puts back whatever a session still holds; how many that was. */
export function releaseHeldBy(db: Db, sessionId: number): number {
  return released(db).run(sessionId).changes;
}

const released = writing(
  "UPDATE enrolments SET state = 'open', held_by_session = NULL WHERE held_by_session = +? AND state = 'in-hand'",
);

/** After a crash: puts back what sessions still hold that are over. */
export function releaseHeldByEndedSessions(db: Db): number {
  return orphansReleased(db).run().changes;
}

const orphansReleased = writing(`
  UPDATE enrolments SET state = 'open', held_by_session = NULL
  WHERE held_by_session IS NOT NULL AND held_by_session <> ${NO_SESSION}
    AND held_by_session NOT IN (SELECT id FROM sessions WHERE ended_at IS NULL)`);

export type EnrolmentCounts = Readonly<Record<EnrolmentState, number>>;

/** How many of a campaign's contacts are in which state. Kept by triggers, so it costs four rows. */
export function enrolmentCounts(db: ReadDb, campaignId: number): EnrolmentCounts {
  const counts = { open: 0, 'in-hand': 0, done: 0, never: 0 };
  for (const { value, n } of tallied(db).all(campaignId)) counts[value] = n;
  return counts;
}

const tallied = reading<{ value: EnrolmentState; n: number }>(
  "SELECT value, n FROM tallies WHERE what = 'enrolment' AND of_id = +?",
);

export interface EnrolOptions {
  readonly dueAt: Instant;
  readonly priority?: number;
}

/** Puts contacts into a campaign; those who are in it already stay as they are. How many are new. */
export function enrol(
  db: Db,
  campaignId: number,
  contactIds: readonly number[],
  { dueAt, priority = USUAL_PRIORITY }: EnrolOptions,
): number {
  return withTransaction(db, () => {
    let fresh = 0;
    for (const contactId of contactIds)
      fresh += enrolled(db).run({ campaignId, contactId, priority, dueAt }).changes;
    return fresh;
  });
}

/** Where the number is that would be rung: the starred one, else the first that may be used. */
const PLACES_OF = (contactId: string) => `ifnull((
  SELECT iif(n.places <> '', n.places, ifnull((SELECT group_concat(value, ' ') FROM json_each(n.zones)), '') || '||')
  FROM contact_numbers n WHERE n.contact_id = ${contactId}
  ORDER BY n.is_usable DESC, n.is_starred DESC, n.id LIMIT 1), '||')`;

const enrolled = writing(`
  INSERT INTO enrolments (campaign_id, contact_id, state, priority, places, attempts, due_at, rest_until)
  VALUES (:campaignId, :contactId, 'open', :priority, ${PLACES_OF(':contactId')}, 0, :dueAt, :dueAt)
  ON CONFLICT (campaign_id, contact_id) DO NOTHING`);

/** Sets a contact's places anew in every campaign, after a change to its numbers. */
export function refreshPlaces(db: Db, contactId: number): void {
  replaced(db).run({ contactId });
}

const replaced = writing(
  `UPDATE enrolments SET places = ${PLACES_OF(':contactId')} WHERE contact_id = +:contactId`,
);
