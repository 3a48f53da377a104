import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AssistantChoices, Briefing } from '../../shared/contract/assistants.ts';
import { assert } from '../../shared/lib/assert.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type FakeAnswer, type FakeCarrier, fakeCarrier } from '../carriers/testing-server.ts';
import { closeStore, openStore } from '../store/open.ts';
import { aContact, anEnrolment } from '../store/testing.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/* Assistants as a campaign’s screen asks for them, with a Vapi on a real socket. */

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
let house: TestHouse;
let vapi: FakeCarrier;
let campaignId: number;

beforeAll(async () => {
  house = await aHouse(NOON);
  vapi = await fakeCarrier(answers);
  await house.get('workspaces.create', { name: 'Acme' });
  const values = { key: 'private-key', assistantId: 'as-1', baseUrl: vapi.url };
  await house.get('carriers.set', { kind: 'vapi', values, evenUnchecked: false });
  const made = await house.get<{ id: number }>('campaigns.create', { name: 'Renewals', template: 'ai-reminder' });
  campaignId = made.id;
});
afterAll(async () => {
  await house.end();
  await vapi.close();
});

function answers({ url }: { url: string }): FakeAnswer {
  if (url.startsWith('/assistant')) return { json: ASSISTANTS };
  return { json: [{ id: 'pn-1', number: '+12125550199', name: 'Desk' }] };
}

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
  const folder = readdirSync(join(house.dataDir, 'workspaces')).find((name) => name !== 'practice')!;
  const opened = openStore(join(house.dataDir, 'workspaces', folder, 'parley.db'), { now: () => NOON });
  assert(opened.ok, 'a second connection opens');
  const contactId = aContact(opened.value, { name: 'Maria Lopez', fields: { Plan: 'small plan' } });
  anEnrolment(opened.value, { campaignId, contactId, dueAt: NOON });
  closeStore(opened.value);
  expect(await briefing()).toMatchObject({
    contact: 'Maria Lopez',
    variables: expect.arrayContaining([{ name: 'plan', value: 'small plan' }]),
    opening: 'Hello Maria, about your small plan.',
    gaps: ['earlierCalls'],
  });
  expect(await briefing('as-2')).toMatchObject({ opening: '', gaps: [] });
});
