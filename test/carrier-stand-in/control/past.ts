import { type Instant, instant } from '../../../shared/lib/instants.ts';
import { type Random, between, pick, seededRandom } from '../../../shared/lib/random.ts';
import { uuidAt } from '../../../shared/lib/uuid.ts';
import { openFates } from '../fates.ts';
import { wordsOf } from '../sound.ts';
import { newSid } from '../twilio/account.ts';
import { planOf } from '../twilio/call.ts';
import { newCall } from '../vapi/life.ts';
import type { Carriers } from './control.ts';

/** Calls of the past that a carrier has in its books. */
export interface PastWish {
  readonly carrier: 'twilio' | 'vapi';
  readonly count: number;
  readonly from: Instant;
  readonly to: Instant;
  /** Whom they were to, in turn. */
  readonly numbers: readonly string[];
}

const ENDS = [
  'customer-ended-call',
  'customer-did-not-answer',
  'voicemail',
  'assistant-ended-call',
  'customer-busy',
] as const;
const TALKED = ['customer-ended-call', 'assistant-ended-call', 'voicemail'];

export function writePast(carriers: Carriers, wish: PastWish): number {
  const { count, from, to } = wish;
  for (let nth = 0; nth < count; nth += 1) {
    const createdAt = instant(Math.round(from + ((to - from) * nth) / Math.max(1, count)));
    const number = wish.numbers[nth % wish.numbers.length]!;
    const random = seededRandom(`past/${nth}`);
    if (wish.carrier === 'vapi') writeVapi(carriers, number, createdAt, random);
    else writeTwilio(carriers, number, createdAt, random);
  }
  return count;
}

function writeVapi({ vapi }: Carriers, number: string, createdAt: Instant, random: Random): void {
  const { org } = vapi;
  const id = uuidAt(createdAt, random);
  const wish = { assistantId: org.assistants[0]!.id, phoneNumberId: org.phoneNumbers[0]!.id };
  const call = newCall(vapi, {
    id,
    wish,
    customer: { number },
    createdAt,
    fate: openFates('past').next(number),
    ring: null,
  });
  const reason = pick(random, ENDS);
  const talkMs = TALKED.includes(reason) ? between(random, 5_000, 120_000) : 0;
  call.status = 'ended';
  call.endedReason = reason;
  call.startedAt = talkMs > 0 ? instant(createdAt + 6_000) : null;
  call.endedAt = instant(createdAt + 6_000 + talkMs);
  call.updatedAt = call.endedAt;
  if (talkMs > 0) call.said.push(...wordsOf(id, talkMs));
  call.isReported = true;
  call.hasRecording = talkMs > 0;
}

function writeTwilio({ twilio }: Carriers, number: string, createdAt: Instant, random: Random): void {
  const { account } = twilio;
  const sid = newSid(twilio, 'CA');
  const isTalk = random.next() < 0.4;
  const endedAt = instant(createdAt + (isTalk ? between(random, 10_000, 120_000) : 20_000));
  account.calls.set(sid, {
    sid,
    accountSid: account.sid,
    parentSid: null,
    to: number,
    from: account.numbers[0]!.phoneNumber,
    direction: 'outbound-api',
    createdAt,
    plan: planOf({}),
    fate: openFates('past').next(number),
    ring: null,
    status: isTalk ? 'completed' : 'no-answer',
    statusCallback: null,
    updatedAt: endedAt,
    queueMs: 0,
    dialedAt: createdAt,
    answeredAt: isTalk ? instant(createdAt + 5_000) : null,
    endedAt,
    answeredBy: null,
    detectedMs: null,
    sipCode: isTalk ? 200 : 487,
    price: isTalk ? '-0.01400' : '0.00000',
    sequence: 4,
    onEnd: new Set(),
    timers: new Set(),
    interrupt: () => {},
    isDeleted: false,
  });
}
