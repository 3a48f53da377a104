import { expect, test } from 'vitest';
import { aCall, DISPOSITIONS } from './desk-fixtures.ts';
import { digitsRestMs, meaningOf } from './digits.ts';

const named = (id: string) => DISPOSITIONS.find((each) => each.id === id)!;
const plain = { note: '', hasTime: false, isArmed: false };

test('a tone key pressed as they hang up is not taken for an outcome', () => {
  expect(digitsRestMs(aCall({ endedBy: 'them' }))).toBe(400);
  expect(digitsRestMs(aCall({ endedBy: 'carrier' }))).toBe(400);
});

test('after our own hang-up digits count at once', () => {
  expect(digitsRestMs(aCall({ endedBy: 'us' }))).toBe(0);
});

test('most outcomes are filed by one press', () => {
  expect(meaningOf(named('no-answer'), plain).kind).toBe('file');
});

test('what stops all numbers needs a second press', () => {
  expect(meaningOf(named('do-not-call'), plain).kind).toBe('arm');
  expect(meaningOf(named('do-not-call'), { ...plain, isArmed: true }).kind).toBe('file');
});

test('a callback is never filed without a time', () => {
  expect(meaningOf(named('callback'), plain).kind).toBe('ask-time');
  expect(meaningOf(named('callback'), { ...plain, hasTime: true }).kind).toBe('file');
});

test('an outcome that asks for a note waits for one that says something', () => {
  const strict = { ...named('busy'), needsNote: true };
  expect(meaningOf(strict, { ...plain, note: '  ' }).kind).toBe('ask-note');
  expect(meaningOf(strict, { ...plain, note: 'Line noise.' }).kind).toBe('file');
});
