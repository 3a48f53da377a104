import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, type Instant, instant } from '../../lib/instants.ts';
import { shippedLaw } from './book.ts';
import {
  type Cap,
  abandonmentFor,
  capLiftsAt,
  capsFor,
  consentFor,
  datesAt,
  registersFor,
  ringMinMs,
} from './duties.ts';

const NOW = instant(Date.UTC(2026, 10, 20, 15));
const places = (country: string, state: string | null = null, zone = 'America/New_York') => ({
  zones: [zone],
  countries: [country],
  states: state === null ? [] : [state],
});
const aCap = (change: Partial<Cap> = {}): Cap => ({
  rule: { id: 'a-cap', citation: 'a text', sentence: 'At most three.' },
  max: 3,
  windowMs: DAY_MS,
  after: null,
  isLiftedByConsent: false,
  ...change,
});
const ago = (hours: number) => instant(NOW - hours * HOUR_MS);

test.each(['FL', 'OK', 'MD', 'OR'])('%s allows three calls in 24 hours', (state) => {
  const [cap, ...more] = capsFor(shippedLaw, places('US', `US-${state}`), NOW);
  expect(cap).toMatchObject({ max: 3, windowMs: DAY_MS, after: null });
  expect(cap?.rule.sentence).toMatch(/^In \w+, at most 3 calls in 24 hours\.$/);
  expect(more).toEqual([]);
});

test('Oregon’s cap begins with 2026', () => {
  const where = places('US', 'US-OR', 'America/Los_Angeles');
  expect(capsFor(shippedLaw, where, instant(Date.UTC(2026, 0, 1, 7)))).toEqual([]);
  expect(capsFor(shippedLaw, where, instant(Date.UTC(2026, 0, 1, 9)))).toHaveLength(1);
});

test('Maine’s cap is for machines that dial, debt collectors have caps of their own', () => {
  expect(capsFor(shippedLaw, places('US', 'US-ME'), NOW, { mode: 'manual' })).toEqual([]);
  expect(capsFor(shippedLaw, places('US', 'US-ME'), NOW)).toMatchObject([{ max: 1, windowMs: 8 * HOUR_MS }]);
  expect(capsFor(shippedLaw, places('US'), NOW, { purpose: 'debt' })).toMatchObject([
    { max: 7, windowMs: 7 * DAY_MS, after: null },
    { max: 0, windowMs: 7 * DAY_MS, after: 'conversation' },
  ]);
});

test('France allows four calls in thirty days and none for sixty after a refusal', () => {
  expect(capsFor(shippedLaw, places('FR'), NOW)).toMatchObject([
    { max: 4, windowMs: 30 * DAY_MS, after: null },
    { max: 0, windowMs: 60 * DAY_MS, after: 'refusal' },
  ]);
});

test('the fourth call waits until the first is a day old, to the millisecond', () => {
  const calls = [ago(23), ago(5), ago(1)];
  expect(capLiftsAt(aCap(), calls.slice(1), NOW)).toBeNull();
  expect(capLiftsAt(aCap(), calls, NOW)).toBe(NOW + HOUR_MS);
  expect(capLiftsAt(aCap(), calls, instant(NOW + HOUR_MS - 1))).toBe(NOW + HOUR_MS);
  expect(capLiftsAt(aCap(), calls, instant(NOW + HOUR_MS))).toBeNull();
});

test('calls beyond the cap, from before it held, are waited out as well', () => {
  expect(capLiftsAt(aCap({ max: 1 }), [ago(3), ago(2), ago(1)], NOW)).toBe(ago(1) + DAY_MS);
});

test('a call that lies in the future counts, because the clock was set back after it', () => {
  expect(capLiftsAt(aCap({ max: 1 }), [instant(NOW + HOUR_MS)], NOW)).toBe(NOW + HOUR_MS + DAY_MS);
});

test('silence after an event lasts its whole time, and without the event there is none', () => {
  const cap = aCap({ max: 0, windowMs: 72 * HOUR_MS, after: 'abandoned' });
  expect(capLiftsAt(cap, [], NOW)).toBeNull();
  expect(capLiftsAt(cap, [], NOW, ago(71))).toBe(NOW + HOUR_MS);
  expect(capLiftsAt(cap, [], NOW, ago(72))).toBeNull();
});

const attempts = fc.array(
  fc.integer({ min: -100, max: 30 }).map((hours) => instant(NOW + hours * HOUR_MS)),
  { maxLength: 12 },
);

test('whoever waits for the cap never has more than the cap in any window, whatever came before', () => {
  fc.assert(
    fc.property(
      attempts,
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 48 }),
      (before, max, hours) => {
        const cap = aCap({ max, windowMs: hours * HOUR_MS });
        const made: Instant[] = [...before];
        let now: Instant = NOW;
        for (let i = 0; i < 8; i++) {
          now = capLiftsAt(cap, made, now) ?? now;
          expect(capLiftsAt(cap, made, now)).toBeNull();
          expect(made.filter((at) => at + cap.windowMs > now).length).toBeLessThan(max);
          made.push(now);
        }
      },
    ),
  );
});

test('one millisecond earlier the cap still holds', () => {
  fc.assert(
    fc.property(attempts, fc.integer({ min: 1, max: 4 }), (before, max) => {
      const cap = aCap({ max });
      const liftsAt = capLiftsAt(cap, before, NOW);
      if (liftsAt === null) return;
      expect(liftsAt).toBeGreaterThan(NOW);
      expect(capLiftsAt(cap, before, instant(liftsAt - 1))).toBe(liftsAt);
    }),
  );
});

test.each(['US', 'GB', 'CA', 'DE'])('a call to %s rings for 15 seconds at least', (country) => {
  const { ms, because } = ringMinMs(shippedLaw, places(country), NOW);
  expect(ms).toBe(15_000);
  expect(because.length).toBe(1);
});

test('abandoned calls: 3 percent in 30 days, in a day, 5 percent in a month, after two seconds', () => {
  const limit = (country: string) =>
    abandonmentFor(shippedLaw, places(country), NOW).map(({ values }) => [
      values.percentMax,
      values.per,
      values.connectMs,
    ]);
  expect(limit('US')).toEqual([[3, '30-days', 2000]]);
  expect(limit('GB')).toEqual([[3, '24-hours', 2000]]);
  expect(limit('CA')).toEqual([[5, 'calendar-month', 2000]]);
  expect(limit('JP')).toEqual([[3, '24-hours', 2000]]);
});

test('a recorded voice needs consent everywhere, a person’s where the law says so', () => {
  for (const country of ['US', 'CA', 'GB', 'JP', 'BR']) {
    expect(consentFor(shippedLaw, places(country), NOW, { mode: 'recorded' }).length).toBeGreaterThan(0);
    expect(consentFor(shippedLaw, places(country), NOW)).toEqual([]);
  }
  expect(consentFor(shippedLaw, places('DE'), NOW).map(({ id }) => id)).toEqual(['de-consent']);
  expect(
    consentFor(shippedLaw, places('FR', null, 'Europe/Paris'), instant(Date.UTC(2026, 7, 10, 21, 59))),
  ).toEqual([]);
  expect(
    consentFor(shippedLaw, places('FR', null, 'Europe/Paris'), instant(Date.UTC(2026, 7, 10, 22))),
  ).toHaveLength(1);
});

test('the copy of a register may be 31 days old in the United States and Canada, 28 in Britain', () => {
  const age = (country: string) =>
    registersFor(shippedLaw, places(country), NOW).map(({ values }) => values.daysMax);
  expect([age('US'), age('CA'), age('GB'), age('AU')]).toEqual([[31], [31], [28], [30]]);
});

test('where two dates hold at once, the rules of both are kept', () => {
  const where = { zones: ['Pacific/Auckland', 'America/Los_Angeles'] };
  expect(datesAt(where, NOW)).toEqual(['2026-11-21', '2026-11-20']);
  expect(datesAt({ zones: [] }, NOW)).toEqual(['2026-11-21', '2026-11-20']);
});
