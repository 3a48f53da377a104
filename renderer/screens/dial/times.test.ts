import { expect, test } from 'vitest';
import { instant } from '../../../shared/lib/instants.ts';
import { bothClocks, stampIn, whenWas, zoneInWords } from './times.ts';

const TUESDAY = instant(Date.UTC(2026, 10, 24, 18, 30, 10));
const PACIFIC = 'America/Los_Angeles';

test('a promise is shown on both clocks', () => {
  expect(bothClocks(TUESDAY, PACIFIC, 'America/New_York')).toBe('Tue 24 Nov, 10:30 their time, 13:30 yours');
});

test('the day of our own clock is named where it is another one', () => {
  expect(bothClocks(TUESDAY, PACIFIC, 'Asia/Tokyo')).toBe(
    'Tue 24 Nov, 10:30 their time, Wed 25 Nov, 03:30 yours',
  );
});

test('one clock is enough where both show the same', () => {
  expect(bothClocks(TUESDAY, PACIFIC, PACIFIC)).toBe('Tue 24 Nov, 10:30, theirs and yours');
});

test('the saved stamp has seconds', () => {
  expect(stampIn(TUESDAY, PACIFIC)).toBe('10:30:10');
});

test('a call of the same day is told as of today', () => {
  const earlier = instant(TUESDAY - 3_600_000);
  expect(whenWas(earlier, TUESDAY, PACIFIC)).toBe('today 09:30');
  expect(whenWas(instant(TUESDAY - 86_400_000), TUESDAY, PACIFIC)).toBe('Mon 23 Nov, 10:30');
});

test('a zone is told by its city', () => {
  expect(zoneInWords(PACIFIC)).toBe('Los Angeles time');
});
