import { afterEach, expect, test } from 'vitest';
import type { CallEvent } from '../../shared/domain/call.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { type Clock, machineClock } from '../../shared/lib/clock.ts';
import { HOUR_MS, after } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { uuidAt } from '../../shared/lib/uuid.ts';
import type { Carrier, PlaceRequest } from '../../electron/carriers/carrier.ts';
import { twilioCarrier } from '../../electron/carriers/twilio/twilio.ts';
import { vapiCarrier } from '../../electron/carriers/vapi/vapi.ts';
import { voipstudioCarrier } from '../../electron/carriers/voipstudio/voipstudio.ts';
import { type StandIn, openStandIn } from './open.ts';
import { until } from './testing-until.ts';

/* The app’s own carriers against the stand-in: what they ask and what they are told is held against the documents. */

const CONTACT = '+12025550180' as E164;
const SPEED = 50;
const NEVER = new AbortController().signal;
const random = seededRandom('app');

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

interface Made<C extends Carrier> {
  readonly clock: Clock;
  readonly world: StandIn;
  readonly carrier: C;
}

async function opened<C extends Carrier>(make: (world: StandIn, clock: Clock) => C): Promise<Made<C>> {
  const clock = machineClock(SPEED);
  const world = await openStandIn({ seed: 'app', clock });
  const carrier = make(world, clock);
  open.push(world, carrier);
  return { clock, world, carrier };
}

const twilio = () =>
  opened((world, clock) => {
    const { sid: accountSid, keySid, keySecret: secret, baseUrl } = world.twilio;
    return twilioCarrier({ credentials: { accountSid, keySid, secret }, baseUrl, clock });
  });

const vapi = () =>
  opened((world, clock) => {
    const { privateKey: key, baseUrl, assistants } = world.vapi;
    return vapiCarrier({ key, baseUrl, clock, assistantId: assistants[0]!.id });
  });

const voipstudio = () =>
  opened((world, clock) => {
    const { token, baseUrl, users } = world.voipstudio;
    return voipstudioCarrier({ token, baseUrl, clock, userId: String(users[0]!.id) });
  });

function request(clock: Clock, from: string, more: Partial<PlaceRequest> = {}): PlaceRequest {
  return {
    attemptId: uuidAt(clock.now(), random),
    to: CONTACT,
    from,
    agentId: 42,
    ringMs: 25_000,
    record: true,
    detectMachine: true,
    ...more,
  };
}

/** Places a call and follows it by asking alone, until its end is told. */
async function lived(
  { carrier }: Made<Carrier>,
  asked: PlaceRequest,
): Promise<{ callRef: string; events: readonly CallEvent[] }> {
  const placed = await carrier.place(asked, NEVER);
  if (placed.kind !== 'placed') throw new Error(`not placed: ${JSON.stringify(placed)}`);
  const events = await until(
    () => carrier.fetch(placed.callRef),
    (told) => told !== null && !('kind' in told) && told.some(({ facts }) => facts.status === 'ended'),
  );
  return { callRef: placed.callRef, events: events as readonly CallEvent[] };
}

test('Twilio: a contact comes into the agent’s room, is found again, and ends up in the history', async () => {
  const made = await twilio();
  const { world, carrier, clock } = made;
  world.control.script(CONTACT, { kind: 'human', talkMs: 20_000 });
  const asked = request(clock, world.twilio.numbers[0]!.phoneNumber);
  const sentAt = clock.now();
  const { callRef, events } = await lived(made, asked);
  expect(events.some(({ facts }) => facts.end === 'completed')).toBe(true);
  expect(await carrier.find({ ...asked, sentAt })).toMatchObject({ kind: 'found', callRef });
  const range = { from: after(sentAt, -HOUR_MS), to: after(clock.now(), HOUR_MS) };
  expect(await carrier.history(range, null)).toMatchObject({ next: null });
  expect(await carrier.check()).toMatchObject({ kind: 'good' });
  expect(await carrier.numbers()).toHaveLength(3);
  expect(await carrier.balance()).toMatchObject({ currency: 'USD' });
  expect(world.truth.ofAttempt(asked.attemptId)).toHaveLength(1);
  expect(world.truth.secondCalls()).toEqual([]);
  expect(world.violations).toEqual([]);
});

test('Vapi: a call is placed, followed by asking, found by its attempt, and heard afterwards', async () => {
  const made = await vapi();
  const { world, carrier, clock } = made;
  world.control.script(CONTACT, { kind: 'human', talkMs: 20_000 });
  const asked = request(clock, world.vapi.phoneNumbers[0]!.number);
  const sentAt = clock.now();
  const { callRef } = await lived(made, asked);
  expect(await carrier.find({ ...asked, sentAt })).toMatchObject({ kind: 'found', callRef });
  const told = await until(
    () => carrier.fetch(callRef),
    (events) =>
      events !== null && !('kind' in events) && events.some(({ facts }) => facts.recordingRef !== undefined),
  );
  const ref = (told as readonly CallEvent[]).find(({ facts }) => facts.recordingRef !== undefined)!.facts
    .recordingRef!;
  expect(await carrier.recording(ref)).toMatchObject({ kind: 'sound', mime: 'audio/wav' });
  const range = { from: after(sentAt, -HOUR_MS), to: after(clock.now(), HOUR_MS) };
  expect(await carrier.history(range, null)).toMatchObject({ calls: [{ callRef }] });
  expect(await carrier.check()).toMatchObject({ kind: 'good' });
  expect(await carrier.assistants()).toHaveLength(2);
  expect(world.truth.ofAttempt(asked.attemptId)).toHaveLength(1);
  expect(world.violations).toEqual([]);
});

test('VoIPStudio: the agent’s phone first, then the contact, and the record tells how it ended', async () => {
  const made = await voipstudio();
  const { world, carrier, clock } = made;
  world.control.script(CONTACT, { kind: 'human', talkMs: 20_000 });
  const asked = request(clock, `+${world.voipstudio.numbers[0]!}`);
  const sentAt = clock.now();
  const { callRef, events } = await lived(made, asked);
  expect(events.some(({ facts }) => facts.end === 'completed')).toBe(true);
  expect(await carrier.find({ ...asked, sentAt })).toMatchObject({ kind: 'found', callRef });
  expect(await carrier.check()).toMatchObject({ kind: 'good' });
  expect(world.truth.toNumber(CONTACT)).toHaveLength(1);
  expect(world.violations).toEqual([]);
});
