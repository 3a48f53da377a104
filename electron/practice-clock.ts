import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Clock } from '../shared/lib/clock.ts';
import { type Instant, MINUTE_MS, after, instant, later } from '../shared/lib/instants.ts';
import { addDays, firstInstant, localTime } from '../shared/lib/zoned-time.ts';
import { PRACTICE_HOME } from './practice.ts';

/** In New York: late enough for the west coast to be up, early enough for hours of practice. */
const OPENS_AT_MINUTE = 12 * 60 + 30;
const LAST_START_MINUTE = 16 * 60;

/** A clock in a hurry promises so much time ahead on disk before it shows it, in its own ms. */
const AHEAD_MS = MINUTE_MS;

/**
 * Practice keeps office hours of its own, so that somebody who starts it on a Sunday night finds people to
 * ring. Its clock runs ahead of the machine's by an offset that only ever grows: it never goes back, also
 * not over restarts, and what was promised yesterday stays in the past. At a `speed` above one the machine's
 * clock has fallen behind by the next start, so how far this one may have come is kept as well.
 */
export function practiceClock(base: Clock, file: string, speed = 1): Clock {
  const kept = keptIn(file);
  const from = base.now();
  const opened = officeHour(later(instant(from + kept.offset), kept.until));
  const offset = opened - from;
  let until = speed > 1 ? opened : kept.until;
  if (offset !== kept.offset) keep(file, { offset, until });
  return {
    now() {
      const now = instant(base.now() + offset);
      if (speed > 1 && now >= until) {
        until = after(now, AHEAD_MS);
        keep(file, { offset, until });
      }
      return now;
    },
    after: (delayMs, run) => base.after(delayMs, run),
  };
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

interface Kept {
  readonly offset: number;
  readonly until: Instant;
}

function keptIn(file: string): Kept {
  try {
    const { offset, until } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return { offset: msOrZero(offset), until: instant(msOrZero(until)) };
  } catch {
    return { offset: 0, until: instant(0) };
  }
}

function msOrZero(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? value : 0;
}

/** Old or new, never half of either. Where nothing can be written the store says so; a clock has no words. */
function keep(file: string, kept: Kept): void {
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(kept)}\n`);
    renameSync(`${file}.new`, file);
  } catch {
    // Practice may then go back a little at the next start. No phone rings because of it.
  }
}
