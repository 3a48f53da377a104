import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CarrierRow, Carriers } from '../../shared/contract/carriers.ts';
import { instant } from '../../shared/lib/instants.ts';
import {
  type FakeAnswer,
  type FakeCarrier,
  type SeenRequest,
  fakeCarrier,
} from '../carriers/testing-server.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/* Settings › Carriers, through the door of a whole house, with a Twilio on a real socket. */

const NOON = instant(Date.UTC(2026, 8, 8, 17));
const ACCOUNT = `AC${'a'.repeat(32)}`;
const TOKEN = 'a-token-nobody-may-read';
const CALL = `CA${'1'.repeat(32)}`;

let house: TestHouse;
let twilio: FakeCarrier;

beforeEach(async () => {
  house = await aHouse(NOON);
  twilio = await fakeCarrier(answers);
});
afterEach(async () => {
  await house.end();
  await twilio.close();
});

function answers({ method, url }: SeenRequest): FakeAnswer {
  if (url.includes('IncomingPhoneNumbers'))
    return { json: { incoming_phone_numbers: [{ phone_number: '+12125550100', friendly_name: 'Sales' }] } };
  if (url.includes('OutgoingCallerIds')) return { json: { outgoing_caller_ids: [] } };
  if (url.includes('Balance')) return { json: { balance: '12.3', currency: 'USD' } };
  if (method === 'POST') return { status: 201, json: { sid: CALL, status: 'queued' } };
  return { json: { sid: ACCOUNT, status: 'active', type: 'Full', friendly_name: 'Acme' } };
}

const values = () => ({ accountSid: ACCOUNT, authToken: TOKEN, baseUrl: twilio.url });
const set = (typed: Record<string, string> = values(), evenUnchecked = false) =>
  house.get<{ kind: string; sentence: string }>('carriers.set', {
    kind: 'twilio',
    values: typed,
    evenUnchecked,
  });
const list = () => house.get<Carriers>('carriers.list');
const rowOf = async (kind = 'twilio') => (await list()).rows.find((row) => row.kind === kind) as CarrierRow;
const begin = () => house.get('workspaces.create', { name: 'Acme' });

test('practice is rung by nobody: no carrier can be set up in it', async () => {
  expect(await list()).toMatchObject({ isPractice: true, isSimulated: true, rows: [] });
  expect(await house.no('carriers.set', { kind: 'twilio', values: values(), evenUnchecked: true })).toContain(
    'This is practice',
  );
  expect(twilio.seen).toEqual([]);
});

test('a workspace stays on this computer until a carrier takes its credentials; then its calls go out', async () => {
  await begin();
  expect(await list()).toMatchObject({ isPractice: false, isSimulated: true });
  expect(await rowOf()).toMatchObject({ state: 'not-set-up', place: null });
  expect(await set()).toMatchObject({ kind: 'saved', sentence: expect.stringContaining('account “Acme”') });
  expect(await list()).toMatchObject({ isSimulated: false });
  expect(await rowOf()).toMatchObject({ state: 'ready', place: 1 });
  // Whoever set it up sits there still.
  expect(await house.get('app.hello')).toMatchObject({ me: { name: 'Ann' }, isLocked: false });
});

test('what is secret never comes out again, and is nowhere on the disk', async () => {
  await begin();
  await set();
  const seen = await rowOf();
  expect(JSON.stringify(await list())).not.toContain(TOKEN);
  expect(seen.fields.find(({ key }) => key === 'authToken')).toMatchObject({ value: null, isKept: true });
  expect(seen.fields.find(({ key }) => key === 'accountSid')).toMatchObject({ value: ACCOUNT });
  const files = readdirSync(house.dataDir, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  expect(files.length).toBeGreaterThan(4);
  for (const file of files)
    expect(readFileSync(join(file.parentPath, file.name), 'latin1'), file.name).not.toContain(TOKEN);
  // Changing something else keeps it.
  expect(await set({ ...values(), authToken: '', voicemail: 'Call us back.' })).toMatchObject({
    kind: 'saved',
  });
  expect(twilio.seen.at(-1)!.headers['authorization']).toBe(
    `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`,
  );
});

test('what the carrier does not take is not saved, and why is told in a sentence', async () => {
  await begin();
  twilio.answer = () => ({ status: 401, json: { code: 20003 } });
  expect(await set()).toEqual({
    kind: 'wrong',
    sentence: expect.stringMatching(/revoked.*Nothing was saved\.$/),
  });
  twilio.answer = () => ({ status: 403, json: { code: 20008 } });
  expect(await set()).toMatchObject({ kind: 'wrong', sentence: expect.stringContaining('test credentials') });
  twilio.answer = () => 'cut';
  expect(await set()).toMatchObject({ kind: 'not-reached' });
  expect(await rowOf()).toMatchObject({ place: null });
  expect(await set(values(), true)).toMatchObject({ kind: 'saved' });
});

test('what cannot be right is said before anybody is asked', async () => {
  await begin();
  const no = (typed: Record<string, string>) =>
    house.no('carriers.set', { kind: 'twilio', values: typed, evenUnchecked: false });
  expect(await no({})).toContain('Account SID is missing.');
  expect(await no({ ...values(), accountSid: 'AC1' })).toContain('32 letters and digits');
  expect(await no({ ...values(), keySid: `SK${'b'.repeat(32)}` })).toContain('Enter both');
  expect(await no({ ...values(), baseUrl: 'http://elsewhere.example' })).toContain('https://');
  expect(await house.no('carriers.set', { kind: 'pigeon', values: {}, evenUnchecked: true })).toContain(
    'knows no such carrier',
  );
  expect(twilio.seen).toEqual([]);
});

test('numbers are fetched, chosen, and offered to campaigns; the balance is told', async () => {
  await begin();
  await set();
  expect(await house.get('carriers.numbers', { kind: 'twilio' })).toEqual([
    { number: '+12125550100', shown: '(212) 555-0100', label: 'Sales', isUsed: false },
  ]);
  await house.get('carriers.chooseNumbers', { kind: 'twilio', numbers: ['(212) 555-0100'] });
  expect(await rowOf()).toMatchObject({ numbers: [{ number: '+12125550100', shown: '(212) 555-0100' }] });
  expect(await house.get('carriers.balance', { kind: 'twilio' })).toBe('12.30 USD');
  twilio.answer = () => ({ status: 500 });
  expect(await house.no('carriers.numbers', { kind: 'twilio' })).toContain('could not be asked');
  expect(await house.get('carriers.balance', { kind: 'twilio' })).toBeNull();
});

test('a test call rings one’s own phone once, and never a contact', async () => {
  await begin();
  await set();
  const call = { kind: 'twilio', to: '+1 212 555 0199' };
  expect(await house.no('carriers.testCall', call)).toContain('Choose a number of Twilio');
  await house.get('carriers.chooseNumbers', { kind: 'twilio', numbers: ['+12125550100'] });
  expect(await house.get('carriers.testCall', call)).toBe(
    'Twilio took the call. (212) 555-0199 rings in a moment.',
  );
  const rung = () => twilio.seen.filter(({ method }) => method === 'POST');
  expect(Object.fromEntries(new URLSearchParams(rung()[0]!.body))).toMatchObject({
    To: '+12125550199',
    From: '+12125550100',
    Twiml: expect.stringContaining('This is a test call from Parley.'),
  });
  expect(await house.no('carriers.testCall', call)).toContain('nobody was rung again');
  expect(rung()).toHaveLength(1);
  await house.clock.advance(60_000);
  expect(await house.no('carriers.testCall', { kind: 'twilio', to: '911' })).toContain('Nobody was rung');
  twilio.answer = () => 'cut';
  expect(await house.no('carriers.testCall', call)).toContain('If (212) 555-0199 does not ring');
});

test('the order is kept, and a carrier that is forgotten is gone with its credentials', async () => {
  await begin();
  await set();
  await house.get('carriers.set', {
    kind: 'voipstudio',
    values: { token: 'another-secret', baseUrl: twilio.url },
    evenUnchecked: true,
  });
  expect((await list()).rows.slice(0, 2).map(({ kind, place }) => [kind, place])).toEqual([
    ['twilio', 1],
    ['voipstudio', 2],
  ]);
  await house.get('carriers.order', { kinds: ['voipstudio', 'twilio'] });
  expect((await list()).rows[0]).toMatchObject({ kind: 'voipstudio', place: 1 });
  expect(await house.no('carriers.order', { kinds: ['twilio'] })).toContain('changed meanwhile');
  await house.get('carriers.forget', { kind: 'twilio' });
  await house.get('carriers.forget', { kind: 'voipstudio' });
  expect(await list()).toMatchObject({ isSimulated: true });
  expect((await rowOf()).fields.every(({ isKept, value }) => !isKept && !value)).toBe(true);
});

test('an agent sees how carriers are, and changes none', async () => {
  await begin();
  const { id } = await house.get<{ id: number }>('people.add', { name: 'Ben', role: 'agent' });
  await house.get('people.signIn', { id, pin: null });
  expect(await rowOf()).toMatchObject({ state: 'not-set-up' });
  expect(await house.no('carriers.set', { kind: 'twilio', values: values(), evenUnchecked: true })).toContain(
    'not-allowed',
  );
});
