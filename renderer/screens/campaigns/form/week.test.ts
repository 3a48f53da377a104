import { expect, test } from 'vitest';
import { copied, hoursOf, opened, piecesOn, troubleOn, WEEKDAYS, withBreak, withDay } from './week.ts';

const NINE_TO_FIVE = { from: 540, to: 1020 };
const MONDAY = [{ weekday: 1, ...NINE_TO_FIVE }];

test('a day that is opened takes the hours of the open day before it', () => {
  expect(hoursOf(opened(MONDAY, 3), 3)).toEqual([NINE_TO_FIVE]);
});

test('the first day to be opened has office hours', () => {
  expect(hoursOf(opened([], 7), 7)).toEqual([NINE_TO_FIVE]);
});

test('Monday is copied to the weekdays, and the weekend stays closed', () => {
  const week = copied(MONDAY, 1, WEEKDAYS);
  expect(week.map(({ weekday }) => weekday)).toEqual([1, 2, 3, 4, 5]);
});

test('a break makes two stretches that do not overlap', () => {
  for (const hours of [NINE_TO_FIVE, { from: 480, to: 1320 }, { from: 0, to: 1440 }]) {
    const week = withBreak(withDay([], 2, [hours]), 2);
    expect(hoursOf(week, 2)).toHaveLength(2);
    expect(troubleOn(week, 2)).toBeNull();
  }
});

test('hours that begin and end together, or overlap, are told in a sentence', () => {
  expect(troubleOn(withDay([], 1, [{ from: 540, to: 540 }]), 1)).toMatch(/same time/);
  const both = [NINE_TO_FIVE, { from: 600, to: 700 }];
  expect(troubleOn(withDay([], 1, both), 1)).toMatch(/overlap/);
});

test('a night is drawn to midnight, and goes on in the morning after, Sunday’s on Monday', () => {
  const week = withDay([], 7, [{ from: 1320, to: 120 }]);
  expect(piecesOn(week, 7)).toEqual([{ from: 1320, to: 1440 }]);
  expect(piecesOn(week, 1)).toEqual([{ from: 0, to: 120 }]);
});
