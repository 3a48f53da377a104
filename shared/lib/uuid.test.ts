import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { instant } from './instants.ts';
import { seededRandom } from './random.ts';
import { uuidAt } from './uuid.ts';

const instants = fc.integer({ min: 0, max: Date.UTC(9999, 0, 1) }).map(instant);
const chances = fc.oneof(
  fc.string().map(seededRandom),
  fc.constantFrom({ next: () => 0 }, { next: () => 1 - 2 ** -53 }),
);

test('every id is a valid UUID of version 7', () => {
  fc.assert(
    fc.property(instants, chances, (at, random) => {
      expect(z.uuidv7().safeParse(uuidAt(at, random)).success).toBe(true);
    }),
  );
});

test('ids sort by the instant they were made at, and tell it', () => {
  fc.assert(
    fc.property(instants, instants, chances, (a, b, random) => {
      const [first, second] = [uuidAt(a, random), uuidAt(b, random)];
      if (a !== b) expect(first < second).toBe(a < b);
      expect(Number.parseInt(first.replace('-', '').slice(0, 12), 16)).toBe(a);
    }),
  );
});

test('ten thousand ids of one millisecond are ten thousand ids', () => {
  const random = seededRandom('one millisecond');
  const ids = Array.from({ length: 10_000 }, () => uuidAt(instant(Date.UTC(2026, 10, 20)), random));
  expect(new Set(ids).size).toBe(ids.length);
});
