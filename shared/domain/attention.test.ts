import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byAttention, overdueMs, whyAttention } from './attention.ts';

const NOW = 1_000_000_000;
const someone = fc.record({
  name: fc.string({ maxLength: 4 }),
  state: fc.constantFrom('ready', 'ringing', 'connected', 'on-hold', 'wrap-up', 'paused', 'trouble'),
  since: fc.integer({ min: NOW - 3_600_000, max: NOW }),
});

test('whoever is over their limit stands above all who are not, the longest over first', () => {
  fc.assert(
    fc.property(fc.array(someone, { maxLength: 30 }), (all) => {
      const sorted = byAttention(all, NOW, ({ name }) => name);
      expect(sorted).toHaveLength(all.length);
      const over = sorted.map((one) => overdueMs(one, NOW) ?? -1);
      expect(over).toEqual(over.toSorted((a, b) => b - a));
    }),
  );
});

test('a row that needs somebody says why, and one that does not says nothing', () => {
  fc.assert(
    fc.property(someone, (one) => {
      expect(whyAttention(one, NOW) === null).toBe(overdueMs(one, NOW) === null);
    }),
  );
  expect(whyAttention({ state: 'paused', since: NOW - 3_600_000 }, NOW)).toBe('Paused for long');
  expect(whyAttention({ state: 'trouble', since: NOW }, NOW)).toBe('The carrier gave no clear answer');
  expect(whyAttention({ state: 'ready', since: 0 }, NOW)).toBeNull();
});
