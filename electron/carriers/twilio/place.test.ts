import { afterEach, beforeEach, expect, test } from 'vitest';
import { after } from '../../../shared/lib/instants.ts';
import type { FakeAnswer } from '../testing-server.ts';
import {
  AGENT_LEG,
  ATTEMPT,
  BASE,
  CALL,
  NOON,
  OK,
  type TestTwilio,
  aTwilio,
  answers,
  going,
  request,
  sought,
} from './testing-twilio.ts';

/* What is sent to place a call, byte for byte, and what is made of every kind of answer. */

let here: TestTwilio;
beforeEach(async () => {
  here = await aTwilio();
});
afterEach(() => here.fake.close());

const hook = (kind: string) =>
  encodeURIComponent(`https://dialer.example/hooks/twilio/${kind}?attempt=${ATTEMPT}`);

test('a contact is rung into the room in which the agent waits, and the attempt’s id goes along as its label', async () => {
  const hooks = {
    urlFor: (kind: string, id: string) => `https://dialer.example/hooks/twilio/${kind}?attempt=${id}`,
  };
  const twilio = here.make({ hooks });
  expect(await twilio.place({ ...request, record: true, detectMachine: true }, going())).toEqual({
    kind: 'placed',
    callRef: CALL,
    at: after(NOON, 1_000),
  });
  const [asked] = here.placing();
  expect(asked!.url).toBe(`${BASE}/Conferences/agent-42/Participants.json`);
  expect(asked!.headers['authorization']).toBe(`Basic ${Buffer.from('SKtest:hush').toString('base64')}`);
  expect(asked!.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(asked!.body).toBe(
    [
      'From=%2B12125550100',
      'To=%2B12125550123',
      `Label=${ATTEMPT}`,
      'Timeout=25',
      'EarlyMedia=true',
      'Beep=false',
      'StartConferenceOnEnter=true',
      'EndConferenceOnExit=false',
      `StatusCallback=${hook('call')}`,
      'StatusCallbackEvent=initiated',
      'StatusCallbackEvent=ringing',
      'StatusCallbackEvent=answered',
      'StatusCallbackEvent=completed',
      'MachineDetection=DetectMessageEnd',
      `AmdStatusCallback=${hook('amd')}`,
      'Record=true',
      'RecordingChannels=dual',
      `RecordingStatusCallback=${hook('recording')}`,
      'RecordingStatusCallbackEvent=completed',
      'RecordingStatusCallbackEvent=absent',
    ].join('&'),
  );
  await twilio.close();
});

test('a recording is played from the address that its id has from outside', async () => {
  const hooks = { urlFor: (kind: string, id: string) => `https://dialer.example/${kind}s/key/${id}.wav` };
  const twilio = here.make({ hooks });
  const { agentId: _nobody, ...message } = request;
  const say = { kind: 'sound', soundId: `7.${ATTEMPT}`, durationMs: 9_000, name: 'Spring' } as const;
  await twilio.place({ ...message, say }, going());
  const Twiml = new URLSearchParams(here.fake.seen.at(-1)!.body).get('Twiml');
  expect(Twiml).toContain(`<Play>https://dialer.example/sounds/key/7.${ATTEMPT}.wav</Play><Hangup/>`);
  await twilio.close();
});

test('without a way in from outside no address is given, and a message goes with the request', async () => {
  const twilio = here.make();
  const say = { kind: 'words', text: 'Tom & Ann <3 "you"' } as const;
  const { agentId: _agent, ...message } = request;
  await twilio.place({ ...message, say }, going());
  const form = new URLSearchParams(here.fake.seen.at(-1)!.body);
  expect(Object.fromEntries(form)).toEqual({
    To: '+12125550123',
    From: '+12125550100',
    Twiml: `<?xml version="1.0" encoding="UTF-8"?><Response><!-- ${ATTEMPT} --><Say>Tom &amp; Ann &lt;3 &quot;you&quot;</Say><Hangup/></Response>`,
    Timeout: '25',
  });
  expect(await twilio.place({ ...message, say: { kind: 'sound', soundId: 'hello' } }, going())).toMatchObject(
    {
      kind: 'refused',
      code: 'cannot-fetch',
      retry: true,
    },
  );
  expect(
    await twilio.place({ ...message, say: { kind: 'words', text: 'x'.repeat(4_000) } }, going()),
  ).toMatchObject({ kind: 'refused', code: 'cannot-say', retry: false });
  expect(await twilio.place(message, going())).toMatchObject({ kind: 'refused', code: 'cannot-speak' });
});

test('an agent who is not in the room is rung first, and nobody else while their phone is not answered', async () => {
  let legStatus = 'busy';
  here.fake.answer = (seen) => {
    if (seen.url.includes('/Conferences.json?'))
      return { ...OK, json: { conferences: [], next_page_uri: null } };
    if (seen.method === 'POST' && seen.url.endsWith('/Calls.json'))
      return { ...OK, status: 201, json: { sid: AGENT_LEG, status: 'queued' } };
    if (seen.url.endsWith(`/Calls/${AGENT_LEG}.json`))
      return { ...OK, json: { sid: AGENT_LEG, status: legStatus } };
    return answers(seen);
  };
  const twilio = here.make();
  expect(await twilio.place(request, going())).toMatchObject({ kind: 'refused', code: 'agent-not-there' });
  expect(here.placing()).toEqual([]);
  const rung = here.fake.seen.find(({ method }) => method === 'POST')!;
  expect(rung.body).toContain('To=client%3Aagent_42');

  legStatus = 'in-progress';
  expect(await twilio.place(request, going())).toMatchObject({ kind: 'placed' });
  // The line is up: the next call rings the contact at once.
  const before = here.fake.seen.length;
  await twilio.place(request, going());
  expect(here.fake.seen.slice(before).map(({ method }) => method)).toEqual(['GET', 'POST']);
});

test('where it cannot be learned whether the agent waits in the room, nobody is rung, and the agent is not rung twice', async () => {
  here.fake.answer = (seen) => (seen.url.includes('/Conferences.json') ? 'cut' : answers(seen));
  expect(await here.make().place(request, going())).toMatchObject({
    code: 'agent-line-unknown',
    retry: true,
  });
  expect(here.fake.seen.filter(({ method }) => method === 'POST')).toEqual([]);
});

const refusals: [string, FakeAnswer, object][] = [
  [
    'a number that is none',
    { status: 400, json: { code: 21211 } },
    { kind: 'refused', code: 'unreachable-number', retry: false },
  ],
  [
    'a country that is off',
    { status: 400, json: { code: 21215 } },
    { kind: 'refused', code: '21215', retry: false },
  ],
  [
    'a number that is not ours',
    { status: 400, json: { code: 21210 } },
    { kind: 'refused', code: '21210', retry: false },
  ],
  [
    'a trial account',
    { status: 400, json: { code: 21219 } },
    { kind: 'refused', code: '21219', retry: false },
  ],
  [
    'too many requests',
    { status: 429, json: { code: 20429 }, headers: { 'retry-after': '7' } },
    { kind: 'refused', retry: true, retryAfterMs: 7_000 },
  ],
  ['Twilio down, by its own word', { status: 503, json: { code: 20503 } }, { kind: 'refused', retry: true }],
  [
    'a 4xx of the newer kind',
    { status: 400, json: { type: 'x', title: 'y', code: '21217', detail: 'z' } },
    { kind: 'refused', code: 'unreachable-number' },
  ],
  ['a 4xx nobody knows', { status: 422, text: 'no' }, { kind: 'refused', code: 'http-422', retry: false }],
  ['an error of Twilio’s', { status: 500, json: { code: 20500 } }, { kind: 'unclear' }],
  ['an error on the way', { status: 502, text: '<html>' }, { kind: 'unclear' }],
  ['a 503 of somebody else', { status: 503, text: '<html>' }, { kind: 'unclear' }],
  ['a redirect', { status: 307, headers: { location: '/elsewhere' } }, { kind: 'unclear' }],
  ['JSON that breaks off', { status: 201, text: '{"call_sid":"CA1' }, { kind: 'unclear' }],
  ['an answer without a call', { status: 201, json: { status: 'queued' } }, { kind: 'unclear' }],
  ['a label that is taken', { status: 400, json: { code: 16025 } }, { kind: 'unclear' }],
  ['a connection that is cut', 'cut', { kind: 'unclear' }],
  ['no answer at all', 'silence', { kind: 'unclear' }],
];

test.each(refusals)(
  '%s: one request, and what may have rung is never taken for what did not',
  async (_what, given, expected) => {
    here.fake.answer = (seen) => (seen.url.endsWith('/Participants.json') ? given : answers(seen));
    const placed = await here.make({ timeoutMs: given === 'silence' ? 400 : 5_000 }).place(request, going());
    expect(placed).toMatchObject(expected);
    expect(here.placing()).toHaveLength(1);
    if (placed.kind !== 'placed') expect(placed.sentence).toMatch(/^[A-Z].{20,}[.]$/s);
  },
);

test('where no connection was made, nothing was sent, and that is certain', async () => {
  const twilio = here.make();
  await here.fake.close();
  const { agentId: _agent, ...message } = request;
  const say = { kind: 'words', text: 'Hello' } as const;
  expect(await twilio.place({ ...message, say }, going())).toMatchObject({
    code: 'no-connection',
    retry: true,
  });
  expect(twilio.readiness()).toEqual({ kind: 'ready' });
  await twilio.place({ ...message, say }, going());
  expect(twilio.readiness()).toMatchObject({ kind: 'in-trouble', since: NOON });
  await twilio.close();
});

test('credentials that are refused stop everything until they work again, and it looks by itself', async () => {
  let isKnown = false;
  here.fake.answer = (seen) => (isKnown ? answers(seen) : { status: 401, json: { code: 20003 } });
  const twilio = here.make();
  expect(await twilio.find(sought)).toMatchObject({ kind: 'unreachable' });
  expect(twilio.readiness()).toMatchObject({
    kind: 'in-trouble',
    sentence: expect.stringContaining('does not accept the account SID or the key'),
  });
  isKnown = true;
  await here.clock.advance(5_000);
  await expect.poll(() => twilio.readiness().kind).toBe('ready');
  await twilio.close();
});
