import { expect, test } from 'vitest';
import { type AttemptState, isOpen, mayFollow } from './attempt.ts';

const STATES: readonly AttemptState[] = ['intended', 'sent', 'accepted', 'refused', 'unknown', 'resolved'];

/** Every state that can be reached from one, in any number of steps. */
function reachedFrom(from: AttemptState): Set<AttemptState> {
  const reached = new Set<AttemptState>();
  const look = (state: AttemptState) => {
    for (const next of STATES.filter((each) => mayFollow(state, each) && !reached.has(each))) {
      reached.add(next);
      look(next);
    }
  };
  look(from);
  return reached;
}

test('no way leads out of a closed attempt', () => {
  for (const state of STATES.filter((each) => !isOpen(each))) expect(reachedFrom(state).size).toBe(0);
  expect(STATES.filter((state) => !isOpen(state))).toEqual(['refused', 'resolved']);
});

test('no way leads back: an attempt never comes to a state it has been in', () => {
  for (const state of STATES) expect(reachedFrom(state)).not.toContain(state);
});

test('nothing leads to an intent, and only an intent leads to a request', () => {
  expect(STATES.filter((state) => mayFollow(state, 'intended'))).toEqual([]);
  expect(STATES.filter((state) => mayFollow(state, 'sent'))).toEqual(['intended']);
});

test('every open attempt can still be closed', () => {
  for (const state of STATES.filter(isOpen)) {
    expect([...reachedFrom(state)].some((each) => !isOpen(each))).toBe(true);
  }
});

test('what the carrier has accepted, and what nobody knows of, is never written off as refused', () => {
  expect(mayFollow('accepted', 'refused')).toBe(false);
  expect(mayFollow('unknown', 'refused')).toBe(false);
});
