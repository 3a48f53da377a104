import { expect, test, vi } from 'vitest';
import { HOUR_MS, instant } from '../../shared/lib/instants.ts';
import { type DayOptions, liveDay } from './day.ts';

/* Days in which Parley calls by itself, with agents beside it and without. `PARLEY_SEED=7` lives one of them again. */

// Some seconds each, and more where the machine has other things to do.
vi.setConfig({ testTimeout: 120_000 });

const ONE = process.env.PARLEY_SEED;
const COUNT = Number(process.env.PARLEY_SEEDS ?? 1);
const SEEDS = ONE === undefined ? Array.from({ length: COUNT }, (_, nth) => String(nth + 1)) : [ONE];

const ALONE: DayOptions = {
  seed: '',
  startsAt: instant(Date.UTC(2026, 10, 18, 13)),
  hours: 7,
  contacts: 50,
  agents: 0,
  troubles: 3,
  background: true,
};

async function live(options: DayOptions) {
  const day = await liveDay(options);
  if (process.env.PARLEY_TALLY !== undefined) console.log(options.seed, day.tally);
  expect(day.breaches, `PARLEY_SEED=${options.seed} shows this again`).toEqual([]);
  return day;
}

test.each(SEEDS)('a day without agents, full of trouble, breaks no law (seed %s)', async (seed) => {
  const { tally } = await live({ ...ALONE, seed });
  expect(tally.calls).toBeGreaterThan(20);
});

test.each(SEEDS)('agents and Parley itself ring the same people and break no law (seed %s)', async (seed) => {
  const { tally } = await live({ ...ALONE, seed, agents: 2, hours: 4 });
  expect(tally.calls).toBeGreaterThan(20);
});

test('through a night in which clocks go back no machine calls before eight, and the same seed gives the same night', async () => {
  const startsAt = instant(Date.UTC(2026, 10, 1, 4) - 5 * HOUR_MS);
  const night = { ...ALONE, seed: 'night', startsAt, hours: 16, contacts: 25, troubles: 2 };
  const first = await live(night);
  const again = await live(night);
  expect(first.tally.calls).toBeGreaterThan(10);
  expect(again.log).toBe(first.log);
});
