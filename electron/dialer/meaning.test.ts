import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LATEST_FIRST, readCallFilter } from '../../shared/domain/call-filter.ts';
import { USUAL_SORT, readContactFilter } from '../../shared/domain/contact-filter.ts';
import type { FollowUpPlan } from '../../shared/domain/follow-up.ts';
import { DAY_MS, HOUR_MS, type Instant, after } from '../../shared/lib/instants.ts';
import { simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { setCampaignStatus, campaignById } from '../store/campaigns.ts';
import { callIds } from '../store/call-results.ts';
import { mergeContacts, undoMerge } from '../store/contact-merge.ts';
import { contactIds } from '../store/contact-results.ts';
import { addDoNotCall } from '../store/do-not-call.ts';
import { enrolmentOf, settleEnrolment } from '../store/enrolments.ts';
import {
  closeFollowUp,
  followUpRows,
  followUpsOfContact,
  reopenFollowUp,
  savePlan,
} from '../store/follow-ups.ts';
import { meaningOf } from '../store/meanings.ts';
import type { Db } from '../store/open.ts';
import { fileOutcome, outcomeOf, undoOutcome } from '../store/outcomes.ts';
import { contactFigures, moveByHand, movesOf, outlookOf, undoMove } from '../store/outlooks.ts';
import {
  NOON,
  aCampaign,
  aContact,
  aNumber,
  aStore,
  anAgent,
  anAttempt,
  anEnrolment,
} from '../store/testing.ts';
import { openMeaning } from './meaning.ts';

const STEPS: FollowUpPlan['steps'] = [
  { kind: 'task', afterMs: HOUR_MS, title: 'Prepare an offer for {{first name}}', text: '' },
  { kind: 'email', afterMs: DAY_MS, title: 'Your offer', text: 'Dear {{name}}, {{nickname|friend}}' },
  { kind: 'call', afterMs: 2 * DAY_MS, title: '', text: '' },
];

function aPlace() {
  const db = aStore();
  const clock = simulatedClock(NOON);
  const changed: number[] = [];
  const campaignId = aCampaign(db);
  const plan = {
    campaignId: null,
    outcome: 'qualified',
    sentiment: null,
    isOn: true,
    since: NOON,
    steps: STEPS,
  };
  savePlan(db, { ...plan, id: null, name: 'After a yes' });
  // Two processes may have the same workspace open: each looks by itself.
  const two = [0, 1].map(() =>
    openMeaning({ db, clock, changed() {}, campaignChanged: (id) => changed.push(id) }),
  );
  const look = () => two.forEach((each) => each.look());
  return { db, clock, campaignId, changed, look };
}

let calls = 0;

/** A call of a contact with an outcome, and what they said in it. Returns its attempt. */
function aCall(
  db: Db,
  contactId: number,
  campaignId: number,
  outcome: string | null,
  at: Instant,
  said = '',
): string {
  const { id } = anAttempt();
  db.$client
    .prepare(
      `INSERT INTO attempts (id, campaign_id, contact_id, to_e164, from_number, carrier, mode, state, intended_at, closed_at)
       VALUES (?, ?, ?, '+12125550100', '', 's', 'power', 'resolved', ?, ?)`,
    )
    .run(id, campaignId, contactId, at, at);
  const { lastInsertRowid } = db.$client
    .prepare(
      `INSERT INTO calls (attempt_id, carrier, call_ref, direction, from_number, to_number, contact_id, campaign_id, status,
        ending, is_held, answered_by, started_at, answered_at, ended_at)
       VALUES (?, 's', ?, 'outbound', '', '', ?, ?, 'ended', 'completed', 0, 'human', ?, ?, ?)`,
    )
    .run(id, `c${(calls += 1)}`, contactId, campaignId, at, at, at + 60_000);
  if (said !== '')
    db.$client
      .prepare(
        "INSERT INTO transcript_segments (call_id, speaker, from_ms, to_ms, text) VALUES (?, 'contact', 0, 9, ?)",
      )
      .run(lastInsertRowid, said);
  if (outcome !== null) file(db, id, contactId, campaignId, outcome, at);
  return id;
}

function file(
  db: Db,
  attemptId: string,
  contactId: number,
  campaignId: number,
  dispositionId: string,
  at: Instant,
) {
  fileOutcome(db, {
    attemptId,
    dispositionId,
    note: '',
    callbackAt: null,
    contactId,
    campaignId,
    agentId: null,
    filedAt: at,
  });
}

test('an outcome moves a contact with its reason, and taken back it moves them back; a hand outranks both', () => {
  const { db, campaignId, look } = aPlace();
  const contactId = aContact(db);
  aCall(db, contactId, campaignId, 'interested', NOON, 'That sounds good, please do.');
  const later = after(NOON, HOUR_MS);
  const attempt = aCall(
    db,
    contactId,
    campaignId,
    'not-interested',
    later,
    'Stop calling me, this is a scam.',
  );
  look();
  expect(outlookOf(db, contactId)).toEqual({ temperature: 'cold', stage: 'lost' });
  expect(movesOf(db, contactId, 9)[0]).toMatchObject({
    why: 'A call was filed as “Not interested”.',
    who: null,
  });
  undoOutcome(db, attempt, after(later, 1_000));
  look();
  expect(outlookOf(db, contactId)).toEqual({ temperature: 'hot', stage: 'interested' });
  moveByHand(db, { contactId, what: 'stage', becomes: 'won', agentId: null, why: 'Signed.' }, later);
  expect(outlookOf(db, contactId).stage).toBe('won');
  expect(undoMove(db, movesOf(db, contactId, 1)[0]!.id, 'Ann', later)).toBe(true);
  expect(outlookOf(db, contactId).stage).toBe('interested');
  expect(contactFigures(db, contactId)).toMatchObject({ calls: 2, talks: 2, successes: 1, failed: 0 });
});

test('words that come after the outcome are heard as well: the same outcome then says another thing', () => {
  const { db, campaignId, look } = aPlace();
  const contactId = aContact(db);
  aCall(db, contactId, campaignId, 'callback', NOON);
  look();
  expect(outlookOf(db, contactId).temperature).toBe('warm');
  db.$client
    .prepare(
      "INSERT INTO transcript_segments (call_id, speaker, from_ms, to_ms, text) VALUES (1, 'contact', 0, 9, ?)",
    )
    .run('You are annoying, this is a terrible waste of time.');
  look();
  look();
  expect(meaningOf(db, 1)).toMatchObject({ sentiment: 'bad' });
  expect(outlookOf(db, contactId).temperature).toBe('cold');
  expect(movesOf(db, contactId, 9)).toHaveLength(2);
});

test('contacts and calls are found by how they stand and sounded, as anybody types it', () => {
  const { db, campaignId, look } = aPlace();
  const [hot, cold] = [aContact(db), aContact(db, { name: 'Omar Kim', numbers: [] })];
  aCall(db, hot, campaignId, 'qualified', NOON, 'That sounds good.');
  aCall(db, cold, campaignId, 'not-interested', NOON, 'Stop calling me.');
  look();
  look();
  const home = { now: NOON, zone: 'UTC', callingCode: '1' };
  const people = (typed: string) => [...contactIds(db, readContactFilter(typed), USUAL_SORT, home)];
  const found = (typed: string) => callIds(db, readCallFilter(typed), LATEST_FIRST, home).length;
  expect([people('temperature:hot'), people('stage:lost'), people('-temperature:cold')]).toEqual([
    [hot],
    [cold],
    [hot],
  ]);
  const calls = ['sentiment:good', 'temperature:cold', 'stage:qualified', `contact:${hot}`, '-sentiment:bad'];
  expect(calls.map(found)).toEqual([1, 1, 1, 1, 1]);
});

test('two contacts made one stand where the later move put them, and taken apart each has its own', () => {
  const { db, campaignId, look } = aPlace();
  const [one, two] = [aContact(db), aContact(db, { numbers: [] })];
  aCall(db, one, campaignId, 'not-interested', NOON);
  aCall(db, two, campaignId, 'qualified', after(NOON, HOUR_MS));
  look();
  const merged = mergeContacts(db, one, two, after(NOON, DAY_MS));
  expect(outlookOf(db, one)).toEqual({ temperature: 'hot', stage: 'qualified' });
  if (merged.ok) undoMerge(db, merged.value.mergeId, after(NOON, DAY_MS));
  expect([outlookOf(db, one).stage, outlookOf(db, two).stage]).toEqual(['lost', 'qualified']);
  expect(followUpsOfContact(db, two, 9)).toHaveLength(STEPS.length);
});

test('a sequence falls due step by step, with its fields filled in; its call goes back into the line and dials nobody', async () => {
  const { db, clock, campaignId, changed, look } = aPlace();
  const contactId = aContact(db, { name: 'Maria Lopez' });
  const enrolmentId = anEnrolment(db, { campaignId, contactId });
  aCall(db, contactId, campaignId, 'qualified', NOON);
  settleEnrolment(db, enrolmentId, { state: 'done' });
  setCampaignStatus(db, campaignId, 'completed', NOON);
  look();
  expect(followUpRows(db, 'waiting', 9).map(({ kind }) => kind)).toEqual(['task', 'email', 'call']);
  await clock.advance(HOUR_MS);
  look();
  expect(followUpRows(db, 'due', 9).map(({ title }) => title)).toEqual(['Prepare an offer for Maria']);
  const [task] = followUpRows(db, 'due', 9);
  closeFollowUp(db, task!.id, { state: 'done', why: '', by: anAgent(db), at: clock.now() });
  expect(followUpRows(db, 'due', 9)).toHaveLength(0);
  expect(reopenFollowUp(db, task!.id, clock.now())).toBe(true);
  await clock.advance(2 * DAY_MS);
  look();
  look();
  expect(followUpRows(db, 'due', 9).map(({ text }) => text)).toEqual(['', 'Dear Maria Lopez, friend']);
  expect(enrolmentOf(db, campaignId, contactId)).toMatchObject({ state: 'open', dueAt: clock.now() });
  expect(campaignById(db, campaignId)?.status).toBe('paused');
  expect(changed).toEqual([campaignId]);
  expect(followUpRows(db, 'closed', 9)[0]?.why).toContain('open again, paused');
});

test('a sequence that a later talk has overtaken does not start: nobody is nagged about an old call', () => {
  const { db, campaignId, look } = aPlace();
  const contactId = aContact(db);
  const attempt = aCall(db, contactId, campaignId, 'no-answer', NOON);
  aCall(db, contactId, campaignId, 'callback', after(NOON, HOUR_MS));
  look();
  undoOutcome(db, attempt, after(NOON, DAY_MS));
  file(db, attempt, contactId, campaignId, 'qualified', NOON);
  look();
  expect(followUpsOfContact(db, contactId, 9).map(({ state }) => state)).toEqual([
    'stopped',
    'stopped',
    'stopped',
  ]);
});

const DEEDS = ['file', 'undo', 'look', 'wait', 'stop', 'reach', 'say'] as const;

test('whatever happens in whatever order: no step twice, nothing due for an outcome that is gone or for who is on do-not-call', () => {
  const deeds = fc.array(fc.record({ what: fc.constantFrom(...DEEDS), who: fc.nat(2) }), { maxLength: 25 });
  fc.assert(
    fc.property(deeds, (all) => {
      const { db, campaignId, look } = aPlace();
      const people = [0, 1, 2].map((nth) =>
        aContact(db, { numbers: [{ e164: aNumber(50 + nth), kind: 'mobile', zones: [], isStarred: true }] }),
      );
      const last: (string | undefined)[] = [];
      const stopped = new Set<number>();
      let now: Instant = NOON;
      for (const { what, who } of all) {
        const contactId = people[who]!;
        now = after(now, HOUR_MS);
        if (what === 'file') last[who] = aCall(db, contactId, campaignId, 'qualified', now);
        if (what === 'reach') last[who] = aCall(db, contactId, campaignId, 'callback', now);
        if (what === 'say') aCall(db, contactId, campaignId, null, now, 'Yes, that sounds good.');
        if (what === 'undo' && last[who] !== undefined && outcomeOf(db, last[who]) !== null)
          undoOutcome(db, last[who], now);
        if (what === 'wait') now = after(now, DAY_MS);
        if (what === 'look') look();
        if (what === 'stop') {
          addDoNotCall(db, {
            kind: 'number',
            value: aNumber(50 + who),
            reason: 'asked',
            since: now,
            byAgent: null,
          });
          stopped.add(contactId);
        }
      }
      const clock = simulatedClock(after(now, 5 * DAY_MS));
      const again = openMeaning({ db, clock, changed() {}, campaignChanged() {} });
      for (let nth = 0; nth < 12; nth++) again.look();
      const rows = [...followUpRows(db, 'due', 99), ...followUpRows(db, 'waiting', 99)];
      expect(rows.filter(({ contactId }) => stopped.has(contactId))).toEqual([]);
      const wrong = db.$client
        .prepare(
          `SELECT count(*) FROM follow_ups f JOIN outcomes o ON o.id = f.outcome_id
           WHERE o.undone_at IS NOT NULL AND f.state IN ('waiting', 'due')`,
        )
        .pluck()
        .get();
      expect(wrong).toBe(0);
      // Looked at as if for the first time, everything is as it was.
      const state = () =>
        JSON.stringify(
          people.map((id) => [outlookOf(db, id), followUpsOfContact(db, id, 99), movesOf(db, id, 99)]),
        );
      const before = state();
      db.$client.exec("INSERT OR IGNORE INTO meaning_due SELECT 'outcome', id FROM outcomes");
      for (let nth = 0; nth < 12; nth++) again.look();
      expect(state()).toBe(before);
      db.$client.close();
    }),
    { numRuns: 12, seed: 20261120 },
  );
});
