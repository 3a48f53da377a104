import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR_MS, after } from '../lib/instants.ts';
import { lawBook, shippedLaw } from './law/book.ts';
import type { HoursRule } from './law/rule.ts';
import type { E164 } from './phone.ts';
import { placesOf } from './places/places.ts';
import {
  NOON,
  aNumberOf,
  capRule,
  consentRule,
  hoursRule,
  registerRule,
  somewhere,
} from './testing-verdict.ts';
import { overrideInWords, setAside } from './verdict-override.ts';
import { type Subject, decide, verdictOn } from './verdict.ts';

const US = somewhere(['America/New_York'], { countries: ['US'] });
const NEVER = { 'mon-sun': [] };
const ALL_DAY = { 'mon-sun': ['00:00-24:00'] };

/** A number typed by hand, of which nothing speaks against a call. */
function typed(but: Partial<Subject> = {}): Subject {
  return {
    number: aNumberOf({ places: US }),
    doNotCall: null,
    consents: { call: null, aiVoice: null },
    isBusiness: null,
    heldSince: null,
    enrolment: null,
    campaign: null,
    call: { mode: 'manual', purpose: 'sales', voice: 'agent' },
    law: lawBook([hoursRule('US', ALL_DAY)], []),
    carrier: null,
    ...but,
  };
}

const own = (rule: HoursRule): HoursRule => ({ ...rule, id: 'own', confidence: 'policy', isOwn: true });

test('where nothing stands in the way there is nothing to set aside', () => {
  expect(verdictOn(typed(), NOON).kind).toBe('ring');
  expect(setAside(typed(), NOON)).toBeNull();
});

test('hours of our own can be set aside, and the screen says which rule that is', () => {
  const law = lawBook([hoursRule('US', ALL_DAY), own(hoursRule('US', NEVER))], []);
  const found = setAside(typed({ law }), NOON);
  expect(found?.rules).toEqual(['legal-hours']);
  expect(overrideInWords(found)).toBe(
    'A supervisor can let this one call past our own calling hours, with their PIN and a reason.',
  );
});

test('hours that are the text of a law cannot, even where our own close as well', () => {
  const law = lawBook([hoursRule('US', NEVER), own(hoursRule('US', NEVER))], []);
  expect(setAside(typed({ law }), NOON)).toBeNull();
  expect(overrideInWords(null)).toBe('No supervisor can let this call through.');
});

test('a number we noted as not in use can be tried once more', () => {
  expect(setAside(typed({ number: aNumberOf({ places: US, isUsable: false }) }), NOON)?.rules).toEqual([
    'bad-number',
  ]);
});

const listed = { kind: 'number', value: '+12125550100', reason: 'asked', since: NOON } as const;
test.each([
  ['somebody who asked not to be called', { doNotCall: listed }],
  ['a number that is in a call', { heldSince: NOON }],
  ['a carrier in trouble', { carrier: { sentence: 'It is down.', until: null } }],
  ['an emergency number', { number: aNumberOf({ places: US, unringable: 'emergency' }) }],
  ['a place nobody knows', { number: aNumberOf({ places: somewhere([]) }) }],
  ['a call that no person makes', { call: { mode: 'recorded', purpose: 'sales', voice: 'ai' } }],
  ['a missing consent', { isBusiness: false, law: lawBook([consentRule('US', 'consumers')], []) }],
  ['a register that was never compared', { isBusiness: false, law: lawBook([registerRule('US', null)], []) }],
  [
    'a cap in the text of a law',
    {
      number: aNumberOf({ places: US, attemptsAt: [after(NOON, -HOUR_MS)] }),
      law: lawBook([hoursRule('US', ALL_DAY), capRule('US', { max: 1 })], []),
    },
  ],
] as [string, Partial<Subject>][])('nobody can let %s through', (_what, but) => {
  const subject = typed(but);
  expect(verdictOn(subject, NOON).kind).not.toBe('ring');
  expect(setAside(subject, NOON)).toBeNull();
});

test('our policy for the rest of the world stays: it stands in for laws that are not written here', () => {
  const law = lawBook([{ ...hoursRule('*', NEVER), confidence: 'policy' }], []);
  expect(setAside(typed({ law }), NOON)).toBeNull();
});

test('the usual hours of a trade can be set aside where no law closes: a Sunday evening in London', () => {
  const places = placesOf({ e164: '+442079460100' as E164 });
  const sunday = after(NOON, 53 * HOUR_MS);
  const subject = typed({ number: aNumberOf({ e164: '+442079460100', places }), law: shippedLaw });
  expect(decide(subject, sunday)).toMatchObject({ rule: 'legal-hours' });
  expect(setAside(subject, sunday)?.rules).toEqual(['legal-hours']);
});

test('whatever is set aside, and wherever, no text of a law is ever broken', () => {
  const numbers = ['+12125550100', '+13055550100', '+442079460100', '+14165550100', '+61255500100'] as E164[];
  const texts = lawBook(
    shippedLaw.rules.map((rule) =>
      rule.confidence === 'policy' && rule.kind === 'hours' ? { ...rule, values: { days: ALL_DAY } } : rule,
    ),
    shippedLaw.closures,
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...numbers),
      fc.integer({ min: 0, max: 14 * 24 * 4 }),
      fc.boolean(),
      (e164, quarters, isUsable) => {
        const now = after(NOON, (quarters * HOUR_MS) / 4);
        const subject = typed({
          number: aNumberOf({ e164, places: placesOf({ e164 }), isUsable }),
          law: lawBook([...shippedLaw.rules, own(hoursRule('everywhere', NEVER))], shippedLaw.closures),
        });
        if (setAside(subject, now) === null) return;
        const byTexts = { ...subject, number: { ...subject.number, isUsable: true }, law: texts };
        expect(decide(byTexts, now).kind).toBe('ring');
      },
    ),
    { numRuns: 300 },
  );
});
