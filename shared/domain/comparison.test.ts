import fc from 'fast-check';
import { expect, test } from 'vitest';
import { better, comparedInWords, differenceOf, shareOf } from './comparison.ts';

test('an interval holds the share, narrows with more tries, and never leaves nought to one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (tries, part) => {
        const successes = Math.floor(tries * part);
        const few = shareOf({ tries, successes })!;
        const many = shareOf({ tries: tries * 10, successes: successes * 10 })!;
        expect(few.from).toBeGreaterThanOrEqual(0);
        expect(few.to).toBeLessThanOrEqual(1);
        expect(few.share).toBeGreaterThanOrEqual(few.from - 1e-12);
        expect(few.share).toBeLessThanOrEqual(few.to + 1e-12);
        expect(many.to - many.from).toBeLessThan(few.to - few.from);
      },
    ),
  );
});

test('Wilson’s interval for 8 of 10 is the one in the books', () => {
  const { from, to } = shareOf({ tries: 10, successes: 8 })!;
  expect(from).toBeCloseTo(0.4902, 3);
  expect(to).toBeCloseTo(0.9433, 3);
  expect(shareOf({ tries: 0, successes: 0 })).toBeNull();
});

test('a few tries say nothing, a small difference says nothing, a large one says which', () => {
  expect(better({ tries: 20, successes: 20 }, { tries: 500, successes: 0 })).toBe('too-few');
  expect(better({ tries: 200, successes: 20 }, { tries: 200, successes: 26 })).toBe('no-difference');
  expect(better({ tries: 400, successes: 80 }, { tries: 400, successes: 40 })).toBe('first');
  expect(better({ tries: 400, successes: 40 }, { tries: 400, successes: 80 })).toBe('second');
  expect(better({ tries: 100, successes: 0 }, { tries: 100, successes: 0 })).toBe('no-difference');
});

test('where both do equally well a difference is claimed about once in twenty times, as promised', () => {
  let seed = 7;
  const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const half = () => ({
    tries: 300,
    successes: Array.from({ length: 300 }, chance).filter((p) => p < 0.2).length,
  });
  const claims = Array.from({ length: 2_000 }, () => better(half(), half())).filter(
    (each) => each !== 'no-difference',
  );
  expect(claims.length / 2_000).toBeGreaterThan(0.03);
  expect(claims.length / 2_000).toBeLessThan(0.07);
});

test('Newcombe’s interval for 56 of 70 against 48 of 80 is the one in the books, and turned round it is itself', () => {
  const [first, second] = [
    { tries: 70, successes: 56 },
    { tries: 80, successes: 48 },
  ];
  const { difference, from, to } = differenceOf(first, second)!;
  expect([difference, from, to].map((each) => Number(each.toFixed(4)))).toEqual([0.2, 0.0524, 0.3339]);
  const turned = differenceOf(second, first)!;
  expect([turned.from, turned.to]).toEqual([-to, -from]);
  expect(differenceOf(first, { tries: 0, successes: 0 })).toBeNull();
});

test('the sentence claims a winner only where there is one', () => {
  expect(comparedInWords({ tries: 20, successes: 20 }, { tries: 500, successes: 0 })).toMatch(
    /^Not enough calls/,
  );
  expect(comparedInWords({ tries: 200, successes: 20 }, { tries: 200, successes: 26 })).toMatch(
    /^So far no diff/,
  );
  expect(comparedInWords({ tries: 400, successes: 80 }, { tries: 400, successes: 40 })).toMatch(
    /^The first does better by 10.0 points/,
  );
});
