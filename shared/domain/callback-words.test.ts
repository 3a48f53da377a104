import { expect, test } from 'vitest';
import { type Instant, instant } from '../lib/instants.ts';
import { callbackTime } from './callback-words.ts';

const NEW_YORK = 'America/New_York';
/** Friday 20 November 2026, 10:00 in New York. */
const FRIDAY_TEN = instant(Date.UTC(2026, 10, 20, 15));

function read(words: string, now: Instant = FRIDAY_TEN, zone = NEW_YORK): string {
  const found = callbackTime(words, now, zone);
  return found.kind === 'at' ? new Date(found.at).toISOString().slice(0, 16) : 'unclear';
}

test.each([
  ['2h', '2026-11-20T17:00'],
  ['in 45 min', '2026-11-20T15:45'],
  ['tomorrow 9', '2026-11-21T14:00'],
  ['Tomorrow', '2026-11-21T14:00'],
  ['tue 10:30', '2026-11-24T15:30'],
  ['fri 9', '2026-11-27T14:00'],
  ['in 3 days am', '2026-11-23T14:00'],
  ['2 weeks 3pm', '2026-12-04T20:00'],
  ['next week noon', '2026-11-27T17:00'],
  ['16:15', '2026-11-20T21:15'],
  ['9', '2026-11-21T14:00'],
  ['2026-12-01 8:30', '2026-12-01T13:30'],
  ['12am', '2026-11-21T05:00'],
])('“%s” is understood in the contact’s own time', (words, at) => {
  expect(read(words)).toBe(at);
});

test.each(['', 'soon', 'tomorrow 25', '10:75', 'tue banana', '13pm', '2026-02-31 9'])(
  '“%s” is asked again, not guessed',
  (words) => {
    expect(read(words)).toBe('unclear');
  },
);

test('a time that has passed is refused with a reason', () => {
  expect(callbackTime('today 9', FRIDAY_TEN, NEW_YORK)).toEqual({
    kind: 'unclear',
    sentence: 'That time has passed there. Name a later one.',
  });
});

test('an hour that does not exist moves on by as much as the clocks do, and says so', () => {
  const march7 = instant(Date.UTC(2026, 2, 7, 15));
  const found = callbackTime('tomorrow 2:30', march7, NEW_YORK);
  expect(found).toMatchObject({ kind: 'at', at: Date.UTC(2026, 2, 8, 7, 30) });
  expect(found.kind === 'at' && found.remark).toContain('does not exist');
});

test('of an hour that comes twice the first is taken, and it says so', () => {
  const found = callbackTime('tomorrow 1:30', instant(Date.UTC(2026, 9, 31, 15)), NEW_YORK);
  expect(found).toMatchObject({ kind: 'at', at: Date.UTC(2026, 10, 1, 5, 30) });
  expect(found.kind === 'at' && found.remark).toContain('comes twice');
});
