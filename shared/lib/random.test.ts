import fc from 'fast-check';
import { expect, test } from 'vitest';
import { between, machineRandom, normal, pick, seededRandom } from './random.ts';

const take = (seed: string | number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

test('the same seed gives the same numbers, another seed gives others', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(take(one, 20)).toEqual(take(one, 20));
      if (one !== other) expect(take(one, 20)).not.toEqual(take(other, 20));
    }),
  );
});

test('a seed means the same day on every machine and in every edition', () => {
  expect(take('a shift', 3).map((each) => Math.floor(each * 1e6))).toEqual([895040, 16606, 119574]);
});

test('numbers lie in [0, 1), evenly, for neighbouring seeds as for one seed', () => {
  const oneSeed = take(1, 20_000);
  const manySeeds = Array.from({ length: 20_000 }, (_, seed) => seededRandom(seed).next());
  for (const numbers of [oneSeed, manySeeds]) {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const each of numbers) {
      expect(each >= 0 && each < 1).toBe(true);
      tenths[Math.floor(each * 10)]!++;
    }
    // Nine degrees of freedom: a fair generator is beyond 40 once in 100,000 tries.
    expect(tenths.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0)).toBeLessThan(40);
  }
});

test('a whole number between two has both ends in reach, and nothing beyond', () => {
  const random = seededRandom('dice');
  const seen = new Set(Array.from({ length: 500 }, () => between(random, 1, 6)));
  expect([...seen].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(new Set(Array.from({ length: 200 }, () => pick(random, ['a', 'b', 'c'])))).toEqual(
    new Set(['a', 'b', 'c']),
  );
});

test('normal deviates have the mean and the spread they should, and are always numbers', () => {
  const random = seededRandom('bell');
  const all = Array.from({ length: 20_000 }, () => normal(random));
  const mean = all.reduce((a, b) => a + b) / all.length;
  const variance = all.reduce((sum, each) => sum + (each - mean) ** 2, 0) / all.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(Math.abs(variance - 1)).toBeLessThan(0.06);
  expect(
    Number.isFinite(normal({ next: () => 0 })) && Number.isFinite(normal({ next: () => 1 - 2 ** -32 })),
  ).toBe(true);
});

test('the machine’s own chance lies in [0, 1)', () => {
  const random = machineRandom();
  for (let i = 0; i < 200; i++) {
    const each = random.next();
    expect(each >= 0 && each < 1).toBe(true);
  }
});
