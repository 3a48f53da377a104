import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOf, dayOf, readDate, weekdayOf } from './calendar.ts';

const days = fc.integer({ min: -200_000, max: 200_000 });

test('every day has the date and the weekday that the runtime gives it', () => {
  fc.assert(
    fc.property(days, (day) => {
      const there = new Date(day * 86_400_000);
      expect(dateOf(day)).toBe(there.toISOString().slice(0, 10));
      expect(dateOf(day)).toBe(there.toISOString().slice(0, 10));
      expect(weekdayOf(day)).toBe(there.getUTCDay() || 7);
      expect(dayOf(there.getUTCFullYear(), there.getUTCMonth() + 1, there.getUTCDate())).toBe(day);
    }),
    { numRuns: 2000 },
  );
});

test('a date reads back as the day it was written for', () => {
  const inOurYears = fc.integer({ min: -700_000, max: 2_900_000 });
  fc.assert(
    fc.property(inOurYears, (day) => {
      expect(readDate(dateOf(day))).toBe(day);
    }),
  );
});

test('the calendar has no 29 February in 2025, 2100 or 1900, and has one in 2024 and 2000', () => {
  for (const year of [2025, 2100, 1900]) expect(readDate(`${year}-02-29`)).toBeNull();
  for (const year of [2024, 2000]) expect(readDate(`${year}-02-29`)).not.toBeNull();
  for (const text of [
    '2026-00-10',
    '2026-13-01',
    '2026-04-31',
    '2026-12-32',
    '2026-01-00',
    '2026-1-01',
    'x',
  ]) {
    expect(readDate(text)).toBeNull();
  }
});
