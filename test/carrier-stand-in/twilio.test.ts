import { afterEach, expect, test } from 'vitest';
import { instant } from '../../shared/lib/instants.ts';
import { type StandIn, type StandInOptions, openStandIn } from './open.ts';
import { type Received, openReceiver } from './testing-receiver.ts';
import { CONTACT, EVENTS, type Form, LINE, STAY, askTwilio, placeCall } from './testing-twilio.ts';
import { until } from './testing-until.ts';
import { signatureOf } from './twilio/signature.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function standIn(options: Partial<StandInOptions> = {}): Promise<StandIn> {
  const made = await openStandIn({ seed: 'twilio', speed: 100, ...options });
  open.push(made);
  return made;
}

async function receiver() {
  const made = await openReceiver();
  open.push(made);
  return made;
}

function statuses(received: readonly Received[]): string[] {
  return received.map(({ form }) => form['CallStatus'] ?? '');
}

/** Waits until a call has the status that is asked for. */
const callThatIs = (at: StandIn, sid: string, status: string) =>
  until(
    () => askTwilio(at, 'GET', `/Calls/${sid}.json`),
    ({ json }) => json.status === status,
  );

test('a call is queued, rings, is answered and ends, and its signed events say so in their order', async () => {
  const world = await standIn();
  const hooks = await receiver();
  world.control.script(CONTACT, { kind: 'human', talkMs: 5_000 });
  const { status, json } = await placeCall(world, {
    StatusCallback: `${hooks.url}/hooks/twilio?attempt=a-1#rc=3&rp=all`,
    StatusCallbackEvent: EVENTS,
  });
  expect(status).toBe(201);
  expect(json).toMatchObject({ status: 'queued', to: CONTACT, duration: null, price: null });

  await until(
    () => hooks.received,
    (received) => received.length >= 4,
  );
  await world.settled();
  expect(statuses(hooks.received)).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
  for (const { url, form, headers } of hooks.received) {
    expect(url).not.toContain('#');
    expect(headers['x-twilio-signature']).toBe(signatureOf(world.twilio.authToken, hooks.url + url, form));
  }
  const ended = await askTwilio(world, 'GET', `/Calls/${json.sid}.json`);
  expect(ended.json).toMatchObject({ status: 'completed', duration: '5' });
  expect(world.truth.rings).toMatchObject([{ attemptId: 'a-1', end: 'completed', to: CONTACT }]);
  expect(world.violations).toEqual([]);
});

test('each scripted fate ends as Twilio says it', async () => {
  const world = await standIn();
  world.control.script(
    CONTACT,
    { kind: 'busy' },
    { kind: 'failed' },
    { kind: 'no-answer' },
    { kind: 'invalid-number' },
  );
  const ends: string[] = [];
  for (let nth = 0; nth < 4; nth += 1) {
    const { json } = await placeCall(world, { Timeout: '20' });
    const ended = await until(
      () => askTwilio(world, 'GET', `/Calls/${json.sid}.json`),
      ({ json: now }) => !['queued', 'ringing', 'in-progress'].includes(now.status),
    );
    ends.push(ended.json.status);
  }
  expect(ends).toEqual(['busy', 'failed', 'no-answer', 'failed']);
  expect(world.violations).toEqual([]);
});

test('credentials that are wrong, of a suspended account or for tests alone open nothing', async () => {
  const world = await standIn();
  const { sid, authToken, testSid, testAuthToken } = world.twilio;
  const code = async (credentials: readonly [string, string], path = '.json') =>
    (await askTwilio(world, 'GET', path, undefined, credentials)).json.code;
  expect(await code([sid, 'wrong'])).toBe(20003);
  expect(await code([sid, authToken])).toBeUndefined();
  expect(await code([testSid, testAuthToken])).toBe(20008);
  world.control.suspend('twilio', true);
  expect((await askTwilio(world, 'GET', '.json')).json.status).toBe('suspended');
  expect((await placeCall(world)).json).toMatchObject({ code: 20005, status: 401 });
});

test('test credentials know their magic numbers, and no phone ever rings', async () => {
  const world = await standIn();
  const { testSid, testAuthToken } = world.twilio;
  const outcome = async (To: string, From = '+15005550006') => {
    const { json } = await askTwilio(world, 'POST', '/Calls.json', { To, From, Twiml: STAY }, [
      testSid,
      testAuthToken,
    ]);
    return json.code ?? json.status;
  };
  expect([
    await outcome('+15005550001'),
    await outcome('+15005550002'),
    await outcome('+15005550003'),
    await outcome('+15005550004'),
    await outcome(CONTACT),
    await outcome(CONTACT, '+15005550001'),
    await outcome(CONTACT, LINE),
  ]).toEqual([21217, 21214, 21215, 21216, 'queued', 21212, 21210]);
  expect(world.truth.rings).toEqual([]);
});

test('a call that Twilio would not take is refused with its code, and nobody is rung', async () => {
  const world = await standIn({
    limits: { twilio: { countries: ['+1'], isTrial: true, verified: [CONTACT] } },
  });
  const code = async (more: Form) => (await placeCall(world, more)).json.code;
  expect(await code({ To: '' })).toBe(21201);
  expect(await code({ From: '' })).toBe(21213);
  expect(await code({ To: '12' })).toBe(21211);
  expect(await code({ From: '+12025550199' })).toBe(21210);
  expect(await code({ To: '+442079460101' })).toBe(21215);
  expect(await code({ To: '+12025550151' })).toBe(21219);
  expect(await code({ To: '+19005550100' })).toBe(21202);
  expect(await code({ StatusCallbackEvent: 'answerd' })).toBe(21626);
  expect(await code({ StatusCallback: 'https://under_score.example/' })).toBe(21205);
  expect(await code({ Timeout: 'soon' })).toBe(21208);
  world.control.script(CONTACT, { kind: 'human', code: 21216 });
  expect(await code({})).toBe(21216);
  expect(world.truth.rings).toEqual([]);
});

test('calls beyond the rate wait in the queue and say how long, and one that waits can be called off', async () => {
  const world = await standIn({ speed: 1, limits: { twilio: { callsPerSecond: 0.1, callsMax: 3 } } });
  const first = await placeCall(world);
  const second = await placeCall(world);
  const third = await placeCall(world);
  expect(first.json.queue_time).toBe('0');
  expect(Number(second.json.queue_time)).toBeGreaterThan(5_000);
  expect(Number(third.json.queue_time)).toBeGreaterThan(Number(second.json.queue_time));
  expect((await placeCall(world)).json.code).toBe(10004);
  const canceled = await askTwilio(world, 'POST', `/Calls/${third.json.sid}.json`, { Status: 'canceled' });
  expect(canceled.json.status).toBe('canceled');
  expect(world.truth.rings.find(({ callRef }) => callRef === third.json.sid)).toMatchObject({ rangAt: null });
  expect(
    (await askTwilio(world, 'POST', `/Calls/${third.json.sid}.json`, { Status: 'completed' })).json.code,
  ).toBe(21220);
  expect(world.violations.filter(({ by }) => by === 'answer')).toEqual([]);
});

test('more requests at once than allowed are turned away with 429', async () => {
  const world = await standIn({ limits: { twilio: { requestsMax: 0 } } });
  expect((await askTwilio(world, 'GET', '/Calls.json')).json).toMatchObject({ code: 20429, status: 429 });
});

test('a list comes page by page and newest first, and each filter holds', async () => {
  const world = await standIn();
  world.control.script(CONTACT, { kind: 'busy' });
  const sids: string[] = [];
  for (let nth = 0; nth < 5; nth += 1) sids.unshift((await placeCall(world)).json.sid);
  await placeCall(world, { To: '+12025550151' });
  const found: string[] = [];
  let next: string | null =
    `/2010-04-01/Accounts/${world.twilio.sid}/Calls.json?To=${encodeURIComponent(CONTACT)}&PageSize=2`;
  while (next !== null) {
    const { json } = await askTwilio(world, 'GET', next.split(world.twilio.sid)[1]!);
    found.push(...json.calls.map(({ sid }: { sid: string }) => sid));
    next = json.next_page_uri;
  }
  expect(found).toEqual(sids);
  await callThatIs(world, sids[0]!, 'busy');
  const day = new Date().toISOString().slice(0, 10);
  const count = async (query: string) =>
    (await askTwilio(world, 'GET', `/Calls.json?${query}`)).json.calls.length;
  expect(await count(`StartTime=${day}&Status=busy`)).toBe(5);
  expect(await count(`StartTime%3C=2020-01-01`)).toBe(0);
  expect(await count(`From=${encodeURIComponent('+12025550101')}`)).toBe(0);
  expect(world.violations).toEqual([]);
});

test('the verdict on who answered comes by itself, and with a message’s end where that was asked for', async () => {
  const world = await standIn();
  const hooks = await receiver();
  const verdict = async (
    kind: 'human' | 'machine' | 'fax',
    MachineDetection: string,
    beepMs: number | null = 6_000,
  ) => {
    world.control.script(CONTACT, { kind, beepMs });
    const { json } = await placeCall(world, {
      MachineDetection,
      AsyncAmd: 'true',
      AsyncAmdStatusCallback: `${hooks.url}/amd`,
    });
    const [{ form }] = (await until(
      () => hooks.received.splice(0),
      ({ length }) => length > 0,
    )) as [Received];
    expect(form).toMatchObject({ CallSid: json.sid });
    return form['AnsweredBy'];
  };
  expect(await verdict('human', 'Enable')).toBe('human');
  expect(await verdict('machine', 'Enable')).toBe('machine_start');
  expect(await verdict('machine', 'DetectMessageEnd')).toBe('machine_end_beep');
  expect(await verdict('machine', 'DetectMessageEnd', null)).toBe('machine_end_silence');
  expect(await verdict('machine', 'DetectMessageEnd', 39_000)).toBe('unknown');
  expect(await verdict('fax', 'Enable')).toBe('fax');
  expect(world.violations).toEqual([]);
});

test('where the call waits for the verdict, nothing is said before it', async () => {
  const world = await standIn();
  world.control.script(CONTACT, { kind: 'machine', beepMs: 6_000 });
  const Twiml = '<Response><Say>Please ring us back.</Say></Response>';
  const { json } = await placeCall(world, { Twiml, MachineDetection: 'DetectMessageEnd' });
  const { json: ended } = await callThatIs(world, json.sid, 'completed');
  expect(ended.answered_by).toBe('machine_end_beep');
  expect(Number(ended.duration)).toBeGreaterThanOrEqual(7);
  expect(world.twilio.heard).toMatchObject([{ what: 'Please ring us back.' }]);
});

test('a phone that rings forever rings until somebody calls it off', async () => {
  const world = await standIn();
  world.control.script(CONTACT, { kind: 'rings-forever' });
  const { json } = await placeCall(world, { Timeout: '5' });
  await callThatIs(world, json.sid, 'ringing');
  await new Promise((done) => setTimeout(done, 100));
  expect(
    (await askTwilio(world, 'POST', `/Calls/${json.sid}.json`, { Status: 'completed' })).json.status,
  ).toBe('canceled');
});

test('a trial call ends after ten minutes', async () => {
  const world = await standIn({ speed: 5_000, limits: { twilio: { isTrial: true, verified: [CONTACT] } } });
  world.control.script(CONTACT, { kind: 'human', talkMs: null });
  const { json } = await placeCall(world, { Twiml: '<Response><Pause length="3000"/></Response>' });
  const { json: ended } = await callThatIs(world, json.sid, 'completed');
  expect(Math.abs(Number(ended.duration) - 600)).toBeLessThan(60);
});

test('a recording can be heard as WAV with two channels and as MP3, soon after the call', async () => {
  const world = await standIn();
  const hooks = await receiver();
  world.control.script(CONTACT, { kind: 'human', talkMs: 10_000 });
  const { json } = await placeCall(world, {
    Record: 'true',
    RecordingChannels: 'dual',
    RecordingStatusCallback: `${hooks.url}/recording`,
    RecordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
  });
  await until(
    () => hooks.received,
    ({ length }) => length === 2,
  );
  const form = hooks.received[1]!.form;
  expect(form).toMatchObject({ RecordingStatus: 'completed', RecordingChannels: '2', CallSid: json.sid });
  const listed = await askTwilio(world, 'GET', `/Recordings.json?CallSid=${json.sid}`);
  expect(listed.json.recordings).toMatchObject([
    { sid: form['RecordingSid'], channels: 2, status: 'completed' },
  ]);
  const sound = async (ending: string) => {
    const { sid, authToken } = world.twilio;
    const headers = { authorization: `Basic ${Buffer.from(`${sid}:${authToken}`).toString('base64')}` };
    return Buffer.from(await (await fetch(`${form['RecordingUrl']}${ending}`, { headers })).arrayBuffer());
  };
  const dual = await sound('.wav?RequestedChannels=2');
  expect([dual.toString('latin1', 0, 4), dual.readUInt16LE(22), dual.readUInt32LE(24)]).toEqual([
    'RIFF',
    2,
    8_000,
  ]);
  const mono = await sound('.wav');
  expect([mono.readUInt16LE(22), mono.readUInt32LE(40)]).toEqual([1, mono.length - 44]);
  const mp3 = await sound('.mp3');
  expect([mp3.readUInt16BE(0), mp3.length % 144]).toEqual([0xfffb, 0]);
  expect(world.violations).toEqual([]);
});

test('a recording of a running call is paused, goes on and is stopped', async () => {
  const world = await standIn();
  world.control.script(CONTACT, { kind: 'human', talkMs: null });
  const { json } = await placeCall(world);
  await callThatIs(world, json.sid, 'in-progress');
  const path = `/Calls/${json.sid}/Recordings`;
  expect((await askTwilio(world, 'POST', `${path}.json`, { RecordingChannels: 'dual' })).status).toBe(201);
  const change = async (form: Form) =>
    (await askTwilio(world, 'POST', `${path}/Twilio.CURRENT.json`, form)).json;
  expect((await change({ Status: 'paused', PauseBehavior: 'silence' })).status).toBe('paused');
  expect((await change({ Status: 'in-progress' })).status).toBe('in-progress');
  expect((await change({ Status: 'stopped' })).status).toBe('processing');
  expect(await change({ Status: 'paused' })).toMatchObject({ code: 20404 });
  expect(world.violations).toEqual([]);
});

test('the account, its balance, numbers and applications are shown as Twilio shows them', async () => {
  const world = await standIn();
  const made = await askTwilio(world, 'POST', '/Applications.json', { FriendlyName: 'Parley' });
  expect(made.status).toBe(201);
  for (const path of [
    '.json',
    '/Balance.json',
    '/IncomingPhoneNumbers.json',
    '/OutgoingCallerIds.json',
    '/Applications.json',
  ])
    expect((await askTwilio(world, 'GET', path)).status).toBe(200);
  expect((await askTwilio(world, 'POST', '/Tokens.json', {})).status).toBe(201);
  expect(world.violations).toEqual([]);
});

test('calls of the past come page by page, as if they had been made once', async () => {
  const world = await standIn();
  const [from, to] = [instant(Date.UTC(2024, 0, 1)), instant(Date.UTC(2024, 11, 31))];
  world.control.past({ carrier: 'twilio', count: 120, from, to, numbers: [CONTACT] });
  const { json } = await askTwilio(world, 'GET', '/Calls.json?StartTime%3E=2024-06-01&PageSize=1000');
  expect(json.calls.length).toBeGreaterThan(60);
  expect(json.calls.length).toBeLessThan(80);
  expect(new Set(json.calls.map(({ status }: { status: string }) => status))).toEqual(
    new Set(['completed', 'no-answer']),
  );
  expect(world.violations).toEqual([]);
});
