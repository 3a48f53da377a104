import { expect, test } from 'vitest';
import { callbackTime } from '../../../shared/domain/callback-words.ts';
import { instant } from '../../../shared/lib/instants.ts';
import { chipsAt, promiseRemarks } from './callback-chips.ts';

const PACIFIC = 'America/Los_Angeles';
const NOW = instant(Date.UTC(2026, 10, 20, 18, 42));

test('every chip types words that mean a time', () => {
  for (const { words } of chipsAt(NOW, PACIFIC)) expect(callbackTime(words, NOW, PACIFIC).kind).toBe('at');
});

test('same time tomorrow is their time, to the quarter of an hour', () => {
  expect(chipsAt(NOW, PACIFIC)[1]?.words).toBe('tomorrow 10:45');
});

const NIGHT = instant(Date.UTC(2026, 10, 24, 14, 0));
const MORNING = instant(Date.UTC(2026, 10, 24, 16, 0));

test('a promise at night says when it would be kept', () => {
  expect(promiseRemarks(NIGHT, PACIFIC, { keptAt: MORNING, clashes: [] })).toEqual([
    'Nobody may be rung there at that time. Parley rings Tue 24 Nov, 08:00 their time.',
  ]);
  expect(promiseRemarks(NIGHT, PACIFIC, { keptAt: null, clashes: [] })[0]).toMatch(/^At no time after that/);
});

test('a promise that can be kept says nothing, unless it is in the way of another', () => {
  expect(promiseRemarks(MORNING, PACIFIC, { keptAt: MORNING, clashes: [] })).toEqual([]);
  const clashes = ['Omar Kim', 'Ada Nowak', 'Ben Çelik'].map((name) => ({ name, at: MORNING }));
  expect(promiseRemarks(MORNING, PACIFIC, { keptAt: MORNING, clashes })).toEqual([
    'You have promised Omar Kim, Ada Nowak and 1 more a call at about that time.',
  ]);
});
