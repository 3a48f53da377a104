import { DAY_MS, type Instant, after } from '../lib/instants.ts';
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
 * judged twice by its name, and an hour that does not exist is never open. A window whose end is before its
 * beginning is a night: it belongs to the day on which it begins, and ends on the next.
 */
export function openingIn(windows: readonly DayWindow[], zone: Zone, now: Instant): Opening {
  const kept = keptFor(windows, zone);
  const last = kept.last;
  if (last !== null && now >= last.from && now < last.to) return last.opening;
  const opening = findOpening(windowDays(windows), zone, now);
  const changesAt = opening.open ? opening.closesAt : opening.opensAt;
  // The answer holds until it changes; the two that only say "not within sight" depend on when they are asked.
  if (changesAt !== null && changesAt - now < DAYS_MAX * DAY_MS)
    kept.last = { from: now, to: changesAt, opening };
  return opening;
}

function findOpening(days: WindowDays, zone: Zone, now: Instant): Opening {
  const local = localTime(now, zone);
  const open = isOpenAt(days, local);
  for (let day = 0; day <= DAYS_MAX; day++) {
    const edges = days.edges[(local.weekday - 1 + day) % 7]!;
    if (edges.length === 0) continue;
    const date = addDays(local.date, day);
    const instants = edges.flatMap((minute) => instantsShowing(date, minute, zone)).sort((a, b) => a - b);
    const changesAt = instants.find((at) => at > now && isOpenAt(days, localTime(at, zone)) !== open);
    if (changesAt !== undefined) return open ? { open, closesAt: changesAt } : { open, opensAt: changesAt };
  }
  return open ? { open, closesAt: after(now, DAYS_MAX * DAY_MS) } : { open, opensAt: null };
}

/** Windows by weekday, nights cut in two at midnight, and the minutes at which each weekday may change. */
interface WindowDays {
  readonly spans: readonly (readonly { readonly from: number; readonly to: number }[])[];
  readonly edges: readonly (readonly number[])[];
}

interface Kept {
  readonly zone: Zone;
  last: { readonly from: Instant; readonly to: Instant; readonly opening: Opening } | null;
}

const daysOf = new WeakMap<readonly DayWindow[], WindowDays>();
/** Windows are asked about in their campaign’s zone, which is one. */
const keptOf = new WeakMap<readonly DayWindow[], Kept>();

function keptFor(windows: readonly DayWindow[], zone: Zone): Kept {
  const known = keptOf.get(windows);
  if (known?.zone === zone) return known;
  const kept: Kept = { zone, last: null };
  keptOf.set(windows, kept);
  return kept;
}

function windowDays(windows: readonly DayWindow[]): WindowDays {
  const known = daysOf.get(windows);
  if (known !== undefined) return known;
  const spans: { from: number; to: number }[][] = Array.from({ length: 7 }, () => []);
  for (const { weekday, from, to } of windows) {
    const today = spans[weekday - 1];
    if (today === undefined) continue;
    if (from < to) today.push({ from, to });
    else if (from > to) {
      today.push({ from, to: DAY_MINUTES });
      if (to > 0) spans[weekday % 7]!.push({ from: 0, to });
    }
  }
  const edges = spans.map((_, index) => edgesOn(spans, index));
  const days = { spans, edges };
  daysOf.set(windows, days);
  return days;
}

function isOpenAt({ spans }: Pick<WindowDays, 'spans'>, local: { weekday: number; minute: number }) {
  return spans[local.weekday - 1]!.some(({ from, to }) => local.minute >= from && local.minute < to);
}

/** The minutes of a weekday at which a wall clock may go from open to closed or back. */
function edgesOn(spans: WindowDays['spans'], index: number): number[] {
  const weekday = index + 1;
  const dayBefore = index === 0 ? 7 : index;
  const isEdge = (minute: number) =>
    isOpenAt({ spans }, { weekday, minute }) !==
    (minute === 0
      ? isOpenAt({ spans }, { weekday: dayBefore, minute: DAY_MINUTES - 1 })
      : isOpenAt({ spans }, { weekday, minute: minute - 1 }));
  const named = spans[index]!.flatMap(({ from, to }) => [from, to]);
  return [...new Set([0, ...named])].filter((minute) => minute < DAY_MINUTES && isEdge(minute));
}
