import { expect, test } from 'vitest';
import { readTime, steppedTime, timeOfDay } from './time-of-day.ts';

test.each([
  ['9', 540],
  ['9:30', 570],
  ['930', 570],
  ['0930', 570],
  ['9.30', 570],
  ['17', 1020],
  ['5pm', 1020],
  ['5:15 p.m.', 1035],
  ['12am', 0],
  ['12 pm', 720],
  ['noon', 720],
  ['24:00', 1440],
])('“%s” is read as minute %i of the day', (typed, minute) => {
  expect(readTime(typed)).toBe(minute);
});

test.each(['', 'soon', '25', '24:01', '9:75', '13pm', '0am', '99999'])('“%s” is no time of day', (typed) => {
  expect(readTime(typed)).toBeNull();
});

test('every quarter of an hour is read back as it is written', () => {
  for (let minute = 0; minute <= 1440; minute += 15) expect(readTime(timeOfDay(minute))).toBe(minute);
});

test('steps go to the next quarter and stop at the ends of the day', () => {
  expect(steppedTime(541, 1)).toBe(555);
  expect(steppedTime(541, -1)).toBe(540);
  expect(steppedTime(0, -1)).toBe(0);
  expect(steppedTime(1440, 1)).toBe(1440);
});
