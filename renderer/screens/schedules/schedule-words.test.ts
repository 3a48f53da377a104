import { expect, test } from 'vitest';
import { instant } from '../../../shared/lib/instants.ts';
import { daysIn, jobStory, nextCalls, soFar, twoClocks, withDay } from './schedule-words.ts';

/** 10:00 in New York, on a Wednesday. */
const TEN = instant(Date.UTC(2026, 10, 18, 15));
const NEW_YORK = 'America/New_York';

test('a day is switched on and off, and the usual sets get their names', () => {
  expect(withDay('mon,tue,wed,thu', 5)).toBe('weekdays');
  expect(withDay('weekdays', 3)).toBe('mon,tue,thu,fri');
  expect(withDay('wed', 3)).toBe('');
  expect(withDay('', 7)).toBe('sun');
  expect(daysIn('nonsense')).toEqual([]);
});

test('the next calls are of the future, and there are none while something is missing', () => {
  const wish = { time: '10:00', zone: NEW_YORK, cadence: 'daily' };
  expect(nextCalls(wish, TEN, 2).map(({ date }) => date)).toEqual(['2026-11-19', '2026-11-20']);
  for (const but of [{ time: '' }, { zone: 'Nowhere' }, { cadence: '' }])
    expect(nextCalls({ ...wish, ...but }, TEN, 2)).toEqual([]);
});

test('both clocks are shown, and another day says which', () => {
  expect(twoClocks(TEN, NEW_YORK, 'Europe/Berlin')).toBe('10:00 there, 16:00 here');
  expect(twoClocks(TEN, NEW_YORK, NEW_YORK)).toBe('10:00 there and here');
  expect(twoClocks(TEN, NEW_YORK, 'Asia/Tokyo')).toBe('10:00 there, Thu 19 Nov 00:00 here');
});

test('a job tells why it failed, what moved it, or how long it lasted', () => {
  const job = {
    error: null,
    note: null,
    seconds: 75,
    state: 'completed',
    attempts: 1,
  } as never as Parameters<typeof jobStory>[0];
  expect(jobStory(job)).toBe('75 seconds');
  expect(jobStory({ ...job, state: 'failed', seconds: null, error: 'Nobody answered.', attempts: 2 })).toBe(
    'Nobody answered. · 2 attempts',
  );
  expect(jobStory({ ...job, state: 'queued', seconds: null, note: 'Moved to 08:00.' })).toBe(
    'Moved to 08:00.',
  );
});

test('a person’s calls so far are counted, and before the first nothing is claimed', () => {
  const nobody = { total: 0, completed: 0, failed: 0, successRate: null, lastError: null, sessions: [] };
  expect(soFar(nobody)).toBe('No calls so far.');
  expect(soFar({ ...nobody, total: 3, successRate: 2 / 3 })).toBe('3 calls, 67 % answered.');
});
