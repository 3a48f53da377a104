import { type Instant, MINUTE_MS, earlier, instant } from '../lib/instants.ts';
import { type Zone, addDays, firstInstant, isDate, isZone, localTime, weekdayOn } from '../lib/zoned-time.ts';

/** What a report is asked about: whole days of a zone, the last one with them. */
export interface ReportQuestion {
  readonly from: string;
  readonly to: string;
  readonly zone: Zone;
  readonly campaignId: number | null;
  readonly agentId: number | null;
  readonly by: ReportStep;
}

export const REPORT_STEPS = ['day', 'week', 'month'] as const;
export type ReportStep = (typeof REPORT_STEPS)[number];

/** No zone’s days begin within a quarter of an hour, today or since 1986. */
export const QUARTER_MS = 15 * MINUTE_MS;

/** A longer range is more than a screen can tell; it is asked for in parts. */
export const REPORT_DAYS_MAX = 1_100;

/** Under this many calls a percentage says more than is known. */
export const SHAKY_UNDER = 100;
export const TOO_FEW = 20;

export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** From the first midnight of the range to the one after it. Days on which clocks are set have 23 or 25 hours. */
export function spanOfReport({ from, to, zone }: Pick<ReportQuestion, 'from' | 'to' | 'zone'>): Span {
  return { from: firstInstant(from, 0, zone), until: firstInstant(addDays(to, 1), 0, zone) };
}

export function daysIn(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to && days.length <= REPORT_DAYS_MAX; day = addDays(day, 1)) days.push(day);
  return days;
}

/**
 * The same number of days before. Of a range that is not over yet only as much is compared as has passed of it,
 * or today would look bad every morning.
 */
export function spanBefore(question: Pick<ReportQuestion, 'from' | 'to' | 'zone'>, now: Instant): Span {
  const days = daysIn(question.from, question.to).length;
  const { from, until } = spanOfReport(question);
  const before = spanOfReport({
    from: addDays(question.from, -days),
    to: addDays(question.from, -1),
    zone: question.zone,
  });
  if (now >= until || now <= from) return before;
  // To the quarter of an hour, which is what sums are kept by.
  const passedMs = Math.floor((now - from) / QUARTER_MS) * QUARTER_MS;
  return { from: before.from, until: earlier(before.until, instant(before.from + passedMs)) };
}

/** The first day of the stretch that a day belongs to; weeks begin on Monday. */
export function stretchOf(date: string, by: ReportStep): string {
  if (by === 'day') return date;
  return by === 'week' ? addDays(date, 1 - weekdayOn(date)) : `${date.slice(0, 7)}-01`;
}

/** Why a report cannot be made of this; null where it can. */
export function questionTrouble({ from, to, zone }: ReportQuestion): string | null {
  const wrong = [from, to].find((date) => !isDate(date));
  if (wrong !== undefined) return `“${wrong}” is no day. Write it like 2026-11-20.`;
  if (!isZone(zone)) return `Parley does not know a time zone “${zone}”.`;
  if (from > to) return 'The range ends before it begins.';
  return daysIn(from, to).length > REPORT_DAYS_MAX
    ? 'A report covers three years at most. Choose a shorter range.'
    : null;
}

/** Ready-made ranges, as everybody names them. */
export const REPORT_RANGES = [
  'today',
  'yesterday',
  'last-7',
  'last-30',
  'this-month',
  'last-month',
  'last-365',
] as const;
export type ReportRange = (typeof REPORT_RANGES)[number];

export function rangeNamed(range: ReportRange, now: Instant, zone: Zone): { from: string; to: string } {
  const today = localTime(now, zone).date;
  const first = `${today.slice(0, 7)}-01`;
  switch (range) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'last-7':
      return { from: addDays(today, -6), to: today };
    case 'last-30':
      return { from: addDays(today, -29), to: today };
    case 'last-365':
      return { from: addDays(today, -364), to: today };
    case 'this-month':
      return { from: first, to: today };
    case 'last-month':
      return { from: `${addDays(first, -1).slice(0, 7)}-01`, to: addDays(first, -1) };
  }
}

/** Part of a whole, null where there is no whole. */
export function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
