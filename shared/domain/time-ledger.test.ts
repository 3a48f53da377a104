import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR_MS, type Instant, after, instant } from '../lib/instants.ts';
import { type Stretch, inWholeSeconds, timeShares } from './time-ledger.ts';

const NINE = instant(Date.UTC(2026, 10, 20, 9));
const at = (ms: number): Instant => after(NINE, ms);

const stretches = fc
  .array(
    fc.record({
      kind: fc.constantFrom('ready', 'connected', 'wrap-up', 'paused', 'on-hold'),
      reason: fc.constantFrom(null, 'lunch', 'training'),
      fromAt: fc.integer({ min: -2 * HOUR_MS, max: 3 * HOUR_MS }).map(at),
      lasts: fc.option(fc.integer({ min: 0, max: HOUR_MS })),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map(
      ({ lasts, ...row }): Stretch => ({ ...row, untilAt: lasts === null ? null : after(row.fromAt, lasts) }),
    ),
  );

test('an hour has 3,600 seconds whatever happened in it, to the millisecond and to the eye', () => {
  fc.assert(
    fc.property(stretches, fc.integer({ min: 0, max: 2 * HOUR_MS }), (rows, from) => {
      const shares = timeShares(rows, at(from), at(from + HOUR_MS));
      expect(shares.reduce((sum, { ms }) => sum + ms, 0)).toBe(HOUR_MS);
      expect(inWholeSeconds(shares).reduce((sum, { seconds }) => sum + seconds, 0)).toBe(3_600);
      for (const { ms } of shares) expect(ms).toBeGreaterThan(0);
    }),
  );
});

test('an ordinary hour is told class by class, pauses by their reason', () => {
  const hour: Stretch[] = [
    { kind: 'connected', reason: null, fromAt: at(0), untilAt: at(600_000) },
    { kind: 'wrap-up', reason: null, fromAt: at(600_000), untilAt: at(700_000) },
    { kind: 'paused', reason: 'lunch', fromAt: at(700_000), untilAt: at(1_000_000) },
    { kind: 'connected', reason: null, fromAt: at(1_000_000), untilAt: null },
  ];
  expect(timeShares(hour, at(0), at(1_200_000))).toEqual([
    { kind: 'connected', reason: null, ms: 800_000 },
    { kind: 'wrap-up', reason: null, ms: 100_000 },
    { kind: 'paused', reason: 'lunch', ms: 300_000 },
  ]);
});

test('what no session covers is away, and nobody is in two states at once', () => {
  const rows: Stretch[] = [
    { kind: 'ready', reason: null, fromAt: at(10), untilAt: at(50) },
    { kind: 'connected', reason: null, fromAt: at(30), untilAt: at(60) },
  ];
  expect(timeShares(rows, at(0), at(100))).toEqual([
    { kind: 'away', reason: null, ms: 50 },
    { kind: 'ready', reason: null, ms: 40 },
    { kind: 'connected', reason: null, ms: 10 },
  ]);
});
