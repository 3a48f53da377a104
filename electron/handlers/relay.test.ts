import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connection, Letter } from '../../shared/contract/relay.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type FakeCarrier, fakeCarrier } from '../carriers/testing-server.ts';
import { signedForm } from '../relay/testing.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/* Settings › Connection, through the door of a whole house: real sockets, and an address that leads straight back. */

const ACCOUNT = `AC${'a'.repeat(32)}`;
const TOKEN = 'a-token-nobody-may-read';
const CALL = `CA${'1'.repeat(32)}`;

let house: TestHouse;
let twilio: FakeCarrier;

beforeEach(async () => {
  house = await aHouse(instant(Date.UTC(2026, 8, 8, 17)));
  twilio = await fakeCarrier(({ method, url }) => {
    if (url.includes('IncomingPhoneNumbers'))
      return { json: { incoming_phone_numbers: [{ phone_number: '+12125550100', friendly_name: 'Sales' }] } };
    if (url.includes('OutgoingCallerIds')) return { json: { outgoing_caller_ids: [] } };
    if (method === 'POST') return { status: 201, json: { sid: CALL, status: 'queued' } };
    return { json: { sid: ACCOUNT, status: 'active', type: 'Full', friendly_name: 'Acme' } };
  });
});
afterEach(async () => {
  await house.end();
  await twilio.close();
});

const now = () => house.get<Connection>('relay.now');
const letters = () => house.get<Letter[]>('relay.letters');
const set = (plan: object, more: object = {}) =>
  house.get<Connection>('relay.set', { plan, port: null, ...more });

async function live(): Promise<void> {
  await house.get('workspaces.create', { name: 'Acme' });
  const values = { accountSid: ACCOUNT, authToken: TOKEN, baseUrl: twilio.url };
  await house.get('carriers.set', { kind: 'twilio', values, evenUnchecked: false });
}

/** As a proxy of the user’s own would: an address that leads to where the relay listens. */
async function withWayIn(): Promise<string> {
  const url = `http://127.0.0.1:${(await now()).listensOn}`;
  await set({ kind: 'own-url', url });
  expect(await house.get('relay.check')).toMatchObject({ state: 'up', url });
  return url;
}

/** Where a carrier would be told to post to. */
async function addressAt(kind: string): Promise<string> {
  const { addresses } = await now();
  return addresses.find(({ carrier }) => carrier === 'VoIPStudio')!.url.replace('/voipstudio/', `/${kind}/`);
}

test('practice hears nothing from outside, and says so', async () => {
  expect(await now()).toMatchObject({ isPractice: true, state: 'off', listensOn: null });
  expect(await house.no('relay.set', { plan: { kind: 'none' }, port: null })).toContain(
    'Practice hears nothing',
  );
});

test('without a way in there is no address to tell; with one, what a carrier signed is heard', async () => {
  await live();
  expect(await now()).toMatchObject({ isPractice: false, state: 'off', heard: 0 });
  expect((await now()).addresses).toEqual([]);
  await withWayIn();
  const address = await addressAt('twilio');
  const fields = { CallSid: CALL, CallStatus: 'ringing', SequenceNumber: '1' };
  const posted = (token: string) => fetch(address, { method: 'POST', ...signedForm(address, fields, token) });
  expect((await posted('another token')).status).toBe(403);
  expect((await posted(TOKEN)).status).toBe(204);
  expect(await house.get('relay.check')).toMatchObject({
    heard: 1,
    refused: [{ count: 1, sentence: expect.stringContaining('not signed') }],
  });
});

const no = (plan: object) => house.no('relay.set', { plan, port: null });

test('a plan that cannot be followed is refused with a sentence, and the old one stays', async () => {
  await live();
  const url = await withWayIn();
  expect(await no({ kind: 'own-url', url: 'calls.example' })).toContain('https://calls.example.com');
  expect(
    await no({
      kind: 'ssh',
      destination: '-oProxyCommand=x',
      port: null,
      remote: '80',
      keyFile: null,
      url: null,
    }),
  ).toContain('name@server.example');
  expect(await now()).toMatchObject({ url, plan: { kind: 'own-url' } });
});

test('the way in is chosen again after a restart of the workspace, and its secrets come out nowhere', async () => {
  await live();
  await set({ kind: 'own-url', url: 'http://127.0.0.1:9' }, { token: 'tunnel-token' });
  await house.get('carriers.order', { kinds: ['twilio'] });
  const after = await now();
  expect(after).toMatchObject({ plan: { kind: 'own-url', url: 'http://127.0.0.1:9' }, hasToken: true });
  expect(JSON.stringify(after)).not.toContain('tunnel-token');
  expect(await set({ kind: 'none' }, { token: '' })).toMatchObject({ state: 'off', hasToken: false });
});

test('what nobody could act on is listed with its reason, and is tried again when somebody asks', async () => {
  await live();
  await withWayIn();
  const url = await addressAt('vapi');
  // Vapi’s requests carry a secret of their call; nobody who does not know it gets in.
  expect(
    (await fetch(url, { method: 'POST', body: '{}', headers: { 'x-vapi-secret': 'guess' } })).status,
  ).toBe(403);
  // VoIPStudio has no calls here: what its address tells belongs to nobody.
  const voipstudio = await addressAt('voipstudio');
  expect((await fetch(voipstudio, { method: 'POST', body: '{"cut' })).status).toBe(204);
  await house.get('relay.check');
  await expect.poll(letters).toMatchObject([{ kind: 'delivery', carrier: 'VoIPStudio', said: '{"cut' }]);
  const [letter] = await letters();
  expect(await house.no('relay.redeliver', { kind: letter!.kind, id: letter!.id })).toContain(
    'still cannot be',
  );
  expect(await letters()).toHaveLength(1);
  expect(await house.no('relay.redeliver', { kind: 'delivery', id: 999 })).toContain('tried again meanwhile');
});

test('nobody forges an event with the key of another purpose', async () => {
  await live();
  await withWayIn();
  const address = await addressAt('twilio');
  const key = /hooks\/twilio\/([0-9a-f]+)\//.exec(address)![1]!;
  const signature = createHmac('sha1', key).update(address).digest('base64');
  const answer = await fetch(address, { method: 'POST', headers: { 'x-twilio-signature': signature } });
  expect(answer.status).toBe(403);
});
