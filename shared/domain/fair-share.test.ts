import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFairShare } from './fair-share.ts';

const nobody = () => 0;

test('whoever wants all the time is served within one turn of every other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 200 }), (count, turns) => {
      const share = openFairShare();
      const wanting = Array.from({ length: count }, (_, nth) => nth + 1);
      const got = new Map(wanting.map((id) => [id, 0]));
      for (let turn = 0; turn < turns; turn++) {
        const id = share.next(wanting, nobody)!;
        share.served(id);
        got.set(id, got.get(id)! + 1);
      }
      expect(Math.max(...got.values()) - Math.min(...got.values())).toBeLessThanOrEqual(1);
    }),
  );
});

test('whoever rested gets no burst when they come back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), (alone) => {
      const share = openFairShare();
      share.next([1, 2], nobody);
      for (let turn = 0; turn < alone; turn++) share.served(share.next([1], nobody)!);
      const turns = Array.from({ length: 10 }, () => {
        const id = share.next([1, 2], nobody)!;
        share.served(id);
        return id;
      });
      expect(turns.filter((id) => id === 2).length).toBeLessThanOrEqual(6);
    }),
  );
});

test('whoever has fewer calls under way comes first, so long talks take no line from the others', () => {
  const share = openFairShare();
  share.served(2);
  share.served(2);
  expect(share.next([1, 2], (id) => (id === 1 ? 3 : 0))).toBe(2);
});

test('where nobody wants a turn there is none', () => {
  expect(openFairShare().next([], nobody)).toBeNull();
});
