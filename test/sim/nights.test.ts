import { expect, test, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS, instant } from '../../shared/lib/instants.ts';
import { proven } from './proven.ts';
import { type Scene, sceneOf } from './scene.ts';

// Some seconds each, and more where the machine has other things to do.
vi.setConfig({ testTimeout: 120_000 });

const SHORT: Scene = { ...sceneOf('11'), agents: 2, background: true, contacts: 14, minutes: 25 };

/** Midnight in New York as its clocks change, at two in the morning, some hours later. */
const NIGHTS = [
  ['go back', instant(Date.UTC(2026, 10, 1, 4))],
  ['go forward', instant(Date.UTC(2027, 2, 14, 5))],
] as const;

test('the same seed gives the same day, byte for byte', async () => {
  const first = await proven(SHORT);
  const again = await proven(SHORT);
  const other = await proven({ ...SHORT, seed: '12' });
  expect(new Map(first.tally).get('calls')).toBeGreaterThan(5);
  expect(again.log).toBe(first.log);
  expect(other.log).not.toBe(first.log);
});

test.each(NIGHTS)('through a night in which clocks %s nobody is rung before eight', async (_, midnight) => {
  const startsAt = instant(midnight + 7 * HOUR_MS);
  const minutes = (3 * HOUR_MS) / MINUTE_MS;
  const { tally } = await proven({ ...SHORT, seed: '13', kind: 'night', startsAt, minutes });
  expect(new Map(tally).get('calls')).toBeGreaterThan(5);
});
