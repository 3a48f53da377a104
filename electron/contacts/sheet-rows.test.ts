import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../../shared/lib/instants.ts';
import { worldTime } from './sheet-rows.ts';

test('an instant is written as the language itself writes it', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1960, 0), max: Date.UTC(2100, 0) }), (at) => {
      expect(worldTime(instant(at))).toBe(new Date(at).toISOString());
    }),
    { seed: 20261120 },
  );
});
