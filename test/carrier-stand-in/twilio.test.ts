import { afterEach, expect, test } from 'vitest';
import { type StandIn, type StandInOptions, openStandIn } from './open.ts';
import { type Received, openReceiver } from './testing-receiver.ts';
import { signatureOf } from './twilio/signature.ts';

const LINE = '+12025550100';
const CONTACT = '+12025550150';
const STAY = '<Response><Pause length="600"/></Response>';
const EVENTS = ['initiated', 'ringing', 'answered', 'completed'];

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function standIn(options: Partial<StandInOptions> = {}): Promise<StandIn> {
  const made = await openStandIn({ seed: 'twilio', speed: 100, ...options });
  open.push(made);
  return made;
}

async function receiver() {
  const made = await openReceiver();
  open.push(made);
  return made;
}

type Form = Record<string, string | readonly string[]>;

async function ask(
  at: StandIn,
  method: string,
  path: string,
  form?: Form,
  credentials?: readonly [string, string],
) {
  const { baseUrl, keySid, keySecret, sid } = at.twilio;
  const [user, password] = credentials ?? [keySid, keySecret];
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form ?? {}))
    for (const each of [value].flat()) body.append(name, each);
  const answer = await fetch(
    `${baseUrl}/2010-04-01/Accounts/${credentials?.[0].startsWith('AC') ? user : sid}${path}`,
    {
      method,
      headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
      ...(form !== undefined && { body }),
    },
  );
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text === '' ? null : JSON.parse(text) };
}

const call = (at: StandIn, more: Form = {}) =>
  ask(at, 'POST', '/Calls.json', { To: CONTACT, From: LINE, Twiml: STAY, ...more });

/** Asks until it is so: the world runs faster than the clock, and events come by themselves. */
async function until<T>(look: () => T | Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const value = await look();
    if (isSo(value)) return value;
    await new Promise((done) => setTimeout(done, 5));
  }
  throw new Error(`it never came to that: ${JSON.stringify(await look())}`);
}

function statuses(received: readonly Received[]): string[] {
  return received.map(({ form }) => form['CallStatus'] ?? '');
}

test('a call is queued, rings, is answered and ends, and its signed events say so in their order', async () => {
  const world = await standIn();
  const hooks = await receiver();
  world.control.script(CONTACT, { kind: 'human', talkMs: 5_000 });
  const { status, json } = await call(world, {
    StatusCallback: `${hooks.url}/hooks/twilio?attempt=a-1#rc=3&rp=all`,
    StatusCallbackEvent: EVENTS,
  });
  expect(status).toBe(201);
  expect(json).toMatchObject({ status: 'queued', to: CONTACT, duration: null, price: null });

  await until(
    () => hooks.received,
    (received) => received.length >= 4,
  );
  await world.settled();
  expect(statuses(hooks.received)).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
  for (const { url, form, headers } of hooks.received) {
    expect(url).not.toContain('#');
    expect(headers['x-twilio-signature']).toBe(signatureOf(world.twilio.authToken, hooks.url + url, form));
  }
  const ended = await ask(world, 'GET', `/Calls/${json.sid}.json`);
  expect(ended.json).toMatchObject({ status: 'completed', duration: '5' });
  expect(world.truth.rings).toMatchObject([{ attemptId: 'a-1', end: 'completed', to: CONTACT }]);
  expect(world.violations).toEqual([]);
});

test('each scripted fate ends as Twilio says it', async () => {
  const world = await standIn();
  world.control.script(
    CONTACT,
    { kind: 'busy' },
    { kind: 'failed' },
    { kind: 'no-answer' },
    { kind: 'invalid-number' },
  );
  const ends: string[] = [];
  for (let nth = 0; nth < 4; nth += 1) {
    const { json } = await call(world, { Timeout: '20' });
    const ended = await until(
      () => ask(world, 'GET', `/Calls/${json.sid}.json`),
      ({ json: now }) => !['queued', 'ringing', 'in-progress'].includes(now.status),
    );
    ends.push(ended.json.status);
  }
  expect(ends).toEqual(['busy', 'failed', 'no-answer', 'failed']);
  expect(world.violations).toEqual([]);
});
