import { expect, test } from 'vitest';
import { closingOf, secondsLeft, shareLeft } from './countdown.ts';

test('a lead-in of three seconds counts 3, 2, 1 and never below nothing', () => {
  expect([0, 999, 1000, 1001, 2999, 3000, 9000].map((now) => secondsLeft(3000, now))).toEqual([
    3, 3, 2, 2, 1, 0, 0,
  ]);
});

test('the wrap-up bar stays within its frame whatever the clock does', () => {
  expect(shareLeft(0, 60, 15)).toBe(0.75);
  expect(shareLeft(0, 60, -10)).toBe(1);
  expect(shareLeft(0, 60, 90)).toBe(0);
  expect(shareLeft(60, 60, 60)).toBe(0);
});

test('the end of their calling hours turns amber in the last fifteen minutes', () => {
  const end = 60 * 60_000;
  expect(closingOf(end, end - 15 * 60_000 - 1)).toBe('open');
  expect(closingOf(end, end - 15 * 60_000)).toBe('soon');
  expect(closingOf(end, end)).toBe('closed');
});
