import { expect, test } from 'vitest';
import { z } from 'zod';
import { isDate } from '../../lib/zoned-time.ts';
import { stateCodes } from '../places/states.ts';
import { lawBook, readClosures, rulesFor, shippedClosures, shippedLaw, shippedRules } from './book.ts';
import { holidays } from './holidays.ts';
import { spansOn } from './hours.ts';

const date = z.string().refine(isDate).nullable();
const time = /^([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/;
const common = {
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)+$/),
  jurisdiction: z.string().regex(/^(\*|[A-Z]{2}(-[A-Z]{2})?)$/),
  citation: z.string().min(5),
  effectiveFrom: date,
  effectiveUntil: date,
  asOf: z.string().refine(isDate),
  confidence: z.enum(['A', 'B', 'C', 'K', 'policy']),
  note: z.string().min(5).nullable(),
  modes: z
    .array(z.enum(['manual', 'automatic', 'recorded']))
    .nonempty()
    .optional(),
  purposes: z
    .array(z.enum(['sales', 'debt']))
    .nonempty()
    .optional(),
};
const days = z.enum(['mon-sun', 'mon-sat', 'mon-fri', 'sat-sun', 'sat', 'sun']);
const positive = z.number().int().positive();
const values = {
  hours: z.strictObject({ days: z.partialRecord(days, z.array(z.string().regex(time))) }),
  'closed-days': z.strictObject({
    holidays: z.array(z.enum(Object.keys(holidays))).nonempty(),
    observed: z.enum(['none', 'sunday-to-monday', 'nearest-weekday', 'weekend-to-monday']),
  }),
  cap: z.strictObject({
    max: z.number().int().min(0),
    hours: positive,
    counts: z.literal('attempts'),
    scope: z.literal('number-and-subject'),
    after: z.enum(['abandoned', 'refusal', 'conversation']).nullable(),
    unless: z.literal('consent').optional(),
  }),
  consent: z.strictObject({ needs: z.enum(['express', 'written']), of: z.enum(['consumers', 'everyone']) }),
  ring: z.strictObject({ secondsMin: positive, ringsMin: positive.nullable() }),
  abandonment: z.strictObject({
    percentMax: z.number().positive().max(5),
    per: z.enum(['24-hours', '30-days', 'calendar-month']),
    connectMs: positive,
    message: z.array(z.enum(['purpose', 'caller', 'call-back-number', 'opt-out'])).nonempty(),
  }),
  recording: z.strictObject({ parties: z.enum(['one', 'all']), manner: z.enum(['free', 'announce', 'ask']) }),
  'scrub-age': z.strictObject({
    list: z.string().min(3),
    daysMax: z.number().int().min(0),
    honourDaysMax: z.number().int().min(0),
    of: z.literal('everyone').optional(),
  }),
  'answered-inside': z.strictObject({}),
};
const rule = z.discriminatedUnion(
  'kind',
  Object.entries(values).map(([kind, shape]) =>
    z.strictObject({ ...common, kind: z.literal(kind), values: shape }),
  ) as never,
);

test.each(shippedRules.map((each) => [each.id, each] as const))(
  'rule %s is written as rules are',
  (_id, each) => {
    expect(rule.safeParse(each).error?.issues ?? []).toEqual([]);
  },
);

test('a rule with a slip in it is noticed', () => {
  const [good] = shippedRules;
  expect(rule.safeParse(good).success).toBe(true);
  for (const slip of [
    { kind: 'hour' },
    { asOf: '2026-11-31' },
    { values: {} },
    { jurisdiction: 'USA' },
    { extra: 1 },
  ]) {
    expect(rule.safeParse({ ...good, ...slip }).success).toBe(false);
  }
});

test('no two rules share a name, and a cap of none is the silence after something', () => {
  expect(new Set(shippedRules.map(({ id }) => id)).size).toBe(shippedRules.length);
  for (const each of shippedRules) {
    if (each.kind === 'cap') expect(each.values.max === 0).toBe(each.values.after !== null);
  }
});

test('every rule of a state is of a state that exists, and every policy of ours says so', () => {
  for (const { jurisdiction, citation, confidence } of shippedRules) {
    if (jurisdiction.includes('-')) expect(stateCodes).toContain(jurisdiction);
    if (jurisdiction === '*') expect([citation, confidence]).toEqual(['Parley’s own policy', 'policy']);
  }
});

test('every rule of hours speaks for all seven days, in spans that follow each other', () => {
  for (const each of shippedRules) {
    if (each.kind !== 'hours') continue;
    const spoken = Object.keys(each.values.days).flatMap((name) => {
      const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
      const [first = '', last = first] = name.split('-');
      return week.slice(week.indexOf(first), week.indexOf(last) + 1);
    });
    expect(spoken.toSorted()).toEqual(['fri', 'mon', 'sat', 'sun', 'thu', 'tue', 'wed']);
    for (let weekday = 1; weekday <= 7; weekday++) {
      let last = -1;
      for (const { from, to } of spansOn(each, weekday)) {
        expect(from > last && to > from && to <= 24 * 60).toBe(true);
        last = to;
      }
    }
  }
});

test('twenty-five states have hours of their own', () => {
  const strict = shippedRules.filter((each) => each.kind === 'hours' && each.jurisdiction.startsWith('US-'));
  expect(new Set(strict.map(({ jurisdiction }) => jurisdiction)).size).toBe(25);
});

test.each(['AL', 'LA', 'MS', 'PA', 'RI', 'UT'])('%s keeps its own holidays', (state) => {
  expect(
    rulesFor(shippedLaw, 'closed-days', { countries: ['US'], states: [`US-${state}`] }, ['2026-11-20'], {})
      .length,
  ).toBe(1);
});

test('a rule holds from its first date up to the date on which it ends', () => {
  const where = { countries: ['FR'], states: [] };
  const ids = (on: string) =>
    [
      ...rulesFor(shippedLaw, 'consent', where, [on], {}),
      ...rulesFor(shippedLaw, 'scrub-age', where, [on], {}),
    ].map(({ id }) => id);
  expect(ids('2026-08-10')).toEqual(['fr-registry-age']);
  expect(ids('2026-08-11')).toEqual(['fr-consent']);
});

test('our policy speaks for a country without a rule of that kind, and for nobody else', () => {
  const hours = (countries: string[]) =>
    rulesFor(shippedLaw, 'hours', { countries, states: [] }, ['2026-11-20'], {}).map(({ id }) => id);
  expect(hours(['DE'])).toEqual(['world-hours']);
  expect(hours([])).toEqual(['world-hours']);
  expect(hours(['US'])).toEqual(['us-hours']);
  expect(hours(['DE', 'US'])).toEqual(['us-hours', 'world-hours']);
});

test('a rule for one way of calling, or one purpose, binds no other', () => {
  const where = { countries: ['US'], states: ['US-SD'] };
  const hours = (mode: 'manual' | 'automatic') =>
    rulesFor(shippedLaw, 'hours', where, ['2026-11-20'], { mode }).length;
  expect([hours('manual'), hours('automatic')]).toEqual([2, 3]);
  const caps = (purpose: 'sales' | 'debt') =>
    rulesFor(shippedLaw, 'cap', where, ['2026-11-20'], { purpose }).length;
  expect([caps('sales'), caps('debt')]).toEqual([0, 2]);
});

const closure = {
  id: 'la-emergency',
  jurisdiction: 'US-LA',
  from: '2026-09-01',
  until: '2026-09-08',
  citation: 'Proclamation 55',
  note: null,
};

test('a list of closures is taken whole or not at all', () => {
  expect(readClosures([closure, { ...closure, until: null }])).toMatchObject({ ok: true });
  expect(readClosures(shippedClosures)).toMatchObject({ ok: true });
  const bad = [
    { ...closure, from: '2026-02-30' },
    { ...closure, until: '2026-08-01' },
    { ...closure, jurisdiction: 'Louisiana' },
    { ...closure, citation: '' },
    { ...closure, note: 7 },
    null,
    'closed',
  ];
  for (const row of bad) expect(readClosures([closure, row])).toMatchObject({ ok: false });
  for (const data of [null, {}, 'x']) expect(readClosures(data)).toMatchObject({ ok: false });
});

test('a book is made of what it is given', () => {
  expect(lawBook([], []).byJurisdiction.size).toBe(0);
});
