import { expect, test } from 'vitest';
import { arrowTo } from './arrows.ts';

test('arrows go round the choices in both directions', () => {
  expect([0, 1, 2].map((at) => arrowTo('ArrowDown', at, 3))).toEqual([1, 2, 0]);
  expect([0, 1, 2].map((at) => arrowTo('ArrowUp', at, 3))).toEqual([2, 0, 1]);
});

test('from nowhere an arrow enters at the near end', () => {
  expect(arrowTo('ArrowDown', -1, 3)).toBe(0);
  expect(arrowTo('ArrowUp', -1, 3)).toBe(2);
});

test('other keys are left alone', () => {
  expect(arrowTo('Enter', 1, 3)).toBeNull();
  expect(arrowTo('a', 1, 3)).toBeNull();
});
