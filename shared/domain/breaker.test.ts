import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS, after, instant } from '../lib/instants.ts';
import {
  type Breaker,
  type CallResult,
  USUAL_BREAKER,
  breakerAfter,
  breakerAt,
  breakerLets,
  closedBreaker,
} from './breaker.ts';

const NOW = instant(Date.UTC(2026, 10, 18, 12));

function failed(at: Instant, more: Partial<CallResult> = {}): CallResult {
  return { at, trouble: 'The carrier had an error of its own.', ...more };
}

function worked(at: Instant): CallResult {
  return { at, trouble: null };
}

function told(results: readonly CallResult[]): Breaker {
  return results.reduce((breaker, each) => breakerAfter(breaker, each, USUAL_BREAKER), closedBreaker);
}

function burst(at = NOW): Breaker {
  return told(Array.from({ length: 5 }, (_, nth) => failed(after(at, nth * SECOND_MS))));
}

const results = fc.array(
  fc.record({ gapMs: fc.integer({ min: -HOUR_MS, max: 5 * MINUTE_MS }), isFailure: fc.boolean() }),
  { maxLength: 60 },
);

test('it opens only upon a failure, and only after as many of them as the rule asks for', () => {
  fc.assert(
    fc.property(results, (story) => {
      let at = NOW;
      let breaker: Breaker = closedBreaker;
      let failures = 0;
      for (const { gapMs, isFailure } of story) {
        at = after(at, gapMs);
        failures += isFailure ? 1 : 0;
        const before = breaker;
        breaker = breakerAfter(breaker, isFailure ? failed(at) : worked(at), USUAL_BREAKER);
        if (before.kind === 'closed' && breaker.kind === 'open') {
          expect(isFailure).toBe(true);
          expect(failures).toBeGreaterThanOrEqual(USUAL_BREAKER.failuresMax);
        }
        if (before.kind === 'open') expect(breaker).toBe(before);
      }
    }),
  );
});

test('calls that work never open it, however many there are', () => {
  const many = Array.from({ length: 100 }, (_, nth) => worked(after(NOW, nth)));
  expect(told(many).kind).toBe('closed');
});

test('a failure now and then among calls that work is no burst', () => {
  const mixed = Array.from({ length: 60 }, (_, nth) => (nth % 3 === 0 ? failed : worked)(after(NOW, nth)));
  expect(told(mixed).kind).toBe('closed');
});

test('failures spread over hours are no burst', () => {
  const slow = Array.from({ length: 20 }, (_, nth) => failed(after(NOW, nth * 5 * MINUTE_MS)));
  expect(told(slow).kind).toBe('closed');
});

test('a burst opens it with the last reason and all of the evidence', () => {
  expect(burst()).toMatchObject({ kind: 'open', reason: 'The carrier had an error of its own.' });
  const breaker = burst();
  expect(breaker.kind === 'open' && breaker.evidence).toHaveLength(5);
});

test('what every other call would meet opens it at once', () => {
  expect(told([failed(NOW, { isHopeless: true })]).kind).toBe('open');
});

test('open lets nothing through until it is time, and then one call after the other', () => {
  const open = burst();
  expect(breakerLets(open, 0)).toBe(false);
  expect(breakerAt(open, after(NOW, 10 * MINUTE_MS))).toBe(open);
  const probing = breakerAt(open, after(NOW, 16 * MINUTE_MS));
  expect(probing.kind).toBe('probing');
  expect(breakerLets(probing, 0)).toBe(true);
  expect(breakerLets(probing, 1)).toBe(false);
});

test('a probe that works closes it, and one that fails doubles the wait, up to the most', () => {
  const at = after(NOW, HOUR_MS);
  expect(breakerAfter(breakerAt(burst(), at), worked(at), USUAL_BREAKER).kind).toBe('closed');
  let breaker = burst();
  let now = NOW;
  const rests: number[] = [];
  for (let nth = 0; nth < 8; nth++) {
    now = after(now, 5 * HOUR_MS);
    breaker = breakerAfter(breakerAt(breaker, now), failed(now), USUAL_BREAKER);
    if (breaker.kind === 'open') rests.push(breaker.restMs / MINUTE_MS);
  }
  expect(rests).toEqual([30, 60, 120, 240, 240, 240, 240, 240]);
});

test('a clock set back by a day does not keep it open for a day', () => {
  expect(breakerAt(burst(), after(NOW, -24 * HOUR_MS)).kind).toBe('probing');
});
