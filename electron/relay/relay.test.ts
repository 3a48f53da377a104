import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { machineClock } from '../../shared/lib/clock.ts';
import type { CarrierEvent } from '../carriers/carrier.ts';
import { troubledDeliveries, unreadDeliveries } from '../store/deliveries.ts';
import { type Db, closeStore, withTransaction } from '../store/open.ts';
import { aStore } from '../store/testing.ts';
import { type Relay, type RelayParts, openRelay } from './relay.ts';
import { keyFor } from './signatures.ts';
import { BASE, formHook, secretHook, signedForm } from './testing.ts';

const SECRET = 'known to this test';
const open: { relay: Relay; db: Db }[] = [];

afterEach(async () => {
  for (const { relay, db } of open.splice(0)) {
    await relay.close();
    closeStore(db);
  }
});

async function aRelay(over: Partial<RelayParts> = {}) {
  const db = over.db ?? aStore();
  const events: CarrierEvent[] = [];
  const secretFor = (attemptId: string) => keyFor(SECRET, `attempt ${attemptId}`);
  const relay = await openRelay({
    db,
    clock: machineClock(),
    secret: SECRET,
    hooks: { twilio: formHook(), vapi: secretHook(secretFor) },
    take: (told, also) =>
      withTransaction(db, () => {
        events.push(...told);
        also();
      }),
    log() {},
    ...over,
  });
  open.push({ relay, db });
  const address = (carrier = 'twilio', kind = 'call', base = BASE) =>
    relay.addressOf(base, carrier, kind, 'a-1');
  return { relay, db, events, address, post: postTo(relay.port), readAll: () => relay.readOn() };
}

type Init = { body?: string | Buffer; headers?: Record<string, string>; method?: string };

/** Asks the relay itself for what an address from outside leads to. */
function postTo(port: number) {
  return (address: string, { body = '', headers = {}, method = 'POST' }: Init) =>
    fetch(address.replace(BASE, `http://127.0.0.1:${port}`), {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
}

const RINGING = { CallSid: 'CA1', CallStatus: 'ringing', SequenceNumber: '1' };

test('what a carrier signed is written down, answered, and acted on once', async () => {
  const { address, post, events, readAll, relay } = await aRelay();
  const signed = signedForm(address(), RINGING);
  expect((await post(address(), signed)).status).toBe(204);
  expect((await post(address(), signed)).status).toBe(204);
  await readAll();
  expect(events.map(({ callRef, attemptId, event }) => [callRef, attemptId, event.key])).toEqual([
    ['CA1', 'a-1', '1:ringing'],
  ]);
  expect(relay.figures()).toMatchObject({ kept: 2, refused: {} });
});

test('it listens on this computer alone', async () => {
  const { relay } = await aRelay();
  await expect(
    new Promise((resolve, reject) => {
      const socket = connect(relay.port, '127.0.0.2', () => resolve(socket.destroy()));
      socket.once('error', reject);
    }),
  ).rejects.toThrow('ECONNREFUSED');
});

test('nothing is there but hooks and health, and nobody without the key gets as far as a signature', async () => {
  const { address, post, relay } = await aRelay();
  const signed = signedForm(address(), RINGING);
  const wrongKey = address().replace(/[0-9a-f]{40}/, 'f'.repeat(40));
  expect((await post(wrongKey, signedForm(wrongKey, RINGING))).status).toBe(404);
  for (const path of ['/', '/hooks', '/hooks/twilio', '/../etc/passwd', '/hooks/other/00/call?b=1'])
    expect((await post(`${BASE}${path}`, signed)).status).toBe(404);
  expect((await post(address(), { ...signed, method: 'PUT' })).status).toBe(404);
  expect((await post(address(), { method: 'GET' })).status).toBe(404);
  expect(relay.figures().kept).toBe(0);
});

test('health proves that it is this very relay that was reached', async () => {
  const { relay, post } = await aRelay();
  const answer = await post(`${BASE}/health?n=0123456789`, { method: 'GET' });
  expect(await answer.text()).toBe(relay.proofOf('0123456789'));
  expect((await post(`${BASE}/health`, { method: 'GET' })).status).toBe(404);
});

test('a wrong signature is turned away and leaves nothing behind', async () => {
  const { address, post, db, relay } = await aRelay();
  const wrong = signedForm(address(), RINGING, 'another token');
  expect((await post(address(), wrong)).status).toBe(403);
  expect((await post(address(), { ...wrong, headers: {} })).status).toBe(403);
  expect((await post(address('vapi'), { body: '{}', headers: { 'x-vapi-secret': 'no' } })).status).toBe(403);
  expect(relay.figures()).toMatchObject({ kept: 0, refused: { 'not-genuine': 3 } });
  expect(unreadDeliveries(db, 10)).toEqual([]);
});

test('a signature over an address of before the tunnel changed still counts', async () => {
  const { address, post, events, readAll, relay } = await aRelay();
  const old = address('twilio', 'call', 'https://old.example/desk');
  expect(address('twilio', 'call', 'https://new.example')).not.toBe(old);
  const target = old.slice('https://old.example/desk'.length);
  expect((await post(`${BASE}${target}`, signedForm(old, RINGING))).status).toBe(204);
  // A proxy that leaves its own path on leads to the same hook.
  const more = { ...RINGING, CallStatus: 'ended', SequenceNumber: '2' };
  expect((await post(`${BASE}/desk${target}`, signedForm(old, more))).status).toBe(204);
  await readAll();
  expect(events).toHaveLength(2);
  expect(relay.figures().refused).toEqual({});
});

test('a carrier that asks what to do is told, once its question is on the disk', async () => {
  const { address, post } = await aRelay();
  const voice = address('twilio', 'voice');
  const answer = await post(voice, signedForm(voice, RINGING));
  expect(answer.headers.get('content-type')).toContain('text/xml');
  expect(await answer.text()).toBe('<Response/>');
});

test('a request of 5 MB is cut off, whether it says so or not', async () => {
  const { address, post, relay } = await aRelay();
  const body = Buffer.alloc(5 * 1024 * 1024, 97);
  const said = await post(address(), { body }).then(
    ({ status }) => status,
    () => 'cut off',
  );
  expect([413, 'cut off']).toContain(said);
  const unsaid = await new Promise((resolve) => {
    const target = new URL(address());
    const asked = request(
      { port: relay.port, method: 'POST', path: target.pathname + target.search },
      (answer) => resolve(answer.resume().statusCode),
    );
    asked.on('error', () => resolve('cut off'));
    for (let at = 0; at < body.length; at += 65_536) asked.write(body.subarray(at, at + 65_536));
    asked.end();
  });
  expect([413, 'cut off']).toContain(unsaid);
  expect(relay.figures()).toMatchObject({ kept: 0, refused: { 'too-large': 2 } });
});

test('what is genuine and cannot be read is kept with its reason, and can be read once more', async () => {
  const { address, post, db, events, readAll, relay } = await aRelay();
  const headers = { 'x-vapi-secret': relay.secretFor('a-1'), 'content-type': 'application/json' };
  for (const body of ['{"id":', Buffer.from([0x7b, 0xff, 0xfe])])
    expect((await post(address('vapi'), { body, headers })).status).toBe(204);
  expect((await post(address('vapi'), { body: '{"id":"v1"}', headers })).status).toBe(204);
  await readAll();
  expect(troubledDeliveries(db, 10).rows.map(({ trouble }) => trouble)).toEqual([
    expect.stringContaining('Reading it failed'),
    expect.stringContaining('Reading it failed'),
  ]);
  expect(events.map(({ callRef }) => callRef)).toEqual(['v1']);
});

test('a repetition that says the same in other words is known by the carrier’s own mark', async () => {
  const { address, post, events, readAll } = await aRelay();
  for (const Timestamp of ['1', '2']) {
    const { body, headers } = signedForm(address(), { ...RINGING, Timestamp });
    const marked = { ...headers, 'i-twilio-idempotency-token': 'one delivery' };
    expect((await post(address(), { body, headers: marked })).status).toBe(204);
  }
  await readAll();
  expect(events).toHaveLength(1);
});

test('more than it takes in a second is sent away, and told to come again', async () => {
  const { address, post, relay } = await aRelay({ perSecondMax: 5 });
  const answers: number[] = [];
  for (let nth = 0; nth < 15; nth++) {
    const signed = signedForm(address(), { ...RINGING, SequenceNumber: String(nth) });
    answers.push((await post(address(), signed)).status);
  }
  expect(answers.slice(0, 10)).toEqual(Array(10).fill(204));
  expect(answers).toContain(429);
  expect(relay.figures().refused['too-many']).toBeGreaterThan(0);
});

test('where nothing can be written down the carrier is asked to try again', async () => {
  const { address, post, db } = await aRelay();
  const signed = signedForm(address(), RINGING);
  db.$client.pragma('query_only = 1');
  expect((await post(address(), signed)).status).toBe(503);
  db.$client.pragma('query_only = 0');
  expect((await post(address(), signed)).status).toBe(204);
});

test('what could not be acted on is neither lost nor told twice', async () => {
  let isFull = true;
  const db = aStore();
  const events: CarrierEvent[] = [];
  const take: RelayParts['take'] = (told, also) => {
    if (isFull) throw new Error('database or disk is full');
    withTransaction(db, also);
    events.push(...told);
  };
  const { address, post, readAll } = await aRelay({ db, take });
  expect((await post(address(), signedForm(address(), RINGING))).status).toBe(204);
  await readAll();
  expect(unreadDeliveries(db, 10)).toHaveLength(1);
  isFull = false;
  await readAll();
  expect(events).toHaveLength(1);
  expect(unreadDeliveries(db, 10)).toEqual([]);
});
