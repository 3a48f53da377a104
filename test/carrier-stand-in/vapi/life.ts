import { type Instant, instant } from '../../../shared/lib/instants.ts';
import { uuidAt } from '../../../shared/lib/uuid.ts';
import type { Fate } from '../fates.ts';
import { wordsOf } from '../sound.ts';
import { type CallWish, type Customer, type VapiCall, type VapiStatus, isLive, overridesOf } from './call.ts';
import { tellReport, tellSpeech, tellStatus } from './messages.ts';
import { type Vapi, providerIdOf } from './org.ts';

const QUEUE_MS = 400;
/** So long a phone rings before Vapi gives up. */
const RING_MS_MAX = 60_000;
const TALK_S_USUAL = 600;
const TALK_MS_SHOWN = 10 * 60_000;

/** Takes a call on: it waits where it is planned for later, rings, and comes to what its fate says. */
export function startCall(vapi: Vapi, wish: CallWish, customer: Customer): VapiCall {
  const { world, org } = vapi;
  const to = customer.number ?? '';
  const from = org.phoneNumbers.find(({ id }) => id === wish.phoneNumberId)?.number ?? '';
  const id = uuidAt(world.clock.now(), world.random);
  const acceptedAt = world.clock.now();
  const asked = {
    carrier: 'vapi',
    callRef: id,
    attemptId: attemptOf(wish, customer),
    to,
    from,
    leg: 'contact',
    acceptedAt,
  } as const;
  const call = newCall(vapi, {
    id,
    wish,
    customer,
    createdAt: world.carrierNow(),
    fate: world.fates.next(to),
    ring: world.truth.add(asked),
  });
  const earliestAt = wish.schedulePlan === undefined ? null : Date.parse(wish.schedulePlan.earliestAt);
  if (earliestAt === null) enqueue(vapi, call);
  else {
    call.status = 'scheduled';
    at(vapi, call, earliestAt - world.clock.now(), () => enqueue(vapi, call));
  }
  return call;
}

export function newCall(
  vapi: Vapi,
  known: {
    id: string;
    wish: CallWish;
    customer: Customer;
    createdAt: Instant;
    fate: Fate;
    ring: VapiCall['ring'];
  },
): VapiCall {
  const call: VapiCall = {
    ...known,
    providerId: providerIdOf(vapi),
    status: 'queued',
    updatedAt: known.createdAt,
    startedAt: null,
    endedAt: null,
    endedReason: null,
    destination: null,
    said: [],
    isReported: false,
    hasRecording: false,
    muted: new Set(),
    timers: new Set(),
    name: known.wish.name ?? null,
  };
  vapi.org.calls.set(call.id, call);
  return call;
}

function attemptOf(
  { assistantOverrides }: CallWish,
  { externalId, assistantOverrides: own }: Customer,
): string | null {
  const told = own?.metadata?.['attemptId'] ?? assistantOverrides?.metadata?.['attemptId'];
  return externalId ?? (typeof told === 'string' ? told : null);
}

/** In so many milliseconds, unless the call has ended by then. */
export function at({ world }: Vapi, call: VapiCall, delayMs: number, run: () => void): void {
  const cancel = world.clock.after(delayMs, () => {
    call.timers.delete(cancel);
    if (isLive(call)) run();
  });
  call.timers.add(cancel);
}

function enqueue(vapi: Vapi, call: VapiCall): void {
  const { limits, calls, isFrozen } = vapi.org;
  move(vapi, call, 'queued');
  const live = [...calls.values()].filter((each) => isLive(each) && each.status !== 'scheduled').length;
  if (isFrozen) return endCall(vapi, call, 'call.start.error-subscription-frozen');
  if (live > limits.callsMax && limits.overCallsMax === 'ended')
    return endCall(vapi, call, 'call.start.error-subscription-concurrency-limit-reached');
  at(vapi, call, QUEUE_MS, () => ring(vapi, call));
}

function ring(vapi: Vapi, call: VapiCall): void {
  const { fate } = call;
  at(vapi, call, fate.setupMs, () => {
    if (fate.kind === 'invalid-number') return endCall(vapi, call, 'twilio-reported-customer-misdialed');
    if (call.ring !== null) call.ring.rangAt = vapi.world.clock.now();
    move(vapi, call, 'ringing');
    if (fate.kind !== 'rings-forever')
      at(
        vapi,
        call,
        RING_MS_MAX,
        () => void (call.status === 'ringing' && endCall(vapi, call, 'customer-did-not-answer')),
      );
    if (fate.kind === 'no-answer' || fate.kind === 'rings-forever') return;
    at(vapi, call, fate.ringMs, () => {
      if (fate.kind === 'busy') endCall(vapi, call, 'customer-busy');
      else if (fate.kind === 'failed') endCall(vapi, call, 'twilio-failed-to-connect-call');
      else answer(vapi, call);
    });
  });
}

function answer(vapi: Vapi, call: VapiCall): void {
  const { fate } = call;
  const { voicemailDetection, maxDurationSeconds = TALK_S_USUAL } = overridesOf(call);
  call.startedAt = vapi.world.carrierNow();
  if (call.ring !== null) call.ring.answeredAt = vapi.world.clock.now();
  move(vapi, call, 'in-progress');
  at(vapi, call, maxDurationSeconds * 1_000, () => endCall(vapi, call, 'exceeded-max-duration'));
  const isDetecting = voicemailDetection !== undefined && voicemailDetection !== 'off';
  if (fate.kind === 'machine' && isDetecting)
    return at(vapi, call, (fate.beepMs ?? 8_000) + 2_000, () => endCall(vapi, call, 'voicemail'));
  if (fate.kind !== 'human')
    return at(vapi, call, fate.talkMs ?? 30_000, () => endCall(vapi, call, 'silence-timed-out'));
  for (const segment of wordsOf(call.id, Math.min(fate.talkMs ?? TALK_MS_SHOWN, TALK_MS_SHOWN)))
    at(vapi, call, segment.toMs, () => {
      call.said.push(segment);
      tellSpeech(vapi, call, segment);
    });
  if (fate.talkMs !== null) at(vapi, call, fate.talkMs, () => endCall(vapi, call, 'customer-ended-call'));
}

/** Ends a call, whoever wants it. One that is over stays as it is. */
export function endCall(vapi: Vapi, call: VapiCall, reason: string): void {
  if (!isLive(call)) return;
  const { world, org } = vapi;
  for (const cancel of call.timers) cancel();
  call.timers.clear();
  call.endedAt = world.carrierNow();
  call.endedReason = call.fate.endedReason ?? reason;
  if (call.ring !== null) Object.assign(call.ring, { endedAt: world.clock.now(), end: call.endedReason });
  move(vapi, call, 'ended');
  const isRecorded = overridesOf(call).artifactPlan?.recordingEnabled !== false && call.startedAt !== null;
  world.clock.after(org.limits.reportAfterMs, () => {
    call.isReported = true;
    touch(vapi, call);
    tellReport(vapi, call);
  });
  // The sound may be there before the report, or only after it.
  world.clock.after(org.limits.recordingAfterMs, () => {
    call.hasRecording = isRecorded;
    touch(vapi, call);
  });
}

function move(vapi: Vapi, call: VapiCall, status: VapiStatus): void {
  call.status = status;
  touch(vapi, call);
  tellStatus(vapi, call);
}

function touch({ world }: Vapi, call: VapiCall): void {
  call.updatedAt = world.carrierNow();
}

/** Puts it through to somebody else; for Vapi the call is over with that. */
export function forward(vapi: Vapi, call: VapiCall, destination: unknown): void {
  call.destination = destination;
  move(vapi, call, 'forwarding');
  at(vapi, call, 1_500, () => endCall(vapi, call, 'assistant-forwarded-call'));
}

export function dateOf(text: string): Instant {
  return instant(Date.parse(text));
}
