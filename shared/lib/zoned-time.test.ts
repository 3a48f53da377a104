import fc from 'fast-check';
import { DateTime, Settings } from 'luxon';
import { afterEach, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, instant } from './instants.ts';
import {
  addDays,
  firstInstant,
  instantsShowing,
  isDate,
  isZone,
  localTime,
  stretchesShowing,
  weekdayOn,
  zonedInstant,
} from './zoned-time.ts';

/** Zones with whole, half and quarter hours, odd summer times, and none. */
const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Phoenix',
  'America/St_Johns',
  'America/Santiago',
  'America/Havana',
  'America/Nuuk',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Atlantic/Azores',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Europe/Berlin',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'UTC',
];

const zones = fc.constantFrom(...ZONES);
/** Those in which the runtime's own data, a year older than ours, are still right. */
const unchanged = fc.constantFrom(
  ...ZONES.filter((zone) => !['America/Havana', 'Africa/Casablanca'].includes(zone)),
  'America/Toronto',
  'America/Regina',
  'America/Asuncion',
  'America/Mexico_City',
  'Asia/Almaty',
  'Asia/Amman',
  'Asia/Calcutta',
  'Asia/Jerusalem',
  'Australia/Eucla',
  'Europe/Dublin',
  'Europe/Istanbul',
  'Pacific/Marquesas',
  'US/Eastern',
);
const instants = fc.integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2032, 0, 1) }).map(instant);
const dates = fc.integer({ min: 0, max: 14 * 365 }).map((days) => addDays('2018-01-01', days));
const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });

const utc = (...parts: [number, number, number, number?, number?]) => {
  const [year, month, day, hour = 0, minute = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute);
};

afterEach(() => {
  Settings.now = () => Date.now();
});

test('where the law has not changed, a wall clock shows what Luxon says it shows, in every season', () => {
  fc.assert(
    fc.property(instants, unchanged, (at, zone) => {
      const luxon = DateTime.fromMillis(at, { zone });
      expect(localTime(at, zone)).toEqual({
        date: luxon.toISODate(),
        weekday: luxon.weekday,
        minute: luxon.hour * 60 + luxon.minute,
      });
    }),
    { numRuns: 1000 },
  );
});

test('an instant is found again from what the clock showed, as the only one or as one of two', () => {
  fc.assert(
    fc.property(instants, zones, (at, zone) => {
      const whole = instant(Math.floor(at / MINUTE_MS) * MINUTE_MS);
      const { date, minute } = localTime(whole, zone);
      const found = zonedInstant(date, minute, zone);
      if (found.kind === 'one') expect(found.at).toBe(whole);
      else expect(found).toMatchObject({ kind: 'twice' });
      if (found.kind === 'twice') expect([found.first, found.second]).toContain(whole);
    }),
    { numRuns: 1000 },
  );
});

test('every instant that is found shows the minute that was asked for; after a gap it shows a later one', () => {
  fc.assert(
    fc.property(dates, minutes, zones, (date, minute, zone) => {
      const found = zonedInstant(date, minute, zone);
      if (found.kind === 'gap') {
        const { date: shownDate, minute: shown } = localTime(found.next, zone);
        const before = localTime(instant(found.next - 1), zone);
        expect(
          `${shownDate} ${String(shown).padStart(4, '0')}` > `${date} ${String(minute).padStart(4, '0')}`,
        ).toBe(true);
        expect(
          `${before.date} ${String(before.minute).padStart(4, '0')}` <
            `${date} ${String(minute).padStart(4, '0')}`,
        ).toBe(true);
        return;
      }
      const all = found.kind === 'one' ? [found.at] : [found.first, found.second];
      for (const at of all) expect(localTime(at, zone)).toMatchObject({ date, minute });
      expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
    }),
    { numRuns: 1000 },
  );
});

test('the answer is the same whatever season it is asked in', () => {
  fc.assert(
    fc.property(dates, minutes, zones, (date, minute, zone) => {
      Settings.now = () => utc(2026, 1, 15);
      const inWinter = zonedInstant(date, minute, zone);
      Settings.now = () => utc(2026, 7, 15);
      expect(zonedInstant(date, minute, zone)).toEqual(inWinter);
    }),
  );
});

test.each([
  ['New York loses an hour', 'America/New_York', '2026-03-08', 150, utc(2026, 3, 8, 7)],
  ['Lord Howe loses half an hour', 'Australia/Lord_Howe', '2026-10-04', 135, utc(2026, 10, 3, 15, 30)],
  ['Santiago has no midnight', 'America/Santiago', '2026-09-06', 0, utc(2026, 9, 6, 4)],
  ['Cairo has no midnight', 'Africa/Cairo', '2026-04-24', 30, utc(2026, 4, 23, 22)],
  ['Troll loses two hours', 'Antarctica/Troll', '2026-03-29', 90, utc(2026, 3, 29, 1)],
  ['Apia lost a whole day', 'Pacific/Apia', '2011-12-30', 600, utc(2011, 12, 30, 10)],
])('a time that does not exist is the first one after it: %s', (_what, zone, date, minute, next) => {
  expect(zonedInstant(date, minute, zone)).toMatchObject({ kind: 'gap', next });
  expect(firstInstant(date, minute, zone)).toBe(next);
  expect(instantsShowing(date, minute, zone)).toEqual([next]);
});

test.each([
  ['New York', 'America/New_York', '2026-11-01', 90, utc(2026, 11, 1, 5, 30), HOUR_MS],
  [
    'Lord Howe, by half an hour',
    'Australia/Lord_Howe',
    '2026-04-05',
    105,
    utc(2026, 4, 4, 14, 45),
    HOUR_MS / 2,
  ],
  [
    'Santiago, before midnight',
    'America/Santiago',
    '2026-04-04',
    23 * 60 + 30,
    utc(2026, 4, 5, 2, 30),
    HOUR_MS,
  ],
  ['Cairo, before midnight', 'Africa/Cairo', '2026-10-29', 23 * 60 + 30, utc(2026, 10, 29, 20, 30), HOUR_MS],
  ['Havana, after midnight', 'America/Havana', '2025-11-02', 30, utc(2025, 11, 2, 4, 30), HOUR_MS],
])(
  'a time that comes twice is told as two, the first one first: %s',
  (_what, zone, date, minute, first, apart) => {
    expect(zonedInstant(date, minute, zone)).toEqual({ kind: 'twice', first, second: first + apart });
    expect(firstInstant(date, minute, zone)).toBe(first);
  },
);

test('between the two comes the moment the clocks were set back', () => {
  const [first, changed, second] = instantsShowing('2026-11-01', 90, 'America/New_York');
  expect([first, changed, second]).toEqual([
    utc(2026, 11, 1, 5, 30),
    utc(2026, 11, 1, 6),
    utc(2026, 11, 1, 6, 30),
  ]);
});

test('a zone half an hour or a quarter off the whole hour is exact', () => {
  expect(firstInstant('2026-11-20', 9 * 60, 'Asia/Kolkata')).toBe(utc(2026, 11, 20, 3, 30));
  expect(firstInstant('2026-11-20', 9 * 60, 'Asia/Kathmandu')).toBe(utc(2026, 11, 20, 3, 15));
  expect(localTime(instant(utc(2026, 11, 20, 3, 15)), 'Asia/Kathmandu').minute).toBe(9 * 60);
});

test('a day later is the next date on the calendar, not 24 hours on', () => {
  expect(addDays('2026-03-07', 1)).toBe('2026-03-08');
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  const saturday = firstInstant('2026-03-07', 600, 'America/New_York');
  expect(firstInstant(addDays('2026-03-07', 1), 600, 'America/New_York') - saturday).toBe(23 * HOUR_MS);
});

test('days added and taken away again lead back to the same date', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: -400, max: 400 }), (date, days) => {
      expect(addDays(addDays(date, days), -days)).toBe(date);
      expect(addDays(date, days) < date).toBe(days < 0);
    }),
  );
});

test('a date that is not on the calendar is none', () => {
  expect(isDate('2026-02-28')).toBe(true);
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '2026-01-01T00:00', '']) {
    expect(isDate(text)).toBe(false);
  }
});

test('only zones this computer knows are zones, however often they are asked for', () => {
  for (const _ of [1, 2]) {
    expect(isZone('Europe/Berlin')).toBe(true);
    expect(isZone('Europe/Nowhere')).toBe(false);
    expect(isZone('')).toBe(false);
  }
});

test('the stretches of a window are exactly the minutes in which the clock shows it', () => {
  const spans = fc.tuple(minutes, minutes).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
  fc.assert(
    fc.property(dates, spans, zones, (date, [from, to], zone) => {
      const stretches = stretchesShowing(date, from, to, zone);
      const noon = Date.parse(`${date}T12:00Z`);
      for (let at = noon - 28 * HOUR_MS; at < noon + 28 * HOUR_MS; at += 15 * MINUTE_MS) {
        const shown = localTime(instant(at), zone);
        const isShown = shown.date === date && shown.minute >= from && shown.minute < to;
        expect(stretches.some((each) => each.from <= at && at < each.to)).toBe(isShown);
      }
      for (const each of stretches) {
        expect(localTime(each.from, zone).date).toBe(date);
        expect(localTime(instant(each.to - 1), zone).date).toBe(date);
        const before = localTime(instant(each.from - 1), zone);
        expect(before.date === date && before.minute >= from && before.minute < to).toBe(false);
        const after = localTime(each.to, zone);
        expect(after.date === date && after.minute >= from && after.minute < to).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});

test('a window that ends at midnight and one that begins there meet without a gap', () => {
  const [evening] = stretchesShowing('2026-11-20', 22 * 60, 24 * 60, 'America/New_York');
  const [night] = stretchesShowing('2026-11-21', 0, 60, 'America/New_York');
  expect(evening?.to).toBe(night?.from);
});

test('a date has the weekday that the clocks there show all day', () => {
  expect(weekdayOn('2026-11-20')).toBe(5);
  fc.assert(
    fc.property(instants, zones, (at, zone) => {
      const { date, weekday } = localTime(at, zone);
      expect(weekdayOn(date)).toBe(weekday);
    }),
  );
});

test('a zone or a date that does not exist is a mistake of ours, never a silent guess', () => {
  expect(() => localTime(instant(0), 'Europe/Nowhere')).toThrow('not a time zone');
  expect(() => firstInstant('2026-02-30', 0, 'UTC')).toThrow('2026-02-30');
  expect(() => firstInstant('2026-02-20', 1441, 'UTC')).toThrow('1441');
  expect(() => localTime(instant(Number.NaN), 'UTC')).toThrow();
});
