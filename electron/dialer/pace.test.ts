import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS, after, instant } from '../../shared/lib/instants.ts';
import { openPace } from './pace.ts';

const NOW = instant(1_800_000_000_000);
const limits = { perSecond: 2, perMinute: 3 };

test('calls keep their distance, and a minute takes no more than it may', () => {
  const pace = openPace([]);
  expect(pace.waitMs(NOW, limits)).toBe(0);
  pace.took(NOW);
  expect(pace.waitMs(NOW, limits)).toBe(SECOND_MS / 2);
  pace.took(after(NOW, 500));
  pace.took(after(NOW, 1_000));
  expect(pace.waitMs(after(NOW, 2_000), limits)).toBe(MINUTE_MS - 2_000);
  expect(pace.waitMs(after(NOW, MINUTE_MS), limits)).toBe(0);
});

test('a start remembers the calls made just before it', () => {
  expect(openPace([after(NOW, -2_000), after(NOW, -1_000), NOW]).waitMs(NOW, limits)).toBe(MINUTE_MS - 2_000);
});

test('a clock that was set back does not open the gates, and does not shut them for longer than a minute', () => {
  const pace = openPace([NOW, NOW, NOW]);
  const before = after(NOW, -60 * MINUTE_MS);
  expect(pace.waitMs(before, limits)).toBe(MINUTE_MS);
  expect(pace.waitMs(after(before, MINUTE_MS), limits)).toBe(0);
});

test('a limit of nothing lets nobody through, and is looked at again', () => {
  expect(openPace([]).waitMs(NOW, { ...limits, perMinute: 0 })).toBe(MINUTE_MS);
  expect(openPace([]).waitMs(NOW, { ...limits, perSecond: 0 })).toBe(MINUTE_MS);
});

test('whenever somebody asks, no minute and no second gets more than its share', () => {
  const waits = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 5, maxLength: 60 });
  const shares = fc.record({
    perSecond: fc.integer({ min: 1, max: 10 }),
    perMinute: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(waits, shares, (all, share) => {
      const pace = openPace([]);
      const begun: number[] = [];
      let now = NOW;
      for (const wait of all) {
        now = after(now, wait + pace.waitMs(after(now, wait), share));
        expect(pace.waitMs(now, share)).toBe(0);
        pace.took(now);
        begun.push(now);
      }
      begun.forEach((at, nth) => {
        const next = begun[nth + share.perMinute];
        if (next !== undefined) expect(next - at).toBeGreaterThanOrEqual(MINUTE_MS);
        const neighbour = begun[nth + 1];
        if (neighbour !== undefined)
          expect(neighbour - at).toBeGreaterThanOrEqual(SECOND_MS / share.perSecond);
      });
    }),
  );
});
