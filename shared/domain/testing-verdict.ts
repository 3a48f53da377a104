import { HOUR_MS, type Instant, after, instant } from '../lib/instants.ts';
import type { Zone } from '../lib/zoned-time.ts';
import { type CampaignRules, type DayWindow, usualRules } from './campaign.ts';
import { type LawBook, lawBook } from './law/book.ts';
import type { CapRule, ConsentRule, HoursRule, Rule, ScrubAgeRule } from './law/rule.ts';
import type { Places } from './places/places.ts';
import type { CampaignFacts, EnrolmentFacts, NumberFacts, Subject } from './verdict.ts';

/* What the tests of the verdict are built from. Each test names only what it is about. */

/** Friday 20 November 2026, noon in New York: nine in Los Angeles. */
export const NOON: Instant = instant(Date.UTC(2026, 10, 20, 17));
export const NEW_YORK = 'America/New_York';

export const daily = (from: number, to: number): DayWindow[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: from * 60, to: to * 60 }));

const common = {
  citation: 'a text',
  effectiveFrom: null,
  effectiveUntil: null,
  asOf: '2026-11-20',
  confidence: 'A',
  note: null,
} as const;

/** A rule of hours that holds in a place; `days` as the law writes them. */
export function hoursRule(jurisdiction: string, days: HoursRule['values']['days']): HoursRule {
  return { ...common, id: `${jurisdiction}-hours`, jurisdiction, kind: 'hours', values: { days } };
}

export function capRule(jurisdiction: string, values: Partial<CapRule['values']>): CapRule {
  const usual = { max: 3, hours: 24, counts: 'attempts', scope: 'number-and-subject', after: null } as const;
  return { ...common, id: `${jurisdiction}-cap`, jurisdiction, kind: 'cap', values: { ...usual, ...values } };
}

export function consentRule(jurisdiction: string, of: 'consumers' | 'everyone'): ConsentRule {
  return {
    ...common,
    id: `${jurisdiction}-consent`,
    jurisdiction,
    kind: 'consent',
    values: { needs: 'written', of },
  };
}

/** The law of tests: everywhere from eight to nine in the evening. */
export const EIGHT_TO_NINE: LawBook = lawBook([hoursRule('*', { 'mon-sun': ['08:00-21:00'] })], []);

/** A register that was last compared at this instant; null never, left out where nobody keeps a record. */
export function registerRule(jurisdiction: string, comparedAt?: number | null, daysMax = 31): ScrubAgeRule {
  const values = { list: 'the register', daysMax, honourDaysMax: 0 };
  return {
    ...common,
    id: `${jurisdiction}-register`,
    jurisdiction,
    kind: 'scrub-age',
    values: comparedAt === undefined ? values : { ...values, comparedAt },
  };
}

export const ANSWERED_INSIDE: Rule = {
  ...common,
  id: 'answered-inside',
  jurisdiction: '*',
  kind: 'answered-inside',
  values: {},
};

export function somewhere(zones: readonly Zone[], but: Partial<Places> = {}): Places {
  return { zones, countries: [], states: [], ...but };
}

export function aNumberOf(but: Partial<NumberFacts> = {}): NumberFacts {
  return {
    e164: '+12125550100',
    isUsable: true,
    unringable: null,
    places: somewhere([NEW_YORK]),
    attemptsAt: [],
    conversationAt: null,
    refusalAt: null,
    abandonedAt: null,
    ...but,
  };
}

export function anEnrolmentOf(but: Partial<EnrolmentFacts> = {}): EnrolmentFacts {
  return {
    state: 'open',
    attempts: 0,
    restUntil: after(NOON, -HOUR_MS),
    promisedFor: null,
    lastAttemptAt: null,
    attemptsAt: [],
    ...but,
  };
}

export function aCampaignOf(
  rules: Partial<CampaignRules> = {},
  but: Partial<Omit<CampaignFacts, 'rules'>> = {},
): CampaignFacts {
  return {
    status: 'active',
    callerId: '+12125550199',
    rules: { ...usualRules(NEW_YORK), ...rules },
    today: { date: '2026-11-20', attempts: 0 },
    ...but,
  };
}

export function aSubject(but: Partial<Subject> = {}): Subject {
  return {
    number: aNumberOf(),
    doNotCall: null,
    consents: { call: null, aiVoice: null },
    isBusiness: true,
    heldSince: null,
    enrolment: anEnrolmentOf(),
    campaign: aCampaignOf(),
    call: { mode: 'automatic', purpose: 'sales', voice: 'agent' },
    law: EIGHT_TO_NINE,
    carrier: null,
    ...but,
  };
}
