import { assert } from './assert.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, instant } from './instants.ts';
import { dateOf, readDate, weekdayOf } from './zones/calendar.ts';
import { zonesIn } from './zones/names.ts';
import { type ZoneClock, clockOf, hasClock, offsetAt, stretchAt } from './zones/offsets.ts';

export { zoneTrouble } from './zones/names.ts';

/** An IANA zone name, such as `America/Los_Angeles`. */
export type Zone = string;

/** What a wall clock somewhere shows. `weekday` is 1 (Monday) to 7; `minute` counts from midnight. */
export interface LocalTime {
  readonly date: string;
  readonly weekday: number;
  readonly minute: number;
}

/** A date and a time somewhere are one instant, none (clocks went forward) or two (clocks went back). */
export type ZonedInstant =
  | { readonly kind: 'one'; readonly at: Instant }
  | {
      readonly kind: 'gap';
      /** The first instant after the gap: where a window that begins in it opens. */
      readonly next: Instant;
      /** As far behind the gap as the time lay in it: where a promise is kept. */
      readonly moved: Instant;
    }
  | { readonly kind: 'twice'; readonly first: Instant; readonly second: Instant };

/** A stretch of time: from `from` up to, not including, `to`. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** Further from UTC than any clock. */
const OFFSET_MAX_MS = 15 * HOUR_MS;

/**
 * Every zone of a country: what a number means of which only the country is known. Empty where there is no
 * country, so that nobody is rung at an hour that nobody knows.
 */
export function zonesOfCountry(country: string | null): readonly Zone[] {
  return country === null ? [] : zonesIn(country);
}

/** Whether this is a zone of the IANA data that Parley carries, or a link to one. */
export function isZone(name: string): boolean {
  return hasClock(name);
}

/**
 * What the wall clock shows in `zone` at `at`. Asked for every contact that is weighed, so it is arithmetic on
 * a table of our own: the runtime's zone data are older than the law, and its formatters slow.
 */
export function localTime(at: Instant, zone: Zone): LocalTime {
  const local = at + offsetAt(clockOf(zone), at);
  const day = Math.floor(local / DAY_MS);
  return {
    date: dateOf(day),
    weekday: weekdayOf(day),
    minute: Math.floor((local - day * DAY_MS) / MINUTE_MS),
  };
}

/** The instant at which a wall clock in `zone` shows `date` (YYYY-MM-DD) and `minute` of the day. */
export function zonedInstant(date: string, minute: number, zone: Zone): ZonedInstant {
  const clock = clockOf(zone);
  const local = wallTime(date, minute);
  const found: number[] = [];
  for (let i = stretchAt(clock, local - OFFSET_MAX_MS); i < clock.startsAt.length; i++) {
    const start = clock.startsAt[i]!;
    if (start > local + OFFSET_MAX_MS) break;
    // Nothing before this stretch showed the time, and the stretch begins with a later one.
    if (found.length === 0 && start + clock.offsetMs[i]! > local)
      return { kind: 'gap', next: instant(start), moved: instant(local - clock.offsetMs[i - 1]!) };
    const at = local - clock.offsetMs[i]!;
    if (at >= start && at < endOf(clock, i)) found.push(at);
  }
  const [first, second] = found;
  assert(first !== undefined, `no clock shows ${date}, minute ${minute}, in ${zone}`);
  if (second === undefined) return { kind: 'one', at: instant(first) };
  return { kind: 'twice', first: instant(first), second: instant(second) };
}

/** One instant for a wall-clock time: the first of two, or the end of a gap. */
export function firstInstant(date: string, minute: number, zone: Zone): Instant {
  const found = zonedInstant(date, minute, zone);
  if (found.kind === 'one') return found.at;
  return found.kind === 'gap' ? found.next : found.first;
}

/**
 * Every instant at which what a wall clock says about `minute` may change: when it shows that minute, once or
 * twice; the moment it was set back in between; or the moment it was set forward past it.
 */
export function instantsShowing(date: string, minute: number, zone: Zone): readonly Instant[] {
  const found = zonedInstant(date, minute, zone);
  if (found.kind === 'one') return [found.at];
  if (found.kind === 'gap') return [found.next];
  const clock = clockOf(zone);
  const changedAt = clock.startsAt[stretchAt(clock, found.second)]!;
  return [found.first, instant(changedAt), found.second];
}

/**
 * All the time during which a wall clock in `zone` shows `date` and a minute from `from` up to, not including,
 * `to`: one stretch as a rule, two when clocks go back across it, none when they skip it.
 */
export function stretchesShowing(date: string, from: number, to: number, zone: Zone): readonly Stretch[] {
  const clock = clockOf(zone);
  const localFrom = wallTime(date, from);
  const localTo = wallTime(date, to);
  const found: Stretch[] = [];
  for (let i = stretchAt(clock, localFrom - OFFSET_MAX_MS); i < clock.startsAt.length; i++) {
    if (clock.startsAt[i]! >= localTo + OFFSET_MAX_MS) break;
    const starts = Math.max(clock.startsAt[i]!, localFrom - clock.offsetMs[i]!);
    const ends = Math.min(endOf(clock, i), localTo - clock.offsetMs[i]!);
    if (starts >= ends) continue;
    const last = found.at(-1);
    if (last?.to === starts) found[found.length - 1] = { from: last.from, to: instant(ends) };
    else found.push({ from: instant(starts), to: instant(ends) });
  }
  return found;
}

/**
 * How far local time was ahead of UTC, from each instant on; the first holds for all time before as well. For
 * whoever has to reckon where none of our functions runs, such as within a query.
 */
export function offsetsOf(zone: Zone): readonly { readonly from: number; readonly offsetMs: number }[] {
  const { startsAt, offsetMs } = clockOf(zone);
  return startsAt.map((from, nth) => ({ from, offsetMs: offsetMs[nth]! }));
}

/** A date that is on the calendar, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  return readDate(text) !== null;
}

/** The date `days` later on the calendar; days are not 24 hours. */
export function addDays(date: string, days: number): string {
  const day = readDate(date);
  return day === null ? date : dateOf(day + days);
}

/** The day of the week of a date: 1 (Monday) to 7. */
export function weekdayOn(date: string): number {
  const day = readDate(date);
  assert(day !== null, `“${date}” is not a date`);
  return weekdayOf(day);
}

/** A wall-clock time as if it were UTC. */
function wallTime(date: string, minute: number): number {
  const day = readDate(date);
  assert(day !== null && minute >= 0 && minute <= 24 * 60, `no clock shows ${date}, minute ${minute}`);
  return day * DAY_MS + minute * MINUTE_MS;
}

function endOf(clock: ZoneClock, stretch: number): number {
  return clock.startsAt[stretch + 1] ?? Number.POSITIVE_INFINITY;
}
