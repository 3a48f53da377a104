import { expect, test } from 'vitest';
import { aDesk, NOON } from './desk-fixture.ts';
import { NOTHING_YET, doneSince, isTourOver, tallyInWords } from './tour.ts';

const three = { calls: 3, talks: 1, callbacks: 1 };

test('the tour is over after the third outcome, and not before it is filed', () => {
  expect(isTourOver(aDesk({ state: { kind: 'ready' } }), three)).toBe(true);
  expect(isTourOver(aDesk({}), three)).toBe(true);
  expect(isTourOver(aDesk({ state: { kind: 'ready' } }), { ...three, calls: 2 })).toBe(false);
  const wrapUp = aDesk({ state: { kind: 'wrap-up', attemptId: 'a', endedAt: NOON }, call: {} });
  expect(isTourOver(wrapUp, three)).toBe(false);
  const missing = [{ attemptId: 'a', name: 'Omar Kim', endedAt: NOON }];
  expect(isTourOver({ ...aDesk({}), missing }, three)).toBe(false);
});

test('gone through again it counts from where it was begun, and on a new day from nothing', () => {
  expect(doneSince(NOTHING_YET, three)).toEqual(three);
  expect(doneSince(three, { calls: 5, talks: 2, callbacks: 1 })).toEqual({
    calls: 2,
    talks: 1,
    callbacks: 0,
  });
  expect(doneSince({ calls: 40, talks: 9, callbacks: 2 }, three)).toEqual(three);
});

test('the card counts in words', () => {
  expect(tallyInWords(three)).toBe('3 calls, 1 talk, 1 callback.');
  expect(tallyInWords({ calls: 4, talks: 2, callbacks: 0 })).toBe('4 calls, 2 talks, no callbacks.');
});
