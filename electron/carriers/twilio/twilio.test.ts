import { afterEach, beforeEach, expect, test } from 'vitest';
import { storyOf } from '../../../shared/domain/call.ts';
import type { E164 } from '../../../shared/domain/phone.ts';
import { after } from '../../../shared/lib/instants.ts';
import type { CarrierEvent } from '../carrier.ts';
import type { FakeAnswer } from '../testing-server.ts';
import {
  ACCOUNT,
  AGENT_LEG,
  ATTEMPT,
  BASE,
  CALL,
  CREATED,
  NOON,
  OK,
  OTHER,
  ROOM,
  type TestTwilio,
  aTwilio,
  answers,
  going,
  request,
  sought,
} from './testing-twilio.ts';

/* What is asked of calls that are there already, and what is done to them. */

let here: TestTwilio;
beforeEach(async () => {
  here = await aTwilio();
});
afterEach(() => here.fake.close());

const record = (given: object) => ({
  sid: CALL,
  status: 'queued',
  to: request.to,
  from: request.from,
  direction: 'outbound-api',
  date_created: CREATED,
  ...given,
});

test('a call of unknown fate is found by both numbers and its time, over pages, and an older one is not taken for it', async () => {
  here.fake.answer = ({ url }) =>
    url.includes('Page=1')
      ? {
          ...OK,
          json: {
            calls: [record({}), record({ sid: OTHER, date_created: 'Tue, 08 Sep 2026 13:00:00 +0000' })],
            next_page_uri: null,
          },
        }
      : {
          ...OK,
          json: {
            calls: [
              record({ sid: OTHER, from: '+12125550199' }),
              record({ sid: OTHER, direction: 'inbound' }),
              { sid: 'nonsense' },
            ],
            next_page_uri: `${BASE}/Calls.json?PageSize=50&Page=1&PageToken=x`,
          },
        };
  const twilio = here.make();
  expect(await twilio.find(sought)).toEqual({ kind: 'found', callRef: CALL, at: after(NOON, 1_000) });
  expect(here.fake.seen.map(({ url }) => url)).toEqual([
    `${BASE}/Calls.json?To=%2B12125550123&PageSize=50`,
    `${BASE}/Calls.json?PageSize=50&Page=1&PageToken=x`,
  ]);
  expect(await twilio.find({ ...sought, sentAt: after(NOON, 60_000) })).toEqual({ kind: 'absent' });
  here.fake.answer = () => ({ ...OK, json: { calls: 'none' } });
  expect(await twilio.find(sought)).toMatchObject({ kind: 'unreachable' });
});

const ahead = (ms: number) => new Date(NOON + 3_600_000 + ms).toUTCString();

test('Twilio’s clock may be an hour off: what was made is told by its own time', async () => {
  const calls = [
    record({ date_created: ahead(1_000) }),
    record({ sid: OTHER, date_created: ahead(-60_000) }),
  ];
  here.fake.answer = () => ({ headers: { date: ahead(2_000) }, json: { calls, next_page_uri: null } });
  expect(await here.make().find(sought)).toMatchObject({ kind: 'found', callRef: CALL });
});

test('a page is asked for at Twilio only, wherever it says it is', async () => {
  const twilio = here.make();
  here.fake.answer = () => ({
    ...OK,
    json: { calls: [], next_page_uri: 'https://elsewhere.example/Calls.json?Page=1' },
  });
  const page = await twilio.history({ from: NOON, to: after(NOON, 1_000) }, null);
  expect(page).toMatchObject({ calls: [] });
  here.fake.answer = () => ({ ...OK, json: { calls: [], next_page_uri: null } });
  await twilio.history({ from: NOON, to: after(NOON, 1_000) }, 'https://elsewhere.example/Calls.json?Page=1');
  expect(here.fake.seen.at(-1)!.url).toBe('/Calls.json?Page=1');
  expect(here.fake.seen[0]!.url).toBe(
    `${BASE}/Calls.json?StartTime%3E=2026-09-08&StartTime%3C=2026-09-09&PageSize=1000`,
  );
});

test('asking alone tells a whole call: answer, end, who answered, bill and recording', async () => {
  here.fake.answer = ({ url }) =>
    url.includes('/Recordings.json')
      ? {
          ...OK,
          json: {
            recordings: [
              { sid: 'RE1', status: 'completed', date_created: CREATED },
              { sid: 'RE2', status: 'processing' },
            ],
          },
        }
      : {
          ...OK,
          json: record({
            status: 'completed',
            start_time: 'Tue, 08 Sep 2026 14:03:20 +0000',
            end_time: 'Tue, 08 Sep 2026 14:05:02 +0000',
            duration: '102',
            price: '-0.02800',
            price_unit: 'USD',
            answered_by: 'human',
          }),
        };
  const events = await here.make().fetch(CALL);
  expect(storyOf(events as [])).toMatchObject({
    status: 'ended',
    end: 'completed',
    answeredAt: Date.UTC(2026, 8, 8, 14, 3, 20),
    endedAt: Date.UTC(2026, 8, 8, 14, 5, 2),
    answeredBy: 'human',
    seconds: 102,
    costMicros: 28_000,
    currency: 'USD',
    recordingRef: 'RE1',
  });
  here.fake.answer = () => ({ status: 404, json: { code: 20404 } });
  expect(await here.make().fetch(CALL)).toBeNull();
});

test('hold, mute, tones, hand-over and a message change the leg they mean, and never ring the contact anew', async () => {
  const twilio = here.make({ voicemail: 'Please call us back.' });
  const heard: CarrierEvent[] = [];
  twilio.listen((event) => heard.push(event));
  await twilio.place(request, going());
  const before = here.fake.seen.length;
  const done = { kind: 'done' };
  expect(await twilio.control(CALL, { kind: 'hold', on: true })).toEqual(done);
  expect(await twilio.control(CALL, { kind: 'mute', on: true })).toEqual(done);
  expect(await twilio.control(CALL, { kind: 'tones', digits: '12#' })).toEqual(done);
  expect(await twilio.control(CALL, { kind: 'drop-voicemail', sound: 'standard' })).toEqual(done);
  expect(await twilio.control(CALL, { kind: 'transfer', to: '+12125550155' as E164, warm: false })).toEqual(
    done,
  );
  expect(await twilio.control(CALL, { kind: 'hang-up' })).toEqual(done);
  const sent = here.fake.seen
    .slice(before)
    .map(({ method, url, body }) => [
      `${method} ${url.replace(BASE, '')}`,
      Object.fromEntries(new URLSearchParams(body)),
    ]);
  const xml = '<?xml version="1.0" encoding="UTF-8"?>';
  const back = `<Dial timeLimit="86400"><Conference beep="false" startConferenceOnEnter="true" endConferenceOnExit="false" waitUrl="" participantLabel="${ATTEMPT}">agent-42</Conference></Dial>`;
  expect(sent).toEqual([
    [`POST /Conferences/${ROOM}/Participants/${CALL}.json`, { Hold: 'true' }],
    [`POST /Conferences/${ROOM}/Participants/agent-42.json`, { Muted: 'true' }],
    [`POST /Calls/${CALL}.json`, { Twiml: `${xml}<Response><Play digits="12#"/>${back}</Response>` }],
    [
      `POST /Calls/${CALL}.json`,
      { Twiml: `${xml}<Response><Say>Please call us back.</Say><Hangup/></Response>` },
    ],
    [
      `POST /Calls/${CALL}.json`,
      {
        Twiml: `${xml}<Response><Dial callerId="+12125550100" answerOnBridge="true"><Number>+12125550155</Number></Dial></Response>`,
      },
    ],
    [`POST /Calls/${CALL}.json`, { Status: 'completed' }],
  ]);
  expect(heard).toMatchObject([{ callRef: CALL, event: { facts: { isHeld: true } } }]);
  expect(await twilio.control(CALL, { kind: 'tones', digits: '"/><Dial>' })).toMatchObject({
    kind: 'cannot',
  });
});

test('a call that is over is gone, and one that was placed before a restart is found in its room', async () => {
  const twilio = here.make();
  here.fake.answer = (seen) =>
    seen.url.endsWith(`/Participants/${CALL}.json`) && seen.method === 'GET'
      ? { ...OK, json: { call_sid: CALL, conference_sid: ROOM, label: ATTEMPT } }
      : answers(seen);
  expect(await twilio.control(CALL, { kind: 'hold', on: false })).toEqual({ kind: 'done' });
  here.fake.answer = () => ({ ...OK, status: 400, json: { code: 21220 } });
  expect(await twilio.control(CALL, { kind: 'hang-up' })).toEqual({ kind: 'gone' });
  here.fake.answer = ({ url }) =>
    url.includes('/Conferences.json')
      ? { ...OK, json: { conferences: [], next_page_uri: null } }
      : { ...OK, status: 404, json: { code: 20404 } };
  expect(await twilio.control(OTHER, { kind: 'hold', on: true })).toEqual({ kind: 'gone' });
});

test('a supervisor listens unheard, whispers to the agent alone, or joins', async () => {
  const twilio = here.make();
  await twilio.place(request, going());
  here.fake.answer = (seen) =>
    seen.url.includes('/Participants/listening-')
      ? { ...OK, status: 404, json: { code: 20404 } }
      : answers(seen);
  const agent = 'client:agent_7';
  const forms: unknown[] = [];
  for (const as of ['listen', 'whisper', 'barge'] as const) {
    expect(await twilio.control(CALL, { kind: 'monitor', as, agent })).toEqual({ kind: 'done' });
    const { Muted, Coaching, CallSidToCoach, To } = Object.fromEntries(
      new URLSearchParams(here.fake.seen.at(-1)!.body),
    );
    forms.push({ Muted, Coaching, CallSidToCoach, To });
  }
  expect(forms).toEqual([
    { Muted: 'true', To: agent },
    { Muted: 'false', Coaching: 'true', CallSidToCoach: AGENT_LEG, To: agent },
    { Muted: 'false', To: agent },
  ]);
});

test('a recording comes on two channels, or on one where there is no second', async () => {
  here.fake.answer = ({ url }) =>
    url.endsWith('RequestedChannels=2')
      ? { status: 400, json: { code: 20001 } }
      : { text: 'RIFF', headers: { 'content-type': 'audio/wav' } };
  expect(await here.make().recording('RE1')).toEqual({
    kind: 'sound',
    mime: 'audio/wav',
    bytes: new Uint8Array(Buffer.from('RIFF')),
  });
  here.fake.answer = () => ({ status: 404 });
  expect(await here.make().recording('RE1')).toBeNull();
  here.fake.answer = () => 'cut';
  expect(await here.make().recording('RE1')).toMatchObject({ kind: 'unreachable' });
});

const checks: [string, FakeAnswer, RegExp][] = [
  [
    'good',
    { json: { sid: ACCOUNT, status: 'active', type: 'Full', friendly_name: 'Acme' } },
    /^good: Connected to the account “Acme”\.$/,
  ],
  ['trial', { json: { sid: ACCOUNT, status: 'active', type: 'Trial' } }, /^good: .*verified numbers only/],
  ['suspended', { json: { sid: ACCOUNT, status: 'suspended' } }, /^wrong: .*suspended/],
  ['wrong or revoked', { status: 401, json: { code: 20003 } }, /^wrong: .*was revoked/],
  ['for tests only', { status: 403, json: { code: 20008 } }, /^wrong: .*test credentials/],
  ['of nobody', { status: 404, json: { code: 20404 } }, /^wrong: .*no such account/],
  ['at a wrong address', { text: '<html>' }, /^not-reached: .*Check the address/],
  ['not to be checked', 'cut', /^not-reached: .*Nothing was checked/],
];

test.each(checks)('credentials that are %s are told in a sentence', async (_what, given, expected) => {
  here.fake.answer = () => given;
  const { kind, sentence } = await here.make().check();
  expect(`${kind}: ${sentence}`).toMatch(expected);
});

test('numbers are those of the account and those it has proof of, each once; the balance is what is left', async () => {
  here.fake.answer = ({ url }) =>
    url.includes('IncomingPhoneNumbers')
      ? { json: { incoming_phone_numbers: [{ phone_number: '+12125550100', friendly_name: 'Sales' }] } }
      : url.includes('OutgoingCallerIds')
        ? {
            json: {
              outgoing_caller_ids: [
                { phone_number: '+12125550100' },
                { phone_number: '+12125550101', friendly_name: '+12125550101' },
              ],
            },
          }
        : { json: { balance: '12.34', currency: 'USD' } };
  const twilio = here.make();
  expect(await twilio.numbers()).toEqual([
    { number: '+12125550100', label: 'Sales' },
    { number: '+12125550101', label: '' },
  ]);
  expect(await twilio.balance()).toEqual({ amount: 12.34, currency: 'USD' });
});

test('what is traced holds no number, no key and no whole id', async () => {
  const twilio = here.make();
  await twilio.place(request, going());
  await twilio.find(sought);
  await twilio.control(CALL, { kind: 'hang-up' });
  const all = here.lines.join('\n');
  expect(here.lines.length).toBeGreaterThan(4);
  for (const secret of [
    '5550123',
    '5550100',
    'hush',
    ACCOUNT,
    CALL,
    Buffer.from('SKtest:hush').toString('base64'),
  ])
    expect(all).not.toContain(secret);
});

test('a stopped session sends nothing, and one that stops in the middle is in doubt', async () => {
  const twilio = here.make();
  const stop = new AbortController();
  stop.abort();
  expect(await twilio.place(request, stop.signal)).toMatchObject({ code: 'not-sent' });
  expect(here.fake.seen).toEqual([]);
  const later = new AbortController();
  here.fake.answer = (seen) => {
    if (!seen.url.endsWith('/Participants.json')) return answers(seen);
    setImmediate(() => later.abort());
    return 'silence';
  };
  expect(await twilio.place(request, later.signal)).toMatchObject({ kind: 'unclear' });
});

test('edge and region make another name of Twilio’s own, and a pass tells no secret', async () => {
  const pass = here.make({ region: 'ie1' }).softphone!.pass(42);
  const [head, claims] = pass
    .split('.')
    .slice(0, 2)
    .map((part): unknown => JSON.parse(Buffer.from(part, 'base64url').toString()));
  expect(head).toEqual({ typ: 'JWT', alg: 'HS256', cty: 'twilio-fpa;v=1', twr: 'ie1' });
  const now = Math.floor(NOON / 1_000);
  expect(claims).toMatchObject({ iss: 'SKtest', sub: ACCOUNT, grants: { identity: 'agent_42' } });
  expect((claims as { exp: number; iat: number }).exp - (claims as { iat: number }).iat).toBe(3_600);
  expect((claims as { iat: number }).iat).toBeGreaterThanOrEqual(now);
  expect(pass).not.toContain('hush');
});

test('the line of an agent is hung up when their session ends, also one of before the last start', async () => {
  const twilio = here.make();
  twilio.agentLeft?.(42);
  await expect
    .poll(() => here.fake.seen.at(-1))
    .toMatchObject({
      method: 'POST',
      url: `${BASE}/Calls/${AGENT_LEG}.json`,
      body: 'Status=completed',
    });
});

test('an agent whose line breaks off in the middle of a call is rung again, once, and the contact is not touched', async () => {
  const twilio = here.make();
  await twilio.place(request, going());
  const again = `CA${'8'.repeat(32)}`;
  here.fake.answer = (seen) => {
    if (seen.method === 'POST') return { ...OK, status: 201, json: { sid: again, status: 'queued' } };
    const isOld = seen.url.endsWith(`/Calls/${AGENT_LEG}.json`);
    return {
      ...OK,
      json: record({ sid: isOld ? AGENT_LEG : CALL, status: isOld ? 'completed' : 'in-progress' }),
    };
  };
  const before = here.fake.seen.length;
  await Promise.all([twilio.fetch(CALL), twilio.fetch(CALL)]);
  const posted = () => here.fake.seen.slice(before).filter(({ method }) => method === 'POST');
  await expect.poll(() => posted().length).toBe(1);
  await twilio.fetch(CALL);
  expect(posted().map(({ url, body }) => [url, body.slice(0, 25)])).toEqual([
    [`${BASE}/Calls.json`, 'To=client%3Aagent_42&From'],
  ]);
});

test('a phone that is back is rung once its old leg is gone, and takes that call and no other', async () => {
  const twilio = here.make();
  const ended = new Set<string>();
  let rings = 0;
  here.fake.answer = (seen) => {
    if (seen.method === 'POST' && seen.url.endsWith('/Calls.json')) {
      rings++;
      return { ...OK, status: 201, json: { sid: OTHER, status: 'queued', date_created: CREATED } };
    }
    const leg = [AGENT_LEG, OTHER].find((sid) => seen.url.endsWith(`/Calls/${sid}.json`));
    return leg === undefined
      ? answers(seen)
      : { ...OK, json: { sid: leg, status: ended.has(leg) ? 'completed' : 'in-progress' } };
  };
  await twilio.place(request, going());
  const { back, expects } = twilio.softphone!;
  const soon = back(42);
  await expect.poll(() => here.fake.seen.at(-1)?.url).toContain(AGENT_LEG);
  expect(rings).toBe(0);
  ended.add(AGENT_LEG);
  while ((await Promise.race([soon.then(() => true), here.clock.advance(1_000)])) !== true);
  expect([rings, await expects(42, OTHER), await expects(42, AGENT_LEG)]).toEqual([1, true, false]);
});
