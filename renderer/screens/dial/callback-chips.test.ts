import { expect, test } from 'vitest';
import { callbackTime } from '../../../shared/domain/callback-words.ts';
import { instant } from '../../../shared/lib/instants.ts';
import { chipsAt, legalRemark } from './callback-chips.ts';

const PACIFIC = 'America/Los_Angeles';
const NOW = instant(Date.UTC(2026, 10, 20, 18, 42));

test('every chip types words that mean a time', () => {
  for (const { words } of chipsAt(NOW, PACIFIC)) expect(callbackTime(words, NOW, PACIFIC).kind).toBe('at');
});

test('same time tomorrow is their time, to the quarter of an hour', () => {
  expect(chipsAt(NOW, PACIFIC)[1]?.words).toBe('tomorrow 10:45');
});

test('a promise at night says when it would be kept', () => {
  expect(legalRemark(instant(Date.UTC(2026, 10, 24, 14, 0)), PACIFIC)).toContain('before 8:00');
  expect(legalRemark(instant(Date.UTC(2026, 10, 25, 5, 0)), PACIFIC)).toContain('next morning');
  expect(legalRemark(instant(Date.UTC(2026, 10, 24, 18, 0)), PACIFIC)).toBeNull();
});
