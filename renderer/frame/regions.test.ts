import { expect, test } from 'vitest';
import { nextRegion } from './regions.ts';

test('F6 goes round the regions, and back with Shift', () => {
  expect([-1, 0, 1, 2].map((at) => nextRegion(at, 3, false))).toEqual([0, 1, 2, 0]);
  expect([-1, 0, 1, 2].map((at) => nextRegion(at, 3, true))).toEqual([2, 2, 0, 1]);
});

test('where there are no regions there is nowhere to go', () => {
  expect(nextRegion(-1, 0, false)).toBe(-1);
});
