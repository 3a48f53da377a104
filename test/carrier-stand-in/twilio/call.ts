import type { Instant } from '../../../shared/lib/instants.ts';
import type { Fate } from '../fates.ts';
import { type Fields, many, one } from '../http.ts';
import type { Ring } from '../truth.ts';

export type TwilioStatus =
  | 'queued'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

/** Where Twilio tells what happens, and what of it. */
export interface Callback {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly events: readonly string[];
}

/** What was asked for with a call. */
export interface CallPlan {
  readonly url: string | null;
  readonly method: 'GET' | 'POST';
  readonly fallbackUrl: string | null;
  readonly twiml: string | null;
  readonly timeoutMs: number;
  readonly timeLimitMs: number;
  readonly sendDigits: string | null;
  readonly detection: Detection | null;
  readonly recording: RecordingPlan | null;
}

export interface Detection {
  readonly mode: 'Enable' | 'DetectMessageEnd';
  /** What the call does next waits for the verdict where this is false. */
  readonly isAsync: boolean;
  readonly callback: Callback | null;
  readonly timeoutMs: number;
}

export interface RecordingPlan {
  readonly channels: 1 | 2;
  readonly track: 'inbound' | 'outbound' | 'both';
  readonly callback: Callback | null;
}

export interface TwilioCall {
  readonly sid: string;
  readonly accountSid: string;
  readonly parentSid: string | null;
  readonly to: string;
  readonly from: string;
  readonly direction: 'outbound-api' | 'outbound-dial' | 'inbound';
  readonly createdAt: Instant;
  readonly plan: CallPlan;
  readonly fate: Fate;
  /** Null with test credentials: nothing is dialed. */
  readonly ring: Ring | null;
  status: TwilioStatus;
  statusCallback: Callback | null;
  updatedAt: Instant;
  queueMs: number;
  dialedAt: Instant | null;
  answeredAt: Instant | null;
  endedAt: Instant | null;
  answeredBy: string | null;
  detectedMs: number | null;
  sipCode: number | null;
  /** In the currency of the account; null until it is known. */
  price: string | null;
  /** The number of the next status event. */
  sequence: number;
  /** What to do when it ends, whoever ends it. */
  readonly onEnd: Set<() => void>;
  /** Timers of this call, called off at its end. */
  readonly timers: Set<() => void>;
  /** Ends what it is doing at the moment, so that it can do something else. */
  interrupt: () => void;
  isDeleted: boolean;
}

const LIVE: readonly TwilioStatus[] = ['queued', 'ringing', 'in-progress'];

export function isLive(call: TwilioCall): boolean {
  return LIVE.includes(call.status);
}

/** Talk in whole seconds, as it is billed. */
export function secondsOf({ answeredAt, endedAt }: TwilioCall): number {
  return answeredAt === null || endedAt === null
    ? 0
    : Math.max(1, Math.round((endedAt - answeredAt) / 1_000));
}

export function callbackOf(form: Fields, name: string, usual: readonly string[]): Callback | null {
  const url = one(form, name);
  if (url === undefined || url === '') return null;
  // Several may come in one field, with spaces between, as in TwiML.
  const events = many(form, `${name}Event`).flatMap((event) => event.split(/\s+/));
  return {
    url,
    method: one(form, `${name}Method`) === 'GET' ? 'GET' : 'POST',
    events: events.length > 0 ? events : usual,
  };
}

const DAY_S = 24 * 60 * 60;

export function planOf(form: Fields): CallPlan {
  const detection = one(form, 'MachineDetection');
  const sendDigits = one(form, 'SendDigits') ?? null;
  return {
    url: one(form, 'Url') ?? null,
    method: one(form, 'Method') === 'GET' ? 'GET' : 'POST',
    fallbackUrl: one(form, 'FallbackUrl') ?? null,
    twiml: one(form, 'Twiml') ?? null,
    timeoutMs: Math.min(600, Number(one(form, 'Timeout') ?? 60)) * 1_000,
    timeLimitMs: Number(one(form, 'TimeLimit') ?? DAY_S / 6) * 1_000,
    sendDigits,
    detection:
      // Digits and detection exclude each other, and Twilio says nothing about it.
      sendDigits !== null || (detection !== 'Enable' && detection !== 'DetectMessageEnd')
        ? null
        : {
            mode: detection,
            isAsync: one(form, 'AsyncAmd') === 'true' || one(form, 'AmdStatusCallback') !== undefined,
            callback:
              callbackOf(form, 'AsyncAmdStatusCallback', []) ?? callbackOf(form, 'AmdStatusCallback', []),
            timeoutMs: Number(one(form, 'MachineDetectionTimeout') ?? 30) * 1_000,
          },
    recording: one(form, 'Record') === 'true' ? recordingPlanOf(form) : null,
  };
}

export function recordingPlanOf(form: Fields): RecordingPlan {
  const track = one(form, 'RecordingTrack');
  return {
    channels: one(form, 'RecordingChannels') === 'dual' ? 2 : 1,
    track: track === 'inbound' || track === 'outbound' ? track : 'both',
    callback: callbackOf(form, 'RecordingStatusCallback', ['completed']),
  };
}
