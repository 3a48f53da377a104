import type { Instant } from '../../../shared/lib/instants.ts';
import { type Twilio, newSid, twilioDate } from './account.ts';
import { type RecordingPlan, type TwilioCall, isLive } from './call.ts';
import { sendForm } from './callbacks.ts';

export type TapeStatus =
  | 'in-progress'
  | 'paused'
  | 'stopped'
  | 'processing'
  | 'completed'
  | 'absent'
  | 'deleted';

/** A recording: of a call, or of a room. */
export interface Tape {
  readonly sid: string;
  readonly callSid: string | null;
  readonly conferenceSid: string | null;
  readonly plan: RecordingPlan;
  readonly source:
    | 'OutboundAPI'
    | 'StartCallRecordingAPI'
    | 'RecordVerb'
    | 'Conference'
    | 'DialVerb'
    | 'StartConferenceRecordingAPI';
  readonly startedAt: Instant;
  status: TapeStatus;
  endedAt: Instant | null;
  pausedMs: number;
  pausedAt: Instant | null;
  updatedAt: Instant;
}

/** Shorter ones are none: Twilio says `absent`. */
const TAPE_MS_MIN = 500;

export function startTape(
  twilio: Twilio,
  { call, plan, source }: { call: TwilioCall; plan: RecordingPlan; source: Tape['source'] },
): Tape {
  const { world, account } = twilio;
  const tape: Tape = {
    sid: newSid(twilio, 'RE'),
    callSid: call.sid,
    conferenceSid: null,
    plan,
    source,
    startedAt: world.carrierNow(),
    status: 'in-progress',
    endedAt: null,
    pausedMs: 0,
    pausedAt: null,
    updatedAt: world.carrierNow(),
  };
  account.tapes.set(tape.sid, tape);
  call.onEnd.add(() => stopTape(twilio, tape));
  tell(twilio, tape, 'in-progress');
  return tape;
}

/** Ends a recording; it can be fetched a little later. */
export function stopTape(twilio: Twilio, tape: Tape): void {
  if (!['in-progress', 'paused'].includes(tape.status)) return;
  const { world, account } = twilio;
  setPaused(twilio, tape, false);
  tape.endedAt = world.carrierNow();
  tape.status = 'processing';
  world.clock.after(account.limits.recordingAfterMs, () => {
    if (tape.status !== 'processing') return;
    tape.status = tapeMs(tape) < TAPE_MS_MIN ? 'absent' : 'completed';
    tape.updatedAt = world.carrierNow();
    tell(twilio, tape, tape.status);
  });
}

export function setPaused({ world }: Twilio, tape: Tape, isPaused: boolean): void {
  if (isPaused === (tape.status === 'paused')) return;
  if (isPaused) tape.pausedAt = world.carrierNow();
  else tape.pausedMs += world.carrierNow() - (tape.pausedAt ?? world.carrierNow());
  tape.status = isPaused ? 'paused' : 'in-progress';
  tape.updatedAt = world.carrierNow();
}

export function tapeMs({ startedAt, endedAt, pausedMs }: Tape): number {
  return endedAt === null ? 0 : endedAt - startedAt - pausedMs;
}

/** The tape that a running call is being recorded on: what Twilio calls `Twilio.CURRENT`. */
export function currentTape({ account }: Twilio, call: TwilioCall): Tape | null {
  if (!isLive(call)) return null;
  const all = [...account.tapes.values()].filter(({ callSid }) => callSid === call.sid);
  return all.findLast(({ status }) => status === 'in-progress' || status === 'paused') ?? null;
}

function tell(twilio: Twilio, tape: Tape, event: string): void {
  const { callback } = tape.plan;
  if (callback === null || !callback.events.includes(event)) return;
  const isOver = tape.endedAt !== null;
  sendForm(twilio, callback, {
    kind: `recording-${event}`,
    shape: 'recording',
    call: (tape.callSid === null ? null : twilio.account.calls.get(tape.callSid)) ?? null,
    fields: {
      AccountSid: twilio.account.sid,
      ...(tape.callSid !== null && { CallSid: tape.callSid }),
      ...(tape.conferenceSid !== null && { ConferenceSid: tape.conferenceSid }),
      RecordingSid: tape.sid,
      RecordingUrl: mediaUrl(twilio, tape),
      RecordingStatus: event,
      ...(isOver && { RecordingDuration: String(Math.round(tapeMs(tape) / 1_000)) }),
      RecordingChannels: String(tape.plan.channels),
      RecordingStartTime: twilioDate(tape.startedAt),
      RecordingSource: tape.source,
      RecordingTrack: tape.plan.track,
    },
  });
}

export function mediaUrl(twilio: Twilio, tape: Tape): string {
  return `${twilio.world.url}/twilio${twilio.root()}/Recordings/${tape.sid}`;
}
