import { expect, test } from 'vitest';
import { instant } from '../../shared/lib/instants.ts';
import { simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { worldClock } from './world-clock.ts';

const NOON = instant(Date.UTC(2026, 10, 20, 12));

test('a world ten times as fast has its minute in six seconds', async () => {
  const under = simulatedClock(NOON);
  const clock = worldClock(under, 10);
  const rung: number[] = [];
  clock.after(60_000, () => rung.push(clock.now() - NOON));
  await under.advance(5_900);
  expect(rung).toEqual([]);
  await under.advance(100);
  expect(rung).toEqual([60_000]);
});

test('what waits goes on at the new pace when the pace changes, and time never leaps', async () => {
  const under = simulatedClock(NOON);
  const clock = worldClock(under);
  let isRung = false;
  clock.after(60_000, () => {
    isRung = true;
  });
  await under.advance(30_000);
  clock.setSpeed(30);
  expect(clock.now() - NOON).toBe(30_000);
  await under.advance(900);
  expect(isRung).toBe(false);
  await under.advance(100);
  expect([isRung, clock.now() - NOON]).toEqual([true, 60_000]);
});

test('nothing happens in a world that was stopped, nor by what was called off', async () => {
  const under = simulatedClock(NOON);
  const clock = worldClock(under);
  let count = 0;
  const cancel = clock.after(10, () => (count += 1));
  clock.after(20, () => (count += 1));
  cancel();
  clock.stop();
  clock.after(30, () => (count += 1));
  await under.advance(1_000);
  expect(count).toBe(0);
});
