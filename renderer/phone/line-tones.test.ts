import fc from 'fast-check';
import { expect, test } from 'vitest';
import { burstsOf, keyTone, tonesOf } from './line-tones.ts';

test('it rings as it does where the other phone is', () => {
  expect(tonesOf('(503) 555-0100').ringback).toEqual({ hertz: [440, 480], seconds: [2, 4] });
  expect(tonesOf('+1 416-555-0100')).toBe(tonesOf('(503) 555-0100'));
  expect(tonesOf('+44 20 7946 0100').ringback.seconds).toEqual([0.4, 0.2, 0.4, 2]);
  expect(tonesOf('+49 30 5550100').ringback.hertz).toEqual([425]);
});

test('bursts follow each other, never overlap, and end where they are told to', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.double({ min: 0.1, max: 5, noNaN: true }), { minLength: 2, maxLength: 4 })
        .filter((each) => each.length % 2 === 0),
      fc.double({ min: 0.5, max: 60, noNaN: true }),
      (seconds, within) => {
        let last = -1;
        for (const [from, to] of burstsOf({ hertz: [425], seconds }, within)) {
          expect(from).toBeGreaterThan(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(within);
          last = to;
        }
      },
    ),
  );
  expect(burstsOf({ hertz: [440], seconds: [2, 4] }, 9)).toEqual([
    [0, 2],
    [6, 8],
  ]);
});

test('each key has a pair of tones of its own, and no other key has one', () => {
  const tones = '1234567890*#'.split('').map((key) => String(keyTone(key)));
  expect(new Set(tones).size).toBe(12);
  expect(keyTone('5')).toEqual([770, 1336]);
  expect([keyTone('A'), keyTone(''), keyTone('12')]).toEqual([null, null, null]);
});
