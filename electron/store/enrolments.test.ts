import type { E164 } from '../../shared/domain/phone.ts';
import type { Places } from '../../shared/domain/places/places.ts';
import { expect, test } from 'vitest';
import { type Instant, after } from '../../shared/lib/instants.ts';
import { insertIntent } from './attempts.ts';
import { addNumber, markNumberUnusable, markNumberUsable, starNumber } from './contacts.ts';
import { dueByPlaces, nextDueAt } from './due-by-places.ts';
import { dueEnrolments } from './due.ts';
import {
  countAttempt,
  enrol,
  enrolmentById,
  enrolmentCounts,
  postponeEnrolment,
  putBack,
  releaseHeldBy,
  releaseHeldByEndedSessions,
  restoreEnrolment,
  settleEnrolment,
  takeInHand,
  uncountAttempt,
} from './enrolments.ts';
import { bandsOf, makeReady } from './list-order.ts';
import type { Db } from './open.ts';
import { endSession, openSession } from './sessions.ts';
import {
  NOON,
  aCampaign,
  aContact,
  aNumber,
  aStore,
  anAgent,
  anAttempt,
  anEnrolment,
  plansOf,
} from './testing.ts';

const EASTERN = 'America/New_York';
const PACIFIC = 'America/Los_Angeles';

/** A number that is in this zone by its area code. */
function aNumberIn(zone: string, nth = 0): E164 {
  return (zone === PACIFIC ? aNumber(nth).replace('+1212', '+1213') : aNumber(nth)) as E164;
}

function aContactIn(db: Db, zone: string, nth = 0): number {
  const e164 = aNumberIn(zone, nth);
  return aContact(db, { numbers: [{ e164, kind: 'mobile', zones: [zone], isStarred: true }] });
}

test('the next contact is the most urgent one, then the one that has been due the longest', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const later = anEnrolment(db, { campaignId, dueAt: after(NOON, -10) });
  const longest = anEnrolment(db, { campaignId, dueAt: after(NOON, -20) });
  const urgent = anEnrolment(db, { campaignId, dueAt: after(NOON, -5), priority: 9 });
  const notYet = anEnrolment(db, { campaignId, dueAt: after(NOON, 1), priority: 100 });
  const ids = (at: Instant, limit: number) => {
    makeReady(db, campaignId, 'priority', at, 100);
    return dueEnrolments(db, campaignId, at, limit).map((each) => each.id);
  };
  expect(ids(NOON, 10)).toEqual([urgent, longest, later]);
  expect(ids(NOON, 2)).toEqual([urgent, longest]);
  expect(ids(after(NOON, 1), 10)).toEqual([notYet, urgent, longest, later]);
});

test('contacts where it is night are passed over without being looked at', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const here = anEnrolment(db, { campaignId, contactId: aContactIn(db, EASTERN), dueAt: NOON });
  anEnrolment(db, {
    campaignId,
    contactId: aContactIn(db, PACIFIC, 1),
    dueAt: after(NOON, -99),
    priority: 100,
  });
  const areOpen = ({ zones }: Places) => !zones.includes(PACIFIC);
  expect(dueEnrolments(db, campaignId, NOON, 10, areOpen).map((each) => each.id)).toEqual([here]);
  expect(nextDueAt(db, campaignId, areOpen)).toBe(NOON);
  expect(nextDueAt(db, campaignId)).toBe(NOON - 99);
});

test('a contact is found by the places of the number that would be rung, whatever becomes of its numbers', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const contactId = aContactIn(db, EASTERN);
  anEnrolment(db, { campaignId, contactId });
  const isFoundIn = (zone: string) =>
    dueEnrolments(db, campaignId, NOON, 1, ({ zones }) => zones.includes(zone)).length === 1;
  expect(isFoundIn(EASTERN)).toBe(true);

  const second = { e164: aNumberIn(PACIFIC, 1), kind: 'office', zones: [PACIFIC], isStarred: false } as const;
  const numberId = addNumber(db, contactId, second);
  expect(isFoundIn(PACIFIC)).toBe(false);
  markNumberUnusable(db, aNumber(), 'wrong number');
  expect([isFoundIn(PACIFIC), isFoundIn(EASTERN)]).toEqual([true, false]);
  markNumberUsable(db, aNumber());
  expect(isFoundIn(EASTERN)).toBe(true);
  starNumber(db, contactId, numberId);
  expect(isFoundIn(PACIFIC)).toBe(true);
});

test('nobody is in two hands at once', () => {
  const db = aStore();
  const id = anEnrolment(db, { campaignId: aCampaign(db) });
  expect(takeInHand(db, id, 1)).toBe(true);
  expect(takeInHand(db, id, 2)).toBe(false);
  expect(enrolmentById(db, id)?.state).toBe('in-hand');
  expect(putBack(db, id)).toBe(true);
  expect(putBack(db, id)).toBe(false);
  expect(takeInHand(db, id, 2)).toBe(true);
});

test('whoever a session held is open again once it is over, and nobody else', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const [mine, theirs] = [1, 2].map(() => anEnrolment(db, { campaignId }));
  const session = openSession(db, { agentId: anAgent(db), campaignId, mode: 'power', at: NOON });
  takeInHand(db, mine!, session.id);
  takeInHand(db, theirs!, 77);
  expect(releaseHeldByEndedSessions(db)).toBe(1);
  expect(enrolmentById(db, theirs!)?.state).toBe('open');
  endSession(db, session.id, NOON);
  expect(releaseHeldByEndedSessions(db)).toBe(1);
  takeInHand(db, mine!, session.id);
  expect(releaseHeldBy(db, session.id)).toBe(1);
  expect(enrolmentById(db, mine!)?.state).toBe('open');
});

test('a contact is in a campaign once, however often they are added', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const contacts = [aContact(db), aContact(db)];
  expect(enrol(db, campaignId, contacts, { dueAt: NOON })).toBe(2);
  expect(enrol(db, campaignId, [...contacts, aContact(db)], { dueAt: NOON })).toBe(1);
  expect(enrolmentCounts(db, campaignId).open).toBe(3);
});

test('the counts of a campaign always equal what counting would find', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const other = aCampaign(db);
  const ids = Array.from({ length: 6 }, () => anEnrolment(db, { campaignId }));
  anEnrolment(db, { campaignId: other });
  takeInHand(db, ids[0]!, 1);
  settleEnrolment(db, ids[1]!, { state: 'done' });
  settleEnrolment(db, ids[2]!, { state: 'never' });
  settleEnrolment(db, ids[2]!, { state: 'done' });
  db.$client.prepare('DELETE FROM enrolments WHERE id = ?').run(ids[3]);
  expect(enrolmentCounts(db, campaignId)).toEqual({ open: 2, 'in-hand': 1, done: 2, never: 0 });
  expect(enrolmentCounts(db, other).open).toBe(1);
});

test('an enrolment is settled with its due time and outcome, and keeps what is not said anew', () => {
  const db = aStore();
  const id = anEnrolment(db, { campaignId: aCampaign(db) });
  takeInHand(db, id, 1);
  settleEnrolment(db, id, { state: 'open', dueAt: after(NOON, 60), lastOutcome: 'busy' });
  expect(enrolmentById(db, id)).toMatchObject({ state: 'open', dueAt: NOON + 60, lastOutcome: 'busy' });
  settleEnrolment(db, id, { state: 'done', dueAt: null });
  expect(enrolmentById(db, id)).toMatchObject({ state: 'done', dueAt: NOON + 60, lastOutcome: 'busy' });
});

test('a finished contact is never brought back by a postponement', () => {
  const db = aStore();
  const id = anEnrolment(db, { campaignId: aCampaign(db) });
  takeInHand(db, id, 1);
  expect(postponeEnrolment(db, id, after(NOON, 5))).toBe(true);
  expect(enrolmentById(db, id)).toMatchObject({ state: 'open', dueAt: NOON + 5 });
  settleEnrolment(db, id, { state: 'never' });
  expect(postponeEnrolment(db, id, after(NOON, 9))).toBe(false);
  expect(enrolmentById(db, id)?.state).toBe('never');
});

test('attempts are counted, and taken back when nothing rang', () => {
  const db = aStore();
  const id = anEnrolment(db, { campaignId: aCampaign(db) });
  countAttempt(db, id, NOON);
  countAttempt(db, id, after(NOON, 1));
  uncountAttempt(db, id);
  expect(enrolmentById(db, id)).toMatchObject({ attempts: 1, lastAttemptAt: NOON + 1 });
});

test('an undone outcome puts the contact back in the hand that rang them', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const contactId = aContact(db);
  const id = anEnrolment(db, { campaignId, contactId });
  takeInHand(db, id, 5);
  insertIntent(db, anAttempt({ contactId, enrolmentId: id, sessionId: 5 }), { kind: 'ring' });
  const before = enrolmentById(db, id)!;
  settleEnrolment(db, id, { state: 'never', lastOutcome: 'do-not-call' });
  restoreEnrolment(db, before);
  expect(enrolmentById(db, id)).toEqual(before);
  expect(releaseHeldBy(db, 5)).toBe(1);
});

test('levels of priority stay few, so that choosing among them stays cheap', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  expect(() => anEnrolment(db, { campaignId, priority: 101 })).toThrow(/CHECK/);
  expect(() => anEnrolment(db, { campaignId, priority: -1 })).toThrow(/CHECK/);
});

test('choosing the next contact only ever seeks: a lost index fails here', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  anEnrolment(db, { campaignId });
  const everywhere = { campaignId, now: NOON, bands: bandsOf(db, campaignId, NOON), areOpen: () => true };
  const plans = plansOf(db, () => {
    dueEnrolments(db, campaignId, NOON, 5);
    Array.from(dueByPlaces(db, everywhere));
    nextDueAt(db, campaignId);
    makeReady(db, campaignId, 'priority', NOON, 5);
    takeInHand(db, 1, 1);
    releaseHeldBy(db, 1);
    enrolmentCounts(db, campaignId);
  });
  const plan = (covering: string, index: string, by: string) =>
    `SEARCH enrolments USING ${covering}INDEX enrolments_${index} (campaign_id=?${by})`;
  const inLine = (index: string, by: string) => plan('', index, by).replace('enrolments', 'e');
  const BY_ID = 'SEARCH enrolments USING INTEGER PRIMARY KEY (rowid=?)';
  expect(plans).toEqual([
    inLine('first', ' AND rank>? AND rank<?'),
    inLine('soonest', ' AND due_at>? AND due_at<?'),
    plan('COVERING ', 'ready', ' AND places>?'),
    plan('COVERING ', 'soonest', ' AND due_at<?'),
    plan('COVERING ', 'waiting', ' AND places>?'),
    BY_ID,
    plan('COVERING ', 'waiting', ' AND places=? AND due_at>? AND due_at<?'),
    'SEARCH e USING INTEGER PRIMARY KEY (rowid=?)',
    'LIST SUBQUERY 2',
    plan('COVERING ', 'soonest', ' AND due_at<?'),
    'CORRELATED SCALAR SUBQUERY 1',
    'SEARCH b USING COVERING INDEX callbacks_promised (contact_id=? AND campaign_id=?)',
    BY_ID,
    'SEARCH enrolments USING INDEX enrolments_held (held_by_session=?)',
    'SEARCH tallies USING PRIMARY KEY (what=? AND of_id=?)',
  ]);
});
