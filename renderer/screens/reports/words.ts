import type { ReportTotals } from '../../../shared/contract/reports.ts';
import type { ReportFormat, ReportRhythm, ScheduledReport } from '../../../shared/domain/scheduled-report.ts';
import { rate } from '../../../shared/domain/report.ts';
import { moneyText } from '../../data/words.ts';

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `12.5 %`; a dash where there is nothing to take a part of. */
export function percentText(part: number, whole: number): string {
  const share = rate(part, whole);
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}

/** What was spent, each currency by itself: they are never added. */
export function spentText(costs: ReportTotals['costs']): string {
  if (costs.length === 0) return '–';
  return costs.map(({ currency, micros }) => money(micros, currency)).join(', ');
}

/** What one success cost, where every bill is in one currency. */
export function perSuccessText({ costs, successes }: ReportTotals): string {
  if (successes === 0 || costs.length === 0) return '–';
  return costs.map(({ currency, micros }) => money(micros / successes, currency)).join(', ');
}

/** Minutes talked in each hour at work. */
export function minutesPerHour({ talkMs, workMs }: ReportTotals): number | null {
  const share = rate(talkMs, workMs);
  return share === null ? null : share * 60;
}

function money(micros: number, currency: string): string {
  return currency === '' ? (micros / 1e6).toFixed(2) : moneyText(micros, currency);
}

/** How much more or less than before, in words that a sign alone does not say. */
export function changeText(now: number | null, before: number | null): string {
  if (now === null || before === null || before === 0) return 'nothing to compare with';
  const change = (now - before) / before;
  if (Math.abs(change) < 0.0005) return 'as before';
  return `${Math.abs(change * 100).toFixed(change > 10 ? 0 : 1)} % ${change > 0 ? 'more' : 'less'}`;
}

export const FORMAT_WORD: Readonly<Record<ReportFormat, string>> = { csv: 'CSV', xlsx: 'Excel', pdf: 'PDF' };

export const RHYTHM_WORD: Readonly<Record<ReportRhythm, string>> = {
  daily: 'Every day',
  weekly: 'Every week',
  monthly: 'Every month',
};

/** `Every week on Monday at 08:00, America/New_York`. */
export function rhythmText({
  rhythm,
  weekday,
  day,
  minute,
  zone,
}: Pick<ScheduledReport, 'rhythm' | 'weekday' | 'day' | 'minute' | 'zone'>): string {
  const on = { daily: '', weekly: ` on ${WEEKDAYS[weekday - 1]}`, monthly: ` on day ${day}` }[rhythm];
  return `${RHYTHM_WORD[rhythm]}${on} at ${minuteText(minute)}, ${zone}`;
}

export function minuteText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** The minute of the day in `08:00`; null in anything else. */
export function minuteIn(text: string): number | null {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  return Number(hour) * 60 + Number(minute);
}
