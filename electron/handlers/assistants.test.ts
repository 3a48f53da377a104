import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { AssistantChoices, Briefing } from '../../shared/contract/assistants.ts';
import type { Board } from '../../shared/contract/board.ts';
import type { CarrierPast } from '../../shared/contract/carriers.ts';
import type { ParleyPayloads } from '../../shared/contract/contract.ts';
import type { CallFigures } from '../../shared/contract/records.ts';
import { storyOf } from '../../shared/domain/call.ts';
import { assert } from '../../shared/lib/assert.ts';
import { SECOND_MS, instant } from '../../shared/lib/instants.ts';
import { type FakeAnswer, type FakeCarrier, fakeCarrier } from '../carriers/testing-server.ts';
import { insertIntent } from '../store/attempts.ts';
import { auditPage } from '../store/audit.ts';
import { insertCall, saveStory } from '../store/calls.ts';
import { type Db, closeStore, openStore } from '../store/open.ts';
import { aContact, aNumber, anAttempt, anEnrolment } from '../store/testing.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/* Voices that talk by themselves, chosen, briefed, heard and taken over, with a Vapi on real sockets. */

const NOON = instant(Date.UTC(2026, 8, 8, 17));
const ASSISTANTS = [
  {
    id: 'as-1',
    name: 'Renewals',
    firstMessage: 'Hello {{firstName}}, about your {{plan}}.',
    voice: { provider: '11labs', voiceId: 'rachel' },
    model: { messages: [{ content: 'Today is {{date}}. Last time: {{earlierCalls}}' }] },
  },
  { id: 'as-2', firstMessage: null },
];
const OLD_CALLS = ['customer-busy', 'customer-ended-call'].map((endedReason, nth) => ({
  id: `old-${nth}`,
  status: 'ended',
  endedReason,
  createdAt: '2026-09-07T17:00:00Z',
  startedAt: '2026-09-07T17:00:10Z',
  endedAt: '2026-09-07T17:01:00Z',
  customer: { number: `+1212555010${nth}` },
  phoneNumber: { number: '+12125550199' },
}));
let house: TestHouse;
let vapi: FakeCarrier;
let campaignId: number;
let sounds: WebSocketServer;
const soundPort = () => (sounds.address() as AddressInfo).port;
const frames: ParleyPayloads['board.sound'][] = [];

beforeAll(async () => {
  sounds = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  sounds.on('connection', (socket) => {
    socket.send(JSON.stringify({ sampleRate: 16_000, channels: 2 }));
    socket.send(Buffer.from('first second'));
  });
  house = await aHouse(NOON, ({ topic, payload }) => {
    if (topic === 'board.sound') frames.push(payload as ParleyPayloads['board.sound']);
  });
  vapi = await fakeCarrier(answers);
  await house.get('workspaces.create', { name: 'Acme' });
  const values = { key: 'private-key', assistantId: 'as-1', baseUrl: vapi.url };
  await house.get('carriers.set', { kind: 'vapi', values, evenUnchecked: false });
  const made = await house.get<{ id: number }>('campaigns.create', {
    name: 'Renewals',
    template: 'ai-reminder',
  });
  campaignId = made.id;
});
afterAll(async () => {
  await house.end();
  await vapi.close();
  sounds.close();
});

function answers({ url }: { url: string }): FakeAnswer {
  if (url === '/control') return {};
  if (url.startsWith('/call?')) return { json: OLD_CALLS };
  const call = /^\/call\/(call-\d)$/.exec(url)?.[1];
  const monitor = { controlUrl: `${vapi.url}/control`, listenUrl: `ws://127.0.0.1:${soundPort()}/` };
  if (call !== undefined) return { json: { id: call, status: 'in-progress', monitor } };
  if (url.startsWith('/assistant')) return { json: ASSISTANTS };
  return { json: [{ id: 'pn-1', number: '+12125550199', name: 'Desk' }] };
}

/** Another connection to what the workspace keeps, to prepare and to look. */
function inWorkspace<T>(run: (db: Db) => T): T {
  const folder = readdirSync(join(house.dataDir, 'workspaces')).find((name) => name !== 'practice')!;
  const opened = openStore(join(house.dataDir, 'workspaces', folder, 'parley.db'), { now: () => NOON });
  assert(opened.ok, 'a second connection opens');
  const made = run(opened.value);
  closeStore(opened.value);
  return made;
}

/** A call of an AI voice that somebody has just answered. */
function aVoiceCall(callRef: string): number {
  return inWorkspace((db) => {
    const attempt = anAttempt({ campaignId, agentId: null, carrier: 'carriers', to: aNumber(nth++) });
    insertIntent(db, attempt, { kind: 'ring' });
    const id = insertCall(db, { attempt, carrier: 'carriers', callRef: `vapi:${callRef}`, startedAt: NOON });
    saveStory(db, id, storyOf([{ key: 'a', at: NOON, facts: { status: 'in-progress' } }]));
    return id;
  });
}
let nth = 20;

const choices = () => house.get<AssistantChoices>('assistants.choices');
const briefing = (assistant = '') => house.get<Briefing>('assistants.briefing', { campaignId, assistant });

test('assistants, voices and numbers of the account are there to choose from; where not, a sentence says so', async () => {
  expect(await choices()).toEqual({
    state: 'listed',
    sentence: '',
    assistants: [
      { id: 'as-1', name: 'Renewals' },
      { id: 'as-2', name: 'as-2' },
    ],
    voices: ['11labs:rachel'],
    numbers: [{ number: '+12125550199', shown: expect.any(String), label: 'Desk' }],
    usual: 'as-1',
  });
  vapi.answer = () => 'cut';
  expect(await choices()).toMatchObject({
    state: 'not-reached',
    sentence: expect.stringContaining('What is chosen stays'),
    usual: 'as-1',
  });
  vapi.answer = answers;
});

test('what an assistant will be told of the first in line is shown, and what its words miss', async () => {
  expect(await briefing()).toMatchObject({ contact: null, variables: [] });
  inWorkspace((db) => {
    const contactId = aContact(db, { name: 'Maria Lopez', fields: { Plan: 'small plan' } });
    anEnrolment(db, { campaignId, contactId, dueAt: NOON });
  });
  expect(await briefing()).toMatchObject({
    contact: 'Maria Lopez',
    variables: expect.arrayContaining([{ name: 'plan', value: 'small plan' }]),
    opening: 'Hello Maria, about your small plan.',
    gaps: ['earlierCalls'],
  });
  expect(await briefing('as-2')).toMatchObject({ opening: '', gaps: [] });
  expect(await house.no('assistants.webCall', { campaignId, assistant: '' })).toContain('public key');
  const values = { publicKey: 'a-public-key', assistantId: 'as-1', baseUrl: vapi.url };
  await house.get('carriers.set', { kind: 'vapi', values, evenUnchecked: false });
  expect(await house.no('assistants.webCall', { campaignId, assistant: 'as-2' })).toContain('own address');
});

test('a call of a voice is heard here without its address, and nobody listens once the screen is locked or gone', async () => {
  const id = aVoiceCall('call-1');
  expect(await house.get<Board>('board.now')).toMatchObject({
    calls: [{ id, voice: 'ai' }],
    can: { hear: null, takeOver: null, say: null, mute: null },
  });
  await house.get('board.hear', { id });
  await vi.waitUntil(() => frames.some(({ samples }) => samples !== ''));
  expect(frames.find(({ samples }) => samples !== '')).toEqual({
    callId: id,
    sampleRate: 16_000,
    channels: 2,
    samples: Buffer.from('first second').toString('base64'),
    isOver: false,
  });
  expect(JSON.stringify(frames)).not.toContain('ws:');
  // No screen asks to go on.
  await house.clock.advance(21 * SECOND_MS);
  await vi.waitUntil(() => frames.at(-1)!.isOver && sounds.clients.size === 0);
});

test('a voice is spoken through, silenced, and taken over: the call is then its new agent’s, and it is written down', async () => {
  const id = aVoiceCall('call-2');
  const controls = () =>
    vapi.seen.filter(({ url }) => url === '/control').map(({ body }) => JSON.parse(body) as unknown);
  await house.get('board.say', { id, words: 'One moment, please.', thenHangUp: false });
  await house.get('board.mute', { id, on: true });
  expect((await house.get<Board>('board.now')).calls.find((call) => call.id === id)?.isMuted).toBe(true);
  expect(await house.no('board.takeOver', { id, to: '911', isOwn: true })).toContain('goes on talking');
  await house.get('board.takeOver', { id, to: '+1 206 555 0142', isOwn: true });
  expect(controls()).toEqual([
    { type: 'say', content: 'One moment, please.', endCallAfterSpoken: false },
    { type: 'control', control: 'mute-assistant' },
    { type: 'transfer', destination: { type: 'number', number: '+12065550142' } },
  ]);
  const board = await house.get<Board>('board.now');
  expect(board.calls.find((call) => call.id === id)).toMatchObject({ voice: 'ai', agent: 'Ann' });
  expect(board.ownPhone).toContain('555-0142');
  const actions = inWorkspace((db) => auditPage(db, 20).rows.map(({ action }) => action));
  expect(actions).toEqual(expect.arrayContaining(['call.said', 'call.listen', 'call.taken-over']));
});

test('old calls are fetched from Settings, and what came in is told in a sentence', async () => {
  expect(await house.get('carriers.past', { kind: 'vapi' })).toBe(null);
  const days = { kind: 'vapi', from: '2026-09-01', to: '2026-09-08', withSounds: false };
  expect(await house.no('carriers.fetchPast', { ...days, to: '2026-08-01' })).toContain('before the first');
  await house.get('carriers.fetchPast', days);
  const past = () => house.get<CarrierPast>('carriers.past', { kind: 'vapi' });
  await vi.waitUntil(async () => !(await past()).isRunning);
  expect(await past()).toMatchObject({
    canGoOn: false,
    share: 1,
    sentence: expect.stringContaining('2 calls looked at: 2 new'),
  });
  const figures = await house.get<CallFigures>('calls.figures', { filter: 'status:busy' });
  expect(figures.calls).toBe(1);
});
