import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptOrder } from './order.ts';

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 25 });
const same = (id: number) => id;

test('while somebody is at the rows none of them changes places, and all who are wanted are there once', () => {
  fc.assert(
    fc.property(ids, ids, (before, wanted) => {
      const kept = keptOrder(wanted, before, true, same);
      expect(new Set(kept)).toEqual(new Set(wanted));
      expect(kept).toHaveLength(wanted.length);
      const stayed = before.filter((id) => wanted.includes(id));
      expect(kept.slice(0, stayed.length)).toEqual(stayed);
    }),
  );
});

test('once nobody is at them they are in the order that is wanted', () => {
  expect(keptOrder([3, 1, 2], [1, 2, 3], false, same)).toEqual([3, 1, 2]);
});
