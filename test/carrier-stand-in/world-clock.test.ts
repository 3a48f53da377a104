import { expect, test } from 'vitest';
import { machineClock } from '../../shared/lib/clock.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type SimulatedClock, simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { until } from './testing-until.ts';
import { type WorldClock, worldClock } from './world-clock.ts';

const NOON = instant(Date.UTC(2026, 10, 20, 12));

/** A world on a clock that is moved by hand. */
function worldOn(under: SimulatedClock, speed = 1): WorldClock {
  return worldClock(under, speed, (run) => void under.after(0, run));
}

test('a world ten times as fast has its minute in six seconds', async () => {
  const under = simulatedClock(NOON);
  const clock = worldOn(under, 10);
  const rung: number[] = [];
  clock.after(60_000, () => rung.push(clock.now() - NOON));
  await under.advance(5_900);
  expect(rung).toEqual([]);
  await under.advance(100);
  expect(rung).toEqual([60_000]);
});

test('what waits goes on at the new pace when the pace changes, and time never leaps', async () => {
  const under = simulatedClock(NOON);
  const clock = worldOn(under);
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
  const clock = worldOn(under);
  let count = 0;
  const cancel = clock.after(10, () => (count += 1));
  clock.after(20, () => (count += 1));
  cancel();
  clock.stop();
  clock.after(30, () => (count += 1));
  await under.advance(1_000);
  expect(count).toBe(0);
});

test('however late a busy machine comes to it, everything happens in its order and at its own instant', async () => {
  const clock = worldClock(machineClock(), 1_000);
  const startAt = clock.now();
  const seen: (readonly [string, number])[] = [];
  const see = (what: string) => void seen.push([what, Math.round((clock.now() - startAt) / 1_000)]);
  clock.after(9_000, () => see('last'));
  clock.after(2_000, () => {
    see('first');
    // What follows from it is due from its own instant on, not from when the machine came to it.
    void Promise.resolve().then(() => clock.after(3_000, () => see('second')));
  });
  const busyUntil = performance.now() + 30;
  while (performance.now() < busyUntil);
  await until(
    () => seen,
    ({ length }) => length === 3,
  );
  expect(seen).toEqual([
    ['first', 2],
    ['second', 5],
    ['last', 9],
  ]);
  // And then the world has caught up.
  await until(
    () => clock.now() - startAt,
    (ms) => ms > 30_000,
  );
  clock.stop();
});
