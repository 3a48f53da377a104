import { afterEach, beforeEach, expect, test } from 'vitest';
import { storyOf } from '../../../shared/domain/call.ts';
import type { E164 } from '../../../shared/domain/phone.ts';
import { after, instant } from '../../../shared/lib/instants.ts';
import { type SimulatedClock, simulatedClock } from '../../../shared/lib/simulated-clock.ts';
import type { PlaceRequest } from '../carrier.ts';
import { type FakeAnswer, type FakeCarrier, fakeCarrier } from '../testing-server.ts';
import { voipstudioEvent } from './events.ts';
import { type VoipstudioOptions, voipstudioCarrier } from './voipstudio.ts';

const NOON = instant(Date.UTC(2026, 8, 8, 14, 3, 10));
const CREATED = {
  status: 201,
  json: { data: { id: 7001, state: 'RINGING', dst: '12125550123', start_time: '2026-09-08 14:03:11' } },
};

let fake: FakeCarrier;
let clock: SimulatedClock;
beforeEach(async () => {
  clock = simulatedClock(NOON);
  fake = await fakeCarrier(() => CREATED);
});
afterEach(() => fake.close());

function aVoipstudio(given: Partial<VoipstudioOptions> = {}) {
  return voipstudioCarrier({
    token: 'hush',
    baseUrl: fake.url,
    clock,
    spacingMs: 0,
    timeoutMs: 5_000,
    ...given,
  });
}

const request: PlaceRequest = {
  attemptId: '01990000-0000-7000-8000-000000000001',
  to: '+12125550123' as E164,
  from: '+12125550100',
  agentId: 42,
  ringMs: 25_000,
  record: true,
  detectMachine: false,
};
const { attemptId, to, from } = request;
const sought = { attemptId, to, from, sentAt: NOON };
const going = () => new AbortController().signal;

test('the agent’s phone is rung first, and numbers go without their plus', async () => {
  expect(await aVoipstudio({ userId: '55' }).place(request, going())).toEqual({
    kind: 'placed',
    callRef: '7001',
    at: NOON,
  });
  const [{ method, url, headers, body }] = fake.seen as [(typeof fake.seen)[number]];
  expect([method, url, headers['x-auth-token'], body]).toEqual([
    'POST',
    '/calls',
    'hush',
    '{"to":"12125550123","from":55,"caller_id":"12125550100"}',
  ]);
});

const answers: [string, FakeAnswer, object][] = [
  [
    'no phone',
    { status: 412, json: { message: 'x' } },
    { code: 'no-phone', retry: false, sentence: expect.stringMatching(/^Open your VoIPStudio phone first/) },
  ],
  ['a wrong token', { status: 401, json: { message: 'x' } }, { code: 'no-access', retry: false }],
  [
    'no number to show',
    { status: 400, json: { message: 'No CLI prefix set' } },
    { code: 'caller-id', retry: false },
  ],
  [
    'a bad number',
    { status: 400, json: { message: 'x', errors: [{ field: 'to', message: 'bad' }] } },
    { code: 'unreachable-number' },
  ],
  [
    'too many calls',
    { status: 400, json: { message: 'maximum per minute call rate exceeded' } },
    { retry: true, retryAfterMs: 60_000 },
  ],
  ['another 400', { status: 400, text: 'no' }, { code: 'http-400', retry: false }],
  ['an error of theirs', { status: 500, text: 'oh' }, { kind: 'unclear' }],
  ['a teapot', { status: 418, text: 'tea' }, { kind: 'unclear' }],
  ['no id', { status: 201, json: { data: {} } }, { kind: 'unclear' }],
  ['JSON that breaks off', { status: 201, text: '{"data":{"id"' }, { kind: 'unclear' }],
  ['silence', 'silence', { kind: 'unclear' }],
  ['a cut line', 'cut', { kind: 'unclear' }],
];

test.each(answers)('%s: asked once, and told apart', async (_what, given, expected) => {
  fake.answer = () => given;
  const timeoutMs = given === 'silence' ? 400 : 5_000;
  expect(await aVoipstudio({ timeoutMs }).place(request, going())).toMatchObject(expected);
  expect(fake.seen).toHaveLength(1);
});

test('without an agent nothing is asked', async () => {
  const { agentId: _agent, ...unattended } = request;
  expect(await aVoipstudio().place(unattended, going())).toMatchObject({
    code: 'cannot-speak',
    retry: false,
  });
  expect(fake.seen).toEqual([]);
});

const leg = (given: object) => ({ id: '7001', state: 'RINGING', dst: '12125550123', ...given });

test('legs are followed by asking: the agent’s first, then the contact’s, held and not', async () => {
  let legs: unknown[] = [leg({})];
  fake.answer = () => ({ json: { data: legs, total: legs.length } });
  const voipstudio = aVoipstudio();
  const events: unknown[] = [];
  const look = async (...now: unknown[]) => {
    legs = now;
    events.push(...((await voipstudio.fetch('7001')) as unknown[]));
    await clock.advance(1_000);
    return storyOf(events as []);
  };
  const contact = (state: string) => leg({ id: 7002, parent_id: 7001, state });
  expect((await look(leg({}))).status).toBe('queued');
  expect((await look(leg({ state: 'CONNECTED' }))).status).toBe('queued');
  expect((await look(leg({ state: 'CONNECTED' }), contact('RINGING'))).status).toBe('ringing');
  expect((await look(leg({}), contact('CONNECTED'))).status).toBe('in-progress');
  expect((await look(leg({}), contact('ON_HOLD'))).isHeld).toBe(true);
  expect((await look(leg({}), contact('CONNECTED'))).isHeld).toBe(false);
});

test('a call that is over is told by its record, with its bill and its sound', async () => {
  fake.answer = ({ url }) => {
    if (url.startsWith('/calls')) return { json: { data: [] } };
    if (url.startsWith('/monitors'))
      return {
        json: {
          data: [
            { id: 31, timestamp: '2026-09-08 13:00:00', called: '12125550123' },
            { id: 32, timestamp: '2026-09-08 14:03:30', called: '12125550123' },
          ],
        },
      };
    return {
      json: {
        data: [
          {
            live_id: 7002,
            parent_live_id: 7001,
            calldate: '2026-09-08 14:03:20',
            dst: '12125550123',
            duration: 70,
            billsec: 60,
            charge: 0.015,
          },
        ],
      },
    };
  };
  expect(storyOf((await aVoipstudio().fetch('7001')) as [])).toMatchObject({
    status: 'ended',
    end: 'completed',
    seconds: 60,
    answeredAt: Date.UTC(2026, 8, 8, 14, 3, 30),
    endedAt: Date.UTC(2026, 8, 8, 14, 4, 30),
    costMicros: 15_000,
    currency: 'USD',
    recordingRef: '32',
  });
  fake.answer = () => ({ json: { data: [] } });
  expect(await aVoipstudio().fetch('7001')).toBeNull();
  fake.answer = () => ({ status: 500 });
  expect(await aVoipstudio().fetch('7001')).toMatchObject({ kind: 'unreachable' });
});

test('a call of unknown fate is found among the live ones, or by its record; an older one is not taken for it', async () => {
  const calls = { live: [] as unknown[], records: [] as unknown[] };
  fake.answer = ({ url }) => ({ json: { data: url.startsWith('/calls') ? calls.live : calls.records } });
  const voipstudio = aVoipstudio();
  expect(await voipstudio.find(sought)).toEqual({ kind: 'absent' });
  calls.live = [leg({ id: 7002, parent_id: 7001 })];
  expect(await voipstudio.find(sought)).toMatchObject({ kind: 'found', callRef: '7001' });
  calls.live = [];
  calls.records = [{ live_id: 7001, calldate: '2026-09-08T14:03:21Z' }];
  expect(await voipstudio.find(sought)).toMatchObject({ kind: 'found', callRef: '7001' });
  calls.records = [{ live_id: 6000, calldate: '2026-09-08T13:03:21Z' }];
  expect(await voipstudio.find(sought)).toEqual({ kind: 'absent' });
});

test('where their times have no zone, a call that may be ours is never taken for none', async () => {
  const records = [{ live_id: 7001, calldate: '2026-09-08 16:03:21' }];
  fake.answer = ({ method, url }) =>
    method === 'POST'
      ? { status: 201, json: { data: { id: 6999, state: 'RINGING', start_time: '2026-09-08 16:03:09' } } }
      : { json: { data: url.startsWith('/calls') ? [] : records } };
  const voipstudio = aVoipstudio();
  expect(await voipstudio.find(sought)).toMatchObject({ kind: 'unreachable' });
  // One call tells how far their clock is ahead.
  await voipstudio.place(request, going());
  expect(await voipstudio.find(sought)).toMatchObject({
    kind: 'found',
    callRef: '7001',
    at: after(NOON, 11_000),
  });
});

const row = (n: number) => ({
  live_id: n,
  calldate: '2026-09-08 10:00:00',
  dst: '12125550123',
  clid: '12125550100',
  billsec: 5,
});

test('history comes page by page until one is not full', async () => {
  const pages = [Array.from({ length: 200 }, (_, n) => row(n)), [row(201)]];
  fake.answer = ({ url }) => ({
    json: { data: pages[Number(new URLSearchParams(url.split('?')[1]).get('page')) - 1] ?? [] },
  });
  const voipstudio = aVoipstudio();
  const range = { from: instant(NOON - 86_400_000), to: NOON };
  const first = await voipstudio.history(range, null);
  expect(first).toMatchObject({ next: '2' });
  expect(await voipstudio.history(range, '2')).toMatchObject({
    next: null,
    calls: [
      {
        callRef: '201',
        to: '+12125550123',
        from: '+12125550100',
        direction: 'outbound',
        facts: { end: 'completed' },
      },
    ],
  });
  expect(new URLSearchParams(fake.seen[0]!.url.split('?')[1]).get('filter')).toBe(
    '[{"property":"calldate","operator":"gte","value":"2026-09-07 14:03:10"},{"property":"calldate","operator":"lt","value":"2026-09-08 14:03:10"}]',
  );
});

test('it hangs up and hands over; all else is done on the agent’s own phone, and says so', async () => {
  const voipstudio = aVoipstudio();
  fake.answer = ({ method }) =>
    method === 'GET' ? { json: { data: [leg({ id: 7002, parent_id: 7001 })] } } : { status: 204 };
  expect(await voipstudio.control('7001', { kind: 'hang-up' })).toEqual({ kind: 'done' });
  expect(
    await voipstudio.control('7001', { kind: 'transfer', to: '+12125550155' as E164, warm: false }),
  ).toEqual({ kind: 'done' });
  expect(fake.seen.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
    'DELETE /calls/7001 ',
    'GET /calls?limit=200 ',
    'PATCH /calls/7002 {"dst":"12125550155"}',
  ]);
  fake.answer = () => ({ status: 404, json: { message: 'x' } });
  expect(await voipstudio.control('7001', { kind: 'hang-up' })).toEqual({ kind: 'gone' });
  for (const action of [
    { kind: 'hold', on: true },
    { kind: 'mute', on: true },
    { kind: 'tones', digits: '1' },
    { kind: 'drop-voicemail', sound: 'standard' },
  ] as const)
    expect(await voipstudio.control('7001', action)).toMatchObject({ kind: 'cannot' });
});

test('requests keep their distance, however many are wanted at once', async () => {
  fake.answer = () => ({ json: { data: [] } });
  const voipstudio = aVoipstudio({ spacingMs: 1_000 });
  const all = Promise.all([voipstudio.fetch('1'), voipstudio.control('1', { kind: 'hang-up' })]);
  await expect.poll(() => fake.seen.length).toBe(1);
  for (let seconds = 1; seconds <= 3; seconds++) {
    await clock.advance(1_000);
    await expect.poll(() => fake.seen.length).toBe(1 + seconds);
  }
  await all;
});

const said = async (given: FakeAnswer) => {
  fake.answer = () => given;
  const { kind, sentence } = await aVoipstudio().check();
  return `${kind}: ${sentence}`;
};

test('credentials are checked with a plain answer', async () => {
  expect(await said({ json: { data: { id: 55, email: 'desk@example.test' } } })).toBe(
    'good: Connected as desk@example.test.',
  );
  expect(await said({ status: 401, json: { message: 'x' } })).toMatch(/^wrong: .*has expired/);
  expect(await said({ text: '<html>' })).toMatch(/^not-reached: .*Check the address/);
  expect(await said('cut')).toMatch(/^not-reached: .*Nothing was checked/);
});

const hook = (given: object) =>
  voipstudioEvent({ call_id: 7002, root_call_id: 7001, state: 'RINGING', event_name: 'x', ...given }, NOON);

test('a webhook of theirs tells what asking would', () => {
  expect(hook({})).toMatchObject({
    callRef: '7001',
    event: { key: 'status:ringing', facts: { status: 'ringing' } },
  });
  expect(hook({ call_id: 7001 })).toMatchObject({ event: { facts: { status: 'queued' } } });
  expect(hook({ state: 'CONNECTED' })).toMatchObject({ event: { key: 'status:in-progress' } });
  expect(hook({ state: 'HANGUP', final: false })).toBeNull();
  expect(hook({ state: 'HANGUP', final: true, connected_at: '2026-09-08 14:04:00' })).toMatchObject({
    event: { facts: { end: 'completed' } },
  });
  expect(hook({ state: 'HANGUP', final: true })).toMatchObject({ event: { facts: { end: 'no-answer' } } });
  for (const nonsense of [null, 'x', [], {}, { call_id: {}, state: 1 }])
    expect(voipstudioEvent(nonsense, NOON)).toBeNull();
});
