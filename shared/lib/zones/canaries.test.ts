import { afterEach, expect, test } from 'vitest';
import { instant } from '../instants.ts';
import { zonesIn } from './names.ts';
import { CANARIES, SHRUNK, doubtAt, failedCanaries, goodUntil } from './canaries.ts';
import { clockOf, hasClock, offsetAt } from './offsets.ts';
import { BUILT_IN, type ZoneTable, installZones, zoneRelease } from './table.ts';
import { withOldClocks } from './testing-zones.ts';

const NOW = instant(Date.UTC(2026, 10, 20, 12));

afterEach(() => installZones(BUILT_IN, null));

test('the clocks that come with Parley are as they are known to be, and nobody doubts them', () => {
  expect(failedCanaries()).toEqual([]);
  expect(doubtAt(NOW)).toBeNull();
  expect(CANARIES.length).toBeGreaterThanOrEqual(12);
});

test('clocks that miss the changes of 2026 are told by their canaries, with what follows', () => {
  installZones(withOldClocks(), null);
  expect(zoneRelease()).toBe('2025c');
  expect(failedCanaries()).toEqual([
    'America/Vancouver',
    'America/Edmonton',
    'America/Winnipeg',
    'America/Inuvik',
    'America/Havana',
    'Africa/Casablanca',
  ]);
  const said = doubtAt(NOW);
  expect(said).toContain(
    '(2025c) are out of date: the clocks of Vancouver, Edmonton and 4 other places changed',
  );
  expect(said).toContain(SHRUNK);
});

test('a province that was moved along with its neighbours by mistake is told as well', () => {
  const table: ZoneTable = {
    ...BUILT_IN,
    clocks: BUILT_IN.clocks.replace(' America/Toronto ', ' ').concat('\nAmerica/Toronto|-6o'),
  };
  installZones(table, null);
  expect(failedCanaries()).toEqual(['America/Toronto']);
});

test('data that nobody renewed are doubted from the end of the year after their own', () => {
  const end = goodUntil(BUILT_IN);
  expect(new Date(end).toISOString()).toBe('2028-01-01T00:00:00.000Z');
  expect(doubtAt(instant(end - 1))).toBeNull();
  expect(doubtAt(instant(end))).toContain('have not been renewed since 2026');
});

test('another table is gone by at once, in clocks and in countries, and so is the one before', () => {
  const summer = Date.UTC(2026, 11, 1);
  const hours = () => offsetAt(clockOf('America/Vancouver'), summer) / 3_600_000;
  expect([hours(), zonesIn('GB')]).toEqual([-7, ['Europe/London']]);
  installZones({ ...withOldClocks(), countries: 'GB Europe/Dublin' }, null);
  expect([hours(), zonesIn('GB'), hasClock('Europe/London')]).toEqual([-8, ['Europe/Dublin'], true]);
  installZones(BUILT_IN, null);
  expect([hours(), zonesIn('GB')]).toEqual([-7, ['Europe/London']]);
});
