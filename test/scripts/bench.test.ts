import { expect, test } from 'vitest';
import { toRow } from '../../bench/report.ts';
import { rowIn, tableOf } from '../../scripts/lib/table.mjs';

test('a row compares with the plain way of doing the same', () => {
  const row = toRow({
    name: 'insert',
    value: 39,
    unit: 'ms',
    baseline: 390,
    bar: { of: 'ratio', atMost: 0.2 },
  });
  expect(row).toMatchObject({ ratio: 0.1, bar: '≤ 0.2 × baseline', ok: true });
});

test('a row that misses its bar is not ok', () => {
  expect(toRow({ name: 'start', value: 51, unit: 'ms', bar: { of: 'value', atMost: 50 } }).ok).toBe(false);
  expect(toRow({ name: 'rate', value: 9, unit: '/s', bar: { of: 'value', atLeast: 10 } }).ok).toBe(false);
});

test('a bar on a comparison is missed when nothing was compared', () => {
  expect(toRow({ name: 'insert', value: 1, unit: 'ms', bar: { of: 'ratio', atMost: 1 } }).ok).toBe(false);
});

test('a measurement that is not a number misses its bar', () => {
  expect(toRow({ name: 'x', value: Number.NaN, unit: 'ms', bar: { of: 'value', atMost: 1 } }).ok).toBe(false);
});

test('a printed row is read back, and ordinary talk is not mistaken for one', () => {
  const row = toRow({ name: 'a', value: 1, unit: 'ms' });
  expect(rowIn(JSON.stringify(row))).toEqual(row);
  expect(rowIn('warming up')).toBe(null);
  expect(rowIn('{"name" is missing')).toBe(null);
});

test('the table lines its figures up and marks what missed', () => {
  const rows = [
    toRow({ name: 'short', value: 1234.5, unit: 'ms', bar: { of: 'value', atMost: 1 } }),
    toRow({ name: 'a longer name', value: 0.12345, unit: 'ms', baseline: 1 }),
  ];
  expect(tableOf(rows).split('\n').slice(2)).toEqual([
    '✗  short          1,235 ms                    ≤ 1 ms',
    '✓  a longer name  0.123 ms      1 ms  0.123×',
  ]);
});
