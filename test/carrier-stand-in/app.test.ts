import { afterEach, expect, test } from 'vitest';
import type { CallEvent } from '../../shared/domain/call.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { type Clock, machineClock } from '../../shared/lib/clock.ts';
import { HOUR_MS, after } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { uuidAt } from '../../shared/lib/uuid.ts';
import type { CallAction, Carrier, PlaceRequest } from '../../electron/carriers/carrier.ts';
import { twilioEvent } from '../../electron/carriers/twilio/events.ts';
import { twilioCarrier } from '../../electron/carriers/twilio/twilio.ts';
import { vapiCarrier } from '../../electron/carriers/vapi/vapi.ts';
import { voipstudioCarrier } from '../../electron/carriers/voipstudio/voipstudio.ts';
import { type StandIn, openStandIn } from './open.ts';
import { openReceiver } from './testing-receiver.ts';
import { until } from './testing-until.ts';

/* The app’s own carriers against the stand-in: what they ask and what they are told is held against the documents. */

const CONTACT = '+12025550180' as E164;
const SUPERVISOR = '+12025550181' as E164;
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

/** Places a call and waits until somebody is on the line. */
async function answered({ carrier }: Made<Carrier>, asked: PlaceRequest): Promise<string> {
  const placed = await carrier.place(asked, NEVER);
  if (placed.kind !== 'placed') throw new Error(`not placed: ${JSON.stringify(placed)}`);
  await until(
    () => carrier.fetch(placed.callRef),
    (told) => told !== null && !('kind' in told) && told.some(({ facts }) => facts.status === 'in-progress'),
  );
  return placed.callRef;
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

test('Twilio: everything an agent may do to a call is a request that Twilio knows', async () => {
  const made = await twilio();
  const { world, carrier, clock } = made;
  world.control.script(CONTACT, { kind: 'human', talkMs: null });
  world.control.script(SUPERVISOR, { kind: 'human', talkMs: null });
  const from = world.twilio.numbers[0]!.phoneNumber;
  const callRef = await answered(made, request(clock, from));
  const act = async (action: CallAction) => (await carrier.control(callRef, action)).kind;
  expect(await act({ kind: 'hold', on: true })).toBe('done');
  expect(await act({ kind: 'hold', on: false })).toBe('done');
  expect(await act({ kind: 'mute', on: true })).toBe('done');
  expect(await act({ kind: 'monitor', as: 'listen', agent: SUPERVISOR })).toBe('done');
  expect(await act({ kind: 'monitor', as: 'whisper', agent: SUPERVISOR })).toBe('done');
  expect(await act({ kind: 'monitor', as: 'barge', agent: SUPERVISOR })).toBe('done');
  expect(await act({ kind: 'tones', digits: '12#' })).toBe('done');
  expect(await act({ kind: 'hang-up' })).toBe('done');
  expect(await act({ kind: 'hang-up' })).toBe('gone');

  const second = await answered(made, request(clock, from));
  const words = { kind: 'words', text: 'Please ring us back.' } as const;
  expect((await carrier.control(second, { kind: 'drop-voicemail', sound: 'usual', say: words })).kind).toBe(
    'done',
  );
  const third = await answered(made, request(clock, from));
  expect((await carrier.control(third, { kind: 'transfer', to: SUPERVISOR, warm: false })).kind).toBe('done');
  await until(
    () => world.twilio.heard.map(({ what }) => what),
    (heard) => heard.includes('12#') && heard.includes('Please ring us back.'),
  );
  expect(world.violations).toEqual([]);
});

test('Twilio: a colleague is asked, talks with the agent and the contact, and is left with them', async () => {
  const made = await twilio();
  const { world, carrier, clock } = made;
  world.control.script(CONTACT, { kind: 'human', talkMs: null });
  world.control.script(SUPERVISOR, { kind: 'human', talkMs: null });
  const callRef = await answered(made, request(clock, world.twilio.numbers[0]!.phoneNumber));
  const act = async (action: CallAction) => (await carrier.control(callRef, action)).kind;
  const stands = async () => {
    const told = await carrier.consulted!(callRef);
    return told.kind === 'consulted' ? told.colleague : told.kind;
  };
  const there = () => until(stands, (colleague) => colleague === 'there');
  expect([await stands(), await act({ kind: 'transfer', warm: true })]).toEqual(['gone', 'cannot']);
  await act({ kind: 'hold', on: true });
  expect(await act({ kind: 'consult', to: SUPERVISOR })).toBe('done');
  // Pressed twice, the colleague is rung once.
  expect(await act({ kind: 'consult', to: SUPERVISOR })).toBe('done');
  await there();
  expect(await act({ kind: 'consult-end' })).toBe('done');
  expect(await until(stands, (colleague) => colleague !== 'there')).toBe('gone');
  expect(await act({ kind: 'consult', to: SUPERVISOR })).toBe('done');
  await there();
  // The first answer never comes; asked again, only whoever was not moved is moved.
  world.control.failOnce({ trouble: 'reset-after', method: 'POST', path: `/Calls/${callRef}` });
  expect(await act({ kind: 'transfer', warm: true })).toBe('unreachable');
  await until(
    () => act({ kind: 'transfer', warm: true }),
    (kind) => kind === 'done',
  );
  expect(world.truth.toNumber(SUPERVISOR)).toHaveLength(2);
  expect(world.truth.toNumber(CONTACT)).toMatchObject([{ end: null }]);

  // The agent’s room is theirs again, and whoever is left alone does not wait in silence.
  const to = '+12025550182' as E164;
  world.control.script(to, { kind: 'human', talkMs: null });
  const second = await answered(made, request(clock, world.twilio.numbers[0]!.phoneNumber, { to }));
  expect(await carrier.consulted!(second)).toMatchObject({ colleague: 'gone' });
  expect(await act({ kind: 'hang-up' })).toBe('done');
  await until(
    () => world.truth.toNumber(SUPERVISOR),
    (rings) => rings.every(({ end }) => end !== null),
  );
  expect(world.violations).toEqual([]);
});

test('Twilio: a recorded message is spoken and told by signed events that the app understands', async () => {
  const hooks = await openReceiver();
  open.push(hooks);
  const made = await opened((world, clock) => {
    const { sid: accountSid, keySid, keySecret: secret, baseUrl } = world.twilio;
    const urlFor = (kind: string, id: string) => `${hooks.url}/hooks/twilio/${kind}?attempt=${id}`;
    return twilioCarrier({ credentials: { accountSid, keySid, secret }, baseUrl, clock, hooks: { urlFor } });
  });
  const { world, clock } = made;
  world.control.script(CONTACT, { kind: 'machine', talkMs: 20_000, beepMs: 5_000 });
  const say = { kind: 'words', text: 'Your appointment is on Tuesday at ten. '.repeat(5) } as const;
  const asked = request(clock, world.twilio.numbers[0]!.phoneNumber, { say });
  await lived(made, asked);
  await until(
    () => hooks.received.map(({ url }) => url),
    (urls) => urls.some((url) => url.includes('recording')),
  );
  await world.settled();
  const events = hooks.received.map(
    ({ form, url }) => twilioEvent(form, clock.now(), asked.attemptId) ?? url,
  );
  expect(events.filter((event) => typeof event === 'string')).toEqual([]);
  expect(hooks.received.map(({ url }) => /twilio\/(\w+)/.exec(url)![1])).toEqual(
    expect.arrayContaining(['call', 'amd', 'recording']),
  );
  expect(world.truth.ofAttempt(asked.attemptId)).toHaveLength(1);
  expect(world.violations).toEqual([]);
});

test('Vapi: a live call is muted, told something, listened to and put through', async () => {
  const made = await vapi();
  const { world, carrier, clock } = made;
  world.control.script(CONTACT, { kind: 'human', talkMs: null });
  const callRef = await answered(made, request(clock, world.vapi.phoneNumbers[0]!.number));
  expect((await carrier.control(callRef, { kind: 'mute', on: true })).kind).toBe('done');
  expect((await carrier.tell(callRef, { kind: 'say', words: 'One moment.', thenHangUp: false })).kind).toBe(
    'done',
  );
  expect((await carrier.tell(callRef, { kind: 'note', words: 'They like tea.' })).kind).toBe('done');
  expect((await carrier.control(callRef, { kind: 'transfer', to: SUPERVISOR, warm: false })).kind).toBe(
    'done',
  );
  await until(
    () => world.truth.toNumber(CONTACT)[0]!,
    ({ end }) => end === 'assistant-forwarded-call',
  );
  expect((await carrier.control(callRef, { kind: 'hang-up' })).kind).toBe('gone');
  expect(world.violations).toEqual([]);
});

/** Each carrier, and what its request for a call looks like on the wire. */
const CARRIERS = [
  ['Twilio', twilio, '/Participants', (world: StandIn) => world.twilio.numbers[0]!.phoneNumber],
  ['Vapi', vapi, '/call', (world: StandIn) => world.vapi.phoneNumbers[0]!.number],
  ['VoIPStudio', voipstudio, '/calls', (world: StandIn) => `+${world.voipstudio.numbers[0]!}`],
] as const;

test.each(CARRIERS)(
  '%s: a call that was placed although no answer came is unclear, and then found',
  async (_name, make, path, from) => {
    const made: Made<Carrier> = await make();
    const { world, carrier, clock } = made;
    const troubles = ['reset-after', 'server-error-after', 'truncated', 'not-json'] as const;
    for (const [nth, trouble] of troubles.entries()) {
      world.control.script(CONTACT, { kind: 'human', talkMs: 2_000 });
      world.control.failOnce({ trouble, method: 'POST', path });
      const asked = request(clock, from(world));
      const sentAt = clock.now();
      expect([trouble, (await carrier.place(asked, NEVER)).kind]).toEqual([trouble, 'unclear']);
      const found = await until(
        () => carrier.find({ ...asked, sentAt }),
        ({ kind }) => kind !== 'absent',
      );
      expect([trouble, found.kind]).toEqual([trouble, 'found']);
      await until(
        () => world.truth.toNumber(CONTACT),
        (rings) => rings.length > nth && rings.every(({ end }) => end !== null),
      );
    }
    expect(world.truth.toNumber(CONTACT)).toHaveLength(4);
    expect(world.truth.secondCalls()).toEqual([]);
    expect(world.violations).toEqual([]);
  },
);

test.each(CARRIERS)(
  '%s: where the request never came in, nobody was rung, and the app does not say that somebody was',
  async (_name, make, path, from) => {
    const { world, carrier, clock }: Made<Carrier> = await make();
    for (const trouble of ['reset-before', 'server-error-before', 'unavailable', 'too-many'] as const) {
      world.control.failOnce({
        trouble,
        method: 'POST',
        path,
        ...(trouble === 'too-many' && { retryAfterSeconds: 3 }),
      });
      const placed = await carrier.place(request(clock, from(world)), NEVER);
      expect([trouble, placed.kind]).toEqual([trouble, expect.stringMatching(/^(refused|unclear)$/)]);
    }
    expect(world.truth.toNumber(CONTACT)).toEqual([]);
  },
);
