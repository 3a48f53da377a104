import { expect, test } from 'vitest';
import { HOUR_MS } from '../../../shared/lib/instants.ts';
import { valuesInWords } from './values-in-words.ts';

test('values are read by the names they have: moments, spans, counts and words', () => {
  const read = valuesInWords({
    dueAt: Date.UTC(2026, 10, 24, 12),
    coolDownMs: 4 * HOUR_MS,
    attemptsPerDayMax: 1200,
    zones: 'America/New_York',
    opensAt: null,
  });
  expect(read.map(({ name }) => name)).toEqual([
    'Due',
    'Cool down',
    'Attempts per day, at most',
    'Zones',
    'Opens',
  ]);
  expect(read.map(({ value }) => value).slice(1)).toEqual([
    '4 hours',
    (1200).toLocaleString(),
    'America/New_York',
    'none',
  ]);
  expect(read[0]!.value).toContain('2026');
});
