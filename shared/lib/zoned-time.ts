import { DateTime, IANAZone } from 'luxon';
import { assert } from './assert.ts';
import { type Instant, instant } from './instants.ts';

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
  | { readonly kind: 'gap'; readonly next: Instant }
  | { readonly kind: 'twice'; readonly first: Instant; readonly second: Instant };

/** Whether this computer knows the zone. Asked for every number that is weighed, so the answer is kept. */
/**
 * Every zone of a country: what a number means of which only the country is known. Empty where there is no
 * country, so that nobody is rung at an hour that nobody knows.
 */
export function zonesOfCountry(country: string | null): readonly Zone[] {
  if (country === null) return [];
  // In every engine we run on, and not yet in the compiler's books.
  const region = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones(): Zone[] | undefined };
  return region.getTimeZones() ?? [];
}

export function isZone(name: string): boolean {
  return formatters.has(name) || IANAZone.isValidZone(name);
}

/**
 * What the wall clock shows in `zone` at `at`. Uses a formatter kept per zone: a tenth of Luxon's cost, and
 * this is asked for every contact that is weighed.
 */
export function localTime(at: Instant, zone: Zone): LocalTime {
  const part: Record<string, string> = {};
  for (const { type, value } of formatterFor(zone).formatToParts(at)) part[type] = value;
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    weekday: WEEKDAYS.indexOf(part.weekday ?? '') + 1,
    minute: Number(part.hour) * 60 + Number(part.minute),
  };
}

/** The instant at which a wall clock in `zone` shows `date` (YYYY-MM-DD) and `minute` of the day. */
export function zonedInstant(date: string, minute: number, zone: Zone): ZonedInstant {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const wall = { year, month, day, hour: Math.floor(minute / 60), minute: minute % 60 };
  const found = DateTime.fromObject(wall, { zone });
  assert(found.isValid, `no clock shows ${date}, minute ${minute}, in ${zone}`);
  // In the hour that does not exist Luxon answers with one that does: the clock there shows something else.
  if (found.day !== wall.day || found.hour !== wall.hour || found.minute !== wall.minute) {
    return { kind: 'gap', next: endOfGap(found) };
  }
  // Luxon settles a doubled hour by today's season, so both offsets are asked for and told apart here.
  const at = found
    .getPossibleOffsets()
    .map((each) => each.toMillis())
    .sort((a, b) => a - b);
  if (at.length === 2) return { kind: 'twice', first: instant(at[0]!), second: instant(at[1]!) };
  return { kind: 'one', at: instant(at[0]!) };
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
  return [found.first, changeOfOffset(zone, found.first, found.second), found.second];
}

/** A date that is on the calendar, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/** The date `days` later on the calendar; days are not 24 hours. */
export function addDays(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate() ?? date;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formatters = new Map<Zone, Intl.DateTimeFormat>();

function formatterFor(zone: Zone): Intl.DateTimeFormat {
  const kept = formatters.get(zone);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}

/** The first instant after the clocks went forward, found from a moment that lies just after it. */
function endOfGap(inside: DateTime<true>): Instant {
  // Islands have crossed the date line and skipped a whole day, so a day and a bit.
  return changeOfOffset(inside.zoneName, inside.minus({ hours: 26 }).toMillis(), inside.toMillis());
}

/** The first instant with the offset that holds at `to`, where it changes once after `from`. */
function changeOfOffset(name: Zone, from: number, to: number): Instant {
  const zone = IANAZone.create(name);
  const offset = zone.offset(to);
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offset(middle) === offset) high = middle;
    else low = middle;
  }
  return instant(high);
}
