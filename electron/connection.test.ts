import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { E164 } from '../shared/domain/phone.ts';
import { assert } from '../shared/lib/assert.ts';
import { machineClock } from '../shared/lib/clock.ts';
import { seededRandom } from '../shared/lib/random.ts';
import type { PlaceRequest } from './carriers/carrier.ts';
import { type FakeCarrier, fakeCarrier } from './carriers/testing-server.ts';
import { type Connection, openConnection } from './connection.ts';
import { type Secrets, sessionSecrets } from './host.ts';
import { type Kernel, createKernel } from './kernel.ts';
import { signedForm } from './relay/testing.ts';
import { insertIntent, markAttempt } from './store/attempts.ts';
import { callByRef } from './store/calls.ts';
import { openStore, closeStore } from './store/open.ts';
import {
  type HookBook,
  type WorkspaceCarriers,
  carriersOf,
  keepSecrets,
  secretsOf,
} from './workspace-carriers.ts';

/* A live workspace, its carriers and its relay put together: from the address a carrier is told to the call on disk. */

const ACCOUNT = `AC${'a'.repeat(32)}`;
const TOKEN = 'a-token-nobody-may-read';
const CALL = `CA${'1'.repeat(32)}`;
const TO = '+12125550101' as E164;
const ATTEMPTS = ['0190f3aa-0000-7000-8000-00000000000a', '0190f3aa-0000-7000-8000-00000000000b'] as const;

let folder: string;
let fake: FakeCarrier;
let secrets: Secrets;
const clock = machineClock();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-connection-'));
  secrets = sessionSecrets();
  fake = await fakeCarrier(({ url, method }) => {
    if (url.startsWith('/phone-number')) return { json: [{ id: 'pn-1', number: '+12125550199' }] };
    if (url.includes('Balance') || method === 'GET')
      return { json: { sid: ACCOUNT, status: 'active', calls: [] } };
    return { status: 201, json: { sid: CALL, id: 'call-1', status: 'queued', call_sid: CALL } };
  });
  const twilio = { accountSid: ACCOUNT, authToken: TOKEN };
  await keepSecrets(secrets, 'w', 'twilio', twilio);
  await keepSecrets(secrets, 'w', 'vapi', { key: 'private-key' });
});
afterEach(async () => {
  await fake.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Here {
  readonly kernel: Kernel;
  readonly carriers: WorkspaceCarriers;
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

const log = () => {};

async function here(): Promise<Here> {
  const hooks: HookBook = { current: null };
  const values = { accountSid: ACCOUNT, assistantId: 'as-1', baseUrl: fake.url };
  const kept = { order: ['twilio', 'vapi'], values: { twilio: values, vapi: values }, numbers: {} };
  const carriers = await carriersOf({ workspaceId: 'w', kept, secrets, clock, hooks });
  const random = seededRandom('connection');
  const made = createKernel({
    kind: 'live',
    file: join(folder, 'parley.db'),
    clock,
    random,
    carrier: carriers.carrier!,
    home: { country: 'US', zone: 'America/New_York' },
    tell() {},
    deskChanged() {},
    log,
  });
  assert(made.ok, made.ok ? '' : made.error.sentence);
  const kernel = made.value;
  const parts = { kernel, workspaceId: 'w', carriers, secrets, book: hooks, clock, random, log };
  const connection = await openConnection({ ...parts, changed() {} });
  const close = async () => {
    await connection.close();
    await kernel.stop();
  };
  return { kernel, carriers, connection, close };
}

async function withWayIn({ connection }: Here): Promise<void> {
  const url = `http://127.0.0.1:${connection.state().port}`;
  await connection.change({ plan: { kind: 'own-url', url }, port: null });
  await connection.check();
  expect(connection.state().tunnel.state).toBe('up');
}

/** Its request is on the wire: whatever is told of it now belongs to a call of ours. */
function anAttempt({ db }: Kernel, id: string): PlaceRequest {
  const nobody = { campaignId: null, enrolmentId: null, contactId: null, agentId: null, sessionId: null };
  const to = (id === ATTEMPTS[0] ? TO : '+12125550102') as E164;
  const at = clock.now();
  insertIntent(
    db,
    {
      ...nobody,
      id,
      to,
      from: '+12125550199',
      carrier: 'carriers',
      state: 'intended',
      intendedAt: at,
      sentAt: null,
      closedAt: null,
      trouble: null,
    },
    { kind: 'ring' },
  );
  markAttempt(db, id, 'intended', 'sent', { at });
  return { attemptId: id, to, from: '+12125550199', ringMs: 20_000, record: false, detectMachine: false };
}

const lastPost = () => fake.seen.findLast(({ method }) => method === 'POST')!;

test('a carrier is told an address only while something comes back through it', async () => {
  const all = await here();
  const say = { kind: 'words', text: 'Hello.' } as const;
  const place = (id: string) =>
    all.carriers.carrier!.place({ ...anAttempt(all.kernel, id), say }, new AbortController().signal);
  expect(await place(ATTEMPTS[0])).toMatchObject({ kind: 'placed', callRef: `twilio:${CALL}` });
  expect(new URLSearchParams(lastPost().body).get('StatusCallback')).toBe(null);
  await withWayIn(all);
  await place(ATTEMPTS[1]);
  expect(new URLSearchParams(lastPost().body).get('StatusCallback')).toContain(`attempt=${ATTEMPTS[1]}`);
  await all.close();
});

test('what Twilio signs and Vapi shows its secret for is a call on the disk; the same again changes nothing', async () => {
  const all = await here();
  const { kernel, carriers } = all;
  await withWayIn(all);
  const never = new AbortController().signal;
  const say = { kind: 'words', text: 'Hello.' } as const;
  await carriers.carrier!.place({ ...anAttempt(kernel, ATTEMPTS[0]), say }, never);
  const address = new URLSearchParams(lastPost().body).get('StatusCallback')!.replace(/#.*/, '');
  const signed = signedForm(address, { CallSid: CALL, CallStatus: 'busy', SequenceNumber: '2' }, TOKEN);
  for (let times = 0; times < 2; times++)
    expect((await fetch(address, { method: 'POST', ...signed })).status).toBe(204);
  await expect
    .poll(() => callByRef(kernel.db, 'carriers', `twilio:${CALL}`))
    .toMatchObject({ status: 'ended', end: 'busy' });

  await carriers.carrier!.place(anAttempt(kernel, ATTEMPTS[1]), never);
  const { server } = (
    JSON.parse(lastPost().body) as {
      assistantOverrides: { server: { url: string; headers: Record<string, string> } };
    }
  ).assistantOverrides;
  const message = {
    type: 'status-update',
    status: 'ended',
    endedReason: 'customer-busy',
    call: { id: 'call-1' },
  };
  const post = (headers: Record<string, string>) =>
    fetch(server.url, { method: 'POST', headers, body: JSON.stringify({ message }) });
  expect((await post({ 'x-vapi-secret': 'another' })).status).toBe(403);
  expect((await post(server.headers)).status).toBe(204);
  await expect
    .poll(() => callByRef(kernel.db, 'carriers', 'vapi:call-1'))
    .toMatchObject({ status: 'ended', end: 'busy' });
  await all.close();
});

test('an assistant that asks for a tool is told at once that there is none', async () => {
  const all = await here();
  await withWayIn(all);
  await all.carriers.carrier!.place(anAttempt(all.kernel, ATTEMPTS[0]), new AbortController().signal);
  const { server } = (
    JSON.parse(lastPost().body) as {
      assistantOverrides: { server: { url: string; headers: Record<string, string> } };
    }
  ).assistantOverrides;
  const message = {
    type: 'tool-calls',
    call: { id: 'call-1' },
    toolCallList: [{ id: 't1', function: { name: 'book' } }],
  };
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: server.headers,
    body: JSON.stringify({ message }),
  });
  expect(await answer.json()).toMatchObject({ results: [{ toolCallId: 't1', name: 'book' }] });
  await all.close();
});

test('no secret of the relay is in the database', async () => {
  const all = await here();
  await withWayIn(all);
  const { port } = all.connection.state();
  await all.close();
  const secret = await secrets.get('workspace.w.relay');
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(await secretsOf(secrets, 'w', 'twilio')).not.toBe(null);
  const opened = openStore(join(folder, 'parley.db'), { now: () => clock.now() });
  assert(opened.ok, 'it opens');
  const kept = opened.value.$client.serialize().toString('latin1');
  closeStore(opened.value);
  expect(kept).toContain(`http://127.0.0.1:${port}`);
  expect(kept).not.toContain(secret);
});
