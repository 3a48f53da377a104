import { expect, test } from 'vitest';
import { bytesText, groupName, leftText, listNameFrom, progressText, sureness } from './words.ts';

test('progress says how many rows, how fast, and how much longer', () => {
  const progress = {
    step: 'reading',
    rows: 41_000,
    rowsPerSecond: 12_300,
    part: 0.5,
    leftMs: 125_000,
  } as const;
  expect(progressText(progress)).toBe('41,000 rows, 12,300 a second, about 2 minutes left');
  expect(progressText({ ...progress, rowsPerSecond: 0, leftMs: null })).toBe('41,000 rows');
  expect(leftText(200)).toBe('about 1 second');
});

test('a group is called by its verdict and, where that is not all, by its reason', () => {
  expect(groupName({ verdict: 'ready', reason: '' })).toBe('Ready');
  expect(groupName({ verdict: 'bad-number', reason: 'scientific' })).toBe('Bad number: scientific notation');
  expect(groupName({ verdict: 'do-not-call', reason: 'do-not-call' })).toBe('On the do-not-call list');
});

test('a list is called by its file, in words', () => {
  expect(listNameFrom('march_renewals-2026.csv')).toBe('march renewals 2026');
  expect(listNameFrom('.csv')).toBe('New list');
});

test('sizes and guesses are told in plain words', () => {
  expect([bytesText(12), bytesText(12_340), bytesText(5_200_000)]).toEqual(['12 bytes', '12.3 kB', '5.2 MB']);
  expect([sureness(1), sureness(0.7), sureness(0.3)]).toEqual(['sure', 'likely', 'a guess']);
});
