import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR_MS, after, instant } from './instants.ts';
import { simulatedClock } from './simulated-clock.ts';

const NOON = instant(Date.UTC(2026, 10, 20, 12));

test('timers fire in the order they fall due, equal ones in the order they were set, each at its own instant', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 12 }), async (delays) => {
      const clock = simulatedClock(NOON);
      const fired: { delay: number; nth: number; at: number }[] = [];
      delays.forEach((delay, nth) =>
        clock.after(delay, () => fired.push({ delay, nth, at: clock.now() - NOON })),
      );
      await clock.advance(50);
      const inOrder = delays
        .map((delay, nth) => ({ delay, nth, at: delay }))
        .sort((a, b) => a.delay - b.delay || a.nth - b.nth);
      expect(fired).toEqual(inOrder);
      expect(clock.now()).toBe(NOON + 50);
    }),
    { numRuns: 50 },
  );
});

test('time stands still until it is told otherwise, and nothing fires before its time', async () => {
  const clock = simulatedClock(NOON);
  let fired = 0;
  clock.after(1000, () => fired++);
  await clock.advance(999);
  expect(fired).toBe(0);
  await clock.advance(1);
  expect(fired).toBe(1);
  await clock.advance(10_000);
  expect(fired).toBe(1);
});

test('setting the wall clock fires nothing, and timers keep their span', async () => {
  const clock = simulatedClock(NOON);
  const fired: number[] = [];
  clock.after(1000, () => fired.push(clock.now()));
  clock.jump(after(NOON, 24 * HOUR_MS));
  await clock.advance(0);
  expect(fired).toEqual([]);
  clock.jump(after(NOON, -HOUR_MS));
  await clock.advance(999);
  expect(fired).toEqual([]);
  await clock.advance(1);
  expect(fired).toEqual([NOON - HOUR_MS + 1000]);
});

test('a timer set after the wall clock was set waits its span, no more and no less', async () => {
  const clock = simulatedClock(NOON);
  clock.jump(after(NOON, 24 * HOUR_MS));
  const fired: number[] = [];
  clock.after(1000, () => fired.push(clock.now()));
  await clock.advance(1000);
  expect(fired).toEqual([NOON + 24 * HOUR_MS + 1000]);
});

test('a timer called off never fires, not even by one that falls due at the same instant', async () => {
  const clock = simulatedClock(NOON);
  const fired: string[] = [];
  clock.after(10, () => {
    fired.push('first');
    cancelSecond();
  });
  const cancelSecond = clock.after(10, () => fired.push('second'));
  await clock.advance(100);
  expect(fired).toEqual(['first']);
});

test('timers set by timers fire within the same advance, when they fall due in it', async () => {
  const clock = simulatedClock(NOON);
  const fired: number[] = [];
  const again = () => {
    fired.push(clock.now() - NOON);
    clock.after(10, again);
  };
  clock.after(10, again);
  await clock.advance(35);
  expect(fired).toEqual([10, 20, 30]);
});

test('promises settle between two timers, so a waiter acts at its own instant', async () => {
  const clock = simulatedClock(NOON);
  const seen: number[] = [];
  const waiter = async () => {
    for (let i = 0; i < 3; i++) {
      await new Promise<void>((resolve) => void clock.after(5, resolve));
      // As deep as a carrier's answer goes through our own hands before somebody waits again.
      for (let hand = 0; hand < 20; hand++) await Promise.resolve();
      seen.push(clock.now() - NOON);
    }
  };
  void waiter();
  await clock.advance(100);
  expect(seen).toEqual([5, 10, 15]);
});

test('one step fires one timer, and none that falls due later than it may', async () => {
  const clock = simulatedClock(NOON);
  const fired: string[] = [];
  clock.after(5, () => fired.push('a'));
  clock.after(50, () => fired.push('b'));
  expect(await clock.step(after(NOON, 20))).toBe(true);
  expect(await clock.step(after(NOON, 20))).toBe(false);
  expect([fired, clock.now()]).toEqual([['a'], NOON + 5]);
  expect(await clock.step()).toBe(true);
  expect(await clock.step()).toBe(false);
  expect(fired).toEqual(['a', 'b']);
});
