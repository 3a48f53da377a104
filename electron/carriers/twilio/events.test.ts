import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storyOf } from '../../../shared/domain/call.ts';
import { instant } from '../../../shared/lib/instants.ts';
import { eventsOfCall, twilioEvent } from './events.ts';

const NOW = instant(Date.UTC(2026, 8, 8, 15));
const CALL = `CA${'1'.repeat(32)}`;
const ATTEMPT = '01990000-0000-7000-8000-000000000001';

const told = (form: Record<string, string>) => twilioEvent({ CallSid: CALL, ...form }, NOW);
const callback = (CallStatus: string, Timestamp: string, more: Record<string, string> = {}) =>
  told({ CallStatus, Timestamp: `Tue, 08 Sep 2026 ${Timestamp} +0000`, ...more })!;

const HEARD = [
  callback('initiated', '14:03:12'),
  callback('ringing', '14:03:14'),
  callback('in-progress', '14:03:20'),
  callback('completed', '14:05:02', { CallDuration: '102' }),
];

test('callbacks tell the same story in any order, doubled or not', () => {
  const story = storyOf(HEARD.map(({ event }) => event));
  expect(story).toMatchObject({ status: 'ended', end: 'completed', seconds: 102 });
  expect(storyOf([...HEARD, ...HEARD].toReversed().map(({ event }) => event))).toEqual(story);
});

test('what a callback told is not told again by asking: the keys are the same', () => {
  const record = {
    sid: CALL,
    status: 'completed',
    start_time: 'Tue, 08 Sep 2026 14:03:20 +0000',
    end_time: 'Tue, 08 Sep 2026 14:05:02 +0000',
    duration: '102',
    answered_by: 'human',
    price: '-0.028',
    price_unit: 'USD',
  };
  const heard = new Set(HEARD.map(({ event }) => event.key)).add('answered-by:human');
  const fresh = eventsOfCall(record, NOW).filter(({ key }) => !heard.has(key));
  expect(fresh).toMatchObject([{ key: 'price', facts: { costMicros: 28_000, currency: 'USD' } }]);
  expect(told({ AnsweredBy: 'human', MachineDetectionDuration: '3000' })).toMatchObject({
    event: { key: 'answered-by:human', at: NOW },
  });
});

test('a live call that is asked about moves on, even where Twilio sends no times', () => {
  for (const [status, ours] of [
    ['queued', 'queued'],
    ['ringing', 'ringing'],
    ['in-progress', 'in-progress'],
    ['no-answer', 'ended'],
  ] as const)
    expect(storyOf(eventsOfCall({ sid: CALL, status }, NOW)).status).toBe(ours);
  expect(eventsOfCall({ sid: CALL, status: 'something new' }, NOW)).toEqual([]);
});

test('a number that the network does not know is told as that', () => {
  const { event } = callback('failed', '14:03:14', { SipResponseCode: '404' });
  expect(event.facts).toMatchObject({ end: 'failed', error: { code: 'unreachable-number' } });
});

test('recordings, holds and labels are told; what is none of ours is not', () => {
  expect(told({ RecordingSid: 'RE1', RecordingStatus: 'completed' })).toMatchObject({
    event: { key: 'recording:RE1', facts: { recordingRef: 'RE1' } },
  });
  expect(told({ RecordingSid: 'RE1', RecordingStatus: 'absent', ErrorCode: '16102' })).toMatchObject({
    event: { facts: { error: { sentence: 'There is no recording: nothing was said.' } } },
  });
  expect(told({ RecordingSid: 'RE1', RecordingStatus: 'in-progress' })).toBeNull();
  expect(
    told({ StatusCallbackEvent: 'participant-hold', SequenceNumber: '7', ParticipantLabel: ATTEMPT }),
  ).toMatchObject({ attemptId: ATTEMPT, event: { key: 'hold:7', facts: { isHeld: true } } });
  expect(told({ StatusCallbackEvent: 'participant-join', CallStatus: 'in-progress' })).toBeNull();
  expect(told({ CallStatus: 'dreaming' })).toBeNull();
  expect(told({ AnsweredBy: 'a ghost' })).toBeNull();
  expect(twilioEvent({ CallSid: '../../etc', CallStatus: 'ringing' }, NOW)).toBeNull();
  expect(twilioEvent({}, NOW)).toBeNull();
});

const BESIDE = join(import.meta.dirname, '../../../../shared/openapi/example-payloads.json');

test('every example callback of Twilio’s is understood', () => {
  if (!existsSync(BESIDE))
    return console.info('Not checked against examples: they are not beside this checkout.');
  const { twilio } = (
    JSON.parse(readFileSync(BESIDE, 'utf8')) as { examples: { twilio: Record<string, unknown> } }
  ).examples;
  const forms = [
    ...(twilio['statusCallbackForms'] as Record<string, string>[]),
    twilio['statusCallbackNotReached'],
    twilio['amdCallbackForm'],
    twilio['recordingCallbackForm'],
  ] as Record<string, string>[];
  for (const form of forms) expect(twilioEvent(form, NOW), JSON.stringify(form)).not.toBeNull();
});
