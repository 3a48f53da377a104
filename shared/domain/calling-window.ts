import { DAY_MS, type Instant, after, earlier, later } from '../lib/instants.ts';
import { type Zone, addDays, instantsShowing, localTime } from '../lib/zoned-time.ts';
import type { DayWindow } from './campaign.ts';

/** Whether a set of windows is open in a zone, and when that changes. */
export type Opening =
  | { readonly open: true; readonly closesAt: Instant }
  | { readonly open: false; readonly opensAt: Instant | null };

/**
 * Looks no further than this for a change. Windows closed for longer never open, as things stand; windows
 * open for longer are told to close then, and are asked again by then.
 */
const DAYS_MAX = 15;

const DAY_MINUTES = 24 * 60;

/**
 * Open is what the wall clock there shows, minute by minute: an hour that comes twice when clocks go back is
 * judged twice by its name, and an hour that does not exist is never open.
 */
export function openingIn(windows: readonly DayWindow[], zone: Zone, now: Instant): Opening {
  const local = localTime(now, zone);
  const open = isOpenAt(windows, local);
  for (let day = 0; day <= DAYS_MAX; day++) {
    const weekday = ((local.weekday - 1 + day) % 7) + 1;
    const edges = edgesOn(windows, weekday);
    if (edges.length === 0) continue;
    const date = addDays(local.date, day);
    const instants = edges.flatMap((minute) => instantsShowing(date, minute, zone)).sort((a, b) => a - b);
    const changesAt = instants.find((at) => at > now && isOpenAt(windows, localTime(at, zone)) !== open);
    if (changesAt !== undefined) return open ? { open, closesAt: changesAt } : { open, opensAt: changesAt };
  }
  return open ? { open, closesAt: after(now, DAYS_MAX * DAY_MS) } : { open, opensAt: null };
}

/** The same question in several zones at once. Open only where it is open in all of them (law 4). */
export function openingInAll(windows: readonly DayWindow[], zones: readonly Zone[], now: Instant): Opening {
  // Nobody knows the time nowhere, so nobody may ring there.
  if (zones.length === 0) return { open: false, opensAt: null };
  let at = now;
  // Each round moves past one closed zone; no sane set of zones needs more than a few.
  for (let round = 0; round < 100 && at - now < DAYS_MAX * DAY_MS; round++) {
    const each = zones.map((zone) => openingIn(windows, zone, at));
    const closed = each.filter((opening) => !opening.open);
    if (closed.length === 0) {
      const closesAt = each.map((opening) => (opening.open ? opening.closesAt : at)).reduce(earlier);
      return at === now ? { open: true, closesAt } : { open: false, opensAt: at };
    }
    const opensAt = closed.map((opening) => (opening.open ? at : opening.opensAt));
    if (opensAt.includes(null)) return { open: false, opensAt: null };
    at = (opensAt as Instant[]).reduce(later, after(at, 1));
  }
  return { open: false, opensAt: null };
}

function isOpenAt(windows: readonly DayWindow[], { weekday, minute }: { weekday: number; minute: number }) {
  return windows.some((each) => each.weekday === weekday && minute >= each.from && minute < each.to);
}

/** The minutes of a weekday at which a wall clock may go from open to closed or back. */
function edgesOn(windows: readonly DayWindow[], weekday: number): number[] {
  const dayBefore = weekday === 1 ? 7 : weekday - 1;
  const isEdge = (minute: number) =>
    isOpenAt(windows, { weekday, minute }) !==
    (minute === 0
      ? isOpenAt(windows, { weekday: dayBefore, minute: DAY_MINUTES - 1 })
      : isOpenAt(windows, { weekday, minute: minute - 1 }));
  const named = windows.flatMap((each) => (each.weekday === weekday ? [each.from, each.to] : []));
  return [...new Set([0, ...named])].filter((minute) => minute < DAY_MINUTES && isEdge(minute));
}
