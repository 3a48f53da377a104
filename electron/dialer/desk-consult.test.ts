import { afterEach, expect, test } from 'vitest';
import type { Person } from '../../shared/domain/people.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/lib/instants.ts';
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
  expect(stateOf(person)?.kind).toBe('connected');
  return person;
}

const stateOf = (person: Person) => home.kernel.desk.view(person).session?.state;
const ask = (person: Person, to = COLLEAGUE, name = '') => home.kernel.desk.consult(person, { to, name });
const callRef = (person: Person) =>
  callOfAttempt(home.db, home.kernel.desk.view(person).call!.attemptId)!.callRef;
const deeds = (ref: string) => home.world.interventionsIn(ref).map(({ action }) => action);

/** The colleague has picked up. */
async function asked(): Promise<Person> {
  const person = await inCall();
  expect(await ask(person, COLLEAGUE, 'Ben')).toMatchObject({ ok: true });
  expect(stateOf(person)).toMatchObject({ kind: 'on-hold', consult: { to: 'Ben', colleague: 'rung' } });
  await home.clock.advance(8 * SECOND_MS);
  expect(stateOf(person)).toMatchObject({ kind: 'on-hold', consult: { to: 'Ben', colleague: 'there' } });
  return person;
}

test('a colleague is asked while the contact hears music, all three talk, and the agent leaves them to each other', async () => {
  const person = await asked();
  const ref = callRef(person);
  const { attemptId } = home.kernel.desk.view(person).call!;
  expect(await home.kernel.desk.hold(person, false)).toMatchObject({ ok: true });
  expect(stateOf(person)).toMatchObject({ kind: 'connected', consult: { to: 'Ben', colleague: 'there' } });
  expect(await home.kernel.desk.handOver(person)).toMatchObject({ ok: true });
  expect(stateOf(person)).toMatchObject({ kind: 'wrap-up', transferredTo: 'Ben' });
  expect(callOfAttempt(home.db, attemptId)?.status).toBe('in-progress');
  expect(deeds(ref)).toEqual([
    { kind: 'hold', on: true },
    { kind: 'consult', to: '+12125550177' },
    { kind: 'hold', on: false },
    { kind: 'transfer', warm: true },
  ]);
  expect(
    auditOf(home.db, 'attempt', attemptId, 5)
      .rows.map(({ action }) => action)
      .toSorted(),
  ).toEqual(['call.consult', 'call.transfer']);
  expect(home.kernel.desk.transferTargets()).toEqual([{ name: 'Ben', number: COLLEAGUE }]);
});

test('a contact who is taken back is off hold, and the colleague is let go', async () => {
  const person = await asked();
  expect(await home.kernel.desk.transfer(person, { to: COLLEAGUE, name: '' })).toMatchObject({ ok: false });
  expect(await home.kernel.desk.takeBack(person)).toMatchObject({ ok: true });
  expect(stateOf(person)).toEqual({
    kind: 'connected',
    attemptId: home.kernel.desk.view(person).call!.attemptId,
  });
  expect(deeds(callRef(person)).at(-2)).toEqual({ kind: 'consult-end' });
  expect(await home.kernel.desk.handOver(person)).toMatchObject({ ok: false });
});

test('what is asked outlives a restart, and the end of the call lets the colleague go', async () => {
  const person = await asked();
  const ref = callRef(person);
  await home.stop();
  home.begin();
  await home.clock.advance(2 * SECOND_MS);
  expect(stateOf(person)).toMatchObject({ kind: 'on-hold', consult: { colleague: 'there' } });
  await home.world.control(ref, { kind: 'hang-up' });
  await home.clock.advance(5 * SECOND_MS);
  expect(stateOf(person)?.kind).toBe('wrap-up');
  expect(await home.world.consulted!(ref)).toEqual({ kind: 'consulted', colleague: 'gone' });
});

test('nobody is rung whom the verdict protects, and the contact is not even put on hold for it', async () => {
  const person = await inCall();
  const listed = { kind: 'number', reason: 'asked', byAgent: null, madeByAttempt: null } as const;
  addDoNotCall(home.db, { ...listed, value: '+12125550177', since: home.clock.now() });
  const refusals = [COLLEAGUE, 'Ben', '+1 212 555 0102', '+1 911 555 0100', '+1 808 555 0155'];
  for (const to of refusals) expect([to, (await ask(person, to)).ok]).toEqual([to, false]);
  expect(stateOf(person)?.kind).toBe('connected');
  expect(deeds(callRef(person))).toEqual([]);
});

test('where nobody answers the carrier, that somebody is rung is known, and it is asked until it is clear', async () => {
  const person = await inCall();
  await home.kernel.desk.hold(person, true);
  home.world.unreachable(true);
  expect(await ask(person)).toMatchObject({ ok: false, error: { code: 'carrier' } });
  expect(stateOf(person)).toMatchObject({ consult: { to: COLLEAGUE, colleague: 'rung' } });
  expect(await ask(person)).toMatchObject({ ok: false });
  await home.clock.advance(MINUTE_MS / 2);
  expect(stateOf(person)).toMatchObject({ consult: { colleague: 'rung' } });
  home.world.unreachable(false);
  await home.clock.advance(2 * SECOND_MS);
  expect(stateOf(person)).toMatchObject({ kind: 'on-hold', consult: { colleague: 'gone' } });
  expect(deeds(callRef(person)).filter(({ kind }) => kind === 'consult')).toEqual([]);
});

test('a carrier that cannot ask first says so, and two keys at once ring one colleague', async () => {
  const person = await inCall();
  const both = await Promise.all([ask(person), ask(person)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(deeds(callRef(person)).filter(({ kind }) => kind === 'consult')).toHaveLength(1);
  await home.kernel.desk.takeBack(person);
  Object.assign(home.kernel.carrier, { can: { ...home.kernel.carrier.can, consult: false } });
  expect(home.kernel.desk.view(person).can.noConsult).toMatch(/asked first/);
  expect(await ask(person)).toMatchObject({ ok: false });
});
