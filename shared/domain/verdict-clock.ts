import { type Instant, MINUTE_MS } from '../lib/instants.ts';
import { type LocalTime, addDays, isZone, localTime, zonedInstant } from '../lib/zoned-time.ts';

/**
 * What a campaign’s clock shows, to the minute; null where its zone is none. Five rules ask it of one contact,
 * and of the next contact again.
 */
export function clockIn(zone: string, now: Instant): LocalTime | null {
  const minute = Math.floor(now / MINUTE_MS);
  if (zone === shown.zone && minute === shown.minute) return shown.local;
  shown = { zone, minute, local: isZone(zone) ? localTime(now, zone) : null };
  return shown.local;
}

let shown: { readonly zone: string; readonly minute: number; readonly local: LocalTime | null } = {
  zone: '',
  minute: 0,
  local: null,
};

/** Null where the zone is none. */
export function midnightAfter(now: Instant, zone: string): Instant | null {
  const local = clockIn(zone, now);
  return local === null ? null : startOf(addDays(local.date, 1), zone, now);
}

/** When a date begins there, after `now`: clocks set back over midnight begin a date twice. */
export function startOf(date: string, zone: string, now: Instant): Instant {
  const found = zonedInstant(date, 0, zone);
  if (found.kind === 'one') return found.at;
  if (found.kind === 'gap') return found.next;
  return found.first > now ? found.first : found.second;
}
