import { expect, test } from 'vitest';
import { attemptStatus } from './attempt-status.ts';

test('somebody who is due and was not rung yet is scheduled', () => {
  expect(attemptStatus(null, null)).toBe('scheduled');
});

test.each(['intended', 'sent', 'accepted', 'unknown'] as const)(
  'an attempt that is %s is calling: nobody can say that it does not ring',
  (state) => {
    expect(attemptStatus({ state }, null)).toBe('calling');
  },
);

test.each(['refused', 'resolved'] as const)('an attempt that is %s without a call failed', (state) => {
  expect(attemptStatus({ state }, null)).toBe('failed');
});

test.each([
  ['queued', null, 'calling'],
  ['ringing', null, 'calling'],
  ['in-progress', null, 'in-progress'],
  ['ended', 'completed', 'completed'],
  ['ended', 'busy', 'failed'],
  ['ended', 'no-answer', 'failed'],
  ['ended', 'failed', 'failed'],
  ['ended', 'canceled', 'cancelled'],
  ['ended', null, 'failed'],
] as const)('a call that is %s (%s) shows as %s', (status, end, shown) => {
  expect(attemptStatus({ state: 'resolved' }, { status, end })).toBe(shown);
});
