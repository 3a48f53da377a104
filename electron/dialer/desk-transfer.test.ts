import { afterEach, expect, test } from 'vitest';
import { SECOND_MS } from '../../shared/lib/instants.ts';
import type { Person } from '../../shared/domain/people.ts';
import { auditOf } from '../store/audit.ts';
import { callOfAttempt } from '../store/calls.ts';
import { addDoNotCall } from '../store/do-not-call.ts';
import { KernelHome } from '../testing-kernel.ts';

let home: KernelHome;
afterEach(() => home.end());

const COLLEAGUE = '(212) 555-0177';

/** An agent talking to somebody who stays on the line until somebody hangs up. */
async function inCall(): Promise<Person> {
  home = new KernelHome();
  const person = home.agent();
  const campaignId = home.campaign({ voice: 'agent' });
  home.fill(campaignId, 2, '02');
  home.kernel.desk.start(person, campaignId, 'preview');
  home.kernel.desk.dial(person, null);
  await home.clock.advance(30 * SECOND_MS);
  expect(viewOf(person).session?.state.kind).toBe('connected');
  return person;
}

const viewOf = (person: Person) => home.kernel.desk.view(person);
const hand = (person: Person, to = COLLEAGUE, name = '') => home.kernel.desk.transfer(person, { to, name });

test('whoever is handed over goes on talking, and the agent files the outcome and goes on', async () => {
  const person = await inCall();
  const { attemptId } = viewOf(person).call!;
  expect(await hand(person, COLLEAGUE, 'Ben')).toMatchObject({ ok: true });
  expect(viewOf(person).session?.state).toMatchObject({ kind: 'wrap-up', transferredTo: 'Ben' });
  expect(viewOf(person).session?.wrapUpEndsAt).not.toBeNull();
  expect(callOfAttempt(home.db, attemptId)?.status).toBe('in-progress');
  const { callRef } = callOfAttempt(home.db, attemptId)!;
  expect(home.world.interventionsIn(callRef).map(({ action }) => action)).toEqual([
    { kind: 'transfer', to: '+12125550177', warm: false },
  ]);
  expect(auditOf(home.db, 'attempt', attemptId, 5).rows).toMatchObject([
    { action: 'call.transfer', after: { to: '+12125550177', name: 'Ben' } },
  ]);

  const filed = { attemptId, dispositionId: 'qualified', note: '', callbackAt: null };
  expect(home.kernel.desk.file(person, filed)).toMatchObject({ ok: true });
  expect(home.kernel.desk.dial(person, null)).toMatchObject({ ok: true });
  await home.clock.advance(30 * SECOND_MS);
  expect(viewOf(person).session?.state.kind).toBe('connected');
  expect(viewOf(person).call?.attemptId).not.toBe(attemptId);
  await home.kernel.desk.hangUp(person);
});

test('whoever is handed over is not rung on their other number meanwhile', async () => {
  const person = await inCall();
  const { attemptId } = viewOf(person).call!;
  await hand(person);
  const filed = { attemptId, dispositionId: 'no-answer', note: '', callbackAt: null, ringsNextNumber: true };
  expect(home.kernel.desk.file(person, filed)).toMatchObject({
    ok: false,
    error: { sentence: expect.stringMatching(/saved.*on the line still/) as string },
  });
  expect(home.rung).toHaveLength(1);
});

test('the end of a call that was handed over changes nothing on the desk, and a restart does not either', async () => {
  const person = await inCall();
  const { callRef } = callOfAttempt(home.db, viewOf(person).call!.attemptId)!;
  await hand(person, COLLEAGUE, 'Ben');
  await home.stop();
  home.begin();
  await home.world.control(callRef, { kind: 'hang-up' });
  await home.clock.advance(5 * SECOND_MS);
  expect(viewOf(person)).toMatchObject({
    session: { state: { kind: 'wrap-up', transferredTo: 'Ben' } },
    call: { endedBy: 'us' },
  });
});

test('whoever is on hold is taken back first: a colleague does not get the music', async () => {
  const person = await inCall();
  await home.kernel.desk.hold(person, true);
  const { callRef } = callOfAttempt(home.db, viewOf(person).call!.attemptId)!;
  expect(await hand(person)).toMatchObject({ ok: true });
  const kinds = home.world.interventionsIn(callRef).map(({ action }) => action);
  expect(kinds).toMatchObject([{ on: true }, { on: false }, { kind: 'transfer' }]);
  expect(viewOf(person).session?.state).toMatchObject({ kind: 'wrap-up', transferredTo: COLLEAGUE });
});

test('a number that was given with a name is offered from then on, until it is forgotten', async () => {
  const person = await inCall();
  await hand(person, COLLEAGUE, 'Ben');
  expect(home.kernel.desk.transferTargets()).toEqual([{ name: 'Ben', number: COLLEAGUE }]);
  home.kernel.desk.forgetTransferTarget(person, COLLEAGUE);
  expect(home.kernel.desk.transferTargets()).toEqual([]);
});

test.each([
  ['what is no number', 'Ben', /not a phone number/],
  ['the number they are talking to', '+1 212 555 0102', /talking to/],
  ['an emergency number', '+1 911 555 0100', /emergency|in use/],
])('nobody is handed over to %s, and the call goes on', async (_what, to, sentence) => {
  const person = await inCall();
  expect(await hand(person, to)).toMatchObject({
    ok: false,
    error: { sentence: expect.stringMatching(sentence) as string },
  });
  expect(viewOf(person).session?.state.kind).toBe('connected');
});

test('nobody is handed over to a number that is on do-not-call', async () => {
  const person = await inCall();
  const listed = { kind: 'number', reason: 'asked', byAgent: null, madeByAttempt: null } as const;
  addDoNotCall(home.db, { ...listed, value: '+12125550177', since: home.clock.now() });
  expect(await hand(person)).toMatchObject({
    ok: false,
    error: { sentence: expect.stringMatching(/do-not-call/) as string },
  });
});

test('a carrier that cannot transfer says so, and one that is lost leaves the contact with the agent', async () => {
  const person = await inCall();
  home.world.unreachable(true);
  expect(await hand(person)).toMatchObject({
    ok: false,
    error: { code: 'carrier', sentence: expect.stringMatching(/cannot be reached/) as string },
  });
  home.world.unreachable(false);
  expect(viewOf(person).session?.state.kind).toBe('connected');
  Object.assign(home.kernel.carrier, { can: { ...home.kernel.carrier.can, transfer: false } });
  expect(viewOf(person).can.transfer).toBe(false);
  expect(await hand(person)).toMatchObject({
    ok: false,
    error: { sentence: 'This carrier cannot transfer a call.' },
  });
});

test('two keys at once hand over once', async () => {
  const person = await inCall();
  const { callRef } = callOfAttempt(home.db, viewOf(person).call!.attemptId)!;
  const both = await Promise.all([hand(person), hand(person)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(viewOf(person).session?.state.kind).toBe('wrap-up');
  expect(home.world.interventionsIn(callRef)).toHaveLength(1);
});
