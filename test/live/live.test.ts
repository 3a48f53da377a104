import { afterEach, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../shared/lib/instants.ts';
import type { Line } from '../../electron/carriers/fail-over.ts';
import { twilioCarrier } from '../../electron/carriers/twilio/twilio.ts';
import { voipstudioCarrier } from '../../electron/carriers/voipstudio/voipstudio.ts';
import { openAttempts } from '../../electron/store/attempts.ts';
import { callOfAttempt } from '../../electron/store/calls.ts';
import type { RequestTrouble } from '../carrier-stand-in/faults.ts';
import { LiveHome } from './live-home.ts';

/* Nothing reaches us from outside here: whatever becomes of a call is asked for. */

let home: LiveHome;
afterEach(async () => {
  await home.end();
});

/** How long an answer is waited for is real time, of which a busy machine has little. */
function twilioLine({ world, clock }: LiveHome, timeoutMs = 3_000): Line {
  const { sid: accountSid, keySid, keySecret: secret, baseUrl } = world.twilio;
  const carrier = twilioCarrier({
    credentials: { accountSid, keySid, secret },
    clock,
    baseUrl,
    timeoutMs,
    callsPerSecond: 1,
  });
  return { kind: 'twilio', title: 'Twilio', carrier, serves: ['agent', 'message'], numbers: [] };
}

function voipstudioLine({ world, clock }: LiveHome): Line {
  const { token, baseUrl, users, numbers } = world.voipstudio;
  const userId = String(users[0]!.id);
  const carrier = voipstudioCarrier({ token, baseUrl, userId, clock, timeoutMs: 2_000 });
  return {
    kind: 'voipstudio',
    title: 'VoIPStudio',
    carrier,
    serves: ['agent'],
    numbers: [`+${numbers[0]!}`],
  };
}

const TROUBLES: readonly RequestTrouble[] = [
  'time-out-before',
  'time-out-after',
  'reset-before',
  'reset-after',
  'server-error-before',
  'server-error-after',
  'unavailable',
  'too-many',
  'truncated',
  'not-json',
];

test('with every kind of trouble on the wire nobody is rung twice, nobody is lost, and all is known in the end', async () => {
  home = await LiveHome.open((made) => [twilioLine(made, 150)], {
    mix: { human: 5, machine: 2, busy: 1, 'no-answer': 2 },
  });
  const { world } = home;
  const id = home.campaign({ voice: 'recorded', message: 'Hello, this is Larkspur.' });
  const people = home.fill(id, 16);
  for (const trouble of TROUBLES)
    world.control.fault({ on: 'request', carrier: 'twilio', trouble, chance: 0.02, retryAfterSeconds: 2 });
  home.kernel.background.wake();
  const hasRung = () => people.every((to) => world.truth.toNumber(to).length > 0);
  await home.live(25 * MINUTE_MS, hasRung);
  world.control.clearFaults();
  await home.live(30 * MINUTE_MS, () => openAttempts(home.db).length === 0 && hasRung());

  expect(people.filter((to) => world.truth.toNumber(to).length === 0)).toEqual([]);
  expect(world.truth.secondCalls()).toEqual([]);
  expect(world.truth.overlaps()).toEqual([]);
  expect(openAttempts(home.db)).toEqual([]);
  for (const { attemptId, end } of world.truth.rings)
    expect(callOfAttempt(home.db, attemptId!), attemptId!).toMatchObject({ status: 'ended', end });
});

test('an agent’s call goes into their room, is held, and is followed by asking alone', async () => {
  home = await LiveHome.open((made) => [twilioLine(made)]);
  const { world } = home;
  const campaignId = home.campaign({ voice: 'agent' });
  const [to] = home.fill(campaignId, 1);
  world.control.script(to!, { kind: 'human', talkMs: null });
  const person = home.agent();
  world.control.script(`client:agent_${person.id}`, { kind: 'human', talkMs: null });
  const view = () => home.kernel.desk.view(person);
  home.kernel.desk.start(person, campaignId, 'preview');
  expect(home.kernel.desk.dial(person, null)).toMatchObject({ ok: true });
  await home.live(2 * MINUTE_MS, () => view().session?.state.kind === 'connected');
  expect(view().session?.state.kind).toBe('connected');

  expect(await home.kernel.desk.hold(person, true)).toMatchObject({ ok: true });
  expect(view().session?.state.kind).toBe('on-hold');
  await home.kernel.desk.hold(person, false);
  await home.kernel.desk.hangUp(person);
  await home.live(MINUTE_MS, () => view().session?.state.kind === 'wrap-up');
  expect(view().session?.state.kind).toBe('wrap-up');
  expect(world.truth.toNumber(to!)).toHaveLength(1);
  // The agent's own line stays for the next contact.
  expect(world.truth.rings.filter(({ leg }) => leg === 'agent')).toMatchObject([{ endedAt: null }]);
  expect(home.complaints).toEqual([]);
  expect(world.violations).toEqual([]);
});

test('a kernel that dies with a request on the wire asks for its call, and rings nobody again', async () => {
  home = await LiveHome.open((made) => [twilioLine(made, 500)]);
  const { world } = home;
  const id = home.campaign({ voice: 'recorded', message: 'Hello.' });
  const [to] = home.fill(id, 1);
  world.control.script(to!, { kind: 'human', talkMs: 30 * SECOND_MS });
  world.control.failOnce({ trouble: 'time-out-after', method: 'POST', path: '/Calls.json' });
  home.kernel.background.wake();
  await home.live(MINUTE_MS, () => world.truth.toNumber(to!).length === 1);
  await home.stop();
  home.begin();
  await home.live(20 * MINUTE_MS, () => openAttempts(home.db).length === 0);
  expect(openAttempts(home.db)).toEqual([]);
  expect(world.truth.toNumber(to!)).toHaveLength(1);
  expect(callOfAttempt(home.db, world.truth.toNumber(to!)[0]!.attemptId!)).toMatchObject({ status: 'ended' });
});

/** An agent’s first contact, dialed by hand, with two carriers in line. */
async function dialedWithTwo(trouble: RequestTrouble) {
  home = await LiveHome.open((made) => [twilioLine(made, 500), voipstudioLine(made)]);
  const { world } = home;
  const campaignId = home.campaign({ voice: 'agent' });
  const [to] = home.fill(campaignId, 1);
  const person = home.agent();
  world.control.script(`client:agent_${person.id}`, { kind: 'human', talkMs: null });
  world.control.failOnce({ carrier: 'twilio', trouble, method: 'POST', path: '/Participants.json' });
  home.kernel.desk.start(person, campaignId, 'preview');
  home.kernel.desk.dial(person, null);
  await home.live(3 * MINUTE_MS, () => world.truth.toNumber(to!).length > 0);
  await home.live(20 * MINUTE_MS, () => openAttempts(home.db).length === 0);
  const rings = world.truth.toNumber(to!);
  const [attemptId = null] = rings.map((ring) => ring.attemptId);
  return { carriers: rings.map(({ carrier }) => carrier), attemptId };
}

test('a carrier that is too busy hands over to the next one, and one phone rings once', async () => {
  expect((await dialedWithTwo('too-many')).carriers).toEqual(['voipstudio']);
  expect(openAttempts(home.db)).toEqual([]);
});

test.each(['time-out-after', 'reset-after', 'server-error-after'] as const)(
  'after “%s” nobody else is asked: the first carrier has the call, and is asked for it',
  async (trouble) => {
    const { carriers, attemptId } = await dialedWithTwo(trouble);
    expect(carriers).toEqual(['twilio']);
    expect(openAttempts(home.db)).toEqual([]);
    expect(callOfAttempt(home.db, attemptId!)).toMatchObject({
      callRef: expect.stringMatching(/^twilio:CA/),
    });
  },
);
