import { afterEach, expect, test } from 'vitest';
import { type StandIn, type StandInOptions, openStandIn } from './open.ts';
import { openReceiver } from './testing-receiver.ts';
import { until } from './testing-until.ts';

const CONTACT = '12025550170';
const AGENT = 123_456;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function standIn(options: Partial<StandInOptions> = {}): Promise<StandIn> {
  const made = await openStandIn({ seed: 'voipstudio', speed: 100, ...options });
  open.push(made);
  return made;
}

async function ask(at: StandIn, method: string, path: string, body?: unknown, token = at.voipstudio.token) {
  const answer = await fetch(at.voipstudio.baseUrl + path, {
    method,
    headers: { 'x-auth-token': token, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
}

test('the agent’s phone rings first; the contact’s own leg comes after, and a record after that', async () => {
  const world = await standIn();
  world.control.script(`+${CONTACT}`, { kind: 'human', talkMs: 4_000 });
  const { status, json } = await ask(world, 'POST', '/calls', { to: CONTACT, from: AGENT });
  expect(status).toBe(201);
  const root = json.data.id;
  const [agent] = world.truth.rings;
  expect(agent).toMatchObject({ leg: 'agent', to: `user:${AGENT}` });

  const legs = await until(
    () => ask(world, 'GET', '/calls'),
    ({ json: { data } }) => data.some((leg: { parent_id: string | null }) => leg.parent_id === String(root)),
  );
  expect(legs.json.total).toBe(2);
  const cdrs = await until(
    () =>
      ask(
        world,
        'GET',
        `/cdrs?filter=${encodeURIComponent(JSON.stringify([{ property: 'dst', operator: 'eq', value: CONTACT }]))}`,
      ),
    ({ json: { total } }) => total > 0,
  );
  expect(cdrs.json.data).toMatchObject([{ parent_live_id: root, dst: CONTACT, billsec: 4 }]);
  expect((await ask(world, 'GET', `/calls/${root}`)).status).toBe(404);
  expect(world.truth.rings.map(({ leg }) => leg)).toEqual(['agent', 'contact']);
  expect(world.violations).toEqual([]);
});

test('where no phone of the agent is open, nobody is called, and the answer is 412', async () => {
  const world = await standIn();
  world.control.agentPhone(AGENT, { isOpen: false });
  expect(await ask(world, 'POST', '/calls', { to: CONTACT })).toMatchObject({ status: 412 });
  expect(world.truth.rings).toEqual([]);
});

test('events go to the dashboard’s address with its name and password, and each leg has its own', async () => {
  const world = await standIn();
  const hooks = await openReceiver();
  open.push(hooks);
  world.control.voipStudioHooks(hooks.url.replace('http://', 'http://parley:secret@'));
  world.control.script(`+${CONTACT}`, { kind: 'busy' });
  await ask(world, 'POST', '/calls', { to: CONTACT });
  await until(
    () => hooks.received,
    (received) => received.filter(({ body }) => body.includes('call.hangup')).length === 2,
  );
  const events = hooks.received.map(({ body }) => JSON.parse(body));
  expect(new Set(events.map(({ call_id: id }) => id)).size).toBe(2);
  expect(hooks.received[0]!.headers.authorization).toBe(
    `Basic ${Buffer.from('parley:secret').toString('base64')}`,
  );
  expect(world.violations).toEqual([]);
});

test('whoever signs in is given the token, and a token that was revoked opens nothing', async () => {
  const world = await standIn();
  const { email, password, token } = world.voipstudio;
  expect((await ask(world, 'POST', '/login', { email, password }, '')).json.user_token).toBe(token);
  expect((await ask(world, 'POST', '/login', { email, password: 'no' }, '')).status).toBe(401);
  expect((await ask(world, 'GET', '/me')).json.data.id).toBe(AGENT);
  expect((await ask(world, 'GET', '/users')).json.total).toBe(2);
  world.control.suspend('voipstudio', true);
  expect((await ask(world, 'GET', '/ping')).status).toBe(401);
  expect(world.violations).toEqual([]);
});

test('more calls in a minute than its guard allows are turned away, and nobody is rung for them', async () => {
  const world = await standIn({
    speed: 20,
    limits: { voipstudio: { callsPerMinuteMax: 1, answerAfterMs: 0 } },
  });
  expect((await ask(world, 'POST', '/calls', { to: CONTACT })).status).toBe(201);
  expect(await ask(world, 'POST', '/calls', { to: CONTACT })).toMatchObject({
    status: 400,
    json: { message: 'maximum per minute call rate exceeded' },
  });
  expect(world.truth.rings).toHaveLength(1);
});

test('an agent who does not pick up is the only one whose phone rang', async () => {
  const world = await standIn();
  world.control.agentPhone(AGENT, { answersAfterMs: null });
  await ask(world, 'POST', '/calls', { to: CONTACT });
  const cdrs = await until(
    () => ask(world, 'GET', '/cdrs'),
    ({ json }) => json.total > 0,
  );
  expect(cdrs.json.data).toMatchObject([{ billsec: 0, disposition: 'NO ANSWER' }]);
  expect(world.truth.toNumber(`+${CONTACT}`)).toEqual([]);
});

test('a call is put through and hung up by the API; only a connected one can be', async () => {
  const world = await standIn({ speed: 20 });
  world.control.script(`+${CONTACT}`, { kind: 'human', ringMs: 20_000, talkMs: null });
  const { json } = await ask(world, 'POST', '/calls', { to: CONTACT });
  const legs = await until(
    () => ask(world, 'GET', '/calls'),
    (told) =>
      told.json.data.some(
        ({ state, parent_id: parent }: { state: string; parent_id: unknown }) =>
          state === 'RINGING' && parent !== null,
      ),
  );
  const contact = legs.json.data.find(({ parent_id: parent }: { parent_id: unknown }) => parent !== null).id;
  expect((await ask(world, 'DELETE', `/calls/${contact}`)).status).toBe(400);
  await until(
    () => ask(world, 'GET', `/calls/${contact}`),
    (told) => told.json.data?.state === 'CONNECTED',
  );
  expect((await ask(world, 'PATCH', `/calls/${json.data.id}`, { dst: '12025550171' })).status).toBe(200);
  expect((await ask(world, 'DELETE', `/calls/${contact}`)).status).toBe(204);
  expect((await ask(world, 'GET', `/calls/${contact}`)).status).toBe(404);
  expect(world.violations).toEqual([]);
});

test('a talk can be heard as MP3 once its record is there', async () => {
  const world = await standIn();
  world.control.script(`+${CONTACT}`, { kind: 'human', talkMs: 3_000 });
  await ask(world, 'POST', '/calls', { to: CONTACT });
  const monitors = await until(
    () => ask(world, 'GET', '/monitors'),
    ({ json }) => json.total > 0,
  );
  const answer = await fetch(`${world.voipstudio.baseUrl}/monitors/${monitors.json.data[0].id}.mp3`, {
    headers: { 'x-auth-token': world.voipstudio.token },
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([answer.headers.get('content-type'), bytes.readUInt16BE(0), bytes.length]).toEqual([
    'audio/mpeg',
    0xfffb,
    84 * 144,
  ]);
  expect(world.violations).toEqual([]);
});
