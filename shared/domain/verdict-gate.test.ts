import { expect, test } from 'vitest';
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS, after, instant } from '../lib/instants.ts';
import { firstInstant } from '../lib/zoned-time.ts';
import { lawBook, rewriteBook, rulesFor, shippedLaw } from './law/book.ts';
import { openingUnder } from './law/hours.ts';
import {
  ANSWERED_INSIDE,
  EIGHT_TO_NINE,
  NEW_YORK,
  NOON,
  aCampaignOf,
  aNumberOf,
  aSubject,
  anEnrolmentOf,
  daily,
  hoursRule,
  registerRule,
  somewhere,
} from './testing-verdict.ts';
import { explain } from './verdict-explain.ts';
import { type Subject, decide, verdictOn, verdictOnAll } from './verdict.ts';

/* The gates of the law that fail closed: registers, the number we show, and calls that outlast their hours. */

const compared = (comparedAt: number | null | undefined, daysMax = 31) =>
  lawBook([...EIGHT_TO_NINE.rules, registerRule('*', comparedAt, daysMax)], []);
const aConsumer = (but: Partial<Subject> = {}) => aSubject({ isBusiness: false, ...but });
const ago = (days: number): Instant => after(NOON, -days * DAY_MS);

test('nobody is rung while a register was never compared, or longer ago than its law allows', () => {
  expect(verdictOn(aConsumer({ law: compared(null) }), NOON)).toMatchObject({
    kind: 'wait',
    until: null,
    because: { rule: 'register', sentence: expect.stringContaining('Nobody has said') as string },
  });
  expect(decide(aConsumer({ law: compared(ago(30.9)) }), NOON).kind).toBe('ring');
  expect(verdictOn(aConsumer({ law: compared(ago(31)) }), NOON)).toMatchObject({
    because: {
      rule: 'register',
      sentence: expect.stringContaining(
        'last compared with the register on 2026-10-20. A copy may be 31 days old',
      ) as string,
      values: { list: 'the register', comparedAt: ago(31), daysMax: 31 },
    },
  });
});

test('an explanation says when the copy will be too old, and what would free them', () => {
  const { findings } = explain(aConsumer({ law: compared(ago(1)) }), NOON);
  expect(findings.find(({ rule }) => rule === 'register')).toMatchObject({
    passed: true,
    changesAt: after(ago(1), 31 * DAY_MS),
    sentence: 'Compared with the register on 2026-11-19.',
    law: [{ id: '*-register' }],
  });
  expect(explain(aConsumer({ law: compared(null) }), NOON).remedy).toMatchObject({
    sentence: 'Read in a newer copy of the register under Lists, Do not call.',
  });
});

test('a register speaks of consumers who did not agree to be called, and of businesses where its law says so', () => {
  const law = compared(null);
  const isHeld = (but: Partial<Subject>) => decide(aSubject({ law, ...but }), NOON).kind === 'wait';
  expect(isHeld({ isBusiness: false })).toBe(true);
  expect(isHeld({ isBusiness: null })).toBe(true);
  expect(isHeld({ isBusiness: null, call: { mode: 'manual', purpose: 'sales', voice: 'agent' } })).toBe(
    false,
  );
  expect(isHeld({ isBusiness: true })).toBe(false);
  expect(isHeld({ isBusiness: false, consents: { call: NOON, aiVoice: null } })).toBe(false);
  expect(isHeld({ isBusiness: false, call: { mode: 'automatic', purpose: 'debt', voice: 'agent' } })).toBe(
    false,
  );
  const british = rulesFor(shippedLaw, 'scrub-age', { countries: ['GB'], states: [] }, ['2026-11-20'], {});
  expect(british.map(({ values }) => values.of)).toEqual(['everyone']);
});

test('of several registers all have to be young enough', () => {
  const rules = [...EIGHT_TO_NINE.rules, registerRule('US', ago(5)), registerRule('CA', ago(40))];
  const number = aNumberOf({ places: somewhere([NEW_YORK], { countries: ['US', 'CA'] }) });
  expect(decide(aConsumer({ law: lawBook(rules, []), number }), NOON)).toMatchObject({
    rule: 'register',
    values: { rule: 'CA-register' },
  });
});

test('a copy that was read in speaks for the numbers it covers, and the oldest of several counts', () => {
  const copied = (comparedAt: number | null, copies: { asOf: number; covers: readonly string[] }[]) => {
    const rule = registerRule('*', comparedAt);
    return lawBook([...EIGHT_TO_NINE.rules, { ...rule, values: { ...rule.values, copies } }], []);
  };
  const rings = (law: ReturnType<typeof copied>) => decide(aConsumer({ law }), NOON).kind === 'ring';
  expect(rings(copied(null, [{ asOf: ago(3), covers: [] }]))).toBe(true);
  expect(rings(copied(null, [{ asOf: ago(3), covers: ['+1212'] }]))).toBe(true);
  expect(rings(copied(null, [{ asOf: ago(3), covers: ['+1303'] }]))).toBe(false);
  expect(
    rings(
      copied(null, [
        { asOf: ago(3), covers: [] },
        { asOf: ago(40), covers: [] },
      ]),
    ),
  ).toBe(false);
  expect(rings(copied(ago(40), [{ asOf: ago(3), covers: [] }]))).toBe(true);
  expect(rings(copied(ago(3), [{ asOf: ago(40), covers: ['+1212'] }]))).toBe(true);
});

test('a bare book of law knows of no workspace, so it asks for no register', () => {
  expect(decide(aConsumer({ law: compared(undefined) }), NOON).kind).toBe('ring');
});

test('a campaign without a number to show makes no call, and says so of all at once', () => {
  const campaign = aCampaignOf({}, { callerId: '' });
  const sentence = 'The campaign has no number to show to those who are rung. Choose one in its pace.';
  expect(verdictOn(aSubject({ campaign }), NOON)).toMatchObject({
    kind: 'wait',
    because: { rule: 'caller-id', sentence },
  });
  expect(verdictOnAll(campaign, null, shippedLaw, NOON)).toMatchObject({ because: { rule: 'caller-id' } });
});

const NINE = firstInstant('2026-11-20', 21 * 60, NEW_YORK);
const EIGHT_NEXT = firstInstant('2026-11-21', 8 * 60, NEW_YORK);

test('a call does not begin when its ringing would outlast the legal hours', () => {
  const law = lawBook([...EIGHT_TO_NINE.rules, ANSWERED_INSIDE], []);
  const campaign = aCampaignOf({ windows: daily(0, 24), ringMs: 25_000 });
  const subject = aSubject({ law, campaign, enrolment: anEnrolmentOf() });
  const last = after(NINE, -25 * SECOND_MS);
  expect(decide(subject, after(last, -1)).kind).toBe('ring');
  expect(verdictOn(subject, last)).toMatchObject({
    kind: 'wait',
    until: EIGHT_NEXT,
    because: {
      rule: 'legal-hours',
      sentence: expect.stringContaining('end at 21:00 in New York, and a call begun now') as string,
    },
  });
  expect(explain(subject, after(last, -MINUTE_MS)).changesAt).toBe(last);
  expect(explain(subject, last).findings.find(({ rule }) => rule === 'legal-hours')?.law).toMatchObject([
    { id: 'answered-inside' },
  ]);
  expect(decide(subject, EIGHT_NEXT).kind).toBe('ring');
});

test('hours that never close let every call begin', () => {
  const law = lawBook([hoursRule('*', { 'mon-sun': ['00:00-24:00'] }), ANSWERED_INSIDE], []);
  const subject = aSubject({ law, enrolment: null, campaign: null });
  for (let hour = 0; hour < 100; hour++)
    expect(decide(subject, instant(NOON + hour * 3_599_000)).kind).toBe('ring');
});

test('a supervisor’s own hours are beside the law and never instead of it', () => {
  const own = { ...hoursRule('everywhere', { 'mon-sun': ['07:00-19:00'] }), isOwn: true as const };
  const inJapan = { ...hoursRule('JP', { 'mon-sun': ['00:00-24:00'] }), isOwn: true as const };
  const book = lawBook([...shippedLaw.rules, own, inJapan], []);
  const isOpen = (where: ReturnType<typeof somewhere>, date: string, hour: number) =>
    openingUnder(book, where, firstInstant(date, hour * 60, where.zones[0]!)).open;
  const texas = somewhere(['America/Chicago'], { countries: ['US'], states: ['US-TX'] });
  expect([8, 9, 18, 19, 20].map((hour) => isOpen(texas, '2026-11-20', hour))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
  // Japan has no hours in the book: our policy for the rest of the world goes on speaking for it.
  const japan = somewhere(['Asia/Tokyo'], { countries: ['JP'] });
  expect([8, 9, 18, 19].map((hour) => isOpen(japan, '2026-11-20', hour))).toEqual([false, true, true, false]);
  const closed = openingUnder(book, texas, firstInstant('2026-11-20', 19 * 60 + 30, 'America/Chicago'));
  expect(closed.because.map(({ sentence }) => sentence)).toEqual([
    'By your own rule, calls are allowed 7:00–19:00 on Fridays.',
  ]);
});

test('a book that is rewritten answers anew at once, whoever holds it', () => {
  const book = { ...lawBook(EIGHT_TO_NINE.rules, []) };
  const subject = aSubject({ law: book });
  expect(decide(subject, NOON).kind).toBe('ring');
  rewriteBook(book, lawBook([hoursRule('*', { 'mon-sun': ['14:00-15:00'] })], []));
  expect(decide(subject, NOON)).toMatchObject({ kind: 'wait', rule: 'legal-hours' });
  rewriteBook(book, lawBook(EIGHT_TO_NINE.rules, []));
  expect(decide(subject, NOON).kind).toBe('ring');
});
