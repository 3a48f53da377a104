import { afterEach, expect, test } from 'vitest';
import { type StandIn, type StandInOptions, openStandIn } from './open.ts';
import { openReceiver } from './testing-receiver.ts';
import { until } from './testing-until.ts';

const CONTACT = '+12025550160';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function standIn(options: Partial<StandInOptions> = {}): Promise<StandIn> {
  const made = await openStandIn({ seed: 'vapi', speed: 100, ...options });
  open.push(made);
  return made;
}

async function receiver() {
  const made = await openReceiver();
  open.push(made);
  return made;
}

async function ask(at: StandIn, method: string, path: string, body?: unknown, key = at.vapi.privateKey) {
  const answer = await fetch(at.vapi.baseUrl + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, json: JSON.parse(await answer.text()) };
}

function wish(at: StandIn, overrides: Record<string, unknown> = {}) {
  return {
    assistantId: at.vapi.assistants[0]!.id,
    phoneNumberId: at.vapi.phoneNumbers[0]!.id,
    customer: { number: CONTACT, externalId: 'a-1' },
    assistantOverrides: overrides,
  };
}

const ended = (at: StandIn, id: string) =>
  until(
    () => ask(at, 'GET', `/call/${id}`),
    ({ json }) => json.status === 'ended' && json.artifact !== undefined,
  );

test('a call goes from queued to ended, and its events carry the secret header of the call', async () => {
  const world = await standIn();
  const hooks = await receiver();
  world.control.script(CONTACT, { kind: 'human', talkMs: 30_000 });
  const server = { url: `${hooks.url}/hooks/vapi?attempt=a-1`, headers: { 'X-Vapi-Secret': 'of this call' } };
  const { status, json } = await ask(world, 'POST', '/call', wish(world, { server }));
  expect(status).toBe(201);
  expect(json).toMatchObject({ status: 'queued', customer: { number: CONTACT, externalId: 'a-1' } });

  await until(
    () => hooks.received,
    (received) => received.some(({ body }) => body.includes('"end-of-call-report"')),
  );
  await world.settled();
  const messages = hooks.received.map(({ body }) => JSON.parse(body).message);
  const statuses = messages.filter(({ type }) => type === 'status-update').map((message) => message.status);
  expect(statuses).toEqual(['queued', 'ringing', 'in-progress', 'ended']);
  expect(hooks.received.every(({ headers }) => headers['x-vapi-secret'] === 'of this call')).toBe(true);
  expect(messages.at(-1)).toMatchObject({ type: 'end-of-call-report', endedReason: 'customer-ended-call' });
  expect(world.truth.rings).toMatchObject([{ attemptId: 'a-1', to: CONTACT, end: 'customer-ended-call' }]);
  expect(world.violations).toEqual([]);
});

test('each scripted fate ends with the reason that Vapi gives', async () => {
  const world = await standIn();
  const reasons = {
    busy: 'customer-busy',
    'no-answer': 'customer-did-not-answer',
    failed: 'twilio-failed-to-connect-call',
    'invalid-number': 'twilio-reported-customer-misdialed',
    machine: 'voicemail',
  } as const;
  for (const [kind, reason] of Object.entries(reasons) as [keyof typeof reasons, string][]) {
    world.control.script(CONTACT, { kind });
    const { json } = await ask(
      world,
      'POST',
      '/call',
      wish(world, { voicemailDetection: { provider: 'vapi' } }),
    );
    expect((await ended(world, json.id)).json.endedReason).toBe(reason);
  }
  expect(world.violations).toEqual([]);
});
