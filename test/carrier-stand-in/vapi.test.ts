import { createHmac } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { instant } from '../../shared/lib/instants.ts';
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

test('a key that is none opens nothing, and a frozen subscription calls nobody', async () => {
  const world = await standIn();
  expect((await ask(world, 'GET', '/assistant', undefined, 'nothing')).json).toMatchObject({
    statusCode: 401,
  });
  world.control.suspend('vapi', true);
  expect((await ask(world, 'POST', '/call', wish(world))).json).toMatchObject({ statusCode: 402 });
  expect(world.truth.rings).toEqual([]);
});

test('a call too many is refused, told apart, or ended, as Vapi has done all three', async () => {
  const world = await standIn({ limits: { vapi: { callsMax: 1 } } });
  world.control.script(CONTACT, { kind: 'rings-forever' });
  expect((await ask(world, 'POST', '/call', wish(world))).json.subscriptionLimits).toMatchObject({
    remainingConcurrentCalls: 0,
  });
  expect((await ask(world, 'POST', '/call', wish(world))).json).toMatchObject({ statusCode: 400 });
  world.control.limits({ vapi: { overCallsMax: 'ended' } });
  const { json } = await ask(world, 'POST', '/call', wish(world));
  expect((await ended(world, json.id)).json.endedReason).toBe(
    'call.start.error-subscription-concurrency-limit-reached',
  );
  world.control.limits({ vapi: { overCallsMax: 'blocked' } });
  expect((await ask(world, 'POST', '/call', wish(world))).json.subscriptionLimits).toMatchObject({
    concurrencyBlocked: true,
  });
});

test('many at once: some are taken and some are not, each with its reason', async () => {
  const world = await standIn();
  const { customer: _customer, ...rest } = wish(world);
  const customers = [
    { number: CONTACT, externalId: 'a-1' },
    { number: 'nobody', externalId: 'a-2' },
  ];
  const { status, json } = await ask(world, 'POST', '/call', { ...rest, customers });
  expect([status, json.results.length, json.errors[0].customer.externalId]).toEqual([201, 1, 'a-2']);
  expect(world.violations).toEqual([]);
});

test('a call for later waits until its time, and can be taken back before', async () => {
  const world = await standIn();
  const earliestAt = new Date(Date.now() + 3_600_000).toISOString();
  const { json } = await ask(world, 'POST', '/call', { ...wish(world), schedulePlan: { earliestAt } });
  expect(json.status).toBe('scheduled');
  const gone = await ask(world, 'DELETE', `/call/${json.id}`);
  expect(gone.json).toMatchObject({ status: 'ended', endedReason: 'scheduled-call-deleted' });
  expect(world.truth.rings[0]).toMatchObject({ rangAt: null });
  expect(world.violations).toEqual([]);
});

test('a call is named anew, and its data are erased on demand; that does not end it', async () => {
  const world = await standIn();
  const { json } = await ask(world, 'POST', '/call', wish(world));
  expect((await ask(world, 'PATCH', `/call/${json.id}`, { name: 'second try' })).json.name).toBe(
    'second try',
  );
  expect((await ask(world, 'DELETE', `/call/${json.id}`)).status).toBe(200);
  expect((await ask(world, 'GET', `/call/${json.id}`)).status).toBe(404);
  expect(world.truth.rings[0]!.endedAt).toBeNull();
  expect(world.violations).toEqual([]);
});

test('a live call is told to say something, to fall silent, to be put through and to end', async () => {
  const world = await standIn();
  const CONTROL = async (id: string, message: unknown) => {
    const { monitor } = (await ask(world, 'GET', `/call/${id}`)).json;
    const answer = await fetch(monitor.controlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
    });
    return answer.status;
  };
  world.control.script(CONTACT, { kind: 'human', talkMs: null });
  const live = async () => {
    const { json } = await ask(world, 'POST', '/call', wish(world));
    await until(
      () => ask(world, 'GET', `/call/${json.id}`),
      (told) => told.json.status === 'in-progress',
    );
    return json.id as string;
  };
  const said = await live();
  expect(await CONTROL(said, { type: 'control', control: 'mute-assistant' })).toBe(200);
  expect(world.vapi.calls.get(said)!.muted).toContain('assistant');
  expect(await CONTROL(said, { type: 'shout' })).toBe(400);
  await CONTROL(said, { type: 'say', content: 'A colleague will call you.', endCallAfterSpoken: true });
  expect((await ended(world, said)).json.endedReason).toBe('assistant-ended-call-after-message-spoken');
  expect(await CONTROL(said, { type: 'end-call' })).toBe(404);

  const through = await live();
  await CONTROL(through, { type: 'transfer', destination: { type: 'number', number: '+12025550199' } });
  expect((await ended(world, through)).json).toMatchObject({
    endedReason: 'assistant-forwarded-call',
    destination: { number: '+12025550199' },
  });

  const cut = await live();
  await CONTROL(cut, { type: 'end-call' });
  expect((await ended(world, cut)).json.endedReason).toBe('manually-canceled');
  expect(world.violations.filter(({ where }) => !where.includes('control'))).toEqual([]);
});

test('a live call can be heard: first what the sound is like, then the sound, until it ends', async () => {
  const world = await standIn({ speed: 20 });
  world.control.script(CONTACT, { kind: 'human', talkMs: null });
  const { json } = await ask(world, 'POST', '/call', wish(world));
  const socket = new WebSocket(json.monitor.listenUrl);
  socket.binaryType = 'arraybuffer';
  const heard: (string | ArrayBuffer)[] = [];
  socket.addEventListener('message', ({ data }) => void heard.push(data as string | ArrayBuffer));
  const closed = new Promise((done) => socket.addEventListener('close', done, { once: true }));
  const isLoud = (frame: string | ArrayBuffer | undefined) =>
    frame instanceof ArrayBuffer && new Int16Array(frame).some((sample) => Math.abs(sample) > 1_000);
  await until(
    () => heard.at(-1),
    (frame) => isLoud(frame),
  );
  expect(JSON.parse(heard[0] as string)).toMatchObject({
    sampleRate: 16_000,
    channels: 2,
    encoding: 'linear16',
  });
  world.control.hangUp(json.id);
  await closed;
  // Silence was heard while the phone rang.
  expect(isLoud(heard[1])).toBe(false);
});

test('what a call was like is there at its end: words, sound, costs that add up, and what was asked of it', async () => {
  const world = await standIn();
  world.control.script(CONTACT, { kind: 'human', talkMs: 60_000 });
  const overrides = {
    artifactPlan: { recordingEnabled: true, structuredOutputIds: ['so-1'] },
    variableValues: { firstName: 'Ada' },
  };
  const { json } = await ask(world, 'POST', '/call', wish(world, overrides));
  const told = await until(
    () => ask(world, 'GET', `/call/${json.id}`),
    (found) => found.json.artifact?.recording !== undefined,
  );
  const { artifact, costs, cost, analysis } = told.json;
  expect(artifact.transcript).toContain('AI: ');
  expect(artifact.messages.length).toBeGreaterThan(3);
  expect(artifact.structuredOutputs['so-1']).toHaveProperty('result');
  expect(['true', 'false']).toContain(analysis.successEvaluation);
  expect(costs.reduce((sum: number, part: { cost: number }) => sum + part.cost, 0)).toBeCloseTo(cost, 4);
  const headers = { authorization: `Bearer ${world.vapi.privateKey}` };
  const sound = await fetch(`${world.vapi.baseUrl}/call/${json.id}/stereo-recording`, { headers });
  expect(Buffer.from(await sound.arrayBuffer()).toString('latin1', 0, 4)).toBe('RIFF');
  // The key stayed behind when the request was sent on.
  expect(world.violations).toEqual([]);
});

test('calls of the past come newest first, by their dates and by pages, and no faster than allowed', async () => {
  const world = await standIn();
  const from = '2024-01-01T00:00:00.000Z';
  const to = '2024-12-31T00:00:00.000Z';
  world.control.past({
    carrier: 'vapi',
    count: 250,
    from: instant(Date.parse(from)),
    to: instant(Date.parse(to)),
    numbers: [CONTACT],
  });
  const seen: string[] = [];
  let before: string = to;
  for (;;) {
    const { json } = await ask(world, 'GET', `/call?limit=100&createdAtGe=${from}&createdAtLt=${before}`);
    if (json.length === 0) break;
    seen.push(...json.map(({ createdAt }: { createdAt: string }) => createdAt));
    before = seen.at(-1)!;
  }
  expect(seen).toHaveLength(250);
  expect(seen).toEqual(seen.toSorted().toReversed());
  const { json } = await ask(world, 'GET', '/v2/call?limit=100&page=3');
  expect(json.metadata).toMatchObject({ totalItems: 250, hasNextPage: false });
  expect(world.violations).toEqual([]);
  world.control.limits({ vapi: { requestsPerMinuteMax: 2 } });
  const answers = [];
  for (let nth = 0; nth < 3; nth += 1) answers.push(await ask(world, 'GET', '/call?limit=1'));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers[2]!.headers.get('retry-after')).toBe('5');
});

test('events come in the shapes of older notes, too, and signed where a credential says so', async () => {
  const world = await standIn();
  const hooks = await receiver();
  world.control.script(CONTACT, { kind: 'busy' });
  const bodyOf = async (shape: 'today' | 'bare' | 'old' | 'old-bare') => {
    world.control.vapiBodies(shape);
    await ask(
      world,
      'POST',
      '/call',
      wish(world, {
        server: { url: hooks.url, credentialId: 'stand-in-hmac' },
        serverMessages: ['status-update'],
      }),
    );
    const found = await until(
      () => hooks.received.find(({ body }) => body.includes('customer-busy')),
      (received) => received !== undefined,
    );
    await world.settled();
    hooks.received.length = 0;
    return found!;
  };
  const today = await bodyOf('today');
  expect(JSON.parse(today.body).message.type).toBe('status-update');
  const stamp = String(today.headers['x-timestamp']);
  const signed = createHmac('sha256', world.vapi.credentials['stand-in-hmac']!.secret).update(
    `${stamp}.${today.body}`,
  );
  expect(today.headers['x-signature']).toBe(signed.digest('hex'));
  expect(JSON.parse((await bodyOf('bare')).body).type).toBe('status-update');
  expect(JSON.parse((await bodyOf('old')).body).message.type).toBe('call.failed');
  expect(JSON.parse((await bodyOf('old-bare')).body).type).toBe('call.failed');
});

test('an event that was not taken is sent again only where the call asked for it', async () => {
  const world = await standIn();
  const hooks = await receiver();
  hooks.answer = () => ({ status: 503 });
  world.control.script(CONTACT, { kind: 'busy' });
  const server = { url: hooks.url, backoffPlan: { type: 'fixed', maxRetries: 2, baseDelaySeconds: 1 } };
  for (const each of [{ url: hooks.url }, server])
    await ask(world, 'POST', '/call', wish(world, { server: each, serverMessages: ['end-of-call-report'] }));
  await until(
    () => world.deliveries.length,
    (length) => length === 2,
  );
  expect(world.deliveries.map(({ tries }) => tries).toSorted((a, b) => a - b)).toEqual([1, 3]);
});
