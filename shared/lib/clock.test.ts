import { afterEach, expect, test, vi } from 'vitest';
import { machineClock, sleep } from './clock.ts';
import { DAY_MS, instant } from './instants.ts';
import { simulatedClock } from './simulated-clock.ts';

const NOON = instant(Date.UTC(2026, 10, 20, 12));

afterEach(() => {
  vi.useRealTimers();
});

test('sleep lasts as long on the clock as it was told, and no longer', async () => {
  const clock = simulatedClock(NOON);
  let isAwake = false;
  void sleep(clock, 1000).then(() => (isAwake = true));
  await clock.advance(999);
  expect(isAwake).toBe(false);
  await clock.advance(1);
  expect(isAwake).toBe(true);
});

test('sleep ends at once when it is called off, and leaves no timer behind', async () => {
  const clock = simulatedClock(NOON);
  const stopping = new AbortController();
  let isAwake = false;
  void sleep(clock, 1000, stopping.signal).then(() => (isAwake = true));
  stopping.abort();
  await clock.advance(0);
  expect(isAwake).toBe(true);
  expect(await clock.step()).toBe(false);
});

test('sleep that is called off beforehand does not begin', async () => {
  const clock = simulatedClock(NOON);
  await sleep(clock, 1000, AbortSignal.abort());
  expect(await clock.step()).toBe(false);
});

test('sleep that ran out listens to its signal no more', async () => {
  const clock = simulatedClock(NOON);
  const { signal } = new AbortController();
  const removed = vi.spyOn(signal, 'removeEventListener');
  void sleep(clock, 10, signal);
  await clock.advance(10);
  expect(removed).toHaveBeenCalledWith('abort', expect.any(Function));
});

test('the machine’s clock waits in its own time, at any speed', () => {
  vi.useFakeTimers({ now: NOON });
  const fired = vi.fn();
  const clock = machineClock(10);
  clock.after(1000, fired);
  vi.advanceTimersByTime(99);
  expect(fired).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(fired).toHaveBeenCalledOnce();
  expect(clock.now()).toBe(NOON + 1000);
});

test('a wait longer than a timer can hold is as long as it says, and can be called off in its last part', () => {
  vi.useFakeTimers({ now: NOON });
  const [fired, calledOff] = [vi.fn(), vi.fn()];
  const clock = machineClock();
  clock.after(60 * DAY_MS, fired);
  const cancel = clock.after(60 * DAY_MS, calledOff);
  vi.advanceTimersByTime(60 * DAY_MS - 1);
  expect(fired).not.toHaveBeenCalled();
  cancel();
  vi.advanceTimersByTime(1);
  expect(fired).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(100 * DAY_MS);
  expect([fired.mock.calls.length, calledOff.mock.calls.length]).toEqual([1, 0]);
});
