import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, type Instant, after, instant } from '../lib/instants.ts';
import { lawBook, shippedLaw } from './law/book.ts';
import {
  EIGHT_TO_NINE,
  NEW_YORK,
  NOON,
  aCampaignOf,
  aNumberOf,
  aSubject,
  anEnrolmentOf,
  capRule,
  consentRule,
  daily,
  hoursRule,
  registerRule,
  somewhere,
} from './testing-verdict.ts';
import { RULE_IDS } from './verdict-rule.ts';
import { type RuleId, type Subject, type Verdict, findingsOn, verdictOn, verdictOnAll } from './verdict.ts';

const ago = (hours: number): Instant => after(NOON, -hours * HOUR_MS);
const inHours = (hours: number): Instant => after(NOON, hours * HOUR_MS);
/** Midnight in New York after that noon, and after the Sunday of its week. */
const MIDNIGHT = inHours(12);
const MONDAY = inHours(60);

/** Changes the rules of the subject’s campaign. */
const rules =
  (change: Parameters<typeof aCampaignOf>[0], today = {}) =>
  (subject: Subject): Subject => ({
    ...subject,
    campaign: {
      ...subject.campaign!,
      ...today,
      rules: { ...subject.campaign!.rules, ...change },
    },
  });
const enrolment =
  (change: Partial<NonNullable<Subject['enrolment']>>) =>
  (subject: Subject): Subject => ({
    ...subject,
    enrolment: { ...subject.enrolment!, ...change },
  });
const number =
  (change: Partial<Subject['number']>) =>
  (subject: Subject): Subject => ({
    ...subject,
    number: { ...subject.number, ...change },
  });

/** What stands in the way, one rule at a time: the change that brings it about, and when it lifts. */
const OBSTACLES: Readonly<
  Record<RuleId, { readonly lifts: Instant | null | 'never'; readonly make: (subject: Subject) => Subject }>
> = {
  'bad-number': { lifts: 'never', make: number({ isUsable: false }) },
  'do-not-call': {
    lifts: 'never',
    make: (s) => ({
      ...s,
      doNotCall: { kind: 'number', value: '+12125550100', reason: 'asked', since: NOON },
    }),
  },
  'no-consent': { lifts: 'never', make: (s) => ({ ...s, call: { ...s.call, voice: 'ai' } }) },
  register: {
    lifts: null,
    make: (s) => ({ ...s, isBusiness: false, law: lawBook([...s.law.rules, registerRule('*', null)], []) }),
  },
  'place-unknown': { lifts: null, make: number({ places: somewhere([]) }) },
  finished: { lifts: 'never', make: enrolment({ state: 'done' }) },
  'attempts-spent': { lifts: 'never', make: enrolment({ attempts: 6 }) },
  'campaign-not-active': {
    lifts: null,
    make: (s) => ({ ...s, campaign: { ...s.campaign!, status: 'paused' } }),
  },
  'campaign-dates': { lifts: MIDNIGHT, make: rules({ startsOn: '2026-11-21' }) },
  'daily-limit': {
    lifts: MIDNIGHT,
    make: rules({ dailyLimit: 5 }, { today: { date: '2026-11-20', attempts: 5 } }),
  },
  'not-due': { lifts: inHours(3), make: enrolment({ restUntil: inHours(3) }) },
  'campaign-hours': { lifts: inHours(1), make: rules({ windows: daily(13, 14) }) },
  'legal-hours': {
    lifts: inHours(2),
    make: (s) => ({ ...s, law: lawBook([hoursRule('*', { 'mon-sun': ['14:00-15:00'] })], []) }),
  },
  frequency: {
    lifts: MIDNIGHT,
    make: (s) => enrolment({ attemptsAt: [ago(2)] })(rules({ frequency: 'daily' })(s)),
  },
  'attempts-per-day': {
    lifts: MIDNIGHT,
    make: (s) => enrolment({ attemptsAt: [ago(2)] })(rules({ attemptsPerDayMax: 1 })(s)),
  },
  'number-caps': {
    lifts: inHours(22),
    make: (s) => number({ attemptsAt: [ago(2)] })(rules({ numberPerDayMax: 1 })(s)),
  },
  'legal-caps': {
    lifts: inHours(21),
    make: (s) => ({
      ...number({ attemptsAt: [ago(3)] })(s),
      law: lawBook([...s.law.rules, capRule('*', { max: 1 })], []),
    }),
  },
  'cool-down': {
    lifts: inHours(4),
    make: (s) => enrolment({ lastAttemptAt: ago(1) })(rules({ coolDownMs: 5 * HOUR_MS })(s)),
  },
  'number-in-use': { lifts: null, make: (s) => ({ ...s, heldSince: NOON }) },
  'caller-id': { lifts: null, make: (s) => ({ ...s, campaign: { ...s.campaign!, callerId: ' ' } }) },
  carrier: {
    lifts: inHours(1),
    make: (s) => ({ ...s, carrier: { sentence: 'The carrier rests.', until: inHours(1) } }),
  },
};

const ruleOf = (verdict: Verdict): RuleId | 'ring' =>
  verdict.kind === 'ring' ? 'ring' : verdict.because.rule;
const untilOf = (verdict: Verdict) => (verdict.kind === 'wait' ? verdict.until : verdict.kind);

test('nothing in the way: it may be rung', () => {
  expect(verdictOn(aSubject(), NOON)).toEqual({ kind: 'ring' });
});

test.each(RULE_IDS)(
  '%s alone stands in the way, says so in a sentence, and with the values it looked at',
  (rule) => {
    const { lifts, make } = OBSTACLES[rule];
    const verdict = verdictOn(make(aSubject()), NOON);
    expect([ruleOf(verdict), untilOf(verdict)]).toEqual([rule, lifts]);
    if (verdict.kind === 'ring') return;
    expect(verdict.because.sentence).toMatch(/^\p{Lu}.*\.$/u);
    expect(JSON.parse(JSON.stringify(verdict.because.values))).toEqual(verdict.because.values);
  },
);

const PAIRS = RULE_IDS.flatMap((a) => RULE_IDS.filter((b) => a < b).map((b): [RuleId, RuleId] => [a, b]));

test('of two obstacles a never outranks a wait, and of two waits the last to lift is told', () => {
  for (const pair of PAIRS) {
    // Two laws at once would be a third one.
    if (pair.includes('legal-hours') && pair.includes('legal-caps')) continue;
    // A number in an unknown place, or a consent that is not asked for, leaves its law out.
    if (pair.includes('place-unknown') && pair.some((id) => id.startsWith('legal-'))) continue;
    const made = pair.reduce((subject, rule) => OBSTACLES[rule].make(subject), aSubject());
    const ends = pair.map((rule) => OBSTACLES[rule].lifts);
    const verdict = verdictOn(made, NOON);
    if (ends.includes('never')) expect([pair, verdict.kind]).toEqual([pair, 'never']);
    else if (ends.includes(null)) expect([pair, untilOf(verdict)]).toEqual([pair, null]);
    else expect([pair, untilOf(verdict)]).toEqual([pair, Math.max(...(ends as number[]))]);
  }
});

test('each bad number says what is wrong with it', () => {
  const saying = (change: Partial<Subject['number']>) => {
    const verdict = verdictOn(number(change)(aSubject()), NOON);
    return verdict.kind === 'ring' ? '' : verdict.because.sentence;
  };
  expect(saying({ e164: null })).toBe('This contact has no number.');
  expect(saying({ unringable: 'premium' })).toBe('The number costs extra to ring.');
  expect(saying({ unringable: 'emergency' })).toMatch(/emergency/);
  expect(saying({ unringable: 'invalid' })).toMatch(/not a phone number/);
});

test('do-not-call says what is on the list, since when and why', () => {
  const listed = { kind: 'company', value: 'globex', reason: 'Wrote to us.', since: NOON } as const;
  expect(verdictOn(aSubject({ doNotCall: listed }), NOON)).toMatchObject({
    because: {
      sentence: 'Their company is on the do-not-call list since 2026-11-20: Wrote to us.',
      values: { kind: 'company', value: 'globex', since: NOON },
    },
  });
});

test('a promised callback outranks our own counts and rests, and no law', () => {
  const promised = anEnrolmentOf({
    attempts: 9,
    promisedFor: ago(1),
    attemptsAt: [ago(2)],
    lastAttemptAt: ago(2),
  });
  const patient = aCampaignOf({ frequency: 'daily', attemptsPerDayMax: 1, coolDownMs: 30 * DAY_MS });
  const subject = aSubject({ enrolment: promised, campaign: patient });
  expect(verdictOn(subject, NOON).kind).toBe('ring');
  for (const rule of ['do-not-call', 'bad-number', 'legal-caps', 'number-caps', 'legal-hours'] as const)
    expect([rule, verdictOn(OBSTACLES[rule].make(subject), NOON).kind]).not.toEqual([rule, 'ring']);
});

test('a promise is kept at its time, and not before', () => {
  const subject = aSubject({ enrolment: anEnrolmentOf({ promisedFor: inHours(2) }) });
  expect(verdictOn(subject, NOON)).toMatchObject({
    kind: 'wait',
    until: inHours(2),
    because: { rule: 'not-due', sentence: 'A callback is promised for 2026-11-20, 14:00.' },
  });
  expect(verdictOn(subject, inHours(2)).kind).toBe('ring');
});

test('a promise for an hour at which nobody may be rung is moved to the next one, and says so', () => {
  const tenAtNight = inHours(10);
  const subject = aSubject({
    enrolment: anEnrolmentOf({ promisedFor: tenAtNight }),
    campaign: aCampaignOf({ windows: daily(7, 23) }),
  });
  const eightNextDay = inHours(20);
  for (const now of [NOON, tenAtNight, after(eightNextDay, -1)])
    expect(verdictOn(subject, now)).toMatchObject({
      until: eightNextDay,
      because: {
        sentence:
          'A callback is promised for 2026-11-20, 22:00, when nobody may be rung there. It is moved to 2026-11-21, 8:00.',
      },
    });
  expect(verdictOn(subject, eightNextDay).kind).toBe('ring');
});

test('a promise for which no hour will ever do waits, and says so', () => {
  const enrolled = anEnrolmentOf({ promisedFor: ago(1) });
  expect(
    verdictOn(aSubject({ enrolment: enrolled, campaign: aCampaignOf({ windows: [] }) }), NOON),
  ).toMatchObject({
    kind: 'wait',
    until: null,
  });
});

test('a skip after the promise is obeyed too', () => {
  const enrolled = anEnrolmentOf({ promisedFor: ago(1), restUntil: inHours(1) });
  expect(untilOf(verdictOn(aSubject({ enrolment: enrolled }), NOON))).toBe(inHours(1));
});

test('a number rung by hand, in no campaign, still obeys the law', () => {
  const byHand = aSubject({ enrolment: null, campaign: null });
  expect(verdictOn(byHand, NOON).kind).toBe('ring');
  expect(ruleOf(verdictOn(byHand, inHours(12)))).toBe('legal-hours');
});

test.each([[[]], [['Nowhere/Atlantis']], [[NEW_YORK, 'Nowhere/Atlantis']]])(
  'with zones %j nobody knows the time there, so nobody rings',
  (zones) => {
    const subject = aSubject({ number: aNumberOf({ places: somewhere(zones) }) });
    expect(verdictOn(subject, NOON)).toMatchObject({ until: null, because: { rule: 'place-unknown' } });
  },
);

test('a campaign in a zone that does not exist never dials', () => {
  const subject = aSubject({ campaign: aCampaignOf({ zone: 'Mars/Olympus' }) });
  expect(verdictOn(subject, NOON)).toMatchObject({ until: null, because: { rule: 'campaign-hours' } });
});

test('an AI voice always needs a consent, an agent’s only where the law of the place says so', () => {
  const ai = { mode: 'recorded', purpose: 'sales', voice: 'ai' } as const;
  const consents = (aiVoice: Instant | null) => ({ call: NOON, aiVoice });
  expect(ruleOf(verdictOn(aSubject({ call: ai, consents: consents(null) }), NOON))).toBe('no-consent');
  expect(ruleOf(verdictOn(aSubject({ call: ai, consents: consents(NOON) }), NOON))).toBe('ring');

  const law = lawBook([...EIGHT_TO_NINE.rules, consentRule('*', 'consumers')], []);
  const asked = (
    isBusiness: boolean | null,
    call: Instant | null,
    mode: 'manual' | 'automatic' = 'automatic',
  ) =>
    ruleOf(
      verdictOn(
        aSubject({
          law,
          isBusiness,
          consents: { call, aiVoice: null },
          call: { mode, purpose: 'sales', voice: 'agent' },
        }),
        NOON,
      ),
    );
  expect(asked(true, null)).toBe('ring');
  expect(asked(false, null)).toBe('no-consent');
  expect(asked(false, NOON)).toBe('ring');
  // Nobody knows who has the number: a machine must not try, a person may.
  expect([asked(null, null), asked(null, null, 'manual')]).toEqual(['no-consent', 'ring']);
});

test('a cap that is for those without consent is lifted by it', () => {
  const law = lawBook([...EIGHT_TO_NINE.rules, capRule('*', { max: 1, unless: 'consent' })], []);
  const subject = number({ attemptsAt: [ago(1)] })(aSubject({ law }));
  expect(ruleOf(verdictOn(subject, NOON))).toBe('legal-caps');
  const agreed = { ...subject, consents: { call: NOON, aiVoice: null } };
  expect(ruleOf(verdictOn(agreed, NOON))).toBe('ring');
});

test('weekly means once in a week of the campaign’s calendar', () => {
  const weekly = (at: Instant) =>
    aSubject({
      campaign: aCampaignOf({ frequency: 'weekly' }),
      enrolment: anEnrolmentOf({ attemptsAt: [at] }),
    });
  expect(untilOf(verdictOn(weekly(ago(24)), NOON))).toBe(MONDAY);
  // Sunday of last week, ten minutes before midnight.
  expect(verdictOn(weekly(after(ago(5 * 24 - 12 + 24), -600_000)), NOON).kind).toBe('ring');
});

test('the daily count begins anew at the campaign’s midnight, wherever that is', () => {
  const rulesOf = { dailyLimit: 5, zone: 'Asia/Tokyo', windows: daily(0, 24) };
  const noonThere = aCampaignOf(rulesOf, { today: { date: '2026-11-21', attempts: 5 } });
  expect(untilOf(verdictOn(aSubject({ campaign: noonThere }), NOON))).toBe(
    instant(Date.UTC(2026, 10, 21, 15)),
  );
  const yesterday = aCampaignOf(rulesOf, { today: { date: '2026-11-20', attempts: 5 } });
  expect(verdictOn(aSubject({ campaign: yesterday }), NOON).kind).toBe('ring');
});

test('the last day of a campaign is a day of it, and the day after waits for a person', () => {
  const on = (endsOn: string) => verdictOn(aSubject({ campaign: aCampaignOf({ endsOn }) }), NOON);
  expect(on('2026-11-20').kind).toBe('ring');
  expect(on('2026-11-19')).toMatchObject({ until: null, because: { rule: 'campaign-dates' } });
});

test('seven days are 168 hours, and the longer of two caps is told', () => {
  const attemptsAt = [ago(100), ago(3)];
  const subject = number({ attemptsAt })(
    aSubject({ campaign: aCampaignOf({ numberPerDayMax: 1, numberPerWeekMax: 2 }) }),
  );
  expect(untilOf(verdictOn(subject, NOON))).toBe(inHours(68));
  expect(verdictOn(subject, NOON)).toMatchObject({
    because: { values: { max: 2, hours: 168, attempts: 2 } },
  });
});

test('of two caps of the law the one that lifts last is told', () => {
  const caps = [capRule('*', { max: 1, hours: 8 }), { ...capRule('*', { max: 2, hours: 24 }), id: 'longer' }];
  for (const both of [caps, caps.toReversed()]) {
    const law = lawBook([...EIGHT_TO_NINE.rules, ...both], []);
    const subject = number({ attemptsAt: [ago(5), ago(2)] })(aSubject({ law }));
    expect(verdictOn(subject, NOON)).toMatchObject({
      until: inHours(19),
      because: { rule: 'legal-caps', values: { rule: 'longer', max: 2, hours: 24, attempts: 2 } },
    });
  }
});

test('a cap holds from its first day there, also for somebody who was weighed the day before', () => {
  const newYear = Date.UTC(2026, 0, 1, 8);
  const attemptsAt = [1, 2, 3].map((hours) => instant(newYear - hours * HOUR_MS));
  const places = { zones: ['America/Los_Angeles'], countries: ['US'], states: ['US-OR'] };
  const subject = aSubject({
    law: shippedLaw,
    number: aNumberOf({ places, attemptsAt }),
    enrolment: null,
    campaign: null,
  });
  const isCapped = (at: number) =>
    findingsOn(subject, instant(at)).some(({ rule, passed }) => rule === 'legal-caps' && !passed);
  expect([isCapped(newYear - 1), isCapped(newYear), isCapped(newYear - 1)]).toEqual([false, true, false]);
});

test('where clocks show midnight twice, the day begins at the first of them', () => {
  const zone = 'Atlantic/Azores';
  const limited = { dailyLimit: 5, zone, windows: daily(0, 24) };
  const campaign = aCampaignOf(limited, { today: { date: '2026-10-24', attempts: 5 } });
  const evening = instant(Date.UTC(2026, 9, 24, 20));
  const verdict = verdictOnAll(campaign, null, shippedLaw, evening);
  expect(untilOf(verdict)).toBe(Date.UTC(2026, 9, 25, 0));
});

test('what holds up everybody is found without looking at anybody', () => {
  const on = (campaign: Subject['campaign'], now = NOON) => verdictOnAll(campaign!, null, shippedLaw, now);
  expect(on(aCampaignOf()).kind).toBe('ring');
  expect(ruleOf(on(aCampaignOf({}, { status: 'draft' })))).toBe('campaign-not-active');
  expect(untilOf(on(aCampaignOf(), inHours(12)))).toBe(MONDAY + 9 * HOUR_MS);
  const rest = { sentence: 'The carrier rests.', until: inHours(1) };
  expect(verdictOnAll(aCampaignOf(), rest, shippedLaw, NOON)).toMatchObject({
    until: inHours(1),
    because: { sentence: 'The carrier rests.' },
  });
});
