import { afterEach, beforeEach, expect, test } from 'vitest';
import { contract } from '../../shared/contract/contract.ts';
import type { Connection, Letter } from '../../shared/contract/relay.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type FakeCarrier, fakeCarrier } from '../carriers/testing-server.ts';
import { signedForm } from '../relay/testing.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/* Settings › Connection, through the door of a whole house: real sockets, and an address that leads straight back. */

const ACCOUNT = `AC${'a'.repeat(32)}`;
const TOKEN = 'a-token-nobody-may-read';

let house: TestHouse;
let twilio: FakeCarrier;

beforeEach(async () => {
  house = await aHouse(instant(Date.UTC(2026, 8, 8, 17)));
  twilio = await fakeCarrier(({ method, url }) => {
    // Only Twilio is there: what is entered for VoIPStudio is kept unchecked.
    if (!url.includes('2010-04-01')) return 'cut';
    if (url.includes('IncomingPhoneNumbers'))
      return { json: { incoming_phone_numbers: [{ phone_number: '+12125550100', friendly_name: 'Sales' }] } };
    if (url.includes('OutgoingCallerIds')) return { json: { outgoing_caller_ids: [] } };
    if (method === 'POST') return { status: 201, json: { sid: 'CA1', status: 'queued' } };
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
  const { listensOn: port } = await now();
  const url = `http://127.0.0.1:${port}`;
  await set({ kind: 'own-url', url }, { port });
  expect(await house.get('relay.check')).toMatchObject({ state: 'up', url });
  return url;
}

/** Where VoIPStudio would be told to post to. */
async function addressByHand(): Promise<string> {
  const values = { token: 'a-token-of-voipstudio', baseUrl: twilio.url };
  await house.get('carriers.set', { kind: 'voipstudio', values, evenUnchecked: true });
  await house.get('relay.check');
  const found = await house.get<{ carrier: string; url: string }[]>('relay.addresses');
  return found[0]?.url ?? 'none';
}

test('practice hears nothing from outside, and says so', async () => {
  expect(await now()).toMatchObject({ isPractice: true, state: 'off', listensOn: null });
  expect(await house.no('relay.set', { plan: { kind: 'none' }, port: null })).toContain(
    'Practice hears nothing',
  );
});

const post = (url: string) => fetch(url, { method: 'POST', body: '{"id":"1"}' });

test('without a way in there is no address to tell; with one, what comes to it is heard', async () => {
  await live();
  expect(await now()).toMatchObject({ isPractice: false, state: 'off', heard: 0 });
  expect(await addressByHand()).toBe('none');
  await withWayIn();
  const address = await addressByHand();
  expect((await post(address.replace(/[0-9a-f]{40}/, 'f'.repeat(40)))).status).toBe(404);
  expect((await post(address)).status).toBe(204);
  expect(await house.get('relay.check')).toMatchObject({
    heard: 1,
    refused: [{ count: 1, sentence: expect.stringContaining('not here') }],
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
  // It says nothing that could be read: it is kept, and holds nothing up.
  const address = await addressByHand();
  expect((await fetch(address, { method: 'POST', body: '{"cut' })).status).toBe(204);
  await expect.poll(letters).toMatchObject([{ kind: 'delivery', carrier: 'VoIPStudio', said: '{"cut' }]);
  const [letter] = await letters();
  expect(await house.no('relay.redeliver', { kind: letter!.kind, id: letter!.id })).toContain(
    'still cannot be',
  );
  expect(await letters()).toHaveLength(1);
  expect(await house.no('relay.redeliver', { kind: 'delivery', id: 999 })).toContain('tried again meanwhile');
});

test('an address of one carrier opens no other’s', async () => {
  await live();
  await withWayIn();
  const address = (await addressByHand()).replace('/voipstudio/', '/twilio/');
  const fields = { CallSid: `CA${'1'.repeat(32)}`, CallStatus: 'busy', SequenceNumber: '1' };
  expect((await fetch(address, { method: 'POST', ...signedForm(address, fields, TOKEN) })).status).toBe(404);
});

test('only a supervisor is told an address that anybody could post to', async () => {
  expect(contract.relay.addresses.least).toBe('supervisor');
  expect(contract.relay.letters.least).toBe('supervisor');
  expect(JSON.stringify(await now())).not.toContain('/hooks/');
});
