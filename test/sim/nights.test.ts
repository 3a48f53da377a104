import { expect, test, vi } from 'vitest';
import { HOUR_MS, instant } from '../../shared/lib/instants.ts';
import { type DayOptions, liveDay } from './day.ts';

// Some seconds each, and more where the machine has other things to do.
vi.setConfig({ testTimeout: 120_000 });

const SHORT: DayOptions = {
  seed: 'short',
  startsAt: instant(Date.UTC(2026, 10, 18, 15)),
  hours: 2,
  contacts: 40,
  agents: 3,
  troubles: 2,
};

test('the same seed gives the same day, byte for byte', async () => {
  const first = await liveDay(SHORT);
  const again = await liveDay(SHORT);
  const other = await liveDay({ ...SHORT, seed: 'another' });
  expect(first.tally.calls).toBeGreaterThan(10);
  expect(again.log).toBe(first.log);
  expect(other.log).not.toBe(first.log);
});

/** Midnight in New York as its clocks change, at two in the morning, some hours later. */
const NIGHTS = [
  ['go back', instant(Date.UTC(2026, 10, 1, 4))],
  ['go forward', instant(Date.UTC(2027, 2, 14, 5))],
] as const;

test.each(NIGHTS)('through a night in which clocks %s nobody is rung before eight', async (_, midnight) => {
  const startsAt = instant(midnight - 5 * HOUR_MS);
  const { breaches, tally } = await liveDay({ ...SHORT, seed: 'night', startsAt, hours: 16, contacts: 25 });
  expect(breaches).toEqual([]);
  expect(tally.calls).toBeGreaterThan(10);
});
