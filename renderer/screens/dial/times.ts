import type { Instant } from '../../../shared/lib/instants.ts';
import { type Zone, localTime } from '../../../shared/lib/zoned-time.ts';

/** The zone this machine is set to: what "yours" means on screen. */
export function ownZone(): Zone {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `18:42` on a wall clock there. */
export function clockIn(at: Instant, zone: Zone): string {
  const { minute } = localTime(at, zone);
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** `Tue 24 Nov` on a calendar there. */
export function dayIn(at: Instant, zone: Zone): string {
  const { date, weekday } = localTime(at, zone);
  const [, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${WEEKDAYS[weekday - 1]} ${day} ${MONTHS[month - 1]}`;
}

/** `18:42:10`, for the stamp that says when something was saved. */
export function stampIn(at: Instant, zone: Zone): string {
  return `${clockIn(at, zone)}:${two(Math.floor(at / 1000) % 60)}`;
}

/** `Tue 24 Nov, 10:30 their time, 16:30 yours`; the day of yours only where it is another one. */
export function bothClocks(at: Instant, theirs: Zone, yours: Zone): string {
  const there = `${dayIn(at, theirs)}, ${clockIn(at, theirs)}`;
  const here = clockIn(at, yours);
  if (clockIn(at, theirs) === here && dayIn(at, theirs) === dayIn(at, yours))
    return `${there}, theirs and yours`;
  const hereDay = dayIn(at, yours) === dayIn(at, theirs) ? '' : `${dayIn(at, yours)}, `;
  return `${there} their time, ${hereDay}${here} yours`;
}

/** `today 14:20`, `yesterday 9:05`, `Tue 24 Nov, 14:20`. */
export function whenWas(at: Instant, now: Instant, zone: Zone): string {
  const day = localTime(at, zone).date;
  if (day === localTime(now, zone).date) return `today ${clockIn(at, zone)}`;
  return `${dayIn(at, zone)}, ${clockIn(at, zone)}`;
}

/** `America/Los_Angeles` as people say it: `Los Angeles time`. */
export function zoneInWords(zone: Zone): string {
  const place = zone.split('/').at(-1) ?? zone;
  return `${place.replaceAll('_', ' ')} time`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
