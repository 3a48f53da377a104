import { expect, test } from 'vitest';
import { waitText } from './wait-words.ts';

test('a wait reads in the unit a person would use, and rounds into the next one', () => {
  expect([null, 0, 999, 1_000, 8_240, 59_940, 59_960, 245_400].map(waitText)).toEqual([
    '–',
    '0 ms',
    '999 ms',
    '1.0 s',
    '8.2 s',
    '59.9 s',
    '1:00 min',
    '4:05 min',
  ]);
});
