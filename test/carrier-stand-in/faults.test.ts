import { afterEach, expect, test } from 'vitest';
import { type StandIn, openStandIn } from './open.ts';
import { openReceiver } from './testing-receiver.ts';
import { until } from './testing-until.ts';

const LINE = '+12025550100';
const CONTACT = '+12025550150';
const CALLS = '/Calls.json';
/** Long enough that a busy machine has taken the request in. */
const IMPATIENT_MS = 1_000;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function standIn(): Promise<StandIn> {
  const made = await openStandIn({ seed: 'faults', speed: 200 });
  open.push(made);
  return made;
}

function place(at: StandIn, more: Record<string, string> = {}, timeoutMs = 20_000): Promise<Response | null> {
  const { baseUrl, sid, authToken } = at.twilio;
  return fetch(`${baseUrl}/2010-04-01/Accounts/${sid}${CALLS}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${sid}:${authToken}`).toString('base64')}` },
    body: new URLSearchParams({
      To: CONTACT,
      From: LINE,
      Twiml: '<Response><Pause length="2"/></Response>',
      ...more,
    }),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => null);
}

async function jsonOf(answer: Response | null) {
  return JSON.parse((await answer?.text()) ?? '{}');
}

const hooked = (url: string) => ({
  StatusCallback: `${url}/hooks?attempt=a-1`,
  StatusCallbackEvent: 'completed',
});

test('a time-out before acceptance rings nobody, and one after it has rung somebody', async () => {
  const world = await standIn();
  world.control.failOnce({ trouble: 'time-out-before', path: CALLS });
  expect(await place(world, {}, IMPATIENT_MS)).toBeNull();
  expect(world.truth.rings).toHaveLength(0);

  world.control.failOnce({ trouble: 'time-out-after', path: CALLS });
  expect(await place(world, {}, IMPATIENT_MS)).toBeNull();
  await until(
    () => world.truth.toNumber(CONTACT),
    ({ length }) => length === 1,
  );

  world.control.failOnce({ trouble: 'reset-after', path: CALLS });
  expect(await place(world)).toBeNull();
  world.control.failOnce({ trouble: 'server-error-after', path: CALLS });
  expect((await place(world))?.status).toBe(500);
  expect(world.truth.toNumber(CONTACT)).toHaveLength(3);
  expect(world.requests.map(({ fault }) => fault)).toEqual([
    'time-out-before',
    'time-out-after',
    'reset-after',
    'server-error-after',
  ]);
});

test('what is refused was not carried out: 429 says how long to wait, 503 that nothing happened', async () => {
  const world = await standIn();
  world.control.failOnce({ trouble: 'too-many', retryAfterSeconds: 7 });
  const busy = await place(world);
  expect([busy?.status, busy?.headers.get('retry-after'), (await jsonOf(busy)).code]).toEqual([
    429,
    '7',
    20429,
  ]);
  world.control.failOnce({ trouble: 'unavailable' });
  expect((await jsonOf(await place(world))).code).toBe(20503);
  world.control.failOnce({ trouble: 'server-error-before' });
  expect((await place(world))?.status).toBe(500);
  expect(world.truth.rings).toHaveLength(0);
  expect((await place(world))?.status).toBe(201);
});

test('an answer may be cut short, be no JSON, lack fields or have new ones, and the call was placed all the same', async () => {
  const world = await standIn();
  const texts: string[] = [];
  for (const trouble of ['truncated', 'not-json', 'extra-fields', 'missing-fields'] as const) {
    world.control.failOnce({ trouble, ...(trouble === 'missing-fields' && { fields: ['sid'] }) });
    texts.push((await (await place(world))?.text()) ?? '');
  }
  const [truncated, html, extra, missing] = texts;
  expect(() => JSON.parse(truncated!)).toThrow(SyntaxError);
  expect(html).toContain('<!doctype html>');
  expect(JSON.parse(extra!)).toHaveProperty('a_field_of_tomorrow');
  expect(JSON.parse(missing!)).not.toHaveProperty('sid');
  expect(world.truth.toNumber(CONTACT)).toHaveLength(4);
  // What a fault did to an answer is not held against it.
  expect(world.violations).toEqual([]);
});

test('events are dropped, doubled, overtaken and forged, each as it was asked for', async () => {
  const world = await standIn();
  const hooks = await openReceiver();
  open.push(hooks);
  const all = { StatusCallback: `${hooks.url}/hooks`, StatusCallbackEvent: 'completed' };
  world.control.script(CONTACT, { kind: 'busy' });
  const after = async (trouble: 'drop' | 'double' | 'wrong-signature' | 'truncated-body', count: number) => {
    world.control.clearFaults();
    world.control.hooksGoWrong(trouble, 1);
    hooks.received.length = 0;
    const told = world.deliveries.length;
    await place(world, all);
    await until(
      () => world.deliveries.length,
      (length) => length - told >= Math.max(1, count),
    );
    await world.settled();
    return hooks.received.splice(0);
  };
  expect(await after('drop', 0)).toHaveLength(0);
  const doubled = await after('double', 2);
  expect(doubled.map(({ body }) => body)).toEqual([doubled[0]!.body, doubled[0]!.body]);
  const [honest] = doubled;
  const [forged] = await after('wrong-signature', 1);
  expect(forged!.headers['x-twilio-signature']).not.toBe(honest!.headers['x-twilio-signature']);
  const [cut] = await after('truncated-body', 1);
  expect(cut!.body.length).toBeLessThan(honest!.body.length);
});

test('with one event held back, a later one comes first', async () => {
  const world = await standIn();
  const hooks = await openReceiver();
  open.push(hooks);
  world.control.fault({ on: 'hook', trouble: 'reorder', kind: 'initiated', times: 1 });
  await place(world, { StatusCallback: hooks.url, StatusCallbackEvent: 'initiated ringing' });
  await until(
    () => hooks.received.length,
    (length) => length === 2,
  );
  expect(hooks.received.map(({ form }) => form['CallStatus'])).toEqual(['ringing', 'initiated']);
  // The number in each says in which order they happened.
  expect(hooks.received.map(({ form }) => form['SequenceNumber'])).toEqual(['1', '0']);
});

test('while the tunnel is down nothing reaches us; Twilio tries as often as the address asks, with the same token', async () => {
  const world = await standIn();
  const hooks = await openReceiver();
  open.push(hooks);
  world.control.script(CONTACT, { kind: 'busy' });
  world.control.tunnelDown(true);
  await place(world, hooked(hooks.url));
  const [lost] = await until(
    () => world.deliveries,
    ({ length }) => length > 0,
  );
  expect(lost).toMatchObject({ outcome: 'unreachable', tries: 2 });

  world.control.tunnelDown(false);
  let answers = 0;
  hooks.answer = () => ({ status: (answers += 1) < 3 ? 502 : 204 });
  await place(world, { ...hooked(hooks.url), StatusCallback: `${hooks.url}/hooks#rc=3&rp=5xx` });
  await until(
    () => world.deliveries,
    ({ length }) => length > 1,
  );
  expect(world.deliveries.at(-1)).toMatchObject({ outcome: 'delivered', tries: 3 });
  expect(new Set(hooks.received.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1);
});

test('a public address leads to this machine where a tunnel was named, and nowhere else', async () => {
  const world = await standIn();
  const hooks = await openReceiver();
  open.push(hooks);
  world.control.script(CONTACT, { kind: 'busy' });
  await place(world, hooked('https://parley.example'));
  await until(
    () => world.deliveries,
    ({ length }) => length === 1,
  );
  expect(world.deliveries[0]!.outcome).toBe('unreachable');
  world.control.tunnel('https://parley.example', hooks.url);
  await place(world, hooked('https://parley.example'));
  await until(
    () => hooks.received,
    ({ length }) => length === 1,
  );
  expect(hooks.received[0]!.headers.host).toBe('parley.example');
});

test('a carrier’s clock may be ahead: its dates say so, and so does the head of its answers', async () => {
  const world = await standIn();
  world.control.skew(10 * 60_000);
  const answer = await place(world);
  const ahead = Date.parse(answer?.headers.get('date') ?? '') - Date.now();
  expect(ahead).toBeGreaterThan(9 * 60_000);
  expect(Date.parse((await jsonOf(answer)).date_created) - Date.now()).toBeGreaterThan(9 * 60_000);
});

test('what no carrier would understand is kept as a violation, by our shapes and by the carriers’ own', async () => {
  const world = await standIn();
  await place(world, { Whisper: 'yes', Timeout: '20' });
  expect(
    world.violations.some(
      ({ against, by, what }) => against === 'shape' && by === 'request' && what.includes('Whisper'),
    ),
  ).toBe(true);
  await fetch(`${world.vapi.baseUrl}/call`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.vapi.privateKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ metadata: {}, customer: { number: CONTACT } }),
  });
  expect(world.violations.some(({ carrier, what }) => carrier === 'vapi' && what.includes('metadata'))).toBe(
    true,
  );
});

test('the door takes the same wishes as JSON, and says who was called', async () => {
  const world = await standIn();
  const door = (body: unknown) =>
    fetch(`${world.url}/control`, { method: 'POST', body: JSON.stringify(body) });
  expect((await door({ script: { [CONTACT]: { kind: 'busy' } }, speed: 100, faults: [] })).status).toBe(200);
  expect((await door({ script: { [CONTACT]: { kind: 'asleep' } } })).status).toBe(400);
  await place(world);
  const told = await until(
    async () => jsonOf(await fetch(`${world.url}/control/truth`)),
    ({ rings }) => rings[0]?.end === 'busy',
  );
  expect(told.secondCalls).toEqual([]);
  expect(await (await fetch(`${world.url}/control`)).text()).toContain('POST /control');
});

test('the same seed gives each number the same fate, in whatever order they are rung', async () => {
  const fates = async (numbers: readonly string[]) => {
    const world = await openStandIn({ seed: 'mix', speed: 2_000, mix: { human: 1, busy: 1, failed: 1 } });
    open.push(world);
    for (const number of numbers) await place(world, { To: number });
    await until(
      () => world.truth.rings,
      (rings) => rings.length === numbers.length && rings.every(({ end }) => end !== null),
    );
    return new Map(world.truth.rings.map(({ to, end }) => [to, end]));
  };
  const numbers = Array.from({ length: 12 }, (_, nth) => `+120255501${String(50 + nth)}`);
  const there = await fates(numbers);
  const back = await fates(numbers.toReversed());
  expect(numbers.map((number) => back.get(number))).toEqual(numbers.map((number) => there.get(number)));
  expect(new Set(there.values()).size).toBeGreaterThan(1);
});
