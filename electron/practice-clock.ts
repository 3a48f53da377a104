import { readFileSync, writeFileSync } from 'node:fs';
import type { Clock } from '../shared/lib/clock.ts';
import { type Instant, after, instant } from '../shared/lib/instants.ts';
import { addDays, firstInstant, localTime } from '../shared/lib/zoned-time.ts';
import { PRACTICE_HOME } from './practice.ts';

/** In New York: late enough for the west coast to be up, early enough for hours of practice. */
const OPENS_AT_MINUTE = 12 * 60 + 30;
const LAST_START_MINUTE = 16 * 60;

/**
 * Practice keeps office hours of its own, so that somebody who starts it on a Sunday night finds people to
 * ring. Its clock runs ahead of the machine's by an offset that only ever grows: it never goes back, also
 * not over restarts, and what was promised yesterday stays in the past.
 */
export function practiceClock(base: Clock, file: string): Clock {
  const kept = offsetIn(file);
  const wished = instant(base.now() + kept);
  const opened = officeHour(wished);
  const offset = kept + (opened - wished);
  if (offset !== kept) writeFileSync(file, `${JSON.stringify({ offset })}\n`);
  return { now: () => instant(base.now() + offset), after: (delayMs, run) => base.after(delayMs, run) };
}

/** The same instant where it falls into practice hours, else the next opening. */
export function officeHour(wished: Instant): Instant {
  const { date, weekday, minute } = localTime(wished, PRACTICE_HOME.zone);
  const isWeekday = weekday <= 5;
  if (isWeekday && minute >= OPENS_AT_MINUTE && minute < LAST_START_MINUTE) return wished;
  let next = isWeekday && minute < OPENS_AT_MINUTE ? date : addDays(date, 1);
  while (localTime(after(firstInstant(next, 0, PRACTICE_HOME.zone), 1), PRACTICE_HOME.zone).weekday > 5)
    next = addDays(next, 1);
  return firstInstant(next, OPENS_AT_MINUTE, PRACTICE_HOME.zone);
}

function offsetIn(file: string): number {
  try {
    const { offset } = JSON.parse(readFileSync(file, 'utf8')) as { offset: unknown };
    return typeof offset === 'number' && offset >= 0 ? offset : 0;
  } catch {
    return 0;
  }
}
