import { expect, test, vi } from 'vitest';
import { instant } from '../../shared/lib/instants.ts';
import { type DayOptions, liveDay } from './day.ts';

/* `PARLEY_SEED=7 vitest run test/sim` lives one day again; `PARLEY_SEEDS=200` lives that many. */

// Some seconds each, and more where the machine has other things to do.
vi.setConfig({ testTimeout: 120_000 });

const ONE = process.env.PARLEY_SEED;
const COUNT = Number(process.env.PARLEY_SEEDS ?? 3);
const SEEDS = ONE === undefined ? Array.from({ length: COUNT }, (_, nth) => String(nth + 1)) : [ONE];

const WEDNESDAY: DayOptions = {
  seed: '',
  startsAt: instant(Date.UTC(2026, 10, 18, 12)),
  hours: 7,
  contacts: 60,
  agents: 3,
  troubles: 3,
};

async function live(options: DayOptions) {
  const day = await liveDay(options);
  if (process.env.PARLEY_TALLY !== undefined) console.log(options.seed, day.tally);
  expect(day.breaches, `PARLEY_SEED=${options.seed} shows this again`).toEqual([]);
  return day;
}

test.each(SEEDS)('a working day full of trouble breaks no law (seed %s)', async (seed) => {
  const { tally } = await live({ ...WEDNESDAY, seed });
  expect(tally.calls).toBeGreaterThan(15);
});
