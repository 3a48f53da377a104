import { afterEach, expect, test } from 'vitest';
import { type StandIn, openStandIn } from './open.ts';
import { openReceiver } from './testing-receiver.ts';
import { CONTACT, LINE, askTwilio, placeCall } from './testing-twilio.ts';
import { until } from './testing-until.ts';
import { signatureOf } from './twilio/signature.ts';
import { readTwiml } from './twilio/twiml.ts';

const OTHER = '+12025550152';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function standIn(): Promise<StandIn> {
  const made = await openStandIn({ seed: 'program', speed: 100 });
  open.push(made);
  made.control.script(CONTACT, { kind: 'human', talkMs: null });
  return made;
}

async function receiver() {
  const made = await openReceiver();
  open.push(made);
  return made;
}

const ended = (at: StandIn, sid: string) =>
  until(
    () => askTwilio(at, 'GET', `/Calls/${sid}.json`),
    ({ json }) => json.status === 'completed',
  );

test('what TwiML says is said, played and then hung up', async () => {
  const world = await standIn();
  const Twiml =
    '<Response><Say>Good day to you.</Say><Pause length="1"/><Play>https://a.example/drop.mp3</Play><Hangup/></Response>';
  const { json } = await placeCall(world, { Twiml });
  await ended(world, json.sid);
  expect(world.twilio.heard).toEqual([
    { callSid: json.sid, verb: 'Say', what: 'Good day to you.' },
    { callSid: json.sid, verb: 'Play', what: 'https://a.example/drop.mp3' },
  ]);
});

test('our own address is asked what to do, signed, and its answer is done', async () => {
  const world = await standIn();
  const hooks = await receiver();
  hooks.answer = ({ url }) =>
    url.startsWith('/first')
      ? {
          status: 200,
          body: `<Response><Redirect method="GET">${hooks.url}/second?x=1</Redirect></Response>`,
        }
      : { status: 200, body: '<Response><Say>Here we are</Say></Response>' };
  const { json } = await placeCall(world, { Url: `${hooks.url}/first`, Twiml: '' });
  await ended(world, json.sid);
  const [first, second] = hooks.received;
  expect(first!.headers['x-twilio-signature']).toBe(
    signatureOf(world.twilio.authToken, `${hooks.url}/first`, first!.form),
  );
  expect(second!.headers['x-twilio-signature']).toBe(
    signatureOf(world.twilio.authToken, hooks.url + second!.url),
  );
  expect(world.twilio.heard).toMatchObject([{ what: 'Here we are' }]);
});

test('where our address does not answer, Twilio alone knows why, and the call is over', async () => {
  const world = await standIn();
  const hooks = await receiver();
  hooks.answer = () => ({ status: 500 });
  const { json } = await placeCall(world, { Url: `${hooks.url}/twiml`, Twiml: '' });
  await ended(world, json.sid);
  expect(world.twilio.debug).toMatchObject([{ code: 11200, callSid: json.sid }]);
  const { json: odd } = await placeCall(world, { Twiml: '<Response><Dance/></Response>' });
  await ended(world, odd.sid);
  expect(world.twilio.debug).toMatchObject([{ code: 11200 }, { code: 12100, callSid: odd.sid }]);
});

test('what they press is told, and where they press nothing the next verb is on', async () => {
  const world = await standIn();
  const hooks = await receiver();
  hooks.answer = () => ({ status: 200, body: '<Response><Say>Thank you</Say></Response>' });
  const Twiml = `<Response><Gather numDigits="1" action="${hooks.url}/pressed"><Say>Press one</Say></Gather><Say>Nothing</Say></Response>`;
  world.control.script(
    CONTACT,
    { kind: 'human', talkMs: null, digits: '12' },
    { kind: 'human', talkMs: null },
  );
  await ended(world, (await placeCall(world, { Twiml })).json.sid);
  expect(hooks.received[0]!.form).toMatchObject({ Digits: '1' });
  await ended(world, (await placeCall(world, { Twiml })).json.sid);
  expect(world.twilio.heard.map(({ what }) => what)).toEqual([
    'Press one',
    'Thank you',
    'Press one',
    'Nothing',
  ]);
});

test('somebody else is dialed as a call of their own under this one, and what came of it is told', async () => {
  const world = await standIn();
  const hooks = await receiver();
  hooks.answer = () => ({ status: 200, body: '<Response><Hangup/></Response>' });
  world.control.script(OTHER, { kind: 'human', talkMs: 5_000 });
  const Twiml = `<Response><Dial timeout="20" action="${hooks.url}/dialed"><Number>${OTHER}</Number></Dial></Response>`;
  const { json } = await placeCall(world, { Twiml });
  await ended(world, json.sid);
  const children = (await askTwilio(world, 'GET', `/Calls.json?ParentCallSid=${json.sid}`)).json.calls;
  expect(children).toMatchObject([
    { to: OTHER, direction: 'outbound-dial', status: 'completed', duration: '5' },
  ]);
  expect(hooks.received[0]!.form).toMatchObject({
    DialCallStatus: 'completed',
    DialCallSid: children[0].sid,
  });
  expect(world.violations).toEqual([]);
});

test('what they say can be taken down, and our address is told where it is', async () => {
  const world = await standIn();
  const hooks = await receiver();
  hooks.answer = () => ({ status: 200, body: '<Response/>' });
  const Twiml = `<Response><Record maxLength="3" action="${hooks.url}/recorded"/></Response>`;
  const { json } = await placeCall(world, { Twiml });
  await ended(world, json.sid);
  const sid = hooks.received[0]!.form['RecordingSid'];
  const found = await until(
    () => askTwilio(world, 'GET', `/Recordings/${sid}.json`),
    (told) => told.json.status === 'completed',
  );
  expect(found.json).toMatchObject({ source: 'RecordVerb', duration: '3', call_sid: json.sid });
  expect(world.violations).toEqual([]);
});

test('the parent hangs up, and whoever was dialed is let go', async () => {
  const world = await standIn();
  world.control.script(OTHER, { kind: 'human', talkMs: null });
  const { json } = await placeCall(world, { Twiml: `<Response><Dial>${OTHER}</Dial></Response>` });
  await until(
    () => world.truth.toNumber(OTHER),
    ([ring]) => ring?.answeredAt != null,
  );
  await askTwilio(world, 'POST', `/Calls/${json.sid}.json`, { Status: 'completed' });
  expect(world.truth.toNumber(OTHER)[0]!.end).toBe('completed');
});

test('a running call can be told to do something else: a message is left while it plays on by itself', async () => {
  const world = await standIn();
  const { json } = await placeCall(world);
  await until(
    () => askTwilio(world, 'GET', `/Calls/${json.sid}.json`),
    (told) => told.json.status === 'in-progress',
  );
  const Twiml = '<Response><Play>https://a.example/drop.wav</Play><Hangup/></Response>';
  expect((await askTwilio(world, 'POST', `/Calls/${json.sid}.json`, { Twiml })).status).toBe(200);
  await ended(world, json.sid);
  expect(world.twilio.heard).toMatchObject([{ verb: 'Play' }]);
  expect((await askTwilio(world, 'POST', `/Calls/${json.sid}.json`, { Twiml })).json.code).toBe(21220);
});

test('TwiML that is none, or has verbs that nobody knows, is not understood', () => {
  expect(readTwiml('<Response><Hangup/></Response>')).toMatchObject([{ name: 'Hangup' }]);
  expect(readTwiml('<Response/>')).toEqual([]);
  for (const wrong of [
    '',
    'Hello',
    '<Response>',
    '<Reply/>',
    '<Response><Sing/></Response>',
    '<Response><Say>a</Play></Response>',
  ])
    expect([wrong, readTwiml(wrong)]).toEqual([wrong, null]);
});

test('calls go to softphones as well, and they are the agents’ own', async () => {
  const world = await standIn();
  await askTwilio(world, 'POST', '/Calls.json', {
    To: 'client:agent_42',
    From: LINE,
    Twiml: '<Response><Pause/></Response>',
  });
  expect(world.truth.rings).toMatchObject([{ to: 'client:agent_42', leg: 'agent' }]);
});
