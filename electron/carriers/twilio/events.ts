import type { AnsweredBy, CallEnd, CallEvent, CallFacts, CallStatus } from '../../../shared/domain/call.ts';
import { type Instant, SECOND_MS, after, instant } from '../../../shared/lib/instants.ts';
import type { CarrierEvent } from '../carrier.ts';
import { sipTrouble, twilioTrouble } from './errors.ts';
import type { TwilioCall, TwilioRecording } from './shapes.ts';

/* Twilio’s words turned into ours. A webhook and a poll that tell the same have the same key, so it is kept once. */

const STATUSES: Readonly<Record<string, CallStatus>> = {
  initiated: 'queued',
  queued: 'queued',
  ringing: 'ringing',
  'in-progress': 'in-progress',
  completed: 'ended',
  busy: 'ended',
  'no-answer': 'ended',
  failed: 'ended',
  canceled: 'ended',
};

const ENDS: ReadonlySet<string> = new Set(['completed', 'busy', 'no-answer', 'failed', 'canceled']);

const ANSWERERS: ReadonlySet<string> = new Set([
  'human',
  'machine_start',
  'machine_end_beep',
  'machine_end_silence',
  'machine_end_other',
  'fax',
  'unknown',
]);

/**
 * What a callback of Twilio tells of a call, for the relay; null where it tells nothing we act on. `receivedAt` stands in
 * where Twilio sends no time, as with machine detection. `attemptId` is what was in the query of the callback’s address.
 */
export function twilioEvent(
  form: Readonly<Record<string, string>>,
  receivedAt: Instant,
  attemptId: string | null = null,
): CarrierEvent | null {
  const callRef = form['CallSid'] ?? '';
  if (!/^CA[0-9a-f]{32}$/i.test(callRef)) return null;
  const event = eventIn(form, receivedAt);
  const label = form['ParticipantLabel'];
  const known = attemptId ?? (label !== undefined && isAttemptId(label) ? label : null);
  return event === null ? null : { callRef, attemptId: known, event };
}

/** All that a call’s own record says, in the order in which it happened. */
export function eventsOfCall(call: TwilioCall, now: Instant): CallEvent[] {
  const status = STATUSES[call.status];
  if (status === undefined) return [];
  const createdAt = twilioInstant(call.date_created) ?? now;
  const events: CallEvent[] = [];
  const add = (key: string, at: Instant, facts: CallFacts) => void events.push({ key, at, facts });

  if (status === 'queued') add('status:queued', createdAt, { status, rawStatus: call.status });
  if (status === 'ringing')
    add('status:ringing', lastChangeOf(call, now), { status, rawStatus: call.status });
  const answeredAt = answeredAtOf(call, now);
  if (answeredAt !== null)
    add('status:in-progress', answeredAt, { status: 'in-progress', rawStatus: 'in-progress' });
  // Before the end, with which a call without an agent is filed: as voicemail where a machine answered.
  if (isAnswerer(call.answered_by))
    add(`answered-by:${call.answered_by}`, answeredAt ?? createdAt, { answeredBy: call.answered_by });
  if (status === 'ended') add('status:ended', endedAtOf(call, now), endFacts(call.status, call.duration));
  const price = priceOf(call);
  if (price !== null) add('price', endedAtOf(call, now), price);
  return events;
}

/** A recording that can be fetched; null while it cannot, or will never be. */
export function eventOfRecording(recording: TwilioRecording, now: Instant): CallEvent | null {
  if (recording.status !== 'completed') return null;
  const at = twilioInstant(recording.start_time ?? recording.date_created) ?? now;
  return { key: `recording:${recording.sid}`, at, facts: { recordingRef: recording.sid } };
}

export function callStatusOf(raw: string): CallStatus | null {
  return STATUSES[raw] ?? null;
}

/** What a call’s record says of it as history: without what only events tell. */
export function factsOfCall(call: TwilioCall): CallFacts {
  const status = STATUSES[call.status];
  return {
    ...(status === 'ended'
      ? endFacts(call.status, call.duration)
      : status === undefined
        ? {}
        : { status, rawStatus: call.status }),
    ...(isAnswerer(call.answered_by) ? { answeredBy: call.answered_by } : {}),
    ...priceOf(call),
  };
}

/** Twilio writes RFC 2822; null for what is no time. */
export function twilioInstant(text: string | null | undefined): Instant | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : instant(at);
}

function eventIn(form: Readonly<Record<string, string>>, receivedAt: Instant): CallEvent | null {
  const at = twilioInstant(form['Timestamp']) ?? receivedAt;
  if (form['RecordingSid'] !== undefined) return recordingIn(form, receivedAt);
  const happened = form['StatusCallbackEvent'];
  if (happened === 'participant-hold' || happened === 'participant-unhold') {
    const key = `hold:${form['SequenceNumber'] ?? at}`;
    return { key, at, facts: { isHeld: happened === 'participant-hold' } };
  }
  const raw = form['CallStatus'] ?? '';
  const status = STATUSES[raw];
  if (status !== undefined && happened === undefined) {
    return { key: `status:${status}`, at, facts: statusFacts(form, raw, status) };
  }
  const answeredBy = form['AnsweredBy'];
  if (isAnswerer(answeredBy)) return { key: `answered-by:${answeredBy}`, at, facts: { answeredBy } };
  return null;
}

function statusFacts(form: Readonly<Record<string, string>>, raw: string, status: CallStatus): CallFacts {
  const answeredBy = form['AnsweredBy'];
  const heard = isAnswerer(answeredBy) ? { answeredBy } : {};
  if (status !== 'ended') return { status, rawStatus: raw, ...heard };
  const sip = raw === 'failed' ? sipTrouble(Number(form['SipResponseCode'])) : null;
  return { ...endFacts(raw, form['CallDuration']), ...heard, ...(sip === null ? {} : { error: sip }) };
}

function recordingIn(form: Readonly<Record<string, string>>, receivedAt: Instant): CallEvent | null {
  const recordingRef = form['RecordingSid']!;
  const at = twilioInstant(form['RecordingStartTime']) ?? receivedAt;
  if (form['RecordingStatus'] === 'completed')
    return { key: `recording:${recordingRef}`, at, facts: { recordingRef } };
  if (form['RecordingStatus'] !== 'absent' && form['RecordingStatus'] !== 'failed') return null;
  const { code, sentence } = twilioTrouble(Number(form['ErrorCode']) || 16101, 200);
  return { key: `recording:${recordingRef}`, at, facts: { error: { code, sentence } } };
}

function endFacts(raw: string, duration: string | null | undefined): CallFacts {
  const seconds = Number(duration ?? Number.NaN);
  return {
    status: 'ended',
    rawStatus: raw,
    ...(ENDS.has(raw) ? { end: raw as CallEnd } : {}),
    ...(raw === 'canceled' ? { endedBy: 'us' as const } : {}),
    ...(Number.isFinite(seconds) && seconds >= 0 ? { seconds } : {}),
  };
}

/** A price is a negative amount in words: "-0.02800". Null until it is known, which takes minutes. */
function priceOf({ price, price_unit }: TwilioCall): { costMicros: number; currency: string } | null {
  const amount = Number(price ?? Number.NaN);
  if (price == null || price === '' || !Number.isFinite(amount)) return null;
  return { costMicros: Math.round(Math.abs(amount) * 1_000_000), currency: price_unit ?? 'USD' };
}

function answeredAtOf(call: TwilioCall, now: Instant): Instant | null {
  const startedAt = twilioInstant(call.start_time);
  if (call.status === 'in-progress') return startedAt ?? lastChangeOf(call, now);
  const seconds = Number(call.duration ?? 0);
  if (call.status !== 'completed' || !(seconds > 0)) return null;
  const endedAt = twilioInstant(call.end_time);
  return endedAt === null ? startedAt : after(endedAt, -seconds * SECOND_MS);
}

function endedAtOf(call: TwilioCall, now: Instant): Instant {
  return twilioInstant(call.end_time) ?? lastChangeOf(call, now);
}

function lastChangeOf(call: TwilioCall, now: Instant): Instant {
  return twilioInstant(call.date_updated) ?? now;
}

function isAnswerer(word: string | null | undefined): word is AnsweredBy {
  return word != null && ANSWERERS.has(word);
}

function isAttemptId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
