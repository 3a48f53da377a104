import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storyOf } from '../../../shared/domain/call.ts';
import { MINUTE_MS, after, instant } from '../../../shared/lib/instants.ts';
import { eventsOfCall, vapiEvents } from './events.ts';
import { callShape } from './shapes.ts';

const NOON = instant(Date.UTC(2026, 10, 18, 12));
const ATTEMPT = '0190f3aa-0000-7000-8000-00000000000a';

function iso(ms: number): string {
  return new Date(NOON + ms).toISOString();
}

function aCall(over: Record<string, unknown> = {}) {
  return {
    id: 'call-1',
    status: 'queued',
    createdAt: iso(0),
    customer: { number: '+12125550101', externalId: ATTEMPT },
    ...over,
  };
}

const REPORT = {
  endedReason: 'customer-ended-call',
  startedAt: iso(5_000),
  endedAt: iso(65_000),
  cost: 0.1432,
  costs: [
    { type: 'transport', cost: 0.0432 },
    { type: 'model', cost: 0.1 },
  ],
  analysis: { summary: 'Wants to be called on Friday.', successEvaluation: '8' },
  artifact: {
    recording: { stereoUrl: 'https://sound.example/s.wav' },
    messages: [
      { role: 'system', message: 'You are Ann.', time: 1, secondsFromStart: 0 },
      { role: 'bot', message: 'Hello.', time: 1000, endTime: 1900, secondsFromStart: 0.5 },
      { role: 'user', message: 'Hi there.', duration: 700, secondsFromStart: 2 },
    ],
  },
};

test('a call is told from its first word to its report, and its story is whole', () => {
  const status = (said: string, ms: number, more = {}) => ({
    message: { type: 'status-update', timestamp: NOON + ms, status: said, call: aCall(), ...more },
  });
  const bodies = [
    status('queued', 0),
    status('ringing', 2_000),
    status('in-progress', 5_000),
    status('ended', 65_000, { endedReason: 'customer-ended-call' }),
    { message: { type: 'end-of-call-report', timestamp: NOON + 70_000, call: aCall(), ...REPORT } },
  ];
  const told = bodies.flatMap((body) => vapiEvents(body, NOON) ?? []);
  expect(new Set(told.map(({ attemptId }) => attemptId))).toEqual(new Set([ATTEMPT]));
  expect(storyOf(told.map(({ event }) => event))).toMatchObject({
    status: 'ended',
    end: 'completed',
    endedBy: 'them',
    answeredBy: 'human',
    ringingAt: after(NOON, 2_000),
    answeredAt: after(NOON, 5_000),
    seconds: 60,
    costMicros: 143_200,
    costParts: [
      { what: 'transport', costMicros: 43_200 },
      { what: 'model', costMicros: 100_000 },
    ],
    recordingRef: 'call-1/stereo-recording',
    transcript: [
      { speaker: 'agent', fromMs: 500, toMs: 1_400, text: 'Hello.' },
      { speaker: 'contact', fromMs: 2_000, toMs: 2_700, text: 'Hi there.' },
    ],
    evaluation: { score: 80, summary: 'Wants to be called on Friday.' },
  });
});

test('asking about a call tells the same under the same names as its webhooks did', () => {
  const posted = vapiEvents({ message: { type: 'end-of-call-report', call: aCall(), ...REPORT } }, NOON)!;
  const polled = eventsOfCall(callShape.parse(aCall({ ...REPORT, status: 'ended' })), NOON);
  const keys = new Set(polled.map(({ key }) => key));
  expect(posted.map(({ event }) => event.key).filter((key) => !keys.has(key))).toEqual([]);
});

test('a call that nobody took has no answer and no length, whatever times its record gives', () => {
  const events = eventsOfCall(
    callShape.parse(aCall({ ...REPORT, status: 'ended', endedReason: 'customer-did-not-answer' })),
    NOON,
  );
  const story = storyOf(events);
  expect([story.end, story.answeredAt, story.seconds]).toEqual(['no-answer', null, undefined]);
});

test('an end without a reason is not believed yet: the report or the carrier says what it came to', () => {
  const body = { message: { type: 'status-update', status: 'ended', call: aCall() } };
  expect(vapiEvents(body, NOON)).toEqual([]);
});

const keysOf = (body: unknown) =>
  vapiEvents(body, NOON)?.map(({ event }) => event.key.replace(/:[^:]*$/, ''));

test('the names of older notes, and bodies without a message around them, are understood', () => {
  expect(keysOf({ type: 'call.started', call: aCall() })).toEqual(['status']);
  expect(keysOf({ event: 'call.ended', data: aCall(REPORT) })).toContain('status');
  expect(keysOf({ type: 'call.failed', call: aCall(), endedReason: 'customer-busy' })).toEqual(['status']);
  const { artifact } = REPORT;
  expect(keysOf({ type: 'recording.ready', callId: 'call-1', artifact })).toContain('recording');
  expect(
    keysOf({ type: 'transcript.ready', data: { callId: 'call-1', transcript: 'AI: Hi\nUser: Ho' } }),
  ).toEqual(['transcript:2']);
});

test('what claims to come from tomorrow happened when it came', () => {
  const body = {
    message: { type: 'status-update', status: 'ringing', timestamp: NOON + 6 * MINUTE_MS, call: aCall() },
  };
  expect(vapiEvents(body, NOON)?.[0]?.event.at).toBe(NOON);
});

test('what is no message is known as none, and what tells nothing is nothing', () => {
  for (const body of [null, 7, 'hang', [], {}, { message: {} }, { message: { type: 'hang' } }])
    expect(vapiEvents(body, NOON)).toBe(null);
  expect(vapiEvents({ message: { type: 'speech-update', status: 'started', call: aCall() } }, NOON)).toEqual(
    [],
  );
  expect(vapiEvents({ message: { type: 'tomorrow', call: aCall() } }, NOON)).toEqual([]);
});

test('fields of another kind than they should be are left out, and the rest is told', () => {
  const call = aCall({ customer: 'Maria', monitor: 5, artifact: [], cost: 'much' });
  const told = vapiEvents({ message: { type: 'status-update', status: 'ringing', call } }, NOON, 'a-1');
  expect(told).toMatchObject([
    { callRef: 'call-1', attemptId: 'a-1', event: { facts: { status: 'ringing' } } },
  ]);
});

test('every example of the reference is understood', async (context) => {
  const file = join(import.meta.dirname, '../../../../shared/openapi/example-payloads.json');
  if (!existsSync(file)) {
    await context.annotate('the reference does not lie beside the checkout: its examples were not looked at');
    return;
  }
  const { vapi } = (JSON.parse(readFileSync(file, 'utf8')) as { examples: { vapi: Record<string, unknown> } })
    .examples;
  const messages = Object.values(vapi)
    .flat()
    .filter(
      (body) =>
        typeof body === 'object' && body !== null && 'message' in body && 'type' in Object(body.message),
    );
  const webhooks = messages.filter((body) => 'call' in Object((body as { message: object }).message));
  expect(webhooks.length).toBeGreaterThan(5);
  for (const body of webhooks) expect(vapiEvents(body, NOON)).not.toBe(null);
  const ended = storyOf(eventsOfCall(callShape.parse(vapi['callEnded']), NOON));
  expect(ended).toMatchObject({ status: 'ended', end: 'completed', costMicros: 143_200 });
});
