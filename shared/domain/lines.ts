import { DAY_MS, type Instant, SECOND_MS, after } from '../lib/instants.ts';
import { firstInstant, localTime } from '../lib/zoned-time.ts';
import type { AbandonmentRule } from './law/rule.ts';

/*
 * Several lines for one agent: more people are rung than can be talked to, so that somebody picks up sooner. Whoever
 * picks up and finds nobody was abandoned, and the law says how many may be. This is the arithmetic of it.
 */

/** More than that makes nearly everybody who picks up find nobody. */
export const LINES_MAX = 5;

/** No unanswered line is let go before it has rung this long, whatever a campaign says. */
export const RING_MS_MIN = 15 * SECOND_MS;

/** What became of those who picked up in one stretch of time that the law counts. */
export interface PickedUp {
  readonly answers: number;
  readonly abandoned: number;
  /** Lines that ring beyond those with an agent: each may yet be abandoned. */
  readonly atRisk: number;
}

/**
 * How many lines an idle agent may have now. The worst case counts: were every one of them answered, the limit would
 * still be kept, on the answers that are known already. So it is one line at the beginning, and again whenever the
 * budget is spent; with one line nobody can be abandoned.
 */
export function linesAllowed(
  wanted: number,
  { answers, abandoned, atRisk }: PickedUp,
  percentMax: number,
): number {
  const left = Math.floor((percentMax * answers) / 100 + ROUNDING) - abandoned - atRisk;
  return Math.max(1, Math.min(Math.floor(wanted), LINES_MAX, 1 + left));
}

/** 3 % of 100 is 3, and no hair less. */
const ROUNDING = 1e-9;

/** How many more may be abandoned; zero where none may, however many too many there were. */
export function budgetLeft({ answers, abandoned, atRisk }: PickedUp, percentMax: number): number {
  return Math.max(0, Math.floor((percentMax * answers) / 100 + ROUNDING) - abandoned - atRisk);
}

/** Whether a line that nobody has answered may be let go. */
export function mayLetGo(ringingAt: Instant | null, now: Instant, secondsMin = 0): boolean {
  return ringingAt !== null && now - ringingAt >= Math.max(RING_MS_MIN, secondsMin * SECOND_MS);
}

/** When the stretch of time began that the law counts in: of what was before, nothing is carried over. */
export function countedSince(
  per: AbandonmentRule['values']['per'],
  campaignSince: Instant,
  now: Instant,
  zone: string,
): Instant {
  const { date } = localTime(now, zone);
  switch (per) {
    case '24-hours':
      return firstInstant(date, 0, zone);
    case 'calendar-month':
      return firstInstant(`${date.slice(0, 8)}01`, 0, zone);
    case '30-days': {
      // One after the other from the campaign’s first day. A clock set back to before it counts from then.
      const nth = Math.max(0, Math.floor((now - campaignSince) / (30 * DAY_MS)));
      return after(campaignSince, nth * 30 * DAY_MS);
    }
  }
}

/** Until an answer and until a call comes to nothing, on average: measured on calls of the usual kind. */
const TO_ANSWER_MS = 12_300;
const TO_NOTHING_MS = 21_400;

/**
 * How many of a hundred who pick up would find nobody, were the budget not kept. When the first picks up, each other
 * line is somewhere in its own ringing, and its chance of an answer is the share of ringing time that ends in one.
 */
export function expectedAbandoned(lines: number, answerShare: number): number {
  const answered = answerShare * TO_ANSWER_MS;
  const ringing = answered + (1 - answerShare) * TO_NOTHING_MS;
  const others = (lines - 1) * (ringing === 0 ? 0 : answered / ringing);
  return (100 * others) / (1 + others);
}

/** Read before more than one line is switched on. */
export function linesInWords(lines: number, answerShare: number, percentMax: number): string {
  if (lines <= 1) return 'One line for each agent: nobody who picks up finds nobody there.';
  const expected = Math.round(expectedAbandoned(lines, answerShare));
  const share = Math.round(answerShare * 100);
  const rate = `With ${lines} lines, and ${share} of 100 calls answered, about ${expected} of 100 people who pick up would find nobody.`;
  return expected <= percentMax
    ? `${rate} ${percentMax} are allowed; one more is never begun than that leaves room for.`
    : `${rate} Only ${percentMax} are allowed, so most of the time there will be one line: more begin only where there is room for the worst case.`;
}
