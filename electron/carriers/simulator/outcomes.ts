import type { AnsweredBy } from '../../../shared/domain/call.ts';
import { type Random, normal } from '../../../shared/lib/random.ts';
import type { Faults, PlaceFault } from './faults.ts';

/** A log-normal span, drawn again while it falls outside its limits. */
export interface Spread {
  readonly medianMs: number;
  readonly sigma: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** What will become of one call, before we meddle with it. */
export type Fate = Answered | Unanswered | Refusal;

export interface Answered {
  readonly kind: 'answered';
  readonly by: 'human' | 'machine' | 'fax' | 'silence';
  /** From the first ring to the answer. Longer than the request's `ringMs`, and nobody answered. */
  readonly ring: Spread;
  /** A machine's greeting; the beep is at its end. */
  readonly greeting?: Spread;
  /** From the answer (or the end of the greeting) until they hang up. */
  readonly stay: Spread;
  readonly endedBy: 'them' | 'carrier';
  /** What detection says: soon after the answer, then at the end of the greeting. */
  readonly heardAs: readonly [AnsweredBy, AnsweredBy?];
}

export interface Unanswered {
  readonly kind: 'unanswered';
  readonly end: 'busy' | 'no-answer' | 'failed';
  readonly error?: { readonly code: string; readonly sentence: string };
}

/** Refused when asked: there is no call. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: string;
  readonly sentence: string;
  readonly retry: boolean;
}

/** What one number does whenever it is rung, so that a person can provoke it by hand. */
export interface Provoked {
  readonly says: string;
  readonly fate: Fate;
  readonly place?: PlaceFault;
  readonly faults?: Partial<Faults>;
}

/** The people, machines and networks at the other end. */
export interface World {
  /** From the request to the first ring, or to the busy tone. */
  readonly setUp: Spread;
  /** Weights, of any sum. */
  readonly mix: readonly (readonly [weight: number, fate: Fate])[];
  /** By the end of the number; the longest end that fits wins, so that a whole number outranks all. */
  readonly byNumber: Readonly<Record<string, Provoked>>;
  /** The share of people taken for machines, and of machines taken for people. */
  readonly misheardShare: number;
  /** Nobody says a word: for a world in which only the course of the calls matters. */
  readonly isWordless?: boolean;
}

const HUMAN_RING: Spread = { medianMs: 8_500, sigma: 0.5, minMs: 3_000, maxMs: 25_000 };
const MACHINE_RING: Spread = { medianMs: 20_500, sigma: 0.17, minMs: 8_000, maxMs: 26_000 };
const PHONE_OFF_RING: Spread = { medianMs: 1_800, sigma: 0.3, minMs: 1_000, maxMs: 3_000 };
const GREETING: Spread = { medianMs: 9_000, sigma: 0.4, minMs: 5_000, maxMs: 25_000 };
const BOX: Spread = { medianMs: 90_000, sigma: 0.2, minMs: 45_000, maxMs: 120_000 };
const TALK: Spread = { medianMs: 109_000, sigma: 0.8, minMs: 15_000, maxMs: 1_800_000 };
const BRIEF_TALK: Spread = { medianMs: 12_000, sigma: 0.5, minMs: 4_000, maxMs: 40_000 };

export const HUMAN: Answered = {
  kind: 'answered',
  by: 'human',
  ring: HUMAN_RING,
  stay: TALK,
  endedBy: 'them',
  heardAs: ['human'],
};
export const BRIEF_HUMAN: Answered = { ...HUMAN, stay: BRIEF_TALK };
/** Talks for half an hour unless we hang up. */
export const PATIENT_HUMAN: Answered = { ...HUMAN, ring: exactly(4_000), stay: exactly(1_800_000) };
export const SLOW_HUMAN: Answered = { ...HUMAN, ring: exactly(22_000) };
export const QUICK_HUMAN: Answered = { ...HUMAN, ring: exactly(3_000) };
export const MACHINE_LIKE_HUMAN: Answered = { ...HUMAN, heardAs: ['machine_start'] };
export const DROPPED_HUMAN: Answered = { ...HUMAN, stay: exactly(20_000), endedBy: 'carrier' };

export const VOICEMAIL: Answered = {
  kind: 'answered',
  by: 'machine',
  ring: MACHINE_RING,
  greeting: GREETING,
  stay: BOX,
  endedBy: 'them',
  heardAs: ['machine_start', 'machine_end_beep'],
};
export const VOICEMAIL_AT_ONCE: Answered = { ...VOICEMAIL, ring: PHONE_OFF_RING };
export const VOICEMAIL_WITHOUT_BEEP: Answered = {
  ...VOICEMAIL_AT_ONCE,
  heardAs: ['machine_start', 'machine_end_silence'],
};
/** "The mailbox is full": it hangs up by itself. */
export const FULL_VOICEMAIL: Answered = {
  ...VOICEMAIL_AT_ONCE,
  stay: exactly(2_000),
  heardAs: ['machine_start', 'machine_end_other'],
};
export const FAX: Answered = {
  ...HUMAN,
  by: 'fax',
  ring: exactly(6_000),
  stay: exactly(25_000),
  heardAs: ['fax'],
};
export const SILENCE: Answered = { ...FAX, by: 'silence', heardAs: ['unknown'] };

export const BUSY: Unanswered = { kind: 'unanswered', end: 'busy' };
export const NO_ANSWER: Unanswered = { kind: 'unanswered', end: 'no-answer' };
export const FAILED: Unanswered = {
  kind: 'unanswered',
  end: 'failed',
  error: { code: 'not-in-service', sentence: 'The number is not in service. Nobody was rung.' },
};

export const NOT_A_NUMBER: Refusal = {
  kind: 'refused',
  code: 'unreachable-number',
  sentence: 'The carrier cannot reach this number. Nobody was rung; check the number.',
  retry: false,
};
export const CALLER_ID_NOT_ALLOWED: Refusal = {
  kind: 'refused',
  code: 'caller-id',
  sentence: 'The carrier does not accept this caller ID. Nobody was rung; choose another under Settings.',
  retry: false,
};
export const TOO_MANY_REQUESTS: Refusal = {
  kind: 'refused',
  code: '429',
  sentence: 'The carrier takes no more calls this second. Nobody was rung; trying again shortly is safe.',
  retry: true,
};

/** A world in which one thing happens, always. For tests that are about that thing. */
export function worldOf(fate: Fate): World {
  const setUp = { medianMs: 2_400, sigma: 0.4, minMs: 500, maxMs: 8_000 };
  return { setUp, mix: [[1, fate]], byNumber: {}, misheardShare: 0 };
}

export function exactly(ms: number): Spread {
  return { medianMs: ms, sigma: 0, minMs: ms, maxMs: ms };
}

export function drawMs(random: Random, { medianMs, sigma, minMs, maxMs }: Spread): number {
  for (let tries = 0; tries < 20; tries++) {
    const ms = Math.round(medianMs * Math.exp(sigma * normal(random)));
    if (ms >= minMs && ms <= maxMs) return ms;
  }
  return medianMs;
}

export function provokedBy(world: World, to: string): Provoked | null {
  for (let start = 0; start < to.length; start++) {
    const provoked = world.byNumber[to.slice(start)];
    if (provoked) return provoked;
  }
  return null;
}

/** One draw, always, so that what is drawn after it does not depend on the number. */
export function fateOf(world: World, to: string, random: Random): Fate {
  let chance = random.next() * world.mix.reduce((sum, [weight]) => sum + weight, 0);
  const drawn = world.mix.find(([weight]) => (chance -= weight) < 0) ?? world.mix.at(-1);
  return provokedBy(world, to)?.fate ?? drawn?.[1] ?? NO_ANSWER;
}
