import { expect, test } from 'vitest';
import { callFace, counted, moneyText } from './words.ts';

test('fractions of a cent are shown and not rounded away', () => {
  expect(moneyText(8_500, 'USD')).toContain('0.0085');
  expect(moneyText(1_250_000, 'USD')).toContain('1.25');
  expect(moneyText(0, 'USD')).toContain('0.00');
  expect(moneyText(null, 'USD')).toBe('–');
});

test('one is never plural', () => {
  expect(counted(1, 'call')).toBe('1 call');
  expect(counted(0, 'call')).toBe('0 calls');
  expect(counted(2, 'person', 'people')).toBe('2 people');
});

test('a call that failed looks like trouble, and one that ended for an unknown reason just ended', () => {
  expect(callFace({ status: 'ended', end: 'failed' })).toEqual({ state: 'trouble', word: 'Failed' });
  expect(callFace({ status: 'ended', end: null })).toEqual({ state: 'idle', word: 'Ended' });
});
