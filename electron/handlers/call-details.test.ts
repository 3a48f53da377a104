import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallSheet, DeadLetterRow } from '../../shared/contract/call-details.ts';
import type { CallFigures, FoundCall } from '../../shared/contract/records.ts';
import { HOUR_MS, SECOND_MS, after, instant } from '../../shared/lib/instants.ts';
import { insertIntent } from '../store/attempts.ts';
import { addEvent, callById, eventsOf, insertCall, saveStory } from '../store/calls.ts';
import { campaignsOf } from '../store/campaigns.ts';
import { contactById } from '../store/contacts.ts';
import { doNotCallFor } from '../store/do-not-call.ts';
import { enrolmentOf } from '../store/enrolments.ts';
import { deadLetter, keepEvent } from '../store/inbox.ts';
import { fileOutcome } from '../store/outcomes.ts';
import { anAttempt } from '../store/testing.ts';
import { readCallFilter } from '../../shared/domain/call-filter.ts';
import { storyOf } from '../../shared/domain/call.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/* One call as a supervisor’s screen asks for it, and what is said of it afterwards. */

const START = instant(Date.UTC(2026, 10, 18, 17));
let house: TestHouse;
let campaignId: number;
let contactId: number;
let nth = 0;

beforeAll(async () => {
  house = await aHouse(START);
  campaignId = campaignsOf(house.db)[0]!.id;
  const row = house.db.$client
    .prepare('SELECT contact_id FROM enrolments WHERE campaign_id = ? ORDER BY id LIMIT 1')
    .pluck()
    .get(campaignId);
  contactId = row as number;
});
afterAll(async () => house.end());

/** A call that is over and filed, with the events that told it. */
function aCall(outcome: string | null = 'qualified'): number {
  const { db } = house;
  nth += 1;
  const enrolmentId = enrolmentOf(db, campaignId, contactId)!.id;
  const startedAt = after(START, -nth * HOUR_MS);
  const attempt = anAttempt({
    contactId,
    campaignId,
    enrolmentId,
    intendedAt: after(startedAt, -SECOND_MS),
    sentAt: startedAt,
  });
  insertIntent(db, attempt, { kind: 'ring' });
  const id = insertCall(db, { attempt, carrier: 'simulator', callRef: `told-${nth}`, startedAt });
  const events = [
    { key: 'a', at: after(startedAt, 2000), facts: { status: 'ringing' } },
    { key: 'b', at: after(startedAt, 9000), facts: { status: 'in-progress', answeredBy: 'human' } },
    {
      key: 'c',
      at: after(startedAt, 69_000),
      facts: { status: 'ended', end: 'completed', seconds: 60, costMicros: 4000, currency: 'USD' },
    },
    { key: 'd', at: after(startedAt, 1500), facts: { status: 'queued' } },
  ] as const;
  for (const event of events) {
    keepEvent(db, {
      carrier: 'simulator',
      callRef: `told-${nth}`,
      attemptId: attempt.id,
      event,
      receivedAt: event.at,
    });
    addEvent(db, id, event, event.at);
  }
  db.$client.prepare('UPDATE inbox SET applied_at = 1 WHERE call_ref = ?').run(`told-${nth}`);
  saveStory(db, id, storyOf(events));
  db.$client
    .prepare("UPDATE attempts SET state = 'resolved', sent_at = ?, closed_at = ? WHERE id = ?")
    .run(startedAt, after(startedAt, 70_000), attempt.id);
  if (outcome !== null)
    fileOutcome(db, {
      attemptId: attempt.id,
      contactId,
      campaignId,
      agentId: null,
      dispositionId: outcome,
      note: '',
      callbackAt: null,
      filedAt: after(startedAt, 80_000),
    });
  return id;
}

const sheet = (id: number) => house.get<CallSheet>('calls.sheet', { id });

test('a call is told from the wish to its outcome, and what each telling changed', async () => {
  const told = await sheet(aCall());
  expect(told).toMatchObject({ status: 'completed', outcomeId: 'qualified', whyNotChanged: null });
  const since = Object.fromEntries(told.ledger.map(({ step, sinceMs }) => [step, sinceMs]));
  expect(since).toMatchObject({
    requested: 1000,
    ringing: 2000,
    answered: 7000,
    ended: 60_000,
    filed: 11_000,
  });
  expect(told.events.map(({ changed }) => changed)).toEqual([
    ['it rings'],
    ['answered', 'answered by human'],
    ['over', 'ended as completed', 'length 60 s', 'cost 0.0040 USD'],
    [],
  ]);
  expect(told.contact?.name).toBe(contactById(house.db, contactId)?.name);
});

test('what the talk came to is shown with what it rests on, and calls are found by their score', async () => {
  const { db } = house;
  const id = aCall();
  const parts = [
    { name: 'Lead score', said: '72', points: 72 },
    { name: 'Mood', said: 'curious', points: null },
  ];
  const evaluation = { score: 72, summary: 'Wants to hear prices.', parts };
  const bill = { costMicros: 90_000, currency: 'USD', costParts: [{ what: 'voice', costMicros: 90_000 }] };
  for (const [key, facts] of Object.entries({ evaluation: { evaluation }, bill }))
    addEvent(db, id, { key, at: START, facts }, START);
  saveStory(db, id, storyOf(eventsOf(db, id)));
  expect(await sheet(id)).toMatchObject({ evaluation, costParts: [{ what: 'voice', micros: 90_000 }] });
  const count = async (filter: string) => (await house.get<CallFigures>('calls.figures', { filter })).calls;
  const wished = ['score:72', 'score:>72', 'score:<72', 'score:50-80', '-score:0'];
  expect(await Promise.all(wished.map(count))).toEqual([1, 0, 0, 1, (await count('')) - 1]);
  expect(readCallFilter('score:200').mistakes[0]?.sentence).toContain('score:70');
});

test('its note is written anew, found by its new words, and the old ones stay in the history', async () => {
  const id = aCall();
  await house.get('calls.editNote', { id, note: 'wants it in writing' });
  const told = await house.get<CallSheet>('calls.editNote', { id, note: 'moved to Bergen' });
  expect(told.note).toBe('moved to Bergen');
  expect(told.changes[0]?.sentence).toBe('Wrote the note anew. It was: wants it in writing');
  const { resultId } = await house.get<{ resultId: number }>('calls.open', {
    filter: 'bergen',
    sort: { key: 'time', direction: 'descending' },
  });
  const { rows } = await house.get<{ rows: FoundCall[] }>('calls.rows', { resultId, from: 0, to: 10 });
  expect(rows.map((row) => [row?.id, row?.found?.hit])).toEqual([[id, 'Bergen']]);
});

test('another outcome takes its place with what it means, and the old one stays as history', async () => {
  const id = aCall('qualified');
  const change = (dispositionId: string, callbackAt: number | null = null) =>
    house.get<{ sheet: CallSheet; sentence: string }>('calls.changeOutcome', {
      id,
      dispositionId,
      callbackAt,
    });
  expect(
    await house.no('calls.changeOutcome', { id, dispositionId: 'callback', callbackAt: null }),
  ).toContain('Say when to call back.');
  const promised = await change('callback', after(START, HOUR_MS));
  expect(promised.sheet.contact?.promisedAt).toBe(after(START, HOUR_MS));
  const stopped = await change('do-not-call');
  expect(stopped.sheet.contact?.promisedAt).toBeNull();
  expect(stopped.sheet.outcomes.map(({ label }) => label)).toEqual(['Do not call', 'Callback', 'Qualified']);
  expect(stopped.sheet.outcomes.map(({ undoneAt }) => undoneAt === null)).toEqual([true, false, false]);
  const to = callById(house.db, id)!.to;
  expect(doNotCallFor(house.db, { e164: to })).not.toBeNull();
  const again = await change('qualified');
  expect(again.sentence).toContain('stay on the do-not-call list');
  expect(doNotCallFor(house.db, { e164: to })).not.toBeNull();
  const figures = await house.get<CallFigures>('calls.figures', { filter: 'outcome:qualified' });
  expect(figures.successes).toBe(figures.calls);
});

test('a follow-up opens the contact again for its time', async () => {
  const id = aCall('not-interested');
  const at = after(START, 3 * HOUR_MS);
  const told = await house.get<CallSheet>('calls.followUp', {
    id,
    at,
    anyoneMayCall: true,
    note: 'the offer',
  });
  expect(told.contact?.promisedAt).toBe(at);
  expect(enrolmentOf(house.db, campaignId, contactId)).toMatchObject({ state: 'open', dueAt: at });
  expect(await house.no('calls.followUp', { id, at: START, anyoneMayCall: true, note: '' })).toContain(
    'That time has passed.',
  );
});

test('an event that was set aside is acted on once its call is known, and kept with its reason until then', async () => {
  const event = { key: 'late', at: START, facts: { status: 'ringing' as const } };
  const lost = { carrier: 'simulator', callRef: 'unknown-1', attemptId: null, event, receivedAt: START };
  keepEvent(house.db, lost);
  const inboxId = house.db.$client.prepare("SELECT id FROM inbox WHERE call_ref = 'unknown-1'").pluck().get();
  deadLetter(house.db, inboxId as number, 'No call and no attempt of ours belongs to this event.', START);
  const letters = async () =>
    (await house.get<{ rows: DeadLetterRow[] }>('calls.deadLetters', { before: null })).rows;
  const [row] = await letters();
  expect(row).toMatchObject({ callRef: 'unknown-1', told: ['it rings'] });
  expect(await house.no('calls.redeliver', { id: row!.id })).toContain(
    'It still cannot be acted on, and is kept.',
  );
  const attempt = anAttempt({ contactId, campaignId, to: '+12125550177' as never });
  insertIntent(house.db, attempt, { kind: 'ring' });
  const id = insertCall(house.db, { attempt, carrier: 'simulator', callRef: 'unknown-1', startedAt: START });
  const [kept] = await letters();
  await house.get('calls.redeliver', { id: kept!.id });
  expect(await letters()).toEqual([]);
  expect(callById(house.db, id)).toMatchObject({ status: 'ringing' });
  expect(await house.no('calls.editNote', { id, note: 'x' })).toContain('This call is not over yet.');
});
