import { afterEach, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import type { Person } from '../../shared/domain/people.ts';
import { erase } from '../store/contact-erase.ts';
import { addDoNotCall } from '../store/do-not-call.ts';
import { outcomeOf } from '../store/outcomes.ts';
import { KernelHome } from '../testing-kernel.ts';

/* In the middle of a call the carrier, the computer or a colleague gets in between. */

let home: KernelHome;
afterEach(() => home.end());

/** An agent talking to somebody; numbers that end in 02 stay, those in 04 hang up after a while. */
async function inCall(ends = '02'): Promise<Person> {
  home = new KernelHome();
  const person = home.agent();
  const campaignId = home.campaign({ voice: 'agent' });
  home.fill(campaignId, 2, ends);
  home.kernel.desk.start(person, campaignId, 'preview');
  home.kernel.desk.dial(person, null);
  while (stateOf(person)?.kind !== 'connected') await home.clock.advance(SECOND_MS);
  return person;
}

const viewOf = (person: Person) => home.kernel.desk.view(person);
const stateOf = (person: Person) => viewOf(person).session?.state;

test('a carrier that is lost in mid-call is said so within seconds, the call stays, and so it is when it is back', async () => {
  const person = await inCall();
  expect(viewOf(person).line).toBeNull();
  home.world.unreachable(true);
  await home.clock.advance(6 * SECOND_MS);
  expect(viewOf(person).line).toMatchObject({
    kind: 'lost',
    sentence: expect.stringMatching(/cannot be reached/) as string,
  });
  expect(stateOf(person)?.kind).toBe('connected');
  home.world.unreachable(false);
  await home.clock.advance(6 * SECOND_MS);
  expect(viewOf(person).line).toBeNull();
  expect(home.rung).toHaveLength(1);
});

test('a hang-up that the carrier could not be asked for is done as soon as it can be', async () => {
  const person = await inCall();
  home.world.unreachable(true);
  expect(await home.kernel.desk.hangUp(person)).toMatchObject({
    ok: false,
    error: { sentence: expect.stringMatching(/hung up as soon as/) as string },
  });
  await home.clock.advance(30 * SECOND_MS);
  expect(stateOf(person)?.kind).toBe('connected');
  home.world.unreachable(false);
  await home.clock.advance(12 * SECOND_MS);
  expect(stateOf(person)?.kind).toBe('wrap-up');
  expect(viewOf(person).call?.endedBy).toBe('us');
});

test('the other side hangs up while nobody can tell: it is known once the carrier is back, and nothing was filed', async () => {
  const person = await inCall('04');
  const { attemptId } = viewOf(person).call!;
  home.world.unreachable(true);
  await home.clock.advance(40 * MINUTE_MS);
  expect(stateOf(person)?.kind).toBe('connected');
  home.world.unreachable(false);
  await home.clock.advance(40 * SECOND_MS);
  expect(stateOf(person)).toMatchObject({ kind: 'wrap-up', attemptId });
  expect(outcomeOf(home.db, attemptId)).toBeNull();
});

test('after sleep in mid-call the screen says that the carrier is asked, then what became of the call', async () => {
  const person = await inCall('04');
  const { attemptId } = viewOf(person).call!;
  home.kernel.fallAsleep();
  home.kernel.desk.pauseAll('the computer went to sleep');
  home.clock.jump(after(home.clock.now(), 3 * HOUR_MS));
  const ask = home.world.fetch;
  home.kernel.carrier.fetch = async (callRef) => {
    await new Promise<void>((go) => void home.clock.after(2 * SECOND_MS, go));
    return ask(callRef);
  };
  const woke = home.kernel.wakeUp();
  await home.clock.advance(SECOND_MS);
  expect(viewOf(person)).toMatchObject({
    session: { state: { kind: 'connected' } },
    line: { kind: 'asking', sentence: expect.stringMatching(/slept.*being asked/) as string },
  });
  await home.clock.advance(5 * SECOND_MS);
  await woke;
  expect(viewOf(person)).toMatchObject({
    session: { state: { kind: 'wrap-up', attemptId }, pauseAfter: 'the computer went to sleep' },
    line: null,
  });
  expect(outcomeOf(home.db, attemptId)).toBeNull();
  expect(home.rung).toHaveLength(1);
});

test('whoever is put on do-not-call in mid-call is talked to to the end, and not rung again', async () => {
  const person = await inCall();
  const { attemptId } = viewOf(person).call!;
  const asked = { kind: 'number', reason: 'asked', byAgent: null, madeByAttempt: null } as const;
  addDoNotCall(home.db, { ...asked, value: '+12125550102', since: home.clock.now() });
  await home.clock.advance(SECOND_MS);
  expect(stateOf(person)?.kind).toBe('connected');
  await home.kernel.desk.hangUp(person);
  await home.clock.advance(2 * SECOND_MS);
  const filed = { attemptId, dispositionId: 'busy', note: '', callbackAt: null };
  expect(home.kernel.desk.file(person, filed)).toMatchObject({ ok: true });
  await home.clock.advance(2 * HOUR_MS);
  expect(home.rung).toHaveLength(1);
  expect(home.kernel.desk.dialNumber(person, '+1 212 555 0102')).toMatchObject({ ok: false });
});

test('nobody is erased in mid-call; in wrap-up they are, and the call can still be filed and the desk goes on', async () => {
  const person = await inCall();
  const { call, contact } = viewOf(person);
  expect(erase(home.db, contact!.id, home.clock.now(), null)).toBeNull();
  expect(viewOf(person).contact?.name).toBe(contact!.name);
  await home.kernel.desk.hangUp(person);
  await home.clock.advance(2 * SECOND_MS);
  expect(erase(home.db, contact!.id, home.clock.now(), null)).not.toBeNull();
  expect(viewOf(person)).toMatchObject({ contact: null, session: { state: { kind: 'wrap-up' } } });
  const filed = { attemptId: call!.attemptId, dispositionId: 'not-interested', note: '', callbackAt: null };
  expect(home.kernel.desk.file(person, filed)).toMatchObject({ ok: true });
  expect(stateOf(person)?.kind).toBe('previewing');
  expect(viewOf(person).missing).toEqual([]);
});
