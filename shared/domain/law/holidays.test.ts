import { expect, test } from 'vitest';
import { dateOf } from '../../lib/zones/calendar.ts';
import { weekdayOn } from '../../lib/zoned-time.ts';
import { shippedRules } from './book.ts';
import { closedDates, dayOfHoliday, easterOf, holidays } from './holidays.ts';

const YEARS = [2024, 2025, 2026, 2027, 2028, 2029, 2030];
const dateIn = (id: string, year: number) => {
  const day = dayOfHoliday(holidays[id]!, year);
  return day === null ? null : dateOf(day).slice(5);
};

/** Month and day, 2024 to 2030, as printed calendars have them. */
test.each([
  ['us-mlk', '01-15 01-20 01-19 01-18 01-17 01-15 01-21'],
  ['us-presidents', '02-19 02-17 02-16 02-15 02-21 02-19 02-18'],
  ['us-memorial', '05-27 05-26 05-25 05-31 05-29 05-28 05-27'],
  ['us-labor', '09-02 09-01 09-07 09-06 09-04 09-03 09-02'],
  ['us-columbus', '10-14 10-13 10-12 10-11 10-09 10-08 10-14'],
  ['us-thanksgiving', '11-28 11-27 11-26 11-25 11-23 11-22 11-28'],
  ['thanksgiving-friday', '11-29 11-28 11-27 11-26 11-24 11-23 11-29'],
  ['ri-victory', '08-12 08-11 08-10 08-09 08-14 08-13 08-12'],
  ['ms-confederate-memorial', '04-29 04-28 04-27 04-26 04-24 04-30 04-29'],
  ['mardi-gras', '02-13 03-04 02-17 02-09 02-29 02-13 03-05'],
  ['good-friday', '03-29 04-18 04-03 03-26 04-14 03-30 04-19'],
  ['easter-monday', '04-01 04-21 04-06 03-29 04-17 04-02 04-22'],
  ['ascension', '05-09 05-29 05-14 05-06 05-25 05-10 05-30'],
  ['whit-monday', '05-20 06-09 05-25 05-17 06-05 05-21 06-10'],
  ['us-juneteenth', '06-19 06-19 06-19 06-19 06-19 06-19 06-19'],
])('%s is on the dates of the printed calendars', (id, dates) => {
  expect(YEARS.map((year) => dateIn(id, year))).toEqual(dates.split(' '));
});

test('election days are in even years only', () => {
  expect(YEARS.map((year) => dateIn('us-election-even', year))).toEqual([
    '11-05',
    null,
    '11-03',
    null,
    '11-07',
    null,
    '11-05',
  ]);
});

test('Easter is on the dates the churches keep, the earliest and the latest among them', () => {
  const known = [
    '2000-04-23',
    '2008-03-23',
    '2011-04-24',
    '2019-04-21',
    '2024-03-31',
    '2025-04-20',
    '2038-04-25',
  ];
  for (const date of known) expect(dateOf(easterOf(Number(date.slice(0, 4))))).toBe(date);
  for (let year = 1990; year <= 2045; year++) expect(weekdayOn(dateOf(easterOf(year)))).toBe(7);
});

test.each([
  ['nearest-weekday', '2026-07-04', '2026-07-03'],
  ['nearest-weekday', '2027-07-04', '2027-07-05'],
  ['sunday-to-monday', '2027-07-04', '2027-07-05'],
] as const)('observed %s, the Fourth of July on %s also closes %s', (observed, day, instead) => {
  const closed = closedDates(['us-independence'], observed, Number(day.slice(0, 4)));
  expect([...closed.keys()].sort()).toEqual([day, instead].sort());
  expect(closed.get(instead)).toBe('Independence Day (observed)');
});

test('a Saturday moves nothing where only Sundays move', () => {
  expect([...closedDates(['us-independence'], 'sunday-to-monday', 2026).keys()]).toEqual(['2026-07-04']);
  expect([...closedDates(['us-independence'], 'none', 2027).keys()]).toEqual(['2027-07-04']);
});

test('a New Year’s Day on a Saturday closes the last day of the year before', () => {
  expect(closedDates(['new-year'], 'nearest-weekday', 2027).has('2027-12-31')).toBe(true);
  expect(closedDates(['new-year'], 'nearest-weekday', 2028).has('2028-01-01')).toBe(true);
});

test('Christmas and Boxing Day at one weekend close Monday and Tuesday', () => {
  const closed = closedDates(['christmas', 'st-stephen'], 'weekend-to-monday', 2027);
  expect([...closed.keys()].sort()).toEqual(['2027-12-25', '2027-12-26', '2027-12-27', '2027-12-28']);
});

test('every day in the stead of a holiday is a weekday, and every year has as many days as its rule at least', () => {
  for (const rule of shippedRules) {
    if (rule.kind !== 'closed-days') continue;
    for (const year of YEARS) {
      const closed = closedDates(rule.values.holidays, rule.values.observed, year);
      expect(closed.size).toBeGreaterThanOrEqual(rule.values.holidays.length - 2);
      for (const [date, name] of closed) {
        expect(date.startsWith(`${year}`)).toBe(true);
        if (name.endsWith('(observed)')) expect(weekdayOn(date)).toBeLessThan(6);
      }
    }
  }
});
