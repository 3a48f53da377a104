import { HOUR_MS, MINUTE_MS } from '../../../shared/lib/instants.ts';
import type { Fate } from '../fates.ts';
import { type Twilio, newSid, queueFor } from './account.ts';
import {
  type CallPlan,
  type Callback,
  type TwilioCall,
  type TwilioStatus,
  isLive,
  secondsOf,
} from './call.ts';
import { sendForm, tellStatus } from './callbacks.ts';
import { startTape } from './tapes.ts';

/** Per minute begun, in the account’s currency. */
const PRICE_A_MINUTE = 0.014;
const TRIAL_MS_MAX = 10 * MINUTE_MS;
const FAILED_SIP = 503;

export interface NewCall {
  readonly to: string;
  readonly from: string;
  readonly plan: CallPlan;
  readonly fate: Fate;
  readonly statusCallback: Callback | null;
  readonly attemptId: string | null;
  readonly direction: TwilioCall['direction'];
  readonly parentSid: string | null;
  /** What it does once somebody is on the line. */
  readonly onAnswer: (call: TwilioCall) => void;
}

/** Takes a call on: it waits for its place, is dialed, rings, and comes to what its fate says. */
export function startCall(twilio: Twilio, wish: NewCall): TwilioCall {
  const call = newCall(twilio, wish, twilio.account.sid);
  call.queueMs = wish.direction === 'outbound-api' ? queueFor(twilio) : 0;
  at(twilio, call, call.queueMs, () => dial(twilio, call, wish.onAnswer));
  return call;
}

/** A call that test credentials “make”: it stays queued, and no phone hears of it. */
export function pretendCall(twilio: Twilio, wish: NewCall): TwilioCall {
  return newCall(twilio, wish, twilio.account.testSid);
}

function newCall(twilio: Twilio, wish: NewCall, accountSid: string): TwilioCall {
  const { world, account } = twilio;
  const { to, from, attemptId } = wish;
  const sid = newSid(twilio, 'CA');
  const leg = to.startsWith('client:') ? 'agent' : 'contact';
  const acceptedAt = world.clock.now();
  const isReal = accountSid === account.sid;
  const call: TwilioCall = {
    sid,
    accountSid,
    parentSid: wish.parentSid,
    to,
    from,
    direction: wish.direction,
    createdAt: world.carrierNow(),
    plan: wish.plan,
    fate: wish.fate,
    ring: isReal
      ? world.truth.add({ carrier: 'twilio', callRef: sid, attemptId, to, from, leg, acceptedAt })
      : null,
    status: 'queued',
    statusCallback: wish.statusCallback,
    updatedAt: world.carrierNow(),
    queueMs: 0,
    dialedAt: null,
    answeredAt: null,
    endedAt: null,
    answeredBy: null,
    detectedMs: null,
    sipCode: null,
    price: null,
    sequence: 0,
    onEnd: new Set(),
    timers: new Set(),
    interrupt: () => {},
    isDeleted: false,
  };
  account.calls.set(sid, call);
  return call;
}

/** In so many milliseconds, unless the call has ended by then. */
export function at(twilio: Twilio, call: TwilioCall, delayMs: number, run: () => void): () => void {
  const cancel = twilio.world.clock.after(delayMs, () => {
    call.timers.delete(cancel);
    if (isLive(call)) run();
  });
  call.timers.add(cancel);
  return () => {
    call.timers.delete(cancel);
    cancel();
  };
}

function dial(twilio: Twilio, call: TwilioCall, onAnswer: NewCall['onAnswer']): void {
  const { fate, plan } = call;
  call.dialedAt = twilio.world.carrierNow();
  tellStatus(twilio, call, 'initiated');
  at(twilio, call, fate.setupMs, () => {
    if (fate.kind === 'invalid-number') return endCall(twilio, call, 'failed', 404);
    ring(twilio, call);
    if (fate.kind !== 'rings-forever') at(twilio, call, plan.timeoutMs, () => giveUp(twilio, call));
    if (fate.kind === 'no-answer' || fate.kind === 'rings-forever') return;
    at(twilio, call, fate.ringMs, () => {
      if (fate.kind === 'busy') endCall(twilio, call, 'busy', 486);
      else if (fate.kind === 'failed') endCall(twilio, call, 'failed', FAILED_SIP);
      else answer(twilio, call, onAnswer);
    });
  });
}

function ring(twilio: Twilio, call: TwilioCall): void {
  move(twilio, call, 'ringing');
  if (call.ring !== null) call.ring.rangAt = twilio.world.clock.now();
  tellStatus(twilio, call, 'ringing');
}

function giveUp(twilio: Twilio, call: TwilioCall): void {
  if (call.status === 'ringing') endCall(twilio, call, 'no-answer', 487);
}

function answer(twilio: Twilio, call: TwilioCall, onAnswer: NewCall['onAnswer']): void {
  const { fate, plan } = call;
  move(twilio, call, 'in-progress');
  call.answeredAt = twilio.world.carrierNow();
  if (call.ring !== null) call.ring.answeredAt = twilio.world.clock.now();
  tellStatus(twilio, call, 'answered');
  if (plan.recording !== null) startTape(twilio, { call, plan: plan.recording, source: 'OutboundAPI' });
  if (fate.talkMs !== null) at(twilio, call, fate.talkMs, () => endCall(twilio, call, 'completed'));
  const limitMs = twilio.account.limits.isTrial ? Math.min(plan.timeLimitMs, TRIAL_MS_MAX) : plan.timeLimitMs;
  at(twilio, call, Math.min(limitMs, 24 * HOUR_MS), () => endCall(twilio, call, 'completed'));
  listenForMachine(twilio, call, () => onAnswer(call));
}

/** Finds out who answered, and has the call go on: at once, or with the verdict. */
function listenForMachine(twilio: Twilio, call: TwilioCall, goOn: () => void): void {
  const { detection } = call.plan;
  if (detection === null) return goOn();
  if (detection.isAsync) goOn();
  const { answeredBy, afterMs } = verdictOn(call.fate, detection.mode, detection.timeoutMs);
  at(twilio, call, afterMs, () => {
    call.answeredBy = answeredBy;
    call.detectedMs = afterMs;
    if (!detection.isAsync) return goOn();
    if (detection.callback === null)
      return void twilio.account.debug.push({ code: 21262, callSid: call.sid, url: '' });
    sendForm(twilio, detection.callback, {
      kind: answeredBy,
      shape: 'detection',
      call,
      fields: {
        CallSid: call.sid,
        AccountSid: twilio.account.sid,
        AnsweredBy: answeredBy,
        MachineDetectionDuration: String(afterMs),
      },
    });
  });
}

function verdictOn(
  fate: Fate,
  mode: 'Enable' | 'DetectMessageEnd',
  timeoutMs: number,
): { answeredBy: string; afterMs: number } {
  if (fate.kind === 'human') return { answeredBy: 'human', afterMs: 1_800 };
  if (fate.kind === 'fax') return { answeredBy: 'fax', afterMs: 2_500 };
  if (mode === 'Enable') return { answeredBy: 'machine_start', afterMs: 3_200 };
  const afterMs = fate.beepMs === null ? 8_000 : fate.beepMs + 300;
  if (afterMs > timeoutMs) return { answeredBy: 'unknown', afterMs: timeoutMs };
  return { answeredBy: fate.beepMs === null ? 'machine_end_silence' : 'machine_end_beep', afterMs };
}

type End = Exclude<TwilioStatus, 'queued' | 'ringing' | 'in-progress'>;

/** Ends a call, whoever wants it. One that is over stays as it is. */
export function endCall(twilio: Twilio, call: TwilioCall, end: End, sipCode: number | null = null): void {
  if (!isLive(call)) return;
  const { world, account } = twilio;
  for (const cancel of call.timers) cancel();
  call.timers.clear();
  move(twilio, call, end);
  call.endedAt = world.carrierNow();
  call.sipCode = sipCode ?? (end === 'completed' ? 200 : end === 'canceled' ? 487 : null);
  if (call.ring !== null) Object.assign(call.ring, { endedAt: world.clock.now(), end });
  call.interrupt();
  for (const run of call.onEnd) run();
  tellStatus(twilio, call, 'completed');
  world.clock.after(account.limits.priceAfterMs, () => {
    call.price = (-PRICE_A_MINUTE * Math.ceil(secondsOf(call) / 60)).toFixed(5);
    call.updatedAt = world.carrierNow();
  });
}

function move(twilio: Twilio, call: TwilioCall, status: TwilioStatus): void {
  call.status = status;
  call.updatedAt = twilio.world.carrierNow();
}
