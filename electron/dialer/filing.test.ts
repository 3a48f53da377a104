import { afterEach, expect, test } from 'vitest';
import { STANDARD_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import type { FormField } from '../../shared/domain/form.ts';
import { HOUR_MS, after } from '../../shared/lib/instants.ts';
import { addAgent } from '../store/agents.ts';
import { attemptById, insertIntent } from '../store/attempts.ts';
import { callbacksDue } from '../store/callbacks.ts';
import { changeCampaign } from '../store/campaigns.ts';
import { addDispositions } from '../store/dispositions.ts';
import { enrolmentOf } from '../store/enrolments.ts';
import { outcomeOf } from '../store/outcomes.ts';
import { addScript } from '../store/scripts.ts';
import { anAttempt } from '../store/testing.ts';
import { deskAtWork as aDesk } from '../testing-desk.ts';
import { acceptAttempt } from './attempts.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function deskAtWork() {
  const desk = aDesk();
  ends.push(desk.end);
  return desk;
}

type AtWork = ReturnType<typeof deskAtWork>;

const MARIA = 2;

/** Rings Maria, who talks until somebody hangs up, and comes back with the call in wrap-up. */
async function talkedToMaria({ kernel, clock, person, view }: AtWork) {
  kernel.desk.dialNumber(person, '(503) 555-0100');
  await clock.advance(60_000);
  await kernel.desk.hangUp(person);
  await clock.advance(5_000);
  const { attemptId } = view().call!;
  return {
    attemptId,
    file: (dispositionId: string, more = {}) =>
      kernel.desk.file(person, { attemptId, dispositionId, note: '', callbackAt: null, ...more }),
  };
}

const SIZE: FormField = { key: 'size', label: 'Order size', kind: 'number', isRequired: true, options: [] };

test('an outcome with a form is filed with its answers, and not without them', async () => {
  const desk = deskAtWork();
  const { db } = desk.kernel;
  const [qualified] = STANDARD_DISPOSITIONS;
  addDispositions(db, null, [{ ...qualified!, form: [SIZE] }]);
  desk.kernel.campaignChanged(desk.campaignId, false);
  const call = await talkedToMaria(desk);
  expect(desk.view().dispositions.find(({ id }) => id === 'qualified')?.form).toEqual([SIZE]);
  expect(call.file('qualified')).toMatchObject({
    ok: false,
    error: { sentence: '“Order size” is still empty.' },
  });
  expect(call.file('qualified', { answers: { size: 'forty' } })).toMatchObject({ ok: false });
  expect(outcomeOf(db, call.attemptId)).toBeNull();
  expect(call.file('qualified', { answers: { size: ' 40 ', other: 'x' } })).toMatchObject({ ok: true });
  expect(outcomeOf(db, call.attemptId)).toMatchObject({ answers: { size: '40' } });
});

test('a success counts once they have agreed to every line the script asks for', async () => {
  const desk = deskAtWork();
  const { db } = desk.kernel;
  const blocks = [
    { key: 'hi', title: 'Hello', text: 'Hi' },
    { key: 'terms', kind: 'consent' as const, title: 'The terms', text: 'Do you agree?' },
  ];
  const scriptId = addScript(db, { name: 'With terms', blocks, createdAt: desk.clock.now() });
  changeCampaign(db, desk.campaignId, { scriptId });
  desk.kernel.campaignChanged(desk.campaignId, false);
  const call = await talkedToMaria(desk);
  const refused = call.file('qualified');
  expect(refused).toMatchObject({ ok: false });
  expect(refused.ok ? '' : refused.error.sentence).toContain('“The terms”. Press C if they have');
  expect(call.file('qualified', { ticked: ['terms'] })).toMatchObject({ ok: true });
  expect(outcomeOf(db, call.attemptId)).toMatchObject({ ticked: ['terms'], scriptId });
});

test('whoever says no is asked for no consent', async () => {
  const desk = deskAtWork();
  const { db, desk: wishes } = desk.kernel;
  const blocks = [{ key: 'terms', kind: 'consent' as const, title: 'The terms', text: 'Do you agree?' }];
  const scriptId = addScript(db, { name: 'With terms', blocks, createdAt: desk.clock.now() });
  changeCampaign(db, desk.campaignId, { scriptId });
  desk.kernel.campaignChanged(desk.campaignId, false);
  const call = await talkedToMaria(desk);
  expect(call.file('not-interested')).toMatchObject({ ok: true });
  // Taken back, what was typed is there again.
  expect(wishes.undo(desk.person)).toMatchObject({ ok: true });
  expect(desk.view().draft).toMatchObject({ dispositionId: 'not-interested', ticked: [] });
});

test('a promise that anyone may keep belongs to nobody', async () => {
  const desk = deskAtWork();
  const call = await talkedToMaria(desk);
  const callbackAt = after(desk.clock.now(), 2 * HOUR_MS);
  expect(call.file('callback', { callbackAt, anyoneMayCall: true })).toMatchObject({ ok: true });
  expect(callbacksDue(desk.kernel.db, callbackAt, 5)).toMatchObject([
    { contact: 'Maria Lopez', callback: { agentId: null } },
  ]);
});

test('the next number of the same person is rung at once, and counts as the next attempt', async () => {
  const desk = deskAtWork();
  const call = await talkedToMaria(desk);
  expect(call.file('no-answer', { ringsNextNumber: true })).toMatchObject({ ok: true });
  expect(desk.view()).toMatchObject({
    contact: { name: 'Maria Lopez' },
    call: { nth: 2 },
    session: { state: { kind: 'dialing' } },
  });
  expect(desk.view().call?.attemptId).not.toBe(call.attemptId);
  expect(enrolmentOf(desk.kernel.db, desk.campaignId, MARIA)).toMatchObject({
    state: 'in-hand',
    attempts: 2,
  });
});

test('an outcome that is the last word rings no other number', async () => {
  const desk = deskAtWork();
  const call = await talkedToMaria(desk);
  const answer = call.file('not-interested', { ringsNextNumber: true });
  expect(answer).toMatchObject({ ok: false });
  expect(outcomeOf(desk.kernel.db, call.attemptId)).toBeNull();
});

test('where the rules forbid another attempt it is saved, not rung, and rests as the outcome says', async () => {
  const desk = deskAtWork();
  const { db } = desk.kernel;
  const call = await talkedToMaria(desk);
  const campaign = desk.kernel.db.$client.prepare('SELECT rules FROM campaigns WHERE id = ?').pluck();
  const rules = { ...JSON.parse(campaign.get(desk.campaignId) as string), attemptsPerDayMax: 1 };
  changeCampaign(db, desk.campaignId, { rules });
  desk.kernel.campaignChanged(desk.campaignId, true);
  const answer = call.file('no-answer', { ringsNextNumber: true });
  expect(answer.ok ? '' : answer.error.sentence).toMatch(/^It is saved\. Their other number was not rung: /);
  expect(outcomeOf(db, call.attemptId)).toMatchObject({ dispositionId: 'no-answer' });
  const maria = enrolmentOf(db, desk.campaignId, MARIA)!;
  expect(maria).toMatchObject({ state: 'open', attempts: 1 });
  expect(maria.restUntil).toBeGreaterThanOrEqual(after(desk.clock.now(), 3 * HOUR_MS));
  expect(desk.view().call).toBeNull();
});

test('a promise is weighed by the rules that will be asked, and beside one’s other promises', async () => {
  const desk = deskAtWork();
  const call = await talkedToMaria(desk);
  const weigh = (at: number) =>
    desk.kernel.desk.weighPromise(desk.person, call.attemptId, at as ReturnType<typeof after>);
  const inTwo = after(desk.clock.now(), 2 * HOUR_MS);
  expect(weigh(inTwo)).toMatchObject({ ok: true, value: { keptAt: inTwo, clashes: [] } });
  // Two in the morning in Portland is moved to eight o’clock there, which is 11:00 in New York.
  const night = Date.UTC(2026, 10, 21, 10);
  expect(weigh(night)).toMatchObject({ ok: true, value: { keptAt: Date.UTC(2026, 10, 21, 16) } });
});

test('whoever was rung by hand by a colleague meanwhile goes out of our hand with our outcome all the same', async () => {
  const { kernel, clock, person, campaignId, view } = deskAtWork();
  const { db, desk } = kernel;
  desk.dial(person, null);
  await clock.advance(90_000);
  await desk.hangUp(person);
  await clock.advance(5_000);
  const { attemptId } = view().call!;
  const { contactId, to } = attemptById(db, attemptId)!;
  const ben = addAgent(db, { name: 'Ben', role: 'agent', createdAt: clock.now() });
  const byHand = anAttempt({ campaignId, contactId, agentId: ben.id, to, intendedAt: clock.now() });
  insertIntent(db, byHand, { kind: 'ring' });
  acceptAttempt(db, byHand.id, 'simulator', 'by-hand', clock);
  expect(enrolmentOf(db, campaignId, contactId!)?.state).toBe('in-hand');
  const filing = { attemptId, dispositionId: 'busy', note: '', callbackAt: null };
  expect(desk.file(person, filing)).toMatchObject({ ok: true });
  expect(enrolmentOf(db, campaignId, contactId!)).toMatchObject({ state: 'open', lastOutcome: 'busy' });
});
