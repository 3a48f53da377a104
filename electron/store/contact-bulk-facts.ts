import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';
import { restoreWhole, wholeContact } from './whole-rows.ts';

/* What each change to many contacts must know of them, and what it does: a page of ids at a time. */

/** Who of a page would come into a campaign. */
export interface EnrolFacts {
  readonly id: number;
  readonly company: string;
  readonly email: string;
  /** The number that would be rung; null where none may be. */
  readonly e164: string | null;
  readonly isIn: 0 | 1;
}

export function enrolFacts(db: ReadDb, campaignId: number, ids: readonly number[]): EnrolFacts[] {
  return toEnrol(db).all({ campaignId, ids: JSON.stringify(ids) });
}

const toEnrol = reading<EnrolFacts>(`
  SELECT c.id, c.company, c.email,
    (SELECT n.e164 FROM contact_numbers n WHERE n.contact_id = c.id AND n.is_usable = 1
      ORDER BY n.is_starred DESC, n.id LIMIT 1) AS e164,
    EXISTS (SELECT 1 FROM enrolments e WHERE e.campaign_id = +:campaignId AND e.contact_id = c.id) AS isIn
  FROM json_each(:ids) AS k CROSS JOIN contacts c ON c.id = k.value`);

export interface LeaveFacts {
  readonly id: number;
  /** Null where they are not in it. */
  readonly state: string | null;
  readonly isTried: 0 | 1;
}

export function leaveFacts(db: ReadDb, campaignId: number, ids: readonly number[]): LeaveFacts[] {
  return toLeave(db).all({ campaignId, ids: JSON.stringify(ids) });
}

const toLeave = reading<LeaveFacts>(`
  SELECT c.id, e.state, ifnull(e.attempts > 0 OR e.last_attempt_at IS NOT NULL, 0) AS isTried
  FROM json_each(:ids) AS k CROSS JOIN contacts c ON c.id = k.value
  LEFT JOIN enrolments e ON e.campaign_id = +:campaignId AND e.contact_id = c.id`);

/** Takes contacts out of a campaign who were not tried; what they were in it is given back as text. */
export function takeOut(db: Db, campaignId: number, id: number): string {
  const row = enrolmentText(db).get(campaignId, id)?.row ?? '{}';
  out(db).run(campaignId, id);
  return row;
}

const out = writing('DELETE FROM enrolments WHERE campaign_id = ? AND contact_id = ?');
const enrolmentText = reading<{ row: string }>(`
  SELECT json_object('state', state, 'priority', priority, 'places', places, 'dueAt', due_at, 'restUntil', rest_until,
    'lastOutcome', last_outcome) AS row FROM enrolments WHERE campaign_id = ? AND contact_id = ?`);

/** Puts them back as they were. False when they are in it again already, or gone. */
export function putBackIn(db: Db, campaignId: number, id: number, before: string): boolean {
  return backIn(db).run({ campaignId, id, before }).changes === 1;
}

const backIn = writing(`
  INSERT INTO enrolments (campaign_id, contact_id, state, priority, places, attempts, due_at, rest_until, last_outcome)
  SELECT :campaignId, c.id, :before ->> 'state', :before ->> 'priority', :before ->> 'places', 0, :before ->> 'dueAt',
    :before ->> 'restUntil', :before ->> 'lastOutcome'
  FROM contacts c WHERE c.id = :id ON CONFLICT (campaign_id, contact_id) DO NOTHING`);

/** Takes out whom a change had brought in. False when they were tried since: they stay, with what came of it. */
export function takeOutUntriedOne(db: Db, campaignId: number, id: number): boolean {
  return untriedOut(db).run(campaignId, id).changes === 1;
}

const untriedOut = writing(`
  DELETE FROM enrolments WHERE campaign_id = ? AND contact_id = ? AND state IN ('open', 'never')
    AND attempts = 0 AND last_attempt_at IS NULL`);

/** The numbers of some contacts, and which of them are left alone already. */
export interface NumberFacts {
  readonly id: number;
  readonly e164: string | null;
  readonly isListed: 0 | 1;
}

export function numberFactsOf(db: ReadDb, ids: readonly number[]): NumberFacts[] {
  return toLeaveAlone(db).all(JSON.stringify(ids));
}

const toLeaveAlone = reading<NumberFacts>(`
  SELECT c.id, n.e164, EXISTS (SELECT 1 FROM do_not_call d WHERE d.kind = 'number' AND d.value = n.e164) AS isListed
  FROM json_each(?) AS k CROSS JOIN contacts c ON c.id = k.value LEFT JOIN contact_numbers n ON n.contact_id = c.id`);

export interface ScheduleFacts {
  readonly id: number;
  readonly hasSchedule: 0 | 1;
  readonly numberId: number | null;
  readonly places: string | null;
  readonly mayBeSpokenTo: 0 | 1;
}

export function scheduleFacts(db: ReadDb, ids: readonly number[]): ScheduleFacts[] {
  return toSchedule(db).all(JSON.stringify(ids));
}

const toSchedule = reading<ScheduleFacts>(`
  SELECT c.id, EXISTS (SELECT 1 FROM schedules s WHERE s.contact_id = c.id AND s.removed_at IS NULL) AS hasSchedule,
    n.id AS numberId, n.places,
    EXISTS (SELECT 1 FROM consents o WHERE o.contact_id = c.id AND o.kind = 'ai-voice' AND o.revoked_at IS NULL)
      AS mayBeSpokenTo
  FROM json_each(?) AS k CROSS JOIN contacts c ON c.id = k.value
  LEFT JOIN contact_numbers n ON n.id = (SELECT m.id FROM contact_numbers m
    WHERE m.contact_id = c.id AND m.is_usable = 1 ORDER BY m.is_starred DESC, m.id LIMIT 1)`);

export interface DeleteFacts {
  readonly id: number;
  readonly isCalled: 0 | 1;
  readonly isInHand: 0 | 1;
}

export function deleteFacts(db: ReadDb, ids: readonly number[]): DeleteFacts[] {
  return toDelete(db).all(JSON.stringify(ids));
}

const toDelete = reading<DeleteFacts>(`
  SELECT c.id, EXISTS (SELECT 1 FROM attempts a WHERE a.contact_id = c.id)
      OR EXISTS (SELECT 1 FROM calls l WHERE l.contact_id = c.id) AS isCalled,
    EXISTS (SELECT 1 FROM enrolments e WHERE e.contact_id = c.id AND e.state = 'in-hand') AS isInHand
  FROM json_each(?) AS k CROSS JOIN contacts c ON c.id = k.value`);

/** Deletes a contact and gives back all that they were, as text. */
export function deleteContact(db: Db, id: number): string {
  return withTransaction(db, () => {
    const before = wholeContact(db, id);
    deleted(db).run(id);
    return before;
  });
}

const deleted = writing('DELETE FROM contacts WHERE id = ?');

export function bringBack(db: Db, before: string): boolean {
  return restoreWhole(db, before);
}

/** Those of some ids who are still here. */
export function stillHere(db: ReadDb, ids: readonly number[]): number[] {
  return here(db)
    .all(JSON.stringify(ids))
    .map(({ id }) => id);
}

const here = reading<{ id: number }>(
  'SELECT c.id FROM json_each(?) AS k CROSS JOIN contacts c ON c.id = k.value',
);
