import { expect, test } from 'vitest';
import dst from '../../../test/fixtures/dst-cases.json' with { type: 'json' };
import { instant } from '../instants.ts';
import { localTime, stretchesShowing, zonedInstant } from '../zoned-time.ts';
import { clockOf, hasClock, offsetAt, zoneNames } from './offsets.ts';
import { zoneRelease } from './table.ts';

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const offsetHours = (zone: string, at: number) => offsetAt(clockOf(zone), at) / 3_600_000;

test('the zone data are the ones the cases were made from', () => {
  expect(zoneRelease()).toBe(dst.data);
});

test.each([
  ['America/Vancouver', -7],
  ['America/Edmonton', -6],
  ['America/Winnipeg', -5],
  ['America/Inuvik', -6],
  ['America/Havana', -4],
  ['Africa/Casablanca', 0],
  ['America/Toronto', -5],
])('on 1 December 2026 %s is %i hours from UTC, whatever the runtime believes', (zone, hours) => {
  expect(offsetHours(zone, Date.UTC(2026, 11, 1, 12))).toBe(hours);
});

test.each(dst.local)('what $zone shows on $date at $time is found as another program finds it', (wanted) => {
  const found = zonedInstant(wanted.date, minuteOf(wanted.time), wanted.zone);
  if (wanted.at.length === 0) expect(found).toMatchObject({ kind: 'gap', next: wanted.next });
  else if (wanted.at.length === 1) expect(found).toEqual({ kind: 'one', at: wanted.at[0] });
  else expect(found).toEqual({ kind: 'twice', first: wanted.at[0], second: wanted.at[1] });
  for (const at of wanted.at) {
    expect(localTime(instant(at), wanted.zone)).toMatchObject({
      date: wanted.date,
      minute: minuteOf(wanted.time),
    });
  }
});

test.each(dst.windows)(
  'a window $from–$to in $zones around $day is open when another program says so',
  (wanted) => {
    const start = Date.parse(`${wanted.day}T00:00Z`);
    const isOpen = (zone: string, at: number) => {
      const { date } = localTime(instant(at), zone);
      const stretches = stretchesShowing(date, minuteOf(wanted.from), minuteOf(wanted.to), zone);
      return stretches.some(({ from, to }) => from <= at && at < to);
    };
    for (let at = start; at < start + 3 * 86_400_000; at += 60_000) {
      const expected = wanted.open.some(([from, to]) => from! <= at && at < to!);
      if (wanted.zones.every((zone) => isOpen(zone, at)) !== expected)
        expect(new Date(at).toISOString()).toBe('right');
    }
  },
);

test('there are enough cases to speak of, gaps and doubled hours among them', () => {
  expect(dst.local.length).toBeGreaterThanOrEqual(60);
  expect(dst.windows.length).toBeGreaterThanOrEqual(15);
  expect(dst.local.filter(({ at }) => at.length === 0).length).toBeGreaterThanOrEqual(15);
  expect(dst.local.filter(({ at }) => at.length === 2).length).toBeGreaterThanOrEqual(10);
});

test('links and their targets share one clock, and names that nobody uses have none', () => {
  expect(clockOf('Asia/Calcutta')).toBe(clockOf('Asia/Kolkata'));
  expect(clockOf('US/Pacific')).toBe(clockOf('America/Los_Angeles'));
  expect(clockOf('America/Yellowknife')).toBe(clockOf('America/Edmonton'));
  expect(hasClock('Mars/Olympus_Mons')).toBe(false);
  expect(zoneNames().length).toBeGreaterThan(590);
});

test('every zone has stretches that follow each other, a quarter of an hour at least from the same offset', () => {
  for (const zone of zoneNames()) {
    const { startsAt, offsetMs } = clockOf(zone);
    for (let i = 1; i < startsAt.length; i++) {
      expect(startsAt[i]! > startsAt[i - 1]!).toBe(true);
      expect(Math.abs(offsetMs[i]! - offsetMs[i - 1]!) % 900_000).toBe(0);
      expect(offsetMs[i]).not.toBe(offsetMs[i - 1]);
    }
    expect(offsetMs.every((offset) => offset >= -12 * 3_600_000 && offset <= 14 * 3_600_000)).toBe(true);
  }
});

test('the yearly changes go on after the data end', () => {
  expect(offsetHours('America/New_York', Date.UTC(2045, 6, 1))).toBe(-4);
  expect(offsetHours('America/New_York', Date.UTC(2045, 11, 1))).toBe(-5);
  expect(new Date(clockOf('Europe/Berlin').startsAt.at(-2)!).toISOString()).toBe('2045-03-26T01:00:00.000Z');
  expect(new Date(clockOf('Africa/Cairo').startsAt.at(-2)!).toISOString()).toBe('2045-04-27T22:00:00.000Z');
});

test('a question far from the last one is answered as well as one beside it', () => {
  const clock = clockOf('Europe/Paris');
  const years = Array.from({ length: 30 }, (_, i) => 2012 + ((i * 17) % 33));
  for (const year of years) {
    expect(offsetAt(clock, Date.UTC(year, 6, 1)) / 3_600_000).toBe(2);
    expect(offsetAt(clock, Date.UTC(year, 0, 1)) / 3_600_000).toBe(1);
  }
});
