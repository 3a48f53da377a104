import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, type Instant, MINUTE_MS, after, instant } from '../lib/instants.ts';
import { firstInstant, localTime } from '../lib/zoned-time.ts';
import { openingIn } from './calling-window.ts';
import type { DayWindow } from './campaign.ts';

const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Santiago',
  'America/Havana',
  'America/Nuuk',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Honolulu',
];

/** Minutes from midnight, whole hours and the edges of the day more often than chance would have them. */
const minutes = fc.oneof(
  fc.integer({ min: 0, max: 24 * 60 }),
  fc.constantFrom(0, 60, 90, 120, 150, 180, 23 * 60, 23 * 60 + 30, 24 * 60),
);
const window: fc.Arbitrary<DayWindow> = fc.record({
  weekday: fc.integer({ min: 1, max: 7 }),
  from: minutes,
  to: minutes,
});
const everyDay = fc
  .tuple(minutes, minutes)
  .map(([from, to]) => [1, 2, 3, 4, 5, 6, 7].map((weekday): DayWindow => ({ weekday, from, to })));
const windowSets = fc.oneof(fc.array(window, { maxLength: 8 }), everyDay);

/** Nights on which some zone above changes its clocks, and any other moment. To the minute, as the oracle is. */
const nights = [
  '2026-03-08',
  '2026-11-01',
  '2026-04-05',
  '2026-09-06',
  '2026-10-04',
  '2026-03-29',
  '2026-10-25',
  '2026-04-24',
  '2026-10-30',
  '2026-02-15',
  '2026-03-22',
];
const instants = fc
  .oneof(
    fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }),
    fc
      .tuple(fc.constantFrom(...nights), fc.integer({ min: -DAY_MS, max: 2 * DAY_MS }))
      .map(([night, ms]) => Date.parse(`${night}T00:00:00Z`) + ms),
  )
  .map((ms) => instant(Math.floor(ms / MINUTE_MS) * MINUTE_MS));
const zones = fc.constantFrom(...ZONES);

/** What a person with a watch would say, who knows nothing of how it is worked out. */
function isOpenByTheWatch(windows: readonly DayWindow[], zone: string, at: number): boolean {
  const { weekday, minute } = localTime(instant(at), zone);
  const dayBefore = weekday === 1 ? 7 : weekday - 1;
  return windows.some((each) =>
    each.from < each.to
      ? each.weekday === weekday && each.from <= minute && minute < each.to
      : each.from > each.to &&
        ((each.weekday === weekday && minute >= each.from) ||
          (each.weekday === dayBefore && minute < each.to)),
  );
}

/** The first minute within two days at which the watch says something else. */
function changeByTheWatch(isOpen: (at: number) => boolean, now: Instant): number | null {
  const open = isOpen(now);
  for (let at: number = now; at <= now + 2 * DAY_MS; at += MINUTE_MS) if (isOpen(at) !== open) return at;
  return null;
}

function expectAsTheWatchSays(
  opening: ReturnType<typeof openingIn>,
  isOpen: (at: number) => boolean,
  now: Instant,
): void {
  expect(opening.open).toBe(isOpen(now));
  const told = opening.open ? opening.closesAt : opening.opensAt;
  const change = changeByTheWatch(isOpen, now);
  if (change !== null) expect(told).toBe(change);
  else if (told !== null) {
    expect(told).toBeGreaterThan(now + 2 * DAY_MS);
    // Too far for the watch to be asked every minute, but it can be asked there.
    if (!opening.open) expect([isOpen(told - MINUTE_MS), isOpen(told)]).toEqual([false, true]);
  }
}

test('open, shut, and the very minute at which that changes are what a watch there says, DST nights too', () => {
  fc.assert(
    fc.property(windowSets, zones, instants, (windows, zone, now) => {
      expectAsTheWatchSays(openingIn(windows, zone, now), (at) => isOpenByTheWatch(windows, zone, at), now);
    }),
    { numRuns: 150 },
  );
}, 60_000);

const WORKDAY: DayWindow[] = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 9 * 60, to: 17 * 60 }));
const at = (date: string, minute: number, zone: string) => firstInstant(date, minute, zone);
const NEW_YORK = 'America/New_York';

test('a window rings from its first minute up to, not including, its last', () => {
  const [opens, closes] = [at('2026-11-20', 9 * 60, NEW_YORK), at('2026-11-20', 17 * 60, NEW_YORK)];
  expect(openingIn(WORKDAY, NEW_YORK, after(opens, -1))).toEqual({ open: false, opensAt: opens });
  expect(openingIn(WORKDAY, NEW_YORK, opens)).toEqual({ open: true, closesAt: closes });
  expect(openingIn(WORKDAY, NEW_YORK, after(closes, -1))).toEqual({ open: true, closesAt: closes });
  expect(openingIn(WORKDAY, NEW_YORK, closes)).toEqual({
    open: false,
    opensAt: at('2026-11-23', 9 * 60, NEW_YORK),
  });
});

test('windows that meet are one: nothing closes at noon or at midnight when it opens again at once', () => {
  const friday = [
    { weekday: 5, from: 9 * 60, to: 12 * 60 },
    { weekday: 5, from: 12 * 60, to: 24 * 60 },
  ];
  const saturday = [{ weekday: 6, from: 0, to: 60 }];
  expect(openingIn([...friday, ...saturday], NEW_YORK, at('2026-11-20', 600, NEW_YORK))).toEqual({
    open: true,
    closesAt: at('2026-11-21', 60, NEW_YORK),
  });
});

test('an hour that comes twice is judged twice by what the clock shows', () => {
  const fromHalfPastOne = [{ weekday: 7, from: 90, to: 300 }];
  const secondOne = instant(Date.UTC(2026, 10, 1, 6));
  expect(openingIn(fromHalfPastOne, NEW_YORK, after(secondOne, -MINUTE_MS))).toEqual({
    open: true,
    closesAt: secondOne,
  });
  expect(openingIn(fromHalfPastOne, NEW_YORK, secondOne)).toEqual({
    open: false,
    opensAt: after(secondOne, 30 * MINUTE_MS),
  });
});

test('a window in an hour that does not exist waits for the week after', () => {
  const inTheGap = [{ weekday: 7, from: 120, to: 180 }];
  expect(openingIn(inTheGap, NEW_YORK, at('2026-03-08', 0, NEW_YORK))).toEqual({
    open: false,
    opensAt: at('2026-03-15', 120, NEW_YORK),
  });
});

test('no windows, or windows that end as they begin, never open', () => {
  const now = at('2026-11-20', 600, NEW_YORK);
  expect(openingIn([], NEW_YORK, now)).toEqual({ open: false, opensAt: null });
  expect(openingIn([{ weekday: 5, from: 700, to: 700 }], NEW_YORK, now)).toEqual({
    open: false,
    opensAt: null,
  });
});

test('a window that ends before it begins is a night, and belongs to the day on which it begins', () => {
  const fridayNight = [{ weekday: 5, from: 22 * 60, to: 2 * 60 }];
  const opens = at('2026-11-20', 22 * 60, NEW_YORK);
  const closes = at('2026-11-21', 2 * 60, NEW_YORK);
  expect(openingIn(fridayNight, NEW_YORK, at('2026-11-20', 60, NEW_YORK))).toEqual({
    open: false,
    opensAt: opens,
  });
  expect(openingIn(fridayNight, NEW_YORK, opens)).toEqual({ open: true, closesAt: closes });
  expect(openingIn(fridayNight, NEW_YORK, after(closes, -1))).toEqual({ open: true, closesAt: closes });
  expect(openingIn(fridayNight, NEW_YORK, closes)).toEqual({
    open: false,
    opensAt: at('2026-11-27', 22 * 60, NEW_YORK),
  });
});

test('a night from Sunday reaches into Monday, and one to midnight ends with its day', () => {
  const sundayNight = [{ weekday: 7, from: 23 * 60, to: 60 }];
  expect(openingIn(sundayNight, NEW_YORK, at('2026-11-23', 30, NEW_YORK))).toEqual({
    open: true,
    closesAt: at('2026-11-23', 60, NEW_YORK),
  });
  const toMidnight = [{ weekday: 7, from: 23 * 60, to: 0 }];
  expect(openingIn(toMidnight, NEW_YORK, at('2026-11-22', 23 * 60, NEW_YORK))).toEqual({
    open: true,
    closesAt: at('2026-11-23', 0, NEW_YORK),
  });
});

test('what was answered before does not change what is answered now', () => {
  const asked = fc.tuple(windowSets, zones, fc.array(instants, { minLength: 2, maxLength: 6 }));
  fc.assert(
    fc.property(asked, ([windows, zone, all]) => {
      for (const now of all)
        expect(openingIn(windows, zone, now)).toEqual(openingIn([...windows], zone, now));
    }),
    { numRuns: 200 },
  );
});

test('windows that never close are asked again within a fortnight', () => {
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 24 * 60 }));
  const now = at('2026-11-20', 600, NEW_YORK);
  expect(openingIn(always, NEW_YORK, now)).toEqual({ open: true, closesAt: after(now, 15 * DAY_MS) });
});
