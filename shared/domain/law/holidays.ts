import holidayData from '../../../resources/law/holidays.json' with { type: 'json' };
import { assert } from '../../lib/assert.ts';
import { dateOf, dayOf, weekdayOf } from '../../lib/zones/calendar.ts';
import type { Observed } from './rule.ts';

/** A day of every year: a date, the n-th weekday of a month, or a distance from Easter Sunday. */
export type HolidayOn =
  | { readonly kind: 'fixed'; readonly month: number; readonly day: number }
  /** `nth` −1 is the last of the month; `plusDays` then moves on from it. */
  | {
      readonly kind: 'nth';
      readonly month: number;
      readonly weekday: number;
      readonly nth: number;
      readonly plusDays: number;
    }
  | { readonly kind: 'easter'; readonly plusDays: number };

export interface Holiday {
  readonly name: string;
  readonly on: HolidayOn;
  /** 2 for those of even years only. */
  readonly everyYears?: number;
}

/** Every holiday that a rule may name. */
export const holidays = holidayData as unknown as Readonly<Record<string, Holiday>>;

const kept = new Map<string, ReadonlyMap<string, string>>();

/** The closed dates of a year, each with the name of its holiday: the days themselves and those in their stead. */
export function closedDates(
  ids: readonly string[],
  observed: Observed,
  year: number,
): ReadonlyMap<string, string> {
  const key = `${ids.join()} ${observed} ${year}`;
  const found = kept.get(key) ?? findClosedDates(ids, observed, year);
  kept.set(key, found);
  return found;
}

/** Easter Sunday as days since 1970. The Gregorian computus of Meeus, Jones and Butcher. */
export function easterOf(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return dayOf(year, month, day);
}

/** The day of a holiday in a year, as days since 1970, or null in a year without it. */
export function dayOfHoliday({ on, everyYears = 1 }: Holiday, year: number): number | null {
  if (year % everyYears !== 0) return null;
  if (on.kind === 'fixed') return dayOf(year, on.month, on.day);
  if (on.kind === 'easter') return easterOf(year) + on.plusDays;
  const first = on.nth > 0 ? dayOf(year, on.month, 1) + (on.nth - 1) * 7 : dayOf(year, on.month + 1, 1) - 7;
  return first + ((on.weekday - weekdayOf(first) + 7) % 7) + on.plusDays;
}

function findClosedDates(
  ids: readonly string[],
  observed: Observed,
  year: number,
): ReadonlyMap<string, string> {
  const days = new Map<number, string>();
  // A New Year’s Day on a Saturday is observed in the year before it.
  for (const each of [year - 1, year, year + 1]) {
    const ofYear = ids.flatMap((id): [number, string][] => {
      const holiday = holidays[id];
      assert(holiday !== undefined, `there is no holiday “${id}”`);
      const day = dayOfHoliday(holiday, each);
      return day === null ? [] : [[day, holiday.name]];
    });
    ofYear.sort(([a], [b]) => a - b);
    for (const [day, name] of ofYear) days.set(day, days.get(day) ?? name);
    for (const [day, name] of ofYear) {
      const instead = insteadOf(day, observed, days);
      if (instead !== null) days.set(instead, days.get(instead) ?? `${name} (observed)`);
    }
  }
  const dated = [...days].map(([day, name]): [string, string] => [dateOf(day), name]);
  return new Map(dated.filter(([date]) => date.startsWith(`${year}-`)));
}

/** The day that is closed in the stead of one at the weekend, or null where there is none. */
function insteadOf(day: number, observed: Observed, taken: ReadonlyMap<number, string>): number | null {
  const weekday = weekdayOf(day);
  if (weekday < 6 || observed === 'none') return null;
  if (observed === 'weekend-to-monday') {
    // Christmas Day and Boxing Day at one weekend close Monday and Tuesday.
    let next = day + 8 - weekday;
    while (taken.has(next)) next++;
    return next;
  }
  if (weekday === 7) return day + 1;
  return observed === 'nearest-weekday' ? day - 1 : null;
}
