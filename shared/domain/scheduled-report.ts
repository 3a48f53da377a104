import { type Instant, instant } from '../lib/instants.ts';
import { type Zone, addDays, firstInstant, localTime, weekdayOn } from '../lib/zoned-time.ts';
import type { ReportRange, ReportStep } from './report.ts';

export const REPORT_FORMATS = ['csv', 'xlsx', 'pdf'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const REPORT_RHYTHMS = ['daily', 'weekly', 'monthly'] as const;
export type ReportRhythm = (typeof REPORT_RHYTHMS)[number];

/** A report that is put into a folder by itself. */
export interface ScheduledReport {
  readonly id: number;
  readonly name: string;
  /** Which days, as of the time it is made. */
  readonly range: ReportRange;
  readonly by: ReportStep;
  readonly campaignId: number | null;
  readonly agentId: number | null;
  readonly formats: readonly ReportFormat[];
  readonly rhythm: ReportRhythm;
  /** 1 is Monday; of those that come weekly. */
  readonly weekday: number;
  /** Of those that come monthly; in a shorter month its last day. */
  readonly day: number;
  /** Of the day, by the clocks of `zone`. */
  readonly minute: number;
  readonly zone: Zone;
  readonly folder: string;
  readonly isOn: boolean;
  /** Nothing that was due before is made up for. */
  readonly since: Instant;
}

/** What came of it the last time. */
export interface ReportMade {
  readonly dueAt: Instant;
  readonly madeAt: Instant;
  readonly isGood: boolean;
  /** What was made, late or not, or why it was not. */
  readonly sentence: string;
}

type Timing = Pick<ScheduledReport, 'rhythm' | 'weekday' | 'day' | 'minute' | 'zone'>;

/** The latest instant at which it was due, up to `now`. */
export function lastDue(timing: Timing, now: Instant): Instant {
  const today = localTime(now, timing.zone).date;
  // Two months hold one of every rhythm, however long the month is.
  for (let back = 0; back <= 62; back++) {
    const date = addDays(today, -back);
    const at = dueOn(timing, date);
    if (at !== null && at <= now) return at;
  }
  return instant(0);
}

/** The first instant after `now` at which it is due. */
export function nextDue(timing: Timing, now: Instant): Instant {
  const today = localTime(now, timing.zone).date;
  for (let ahead = 0; ahead <= 62; ahead++) {
    const at = dueOn(timing, addDays(today, ahead));
    if (at !== null && at > now) return at;
  }
  return now;
}

/** How many times it was due after one instant, up to and with another. */
export function timesDue(timing: Timing, after: Instant, upTo: Instant): number {
  let times = 0;
  for (let at = nextDue(timing, after); at <= upTo && times < TIMES_MAX; at = nextDue(timing, at)) times += 1;
  return times;
}

const TIMES_MAX = 400;

function dueOn({ rhythm, weekday, day, minute, zone }: Timing, date: string): Instant | null {
  if (rhythm === 'weekly' && weekdayOn(date) !== weekday) return null;
  if (rhythm === 'monthly' && date !== dayOfMonth(date, day)) return null;
  return firstInstant(date, minute, zone);
}

/** The date in the month of another one; the last of the month where it has no such day. */
function dayOfMonth(date: string, day: number): string {
  const wanted = `${date.slice(0, 8)}${String(day).padStart(2, '0')}`;
  const nextFirst = `${addDays(`${date.slice(0, 8)}28`, 4).slice(0, 8)}01`;
  const last = addDays(nextFirst, -1);
  return wanted < last ? wanted : last;
}
