import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Instant, SECOND_MS, after, instant } from '../lib/instants.ts';
import { MORE_TIME_MS, TYPING_REST_MS, moreTime, startWrapUp, typed } from './wrap-up.ts';

const NOON = instant(Date.UTC(2026, 10, 20, 12));
const in_ = (seconds: number): Instant => after(NOON, seconds * SECOND_MS);
const timer = startWrapUp(NOON, 60 * SECOND_MS)!;

test('a campaign without a limit has no timer', () => {
  expect(startWrapUp(NOON, 0)).toBeNull();
});

test('the timer never runs out under a typing hand: the time on it only runs between the rests', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 * SECOND_MS }), { maxLength: 60 }), (pauses) => {
      let [now, running, face] = [NOON, 0, timer];
      for (const pause of pauses) {
        const ranFrom = Math.max(now, face.restsUntil);
        now = after(now, pause);
        running += Math.max(0, now - ranFrom);
        // Whoever stops typing for longer than is left has been timed out by now.
        if (face.endsAt <= now) return;
        face = typed(face, now);
        expect(face.restsUntil).toBe(now + TYPING_REST_MS);
        // What is left when the rest is over is what was there, less what ran.
        expect(face.endsAt - face.restsUntil).toBe(60 * SECOND_MS - running);
      }
    }),
    { numRuns: 500 },
  );
});

test('a hand that types for ten minutes still has its minute', () => {
  let face = timer;
  for (let second = 0; second <= 600; second++) face = typed(face, in_(second));
  expect(face.endsAt).toBe(in_(600 + 3 + 60));
});

test('keys pressed at once count once', () => {
  expect(typed(typed(timer, in_(10)), in_(10))).toEqual(typed(timer, in_(10)));
});

test('more time is a minute on top of what is left, or of now when nothing is', () => {
  expect(moreTime(timer, in_(50)).endsAt).toBe(in_(60) + MORE_TIME_MS);
  expect(moreTime(timer, in_(300)).endsAt).toBe(in_(300) + MORE_TIME_MS);
});
