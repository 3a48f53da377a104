import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readByteRange } from './byte-range.ts';

test.each([
  [null, { kind: 'all' }],
  ['bytes=0-', { kind: 'part', from: 0, to: 99 }],
  ['bytes=10-19', { kind: 'part', from: 10, to: 19 }],
  ['bytes=90-1000', { kind: 'part', from: 90, to: 99 }],
  ['bytes=-10', { kind: 'part', from: 90, to: 99 }],
  ['bytes=-1000', { kind: 'part', from: 0, to: 99 }],
  ['bytes=100-', { kind: 'unsatisfiable' }],
  ['bytes=-0', { kind: 'unsatisfiable' }],
  ['bytes=5-2', { kind: 'all' }],
  ['bytes=-', { kind: 'all' }],
  ['bytes=0-1,5-6', { kind: 'all' }],
  ['rows=0-1', { kind: 'all' }],
])('of a hundred bytes, “%s” asks for %j', (header, expected) => {
  expect(readByteRange(header, 100)).toEqual(expected);
});

test('whatever is asked for, a part lies within what there is', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(1000), (noise, from, to, size) => {
      for (const header of [noise, `bytes=${from}-${to}`, `bytes=${from}-`, `bytes=-${to}`]) {
        const range = readByteRange(header, size);
        if (range.kind !== 'part') continue;
        expect(range.from).toBeGreaterThanOrEqual(0);
        expect(range.from).toBeLessThanOrEqual(range.to);
        expect(range.to).toBeLessThan(size);
      }
    }),
  );
});
