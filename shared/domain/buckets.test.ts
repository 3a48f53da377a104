import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Instant, DAY_MS, SECOND_MS, instant } from '../lib/instants.ts';
import { type BucketRule, bucketAfter, bucketWaitMs, filled, fullBucket } from './buckets.ts';

const NOW = instant(Date.UTC(2026, 10, 18, 12));

const rules = fc.record({
  perSecond: fc.constantFrom(0.5, 1, 3, 7, 10),
  burst: fc.integer({ min: 1, max: 5 }),
});
/** Steps of a wall clock: time passes, and now and then somebody sets it. */
const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ passMs: fc.integer({ min: 0, max: 2_000 }), setMs: fc.constant(0) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ passMs: fc.constant(0), setMs: fc.integer({ min: -DAY_MS, max: 0 }) }),
    },
  ),
  { maxLength: 200 },
);

/** Takes whenever it may; by true time, which nobody can set. */
function takings(rule: BucketRule, walk: readonly { passMs: number; setMs: number }[]) {
  let wall: Instant = NOW;
  let trueMs = 0;
  let bucket = fullBucket(rule, wall);
  const at: number[] = [];
  for (const { passMs, setMs } of walk) {
    wall = instant(wall + passMs + setMs);
    trueMs += passMs;
    while (bucketWaitMs(bucket, rule, wall) === 0) {
      bucket = bucketAfter(bucket, rule, wall);
      at.push(trueMs);
    }
  }
  return at;
}

test('in no stretch of time more is taken than its length and one burst allow, also when the clock is set back', () => {
  fc.assert(
    fc.property(rules, steps, (rule, walk) => {
      const at = takings(rule, walk);
      for (const [first, from] of at.entries())
        for (const [last, to] of at.entries()) {
          if (last < first) continue;
          const allowed = rule.burst + ((to - from) / SECOND_MS) * rule.perSecond;
          expect(last - first + 1).toBeLessThanOrEqual(Math.floor(allowed + 1e-6) + 1e-6);
        }
    }),
    { numRuns: 60 },
  );
});

test('whoever waits as long as they are told may take, and not a moment before', () => {
  fc.assert(
    fc.property(rules, fc.integer({ min: 1, max: 8 }), (rule, taken) => {
      let bucket = fullBucket(rule, NOW);
      for (let nth = 0; nth < taken; nth++) bucket = bucketAfter(bucket, rule, NOW);
      const waitMs = bucketWaitMs(bucket, rule, NOW);
      expect(bucketWaitMs(bucket, rule, instant(NOW + waitMs))).toBe(0);
      if (waitMs > 1) expect(bucketWaitMs(bucket, rule, instant(NOW + waitMs - 2))).toBeGreaterThan(0);
    }),
  );
});

test('a night of sleep gathers one burst', () => {
  const rule = { perSecond: 10, burst: 2 };
  expect(
    takings(rule, [
      { passMs: 0, setMs: 0 },
      { passMs: DAY_MS, setMs: 0 },
    ]),
  ).toHaveLength(4);
});

test('a carrier that takes nothing is asked for nothing', () => {
  const rule = { perSecond: 0, burst: 1 };
  expect(bucketWaitMs(fullBucket(rule, NOW), rule, NOW)).toBeGreaterThan(0);
});

test('a clock set back by a day holds nobody up for a day', () => {
  const rule = { perSecond: 10, burst: 1 };
  const empty = bucketAfter(fullBucket(rule, NOW), rule, NOW);
  const setBack = instant(NOW - DAY_MS);
  const seen = filled(empty, rule, setBack);
  expect(bucketWaitMs(seen, rule, setBack)).toBe(100);
  expect(bucketWaitMs(seen, rule, instant(setBack + 100))).toBe(0);
});
