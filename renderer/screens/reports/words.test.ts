import { expect, test } from 'vitest';
import { changeText, minutesPerHour, perSuccessText, percentText, spentText } from './words.ts';

const TOTALS = { dials: 10, answered: 5, talks: 4, talkMs: 600_000, successes: 2, workMs: 3_600_000 };
const usd = { currency: 'USD', micros: 3_000_000, calls: 9 };

test('without calls there is no rate rather than a rate of nothing', () => {
  expect(percentText(0, 0)).toBe('–');
  expect(percentText(1, 8)).toBe('12.5 %');
});

test('currencies are told side by side and never added', () => {
  expect(spentText([usd, { ...usd, currency: 'EUR' }])).toMatch(/3\.00.*, .*3\.00/);
  expect(perSuccessText({ ...TOTALS, costs: [usd] })).toContain('1.50');
  expect(perSuccessText({ ...TOTALS, successes: 0, costs: [usd] })).toBe('–');
});

test('talk time per hour counts the hours in sessions', () => {
  expect(minutesPerHour({ ...TOTALS, costs: [] })).toBeCloseTo(10);
  expect(minutesPerHour({ ...TOTALS, workMs: 0, costs: [] })).toBeNull();
});

test('what changed is said in a word, not by a sign alone', () => {
  expect(changeText(12, 10)).toBe('20.0 % more');
  expect(changeText(5, 10)).toBe('50.0 % less');
  expect(changeText(10, 10)).toBe('as before');
  expect(changeText(3, 0)).toBe('nothing to compare with');
});
