import { expect, test } from 'vitest';
import { instant } from '../../lib/instants.ts';
import { shippedLaw } from './book.ts';
import { openingUnder } from './hours.ts';
import { mayOverride, withoutOverridden } from './overrides.ts';

const at = instant(Date.UTC(2026, 10, 20));
const anOverride = (rule: string, reason = 'Our counsel reads it otherwise.') => ({
  rule,
  by: 'Ada',
  reason,
  at,
});
/** Indianapolis, a quarter past eight in the morning: our strictest reading opens at nine. */
const EARLY = instant(Date.UTC(2026, 10, 20, 13, 15));
const INDIANA = { zones: ['America/Indiana/Indianapolis'], countries: ['US'], states: ['US-IN'] };

test('a reading in which our sources differ may be taken out, with a reason', () => {
  expect(openingUnder(shippedLaw, INDIANA, EARLY).open).toBe(false);
  const book = withoutOverridden(shippedLaw, [anOverride('us-in-hours')]);
  expect(openingUnder(book, INDIANA, EARLY).open).toBe(true);
  expect(mayOverride(shippedLaw, 'us-in-hours', ' ')).toMatchObject({ ok: false });
});

test('the text of a law stays, whatever is written down', () => {
  for (const id of ['us-hours', 'us-fl-hours', 'us-fl-cap', 'us-recorded-consent']) {
    expect(mayOverride(shippedLaw, id, 'we want to')).toMatchObject({
      ok: false,
      error: expect.stringMatching(/cannot be taken out/) as string,
    });
    expect(withoutOverridden(shippedLaw, [anOverride(id)])).toBe(shippedLaw);
  }
  expect(mayOverride(shippedLaw, 'no-such-rule', 'x').ok).toBe(false);
});

test('without the floor of our own policy nothing is open where nobody wrote a law', () => {
  const japan = { zones: ['Asia/Tokyo'], countries: ['JP'], states: [] };
  const noonThere = instant(Date.UTC(2026, 10, 20, 3));
  expect(openingUnder(shippedLaw, japan, noonThere).open).toBe(true);
  const book = withoutOverridden(shippedLaw, [anOverride('world-hours')]);
  expect(openingUnder(book, japan, noonThere).open).toBe(false);
});
