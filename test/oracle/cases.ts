import fc from 'fast-check';
import { type CampaignRules, usualRules } from '../../shared/domain/campaign.ts';
import { lawBook } from '../../shared/domain/law/book.ts';
import type { Rule } from '../../shared/domain/law/rule.ts';
import { aNumberOf, aSubject, capRule, hoursRule } from '../../shared/domain/testing-verdict.ts';
import type { Subject } from '../../shared/domain/verdict.ts';
import { type Instant, instant } from '../../shared/lib/instants.ts';
import { isZone } from '../../shared/lib/zoned-time.ts';
import { type PlainContact, type PlainLaw, clockChanges, everyZone, localIn } from './verdict-oracle.ts';

/* Random contacts, campaigns and laws around the instants at which clocks change somewhere. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const ZONES = everyZone().filter(isZone);
/** The clock changes of five years, in order, each with the zones that make it. */
export const CHANGES = [...clockChanges(2024, 2029)].sort(([a], [b]) => a - b);
const STATES = ['US-FL', 'US-TX', 'CA-ON', 'AA-B'];
const COUNTRIES = ['US', 'CA', 'AA', 'ZZ'];
export const WEEK = [0, 1, 2, 3, 4, 5, 6];
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const minute = fc.oneof(
  fc.integer({ min: 0, max: 1440 }),
  fc.constantFrom(0, 60, 90, 120, 150, 180, 480, 1260, 1380, 1440),
);
const date = (around: number) =>
  fc.integer({ min: -9, max: 9 }).map((days) => new Date(around + days * DAY).toISOString().slice(0, 10));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2 });

/** A law made for the test: hours by weekday, with beginnings and ends near `around`, closures and caps. */
export function laws(around: number): fc.Arbitrary<PlainLaw> {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 12 * 60 }), fc.integer({ min: 13 * 60, max: 1440 }))
    .map(([from, to]) => [from, to] as const);
  const open = fc.array(fc.option(span, { freq: 8 }), { minLength: 7, maxLength: 7 });
  const everywhere = open.map((each) => ({ jurisdiction: '*', from: null, until: null, open: each }));
  const jurisdiction = fc.constantFrom(...STATES, 'US', 'AA');
  const hours = fc.record({ jurisdiction, from: maybe(date(around)), until: fc.constant(null), open });
  const closures = fc.record({
    jurisdiction: fc.constantFrom('US', 'US-FL', '*'),
    from: date(around),
    until: maybe(date(around)),
  });
  const caps = fc.record({
    jurisdiction,
    max: fc.integer({ min: 1, max: 4 }),
    hours: fc.constantFrom(8, 24, 168),
  });
  return fc.record({
    hours: fc.tuple(everywhere, fc.array(hours, { maxLength: 3 })).map(([first, more]) => [first, ...more]),
    closures: fc
      .array(closures, { maxLength: 1 })
      .map((all) => all.filter(({ from, until }) => until === null || from < until)),
    caps: fc.array(caps, { maxLength: 2 }),
  });
}

export function contacts(around: number, changing: readonly string[]): fc.Arbitrary<PlainContact> {
  const zone = fc.oneof(fc.constantFrom(...changing.filter(isZone)), fc.constantFrom(...ZONES));
  const at = (before: number, after: number) =>
    fc.integer({ min: -before, max: after }).map((ms) => around + ms);
  const windows = fc.oneof(
    fc.array(fc.record({ weekday: fc.integer({ min: 1, max: 7 }), from: minute, to: minute }), {
      minLength: 1,
      maxLength: 8,
    }),
    fc.tuple(minute, minute).map(([from, to]) => WEEK.map((day) => ({ weekday: day + 1, from, to }))),
    fc.constant(WEEK.map((day) => ({ weekday: day + 1, from: 0, to: 1440 }))),
  );
  const instants = fc.array(at(9 * DAY, 0), { maxLength: 4 });
  return fc
    .record({
      places: fc.record({
        zones: fc.uniqueArray(zone, { minLength: 1, maxLength: 3 }),
        countries: fc.uniqueArray(fc.constantFrom(...COUNTRIES), { maxLength: 2 }),
        states: fc.uniqueArray(fc.constantFrom(...STATES), { maxLength: 2 }),
      }),
      zone,
      windows,
      startsOn: fc.option(date(around), { freq: 1 }),
      endsOn: fc.option(date(around), { freq: 1 }),
      frequency: fc.constantFrom('any', 'any', 'daily', 'weekly'),
      attempts: fc.integer({ min: 0, max: 6 }),
      attemptsMax: fc.constantFrom(5, 6, 100),
      attemptsPerDayMax: maybe(fc.integer({ min: 1, max: 3 })),
      numberPerDayMax: maybe(fc.integer({ min: 1, max: 3 })),
      numberPerWeekMax: maybe(fc.integer({ min: 1, max: 5 })),
      coolDownMs: fc.constantFrom(0, 0, HOUR, 30 * HOUR),
      dailyLimit: maybe(fc.integer({ min: 1, max: 50 })),
      todayAttempts: fc.integer({ min: 0, max: 60 }),
      restUntil: fc.oneof(fc.constant(0), at(4 * DAY, 3 * DAY)),
      promisedFor: fc.option(at(4 * DAY, 3 * DAY), { freq: 1 }),
      numberAt: instants,
      campaignAt: instants,
      lastAt: maybe(at(9 * DAY, 0)),
    })
    .map(({ todayAttempts, startsOn, endsOn, ...contact }) => ({
      ...contact,
      frequency: contact.frequency as PlainContact['frequency'],
      startsOn,
      endsOn: startsOn !== null && endsOn !== null && endsOn < startsOn ? null : endsOn,
      today: { date: localIn(contact.zone, around).date, attempts: todayAttempts },
    }));
}

function ruleBook(law: PlainLaw) {
  const hours = law.hours.map(({ jurisdiction, from, until, open }, nth): Rule => {
    const days = Object.fromEntries(
      open.map((span, day) => [DAYS[day], span === null ? [] : [`${clock(span[0])}-${clock(span[1])}`]]),
    );
    return {
      ...hoursRule(jurisdiction, days),
      id: `hours-${nth}`,
      effectiveFrom: from,
      effectiveUntil: until,
    };
  });
  const caps = law.caps.map(
    ({ jurisdiction, ...values }, nth): Rule => ({
      ...capRule(jurisdiction, values),
      id: `cap-${nth}`,
    }),
  );
  const closures = law.closures.map((each, nth) => ({
    ...each,
    id: `c-${nth}`,
    citation: 'a text',
    note: null,
  }));
  return lawBook([...hours, ...caps], closures);
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The same contact as the product sees them. */
export function subjectFrom(contact: PlainContact, law: PlainLaw): Subject {
  const { places, numberAt, campaignAt, lastAt, attempts, restUntil, promisedFor, today, ...own } = contact;
  const usual: CampaignRules = usualRules(own.zone);
  return aSubject({
    number: aNumberOf({ places, attemptsAt: numberAt as Instant[] }),
    enrolment: {
      state: 'open',
      attempts,
      restUntil: instant(restUntil),
      promisedFor: promisedFor as Instant | null,
      lastAttemptAt: lastAt as Instant | null,
      attemptsAt: campaignAt as Instant[],
    },
    campaign: { status: 'active', callerId: '+12125550199', rules: { ...usual, ...own }, today },
    law: ruleBook(law),
  });
}

/** A contact, a law, and an instant within four days of a clock change. */
const anyChange = fc.constantFrom(...CHANGES);
export const cases = anyChange.chain(([change, zones]) =>
  fc
    .tuple(contacts(change, zones), laws(change), fc.integer({ min: -4 * DAY, max: 4 * DAY }))
    .map(([contact, law, ms]) => ({ contact, law, now: instant(change + ms) })),
);
