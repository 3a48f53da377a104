import { expect, test } from 'vitest';
import { instant } from '../../../../shared/lib/instants.ts';
import { hourFigures, scaleTop } from './minutes.ts';

const minutes = (...attempts: number[]) =>
  attempts.map((count, at) => ({
    at: instant(at * 60_000),
    attempts: count,
    reached: Math.floor(count / 2),
  }));

test('the scale ends at a round number that no bar goes over', () => {
  expect([[], [3], [5], [7], [11], [38], [120]].map((counts) => scaleTop(minutes(...counts)))).toEqual([
    4, 4, 6, 8, 20, 40, 200,
  ]);
});

test('an hour without attempts has no busiest minute', () => {
  expect(hourFigures(minutes(0, 0))).toEqual({ attempts: 0, reached: 0, busiest: null });
});

test('an hour is summed up, with its busiest minute', () => {
  const figures = hourFigures(minutes(1, 6, 2));
  expect(figures).toMatchObject({ attempts: 9, reached: 4 });
  expect(figures.busiest?.attempts).toBe(6);
});
