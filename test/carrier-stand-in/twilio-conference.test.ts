import { afterEach, expect, test } from 'vitest';
import { type StandIn, openStandIn } from './open.ts';
import { openReceiver } from './testing-receiver.ts';
import { CONTACT, type Form, LINE, askTwilio, placeCall } from './testing-twilio.ts';
import { until } from './testing-until.ts';

const ROOM = 'agent-42';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function standIn(): Promise<StandIn> {
  const made = await openStandIn({ seed: 'conference', speed: 100 });
  open.push(made);
  made.control.script(CONTACT, { kind: 'human', talkMs: null });
  made.control.script('client:agent_42', { kind: 'human', talkMs: null });
  return made;
}

/** The agent waits in the room, as they do through a shift. */
async function parked(at: StandIn, hook = ''): Promise<{ agent: string; room: string }> {
  const told =
    hook === ''
      ? ''
      : ` statusCallback="${hook}" statusCallbackEvent="start end join leave mute hold modify"`;
  const Twiml = `<Response><Dial timeLimit="86400"><Conference beep="false" startConferenceOnEnter="true" endConferenceOnExit="false" waitUrl="" participantLabel="agent-42"${told}>${ROOM}</Conference></Dial></Response>`;
  const { json } = await placeCall(at, { To: 'client:agent_42', Twiml });
  const list = await until(
    () => askTwilio(at, 'GET', `/Conferences.json?FriendlyName=${ROOM}`),
    (found) => found.json.conferences[0]?.status === 'init',
  );
  return { agent: json.sid, room: list.json.conferences[0].sid };
}

const add = (at: StandIn, more: Form = {}) =>
  askTwilio(at, 'POST', `/Conferences/${ROOM}/Participants.json`, {
    From: LINE,
    To: CONTACT,
    Label: 'a-1',
    EarlyMedia: 'true',
    ...more,
  });

const connected = (at: StandIn, room: string, who: string) =>
  until(
    () => askTwilio(at, 'GET', `/Conferences/${room}/Participants/${who}.json`),
    ({ json }) => json.status === 'connected',
  );

test('a contact comes into the room of the agent, and leaves it without taking the agent along', async () => {
  const world = await standIn();
  const hooks = await openReceiver();
  open.push(hooks);
  const { agent, room } = await parked(world, `${hooks.url}/room`);
  const { status, json } = await add(world);
  expect([status, json.status, json.label, json.conference_sid]).toEqual([201, 'queued', 'a-1', room]);
  await connected(world, room, 'a-1');
  const full = await askTwilio(world, 'GET', `/Conferences/${room}/Participants.json`);
  expect(full.json.participants).toHaveLength(2);

  world.control.hangUp(json.call_sid);
  await until(
    () => askTwilio(world, 'GET', `/Conferences/${room}/Participants/a-1.json`),
    (gone) => gone.status === 404,
  );
  expect((await askTwilio(world, 'GET', `/Calls/${agent}.json`)).json.status).toBe('in-progress');
  await world.settled();
  expect(hooks.received.map(({ form }) => form['StatusCallbackEvent'])).toEqual([
    'participant-join',
    'participant-join',
    'conference-start',
    'participant-leave',
  ]);
  expect(hooks.received.at(-1)!.form).toMatchObject({
    ReasonParticipantLeft: 'participant_hung_up',
    ParticipantLabel: 'a-1',
  });
  expect(world.violations).toEqual([]);
});

test('hold, mute, whisper and barge are changes of a participant, and each is told', async () => {
  const world = await standIn();
  const hooks = await openReceiver();
  open.push(hooks);
  const { agent, room } = await parked(world, `${hooks.url}/room`);
  await add(world);
  await connected(world, room, 'a-1');
  const change = async (who: string, form: Form) =>
    (await askTwilio(world, 'POST', `/Conferences/${room}/Participants/${who}.json`, form)).json;
  expect(await change('a-1', { Hold: 'true' })).toMatchObject({ hold: true });
  expect(await change('agent-42', { Muted: 'true' })).toMatchObject({ muted: true });
  await change('agent-42', { Muted: 'false' });
  await change('a-1', { Hold: 'false' });
  await add(world, { To: '+12025550153', Label: 'supervisor', Coaching: 'true', CallSidToCoach: agent });
  await connected(world, room, 'supervisor');
  expect(await change('supervisor', { Coaching: 'false', Muted: 'false' })).toMatchObject({
    coaching: false,
  });
  expect(
    await change('supervisor', { Coaching: 'true', CallSidToCoach: `CA${'0'.repeat(32)}` }),
  ).toMatchObject({ code: 13240 });
  await world.settled();
  const told = hooks.received.map(({ form }) => form['StatusCallbackEvent']);
  for (const event of [
    'participant-hold',
    'participant-mute',
    'participant-unmute',
    'participant-unhold',
    'participant-modify',
  ])
    expect(told).toContain(event);
  expect(world.violations).toEqual([]);
});

test('a label that is taken is refused, and the second call is not made', async () => {
  const world = await standIn();
  await parked(world);
  await add(world);
  expect((await add(world)).json.code).toBe(16025);
  expect(world.truth.secondCalls()).toEqual([]);
  expect(world.truth.ofAttempt('a-1')).toHaveLength(1);
});

test('whoever is given something else to do leaves the room, and does it', async () => {
  const world = await standIn();
  const { agent, room } = await parked(world);
  const { json } = await add(world);
  await connected(world, room, 'a-1');
  const Twiml = '<Response><Play>https://a.example/drop.wav</Play></Response>';
  await askTwilio(world, 'POST', `/Calls/${json.call_sid}.json`, { Twiml });
  expect((await askTwilio(world, 'GET', `/Conferences/${room}/Participants/a-1.json`)).status).toBe(404);
  await until(
    () => world.truth.ofAttempt('a-1')[0]!,
    ({ end }) => end === 'completed',
  );
  expect(world.twilio.heard).toMatchObject([{ callSid: json.call_sid, verb: 'Play' }]);
  expect((await askTwilio(world, 'GET', `/Calls/${agent}.json`)).json.status).toBe('in-progress');
});

test('a room that is ended lets everybody go, and one whose last has left is over', async () => {
  const world = await standIn();
  const { agent, room } = await parked(world);
  await add(world);
  await connected(world, room, 'a-1');
  const over = await askTwilio(world, 'POST', `/Conferences/${room}.json`, { Status: 'completed' });
  expect(over.json).toMatchObject({
    status: 'completed',
    reason_conference_ended: 'conference-ended-via-api',
  });
  await until(
    () => world.truth.rings,
    (rings) => rings.every(({ end }) => end === 'completed'),
  );
  const again = await parked(world);
  expect(again.agent).not.toBe(agent);
  world.control.hangUp(again.agent);
  const left = await until(
    () => askTwilio(world, 'GET', `/Conferences/${again.room}.json`),
    ({ json }) => json.status === 'completed',
  );
  expect(left.json.reason_conference_ended).toBe('last-participant-left');
  expect(world.violations).toEqual([]);
});

test('a participant is kicked out by being removed', async () => {
  const world = await standIn();
  const { room } = await parked(world);
  await add(world);
  await connected(world, room, 'a-1');
  expect((await askTwilio(world, 'DELETE', `/Conferences/${room}/Participants/a-1.json`)).status).toBe(204);
  expect(world.truth.ofAttempt('a-1')).toMatchObject([{ end: 'completed' }]);
});
