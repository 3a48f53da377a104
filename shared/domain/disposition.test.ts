import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, after, instant } from '../lib/instants.ts';
import {
  type Consequence,
  STANDARD_DISPOSITIONS,
  consequenceInWords,
  enrolmentAfter,
} from './disposition.ts';

const NOON = instant(Date.UTC(2026, 10, 20, 12));

const consequences: fc.Arbitrary<Consequence> = fc.oneof(
  fc.constantFrom<Consequence>(
    { kind: 'done' },
    { kind: 'callback' },
    { kind: 'bad-number' },
    { kind: 'stop-calling' },
  ),
  fc.integer({ min: 0, max: 30 * DAY_MS }).map((afterMs): Consequence => ({ kind: 'retry', afterMs })),
);
const callbacks = fc.option(fc.integer({ min: 1, max: 30 * DAY_MS }).map((ms) => after(NOON, ms)));

test('whatever is filed, an open contact has a time to be rung at, and a closed one has none', () => {
  fc.assert(
    fc.property(
      consequences,
      fc.nat(12),
      fc.nat(12),
      callbacks,
      (consequence, attempts, attemptsMax, callbackAt) => {
        const { state, dueAt } = enrolmentAfter(consequence, attempts, attemptsMax, callbackAt, NOON);
        expect(state === 'open').toBe(dueAt !== null);
        if (dueAt !== null) expect(dueAt).toBeGreaterThanOrEqual(NOON);
      },
    ),
  );
});

test('a contact is tried again later while attempts are left, and is done with the last one', () => {
  const busy: Consequence = { kind: 'retry', afterMs: HOUR_MS };
  expect(enrolmentAfter(busy, 5, 6, null, NOON)).toEqual({ state: 'open', dueAt: after(NOON, HOUR_MS) });
  expect(enrolmentAfter(busy, 6, 6, null, NOON)).toEqual({ state: 'done', dueAt: null });
  expect(enrolmentAfter(busy, 7, 6, null, NOON)).toEqual({ state: 'done', dueAt: null });
});

test('a promise is kept at its time even when all attempts are spent', () => {
  const at = after(NOON, 3 * DAY_MS);
  expect(enrolmentAfter({ kind: 'callback' }, 6, 6, at, NOON)).toEqual({ state: 'open', dueAt: at });
});

test('who must not be called, and who is not there, is never due again', () => {
  for (const kind of ['stop-calling', 'bad-number'] as const) {
    expect(enrolmentAfter({ kind }, 0, 6, after(NOON, DAY_MS), NOON)).toEqual({
      state: 'never',
      dueAt: null,
    });
  }
});

test('each standard outcome has its own id and its own digit, and the one that reaches further asks twice', () => {
  const ids = STANDARD_DISPOSITIONS.map((each) => each.id);
  const digits = STANDARD_DISPOSITIONS.map((each) => each.digit);
  expect([new Set(ids).size, new Set(digits).size]).toEqual([ids.length, ids.length]);
  expect(digits.every((digit) => /^\d$/.test(digit))).toBe(true);
  const stops = STANDARD_DISPOSITIONS.filter((each) => each.consequence.kind === 'stop-calling');
  expect(stops.length > 0 && stops.every((each) => each.needsConfirm)).toBe(true);
});

test.each([
  [{ kind: 'retry', afterMs: HOUR_MS }, 'again in 1 h'],
  [{ kind: 'retry', afterMs: 24 * HOUR_MS }, 'again in 24 h'],
  [{ kind: 'retry', afterMs: 72 * HOUR_MS }, 'again in 3 days'],
  [{ kind: 'stop-calling' }, 'stops all numbers'],
] as const)('the row says what the key does: %j', (consequence, words) => {
  expect(consequenceInWords(consequence)).toBe(words);
});
