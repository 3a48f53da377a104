import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  NOBODY,
  type Selection,
  between,
  everybody,
  isSelected,
  selectedCount,
  toggled,
  withStretch,
  without,
} from './selection.ts';

const ROWS = 40;
const stretches = fc.tuple(fc.nat(ROWS - 1), fc.nat(ROWS - 1)).map(([a, b]) => between(a, b));
const steps = fc.array(fc.tuple(fc.constantFrom('with', 'without'), stretches), { maxLength: 20 });

function rowsOf(selection: Selection): Set<number> {
  return new Set(Array.from({ length: ROWS }, (_, row) => row).filter((row) => isSelected(selection, row)));
}

test('adding and taking away stretches is what it would be row by row', () => {
  fc.assert(
    fc.property(steps, (all) => {
      let selection: Selection = NOBODY;
      const plain = new Set<number>();
      for (const [what, stretch] of all) {
        selection = what === 'with' ? withStretch(selection, stretch) : without(selection, stretch);
        for (let row = stretch.from; row < stretch.to; row++) {
          if (what === 'with') plain.add(row);
          else plain.delete(row);
        }
      }
      expect(rowsOf(selection)).toEqual(plain);
      expect(selectedCount(selection)).toBe(plain.size);
      // In order, and never two where one would do.
      for (const [nth, { from }] of selection.entries())
        if (nth > 0) expect(from).toBeGreaterThan(selection[nth - 1]!.to);
    }),
  );
});

test('everybody of a million is one stretch, and one row less makes two of it', () => {
  const all = everybody(1_000_000);
  expect(all).toHaveLength(1);
  expect(selectedCount(toggled(all, 500_000))).toBe(999_999);
  expect(toggled(all, 500_000)).toHaveLength(2);
  expect(toggled(toggled(all, 500_000), 500_000)).toEqual(all);
  expect(everybody(0)).toEqual(NOBODY);
});
