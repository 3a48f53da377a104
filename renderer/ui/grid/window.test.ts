import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Measure,
  SPACER_MAX_PX,
  isScaled,
  pageRows,
  scrollTopAt,
  shownAt,
  spacerPx,
  topAt,
  topMax,
  topShowing,
  wheelPx,
} from './window.ts';

const MILLION: Measure = { rows: 1_000_000, rowPx: 32, viewPx: 640 };

const measures = fc.record({
  rows: fc.integer({ min: 0, max: 5_000_000 }),
  rowPx: fc.constantFrom(28, 32, 40),
  viewPx: fc.integer({ min: 100, max: 2_000 }),
});

test('a short list is as high as its rows, and its bar moves with it one to one', () => {
  const measure = { rows: 1_000, rowPx: 32, viewPx: 640 };
  expect([isScaled(measure), spacerPx(measure)]).toEqual([false, 32_000]);
  expect(topAt(777, measure)).toBe(777);
  expect(scrollTopAt(777, measure)).toBe(777);
});

test('a million rows fit into an element that every browser can draw', () => {
  expect([isScaled(MILLION), spacerPx(MILLION)]).toEqual([true, SPACER_MAX_PX]);
});

test('the ends of the bar are the first and the last row, however many there are', () => {
  fc.assert(
    fc.property(measures, (measure) => {
      const first = shownAt(topAt(0, measure), measure, 0);
      expect(first.from).toBe(0);
      const last = shownAt(topAt(spacerPx(measure) - measure.viewPx, measure), measure, 0);
      expect(last.to).toBe(measure.rows);
    }),
  );
});

test('where the list stands and where its bar stands tell the same place', () => {
  fc.assert(
    fc.property(measures, fc.double({ min: 0, max: 1, noNaN: true }), (measure, part) => {
      const top = topMax(measure) * part;
      expect(topAt(scrollTopAt(top, measure), measure)).toBeCloseTo(top, 3);
    }),
  );
});

test('every row can be brought into view whole, and one that is in view stays where it is', () => {
  fc.assert(
    fc.property(
      measures.filter(({ rows }) => rows > 0),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (measure, which, part) => {
        const row = Math.floor(measure.rows * which);
        const top = topShowing(row, topMax(measure) * part, measure);
        expect(row * measure.rowPx).toBeGreaterThanOrEqual(top - 0.001);
        expect((row + 1) * measure.rowPx).toBeLessThanOrEqual(top + measure.viewPx + 0.001);
        expect(topShowing(row, top, measure)).toBeCloseTo(top, 6);
      },
    ),
  );
});

test('drawn rows cover the whole view, with a few to spare', () => {
  const { from, to, offsetPx } = shownAt(1_000_017, MILLION);
  expect(offsetPx).toBeLessThanOrEqual(0);
  expect(offsetPx + (to - from) * MILLION.rowPx).toBeGreaterThanOrEqual(MILLION.viewPx);
  expect(to - from).toBeLessThan(32);
});

test('a page leaves one row to hold on to, and a wheel in lines goes by rows', () => {
  expect(pageRows(MILLION)).toBe(19);
  expect([wheelPx(3, 1, MILLION), wheelPx(120, 0, MILLION), wheelPx(1, 2, MILLION)]).toEqual([96, 120, 640]);
});

test('a list without rows, or in no room at all, stands at its beginning', () => {
  for (const measure of [
    { rows: 0, rowPx: 32, viewPx: 640 },
    { rows: 10, rowPx: 32, viewPx: 0 },
  ]) {
    expect(topAt(0, measure)).toBe(0);
    expect(shownAt(0, measure).from).toBe(0);
  }
});
