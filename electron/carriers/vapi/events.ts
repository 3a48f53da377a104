import { createHash } from 'node:crypto';
import type {
  CallEvent,
  CallFacts,
  CallStatus,
  CostPart,
  TranscriptSegment,
} from '../../../shared/domain/call.ts';
import { type Instant, MINUTE_MS, SECOND_MS, instant } from '../../../shared/lib/instants.ts';
import type { CarrierEvent } from '../carrier.ts';
import { endOf } from './ended-reasons.ts';
import { evaluationIn } from './score.ts';
import {
  type VapiCall,
  type VapiMessage,
  type VapiReport,
  attemptOf,
  callShape,
  instantIn,
  reportShape,
} from './shapes.ts';

/* Vapi’s words turned into ours. A webhook and a poll that tell the same have the same key, so it is kept once. */

const STATUSES: Readonly<Record<string, CallStatus>> = {
  scheduled: 'queued',
  queued: 'queued',
  ringing: 'ringing',
  'in-progress': 'in-progress',
  forwarding: 'in-progress',
  ended: 'ended',
  'not-found': 'ended',
  'deletion-failed': 'ended',
};

/** Names that older notes give to what Vapi posts, and what it posts today. */
const OLD_NAMES: Readonly<Record<string, { readonly type: string; readonly status?: string }>> = {
  'call.started': { type: 'status-update', status: 'in-progress' },
  'call.ended': { type: 'end-of-call-report' },
  'call.failed': { type: 'end-of-call-report' },
  'recording.ready': { type: 'end-of-call-report' },
  'transcript.ready': { type: 'end-of-call-report' },
};

/** A carrier’s clock may be so far ahead of ours; what claims to come from later happened when it came. */
const AHEAD_MS_MAX = 5 * MINUTE_MS;

type Fields = Readonly<Record<string, unknown>>;

/**
 * What a webhook of Vapi tells: of today’s kinds or the old ones, with its message inside or bare. Null where it is
 * none at all; nothing where it tells nothing we act on.
 */
export function vapiEvents(
  body: unknown,
  receivedAt: Instant,
  attemptId: string | null = null,
): readonly CarrierEvent[] | null {
  const message = messageIn(body);
  if (message === null) return null;
  const said = message['type'] ?? message['event'];
  if (typeof said !== 'string') return null;
  const { type, status: usual } = OLD_NAMES[said] ?? { type: said };
  const call = callIn(message);
  if (call === null) return null;
  const at = heardAt(message['timestamp'], receivedAt);
  const known = attemptId ?? attemptOf(call);
  return factsOf(type, usual, { ...call, ...ownFields(message) }, message, at).map((event) => ({
    callRef: call.id,
    attemptId: known,
    event,
  }));
}

function factsOf(
  type: string,
  usual: string | undefined,
  call: VapiCall,
  message: Fields,
  at: Instant,
): CallEvent[] {
  switch (type) {
    case 'status-update':
      return statusEvents(usual ?? message['status'], call, at);
    case 'end-of-call-report':
      // The old names also came while the call went on: only what says how it ended, ends it.
      return [...(call.endedReason ? endEvents(call, at) : []), ...reportEvents(call, at)];
    case 'conversation-update':
      return transcriptEvents(call, at);
    default:
      return [];
  }
}

/** All that a call’s own record says, in the order in which it happened. */
export function eventsOfCall(call: VapiCall, now: Instant): CallEvent[] {
  const createdAt = momentOf(call.createdAt) ?? now;
  const status = STATUSES[call.status ?? ''];
  const startedAt = momentOf(call.startedAt);
  const events: CallEvent[] = [];
  if (status === 'queued') events.push(told('queued', createdAt, call.status));
  if (status === 'ringing') events.push(told('ringing', momentOf(call.updatedAt) ?? now, 'ringing'));
  const wasAnswered = startedAt !== null && (status !== 'ended' || talked(call));
  if (status === 'in-progress' || wasAnswered)
    events.push(told('in-progress', startedAt ?? momentOf(call.updatedAt) ?? now, 'in-progress'));
  if (status === 'ended')
    events.push(...endEvents(call, momentOf(call.endedAt) ?? momentOf(call.updatedAt) ?? now));
  const doneAt = momentOf(call.endedAt) ?? now;
  return [...events, ...(status === 'ended' ? reportEvents(call, doneAt) : transcriptEvents(call, doneAt))];
}

/** Only whoever was talked to was answered; Vapi gives a start to calls that nobody took as well. */
function talked({ endedReason }: VapiReport): boolean {
  return endOf(endedReason).answeredBy !== undefined;
}

function statusEvents(said: unknown, call: VapiCall, at: Instant): CallEvent[] {
  const status = typeof said === 'string' ? STATUSES[said] : undefined;
  if (status === undefined) return [];
  if (status !== 'ended') return [told(status, at, String(said))];
  // Without a reason nobody knows what it came to: the report says it, or the carrier is asked.
  return call.endedReason ? endEvents(call, at) : [];
}

function told(status: CallStatus, at: Instant, rawStatus: string | null | undefined): CallEvent {
  return { key: `status:${status}`, at, facts: { status, ...(rawStatus ? { rawStatus } : {}) } };
}

function endEvents(call: VapiReport, heard: Instant): CallEvent[] {
  return [{ key: 'status:ended', at: momentOf(call.endedAt) ?? heard, facts: endOf(call.endedReason) }];
}

function reportEvents(call: VapiCall, heard: Instant): CallEvent[] {
  const events: CallEvent[] = [];
  const add = (key: string, facts: CallFacts) => void events.push({ key, at: heard, facts });
  const seconds = secondsOf(call);
  if (seconds !== null) add(`seconds:${seconds}`, { seconds });
  const cost = costOf(call);
  if (cost !== null) add(`cost:${cost.costMicros}`, cost);
  const ref = recordingOf(call);
  if (ref !== null) add(`recording:${ref}`, { recordingRef: ref });
  const evaluation = evaluationIn(call);
  if (evaluation !== null) add(`evaluation:${shortHash(JSON.stringify(evaluation))}`, { evaluation });
  return [...events, ...transcriptEvents(call, heard)];
}

function transcriptEvents(call: VapiCall, heard: Instant): CallEvent[] {
  const transcript = transcriptIn(call);
  if (transcript.length === 0) return [];
  const key = `transcript:${transcript.length}:${shortHash(JSON.stringify(transcript))}`;
  return [{ key, at: heard, facts: { transcript } }];
}

function secondsOf({ startedAt, endedAt, endedReason }: VapiReport): number | null {
  const from = momentOf(startedAt);
  const to = momentOf(endedAt);
  if (from === null || to === null || to < from || endOf(endedReason).answeredBy === undefined) return null;
  return Math.round((to - from) / SECOND_MS);
}

const MICROS = 1_000_000;

function costOf({
  cost,
  costs,
  costBreakdown,
}: VapiReport): Pick<Required<CallFacts>, 'costMicros' | 'currency' | 'costParts'> | null {
  const listed = (costs ?? []).flatMap((each) => (each === null ? [] : [[each.type, each.cost] as const]));
  const broken = Object.entries(costBreakdown ?? {}).filter(
    ([name, value]) => name !== 'total' && typeof value === 'number' && !/Tokens|Characters/.test(name),
  ) as [string, number][];
  const parts = (listed.length > 0 ? listed : broken).map(([what, dollars]) => partOf(what, dollars));
  const total = typeof cost === 'number' ? Math.round(cost * MICROS) : sumOf(parts);
  return total === null ? null : { costMicros: total, currency: 'USD', costParts: parts };
}

function partOf(what: string, dollars: number): CostPart {
  return { what, costMicros: Math.round(dollars * MICROS) };
}

function sumOf(parts: readonly CostPart[]): number | null {
  return parts.length === 0 ? null : parts.reduce((sum, { costMicros }) => sum + costMicros, 0);
}

/** Where the sound is fetched from later: Vapi’s own addresses of it come and go. */
function recordingOf({ id, artifact, recordingUrl, stereoRecordingUrl }: VapiCall): string | null {
  const stereo = artifact?.recording?.stereoUrl ?? artifact?.stereoRecordingUrl ?? stereoRecordingUrl;
  if (stereo) return `${id}/stereo-recording`;
  const mono = artifact?.recording?.mono?.combinedUrl ?? artifact?.recordingUrl ?? recordingUrl;
  return mono ? `${id}/mono-recording` : null;
}

function transcriptIn({ artifact, messages, transcript }: VapiCall): TranscriptSegment[] {
  const said = artifact?.messages?.length ? artifact.messages : (messages ?? []);
  const segments = said.flatMap((message) => segmentOf(message) ?? []);
  if (segments.length > 0) return segments;
  const text = artifact?.transcript ?? (typeof transcript === 'string' ? transcript : '');
  return linesIn(text);
}

const SPEAKERS: Readonly<Record<string, TranscriptSegment['speaker']>> = {
  bot: 'agent',
  assistant: 'agent',
  user: 'contact',
};

function segmentOf({ role, message, content, secondsFromStart, time, endTime, duration }: VapiMessage) {
  const speaker = SPEAKERS[role];
  const text = (message ?? content ?? '').trim();
  if (speaker === undefined || text === '') return null;
  const fromMs = Math.max(0, Math.round((secondsFromStart ?? 0) * SECOND_MS));
  const longMs = duration ?? (time && endTime ? endTime - time : 0);
  return { speaker, fromMs, toMs: fromMs + Math.max(0, Math.round(longMs)), text };
}

/** A transcript as plain text, where there is no other: who spoke begins each line, and when is not known. */
function linesIn(text: string): TranscriptSegment[] {
  return text.split('\n').flatMap((line) => {
    const read = /^(AI|Assistant|Bot|User|Customer):\s*(.+)$/i.exec(line.trim());
    if (read === null) return [];
    const speaker = /^(user|customer)$/i.test(read[1]!) ? ('contact' as const) : ('agent' as const);
    return [{ speaker, fromMs: 0, toMs: 0, text: read[2]! }];
  });
}

function messageIn(body: unknown): Fields | null {
  if (!isFields(body)) return null;
  return isFields(body['message']) ? body['message'] : body;
}

/** The call a message is about: in its own field, or all around. */
function callIn(message: Fields): VapiCall | null {
  const data = isFields(message['data']) ? message['data'] : {};
  const found = [message['call'], data['call'], data, { id: message['callId'] }, { id: data['callId'] }]
    .filter(isFields)
    .find(({ id }) => typeof id === 'string' && id !== '');
  const parsed = callShape.safeParse(found);
  return parsed.success ? parsed.data : null;
}

/** What a message says itself outranks what the call inside it said when it was put there. */
function ownFields(message: Fields): Partial<VapiReport> {
  const data = isFields(message['data']) ? message['data'] : {};
  const parsed = reportShape.safeParse({ ...data, ...message });
  if (!parsed.success) return {};
  return Object.fromEntries(
    Object.entries(parsed.data).filter(([, value]) => value !== null && value !== undefined),
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function heardAt(timestamp: unknown, receivedAt: Instant): Instant {
  const said = typeof timestamp === 'string' ? (instantIn(timestamp) ?? Number(timestamp)) : timestamp;
  if (typeof said !== 'number' || !Number.isFinite(said) || said <= 0) return receivedAt;
  return said > receivedAt + AHEAD_MS_MAX ? receivedAt : instant(Math.round(said));
}

function momentOf(text: string | null | undefined): Instant | null {
  const ms = instantIn(text);
  return ms === null ? null : instant(ms);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
