import { DAY_MS, type Instant, after, earlier, later } from '../lib/instants.ts';
import { type Zone, addDays, firstInstant, localTime } from '../lib/zoned-time.ts';
import type { DayWindow } from './campaign.ts';

/** Whether a set of windows is open in a zone, and when that changes. */
export type Opening =
  | { readonly open: true; readonly closesAt: Instant }
  | { readonly open: false; readonly opensAt: Instant | null };

/** Looks no further than this for the next opening: beyond it the answer is "never, as things stand". */
const DAYS_MAX = 15;

export function openingIn(windows: readonly DayWindow[], zone: Zone, now: Instant): Opening {
  const { date } = localTime(now, zone);
  // Yesterday too: its window may reach past midnight where clocks went back.
  for (let day = -1; day <= DAYS_MAX; day++) {
    const on = addDays(date, day);
    for (const window of windowsOn(windows, on)) {
      const opensAt = firstInstant(on, window.from, zone);
      const closesAt =
        window.to >= 24 * 60 ? firstInstant(addDays(on, 1), 0, zone) : firstInstant(on, window.to, zone);
      if (now >= closesAt || closesAt <= opensAt) continue;
      return now >= opensAt ? { open: true, closesAt } : { open: false, opensAt };
    }
  }
  return { open: false, opensAt: null };
}

/** The same question in several zones at once. Open only where it is open in all of them (law 4). */
export function openingInAll(windows: readonly DayWindow[], zones: readonly Zone[], now: Instant): Opening {
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

function windowsOn(windows: readonly DayWindow[], date: string): DayWindow[] {
  const weekday = ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  return windows.filter((window) => window.weekday === weekday).sort((a, b) => a.from - b.from);
}
