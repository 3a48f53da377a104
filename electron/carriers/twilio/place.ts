import type { Clock } from '../../../shared/lib/clock.ts';
import { type Instant, SECOND_MS, instant } from '../../../shared/lib/instants.ts';
import type { PlaceRequest, Placed, Refused, Spoken } from '../carrier.ts';
import { retryAfterMs } from '../http.ts';
import type { AgentLines } from './agent-line.ts';
import type { Form, Told, TwilioClient } from './client.ts';
import { twilioInstant } from './events.ts';
import { callShape, participantShape } from './shapes.ts';
import { message, roomOf } from './twiml.ts';

/** What Twilio is to call us back about, as the relay names its doors. */
export type HookKind = 'call' | 'amd' | 'recording' | 'sound';

/** Addresses under which the world reaches us. Null where it does not: then everything is asked for. */
export interface Hooks {
  /** Null while the tunnel is down. For a sound, its id stands where the attempt’s does. */
  urlFor(kind: HookKind, attemptId: string): string | null;
}

/** Where a call of ours is, so that it can be held, muted and handed over. */
export interface Leg {
  readonly conferenceSid: string;
  readonly room: string;
  readonly label: string;
  readonly from: string;
}

interface PlaceParts {
  readonly client: TwilioClient;
  readonly clock: Clock;
  readonly lines: AgentLines;
  readonly hooks: Hooks | null;
  readonly legs: Map<string, Leg>;
}

/** Asks for one call: into the agent’s room, or for a message that Twilio speaks. */
export async function placeAtTwilio(
  parts: PlaceParts,
  request: PlaceRequest,
  signal: AbortSignal,
): Promise<Placed> {
  if (signal.aborted) return NOT_SENT;
  if (request.say !== undefined) return speak(parts, request, signal);
  if (request.agentId === undefined) return CANNOT_SPEAK;
  const trouble = await parts.lines.ensure(request.agentId, request.from, signal);
  if (trouble !== null) return trouble;
  if (signal.aborted) return NOT_SENT;
  return intoRoom(parts, request, roomOf(request.agentId), signal);
}

/** What Twilio is to do; null where the message is too long, or its sound lies where Twilio cannot fetch it. */
export function messageFor(hooks: Hooks | null, say: Spoken, attemptId: string | null = null): string | null {
  return message(
    say,
    (id) => (id.startsWith('https://') ? id : (hooks?.urlFor('sound', id) ?? null)),
    attemptId,
  );
}

async function speak(parts: PlaceParts, request: PlaceRequest, signal: AbortSignal): Promise<Placed> {
  const Twiml = messageFor(parts.hooks, request.say!, request.attemptId);
  if (Twiml === null) return request.say?.kind === 'sound' ? CANNOT_FETCH : CANNOT_SAY;
  const { attemptId, to, from, record, detectMachine } = request;
  const form: Form = {
    To: to,
    From: from,
    Twiml,
    Timeout: ringSeconds(request),
    ...statusHooks(parts.hooks, attemptId),
    ...(detectMachine ? { MachineDetection: 'DetectMessageEnd', AsyncAmd: 'true' } : {}),
    ...hook(detectMachine, 'AsyncAmdStatusCallback', parts.hooks?.urlFor('amd', attemptId)),
    ...recordingFields(parts.hooks, attemptId, record),
  };
  const told = await parts.client.post('/Calls.json', form, signal);
  if (told.kind !== 'ok') return refusedOrUnclear(told);
  const call = callShape.safeParse(told.body).data;
  if (call === undefined) return NOT_UNDERSTOOD;
  return { kind: 'placed', callRef: call.sid, at: placedAt(parts, call.date_created) };
}

async function intoRoom(
  parts: PlaceParts,
  request: PlaceRequest,
  room: string,
  signal: AbortSignal,
): Promise<Placed> {
  const { attemptId, to, from, record, detectMachine } = request;
  const form: Form = {
    From: from,
    To: to,
    Label: attemptId,
    Timeout: ringSeconds(request),
    EarlyMedia: 'true',
    Beep: 'false',
    StartConferenceOnEnter: 'true',
    EndConferenceOnExit: 'false',
    ...statusHooks(parts.hooks, attemptId),
    ...(detectMachine ? { MachineDetection: 'DetectMessageEnd' } : {}),
    ...hook(detectMachine, 'AmdStatusCallback', parts.hooks?.urlFor('amd', attemptId)),
    ...recordingFields(parts.hooks, attemptId, record),
  };
  const told = await parts.client.post(`/Conferences/${room}/Participants.json`, form, signal);
  if (told.kind !== 'ok') return refusedOrUnclear(told);
  const participant = participantShape.safeParse(told.body).data;
  if (participant === undefined) return NOT_UNDERSTOOD;
  const { call_sid: callRef, conference_sid: conferenceSid } = participant;
  parts.legs.set(callRef, { conferenceSid, room, label: attemptId, from });
  return { kind: 'placed', callRef, at: placedAt(parts, participant.date_created) };
}

function refusedOrUnclear(told: Exclude<Told, { kind: 'ok' }>): Placed {
  if (told.kind === 'not-sent')
    return {
      kind: 'refused',
      code: 'no-connection',
      sentence: `Twilio: ${told.sentence} Nobody was rung.`,
      retry: true,
    };
  if (told.kind === 'unclear')
    return {
      kind: 'unclear',
      sentence: `Twilio: ${told.sentence} There may be a call; it is asked about before anybody is rung again.`,
    };
  const { code, sentence, retry, remedy } = told.trouble;
  // A label that is taken means that there is a call of this attempt.
  if (remedy === 'ask') return { kind: 'unclear', sentence };
  const waitMs = retryAfterMs(told.headers);
  return { kind: 'refused', code, sentence, retry, ...(waitMs === null ? {} : { retryAfterMs: waitMs }) };
}

function statusHooks(hooks: Hooks | null, attemptId: string): Form {
  const url = hooks?.urlFor('call', attemptId) ?? null;
  return url === null
    ? {}
    : { StatusCallback: url, StatusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'] };
}

function recordingFields(hooks: Hooks | null, attemptId: string, record: boolean): Form {
  if (!record) return {};
  const url = hooks?.urlFor('recording', attemptId) ?? null;
  const told =
    url === null
      ? {}
      : { RecordingStatusCallback: url, RecordingStatusCallbackEvent: ['completed', 'absent'] };
  return { Record: 'true', RecordingChannels: 'dual', ...told };
}

function hook(isWanted: boolean, field: string, url: string | null | undefined): Form {
  return isWanted && url != null ? { [field]: url } : {};
}

/** Twilio lets it ring no shorter than five seconds and no longer than ten minutes. */
function ringSeconds({ ringMs }: PlaceRequest): string {
  return String(Math.min(600, Math.max(5, Math.round(ringMs / SECOND_MS))));
}

/** By our clock: Twilio’s may be ahead or behind. */
function placedAt({ client, clock }: PlaceParts, created: string | null | undefined): Instant {
  const at = twilioInstant(created);
  return at === null ? clock.now() : instant(at - client.skewMs());
}

const NOT_SENT: Refused = {
  kind: 'refused',
  code: 'not-sent',
  sentence: 'Stopped before Twilio was asked. Nobody was rung.',
  retry: true,
};
const CANNOT_SPEAK: Refused = {
  kind: 'refused',
  code: 'cannot-speak',
  sentence:
    'Twilio plays a recorded message and does not converse. Choose a recorded message for this campaign, or set up Vapi.',
  retry: false,
};
const CANNOT_SAY: Refused = {
  kind: 'refused',
  code: 'cannot-say',
  sentence: 'Twilio cannot speak this message: it is too long. Shorten it. Nobody was rung.',
  retry: false,
};
/** Goes on by itself once there is a way in again. */
const CANNOT_FETCH: Refused = {
  kind: 'refused',
  code: 'cannot-fetch',
  sentence:
    'Twilio plays this recording from here, and there is no way in from outside just now. Nobody was rung. See Settings › Connection, or have the words spoken.',
  retry: true,
};
const NOT_UNDERSTOOD: Placed = {
  kind: 'unclear',
  sentence:
    'Twilio’s answer could not be understood. There may be a call; it is asked about before anybody is rung again.',
};
