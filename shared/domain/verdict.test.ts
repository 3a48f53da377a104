import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, after, instant } from '../lib/instants.ts';
import { localTime } from '../lib/zoned-time.ts';
import { type DayWindow, usualRules } from './campaign.ts';
import { type RuleId, type Subject, type Verdict, verdictOn } from './verdict.ts';

/** Friday 20 November 2026, noon in New York: nine in Los Angeles. */
const NOON = instant(Date.UTC(2026, 10, 20, 17));
const NEW_YORK = 'America/New_York';

const daily = (from: number, to: number): DayWindow[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: from * 60, to: to * 60 }));

function aSubject(but: Partial<Subject> = {}): Subject {
  return {
    number: { isUsable: true, zones: [NEW_YORK] },
    doNotCall: null,
    heldSince: null,
    enrolment: { state: 'open', attempts: 0, dueAt: after(NOON, -HOUR_MS), isPromised: false },
    campaign: { status: 'active', rules: usualRules(NEW_YORK) },
    legalHours: daily(8, 21),
    ...but,
  };
}

/** What stands in the way, one rule at a time, each with the change that brings it about. */
const OBSTACLES: Readonly<Record<RuleId, { kind: 'wait' | 'never'; make: (subject: Subject) => Subject }>> = {
  'do-not-call': { kind: 'never', make: (s) => ({ ...s, doNotCall: { reason: 'asked', since: NOON } }) },
  'bad-number': { kind: 'never', make: (s) => ({ ...s, number: { ...s.number, isUsable: false } }) },
  finished: { kind: 'never', make: (s) => ({ ...s, enrolment: { ...s.enrolment!, state: 'done' } }) },
  'attempts-spent': { kind: 'never', make: (s) => ({ ...s, enrolment: { ...s.enrolment!, attempts: 6 } }) },
  'campaign-not-active': {
    kind: 'wait',
    make: (s) => ({ ...s, campaign: { ...s.campaign!, status: 'paused' } }),
  },
  'number-in-use': { kind: 'wait', make: (s) => ({ ...s, heldSince: NOON }) },
  'not-due': {
    kind: 'wait',
    make: (s) => ({ ...s, enrolment: { ...s.enrolment!, dueAt: after(NOON, 3 * HOUR_MS) } }),
  },
  'campaign-hours': {
    kind: 'wait',
    make: (s) => ({
      ...s,
      campaign: { ...s.campaign!, rules: { ...s.campaign!.rules, windows: daily(13, 14) } },
    }),
  },
  'legal-hours': { kind: 'wait', make: (s) => ({ ...s, legalHours: daily(14, 15) }) },
};
const RULE_IDS = Object.keys(OBSTACLES) as RuleId[];

/** When each of the waits above lifts; null where nobody knows. */
const LIFTS: Partial<Record<RuleId, number | null>> = {
  'campaign-not-active': null,
  'number-in-use': null,
  'not-due': NOON + 3 * HOUR_MS,
  'campaign-hours': NOON + HOUR_MS,
  'legal-hours': NOON + 2 * HOUR_MS,
};

const ruleOf = (verdict: Verdict): RuleId | 'ring' =>
  verdict.kind === 'ring' ? 'ring' : verdict.because.rule;

test('nothing in the way: it may be rung', () => {
  expect(verdictOn(aSubject(), NOON)).toEqual({ kind: 'ring' });
});

test.each(RULE_IDS)(
  '%s alone stands in the way, says so in a sentence, and with the values it looked at',
  (rule) => {
    const { kind, make } = OBSTACLES[rule];
    const verdict = verdictOn(make(aSubject()), NOON);
    expect([verdict.kind, ruleOf(verdict)]).toEqual([kind, rule]);
    if (verdict.kind === 'ring') return;
    expect(verdict.because.sentence).toMatch(/^\p{Lu}.*\.$/u);
    expect(JSON.parse(JSON.stringify(verdict.because.values))).toEqual(verdict.because.values);
    if (verdict.kind === 'wait') expect(verdict.until).toBe(LIFTS[rule]);
  },
);

/** Every way of having some of them and not the others. */
function subsetsOf<T>(all: readonly T[]): T[][] {
  return all.reduce<T[][]>((sets, each) => [...sets, ...sets.map((set) => [...set, each])], [[]]);
}

test('of any obstacles together a never outranks every wait, and of the waits the last to lift is told', () => {
  for (const rules of subsetsOf(RULE_IDS)) {
    const subject = rules.reduce((made, rule) => OBSTACLES[rule].make(made), aSubject());
    const verdict = verdictOn(subject, NOON);
    const kinds = rules.map((rule) => OBSTACLES[rule].kind);
    expect([rules, verdict.kind]).toEqual([rules, kinds.includes('never') ? 'never' : (kinds[0] ?? 'ring')]);
    if (verdict.kind !== 'wait') continue;
    const lifts = rules.map((rule) => LIFTS[rule] ?? Number.POSITIVE_INFINITY);
    expect([rules, verdict.until ?? Number.POSITIVE_INFINITY]).toEqual([rules, Math.max(...lifts)]);
  }
});

const zones = fc.constantFrom(
  NEW_YORK,
  'America/Los_Angeles',
  'America/Santiago',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Nowhere/Atlantis',
  '',
);
const minutes = fc.integer({ min: 0, max: 24 * 60 });
const windows = fc.oneof(
  fc.array(fc.record({ weekday: fc.integer({ min: 1, max: 7 }), from: minutes, to: minutes }), {
    maxLength: 9,
  }),
  fc.constantFrom(daily(8, 21), daily(0, 24)),
);
const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) }).map(instant);

const subjects: fc.Arbitrary<Subject> = fc.record({
  number: fc.record({
    isUsable: fc.oneof(fc.constant(true), fc.boolean()),
    zones: fc.array(zones, { maxLength: 3 }),
  }),
  doNotCall: fc
    .option(fc.record({ reason: fc.string(), since: instants }), { freq: 1 })
    .map((each) => ((each?.since ?? 0) % 3 === 1 ? each : null)),
  heldSince: fc.oneof(fc.constant(null), fc.constant(null), instants),
  enrolment: fc.option(
    fc.record({
      state: fc.constantFrom(
        'open' as const,
        'open' as const,
        'in-hand' as const,
        'done' as const,
        'never' as const,
      ),
      attempts: fc.nat({ max: 7 }),
      dueAt: instants,
      isPromised: fc.boolean(),
    }),
  ),
  campaign: fc.option(
    fc.record({
      status: fc.constantFrom(
        'active' as const,
        'active' as const,
        'draft' as const,
        'paused' as const,
        'archived' as const,
      ),
      rules: fc.tuple(zones, windows).map(([zone, all]) => ({ ...usualRules(zone), windows: all })),
    }),
  ),
  legalHours: windows,
});

const isWithin = (all: readonly DayWindow[], zone: string, now: ReturnType<typeof instant>) => {
  const { weekday, minute } = localTime(now, zone);
  return all.some((each) => each.weekday === weekday && minute >= each.from && minute < each.to);
};

test('any subject gets an answer, and “ring” is only said within the hours of the law and the campaign, everywhere', () => {
  let rings = 0;
  fc.assert(
    fc.property(subjects, instants, (subject, now) => {
      const verdict = verdictOn(subject, now);
      if (verdict.kind !== 'ring') return;
      rings++;
      const { number, campaign, enrolment } = subject;
      expect(number.zones.length).toBeGreaterThan(0);
      for (const zone of number.zones) expect(isWithin(subject.legalHours, zone, now)).toBe(true);
      if (campaign !== null) expect(isWithin(campaign.rules.windows, campaign.rules.zone, now)).toBe(true);
      expect([subject.doNotCall, subject.heldSince, number.isUsable]).toEqual([null, null, true]);
      if (enrolment !== null) expect(enrolment.dueAt).toBeLessThanOrEqual(now);
      if (enrolment !== null && campaign !== null && !enrolment.isPromised) {
        expect(enrolment.attempts).toBeLessThan(campaign.rules.attemptsMax);
      }
    }),
    { numRuns: 3000 },
  );
  // A claim about ringing that never saw a ring would prove nothing.
  expect(rings).toBeGreaterThan(10);
}, 60_000);

test('a wait with a known end is not over before it', () => {
  fc.assert(
    fc.property(subjects, instants, (subject, now) => {
      const verdict = verdictOn(subject, now);
      if (verdict.kind !== 'wait' || verdict.until === null) return;
      expect(verdict.until).toBeGreaterThan(now);
      expect(verdictOn(subject, after(verdict.until, -1)).kind).toBe('wait');
    }),
    { numRuns: 1000 },
  );
}, 60_000);

test('a promised callback outranks the count of attempts, and nothing else', () => {
  const spent = { state: 'open' as const, attempts: 9, dueAt: after(NOON, -HOUR_MS), isPromised: true };
  expect(verdictOn(aSubject({ enrolment: spent }), NOON).kind).toBe('ring');
  expect(
    ruleOf(verdictOn(aSubject({ enrolment: spent, doNotCall: { reason: 'asked', since: NOON } }), NOON)),
  ).toBe('do-not-call');
  expect(ruleOf(verdictOn(aSubject({ enrolment: { ...spent, dueAt: after(NOON, DAY_MS) } }), NOON))).toBe(
    'not-due',
  );
});

test('a number rung by hand, in no campaign, still obeys the law', () => {
  const byHand = aSubject({ enrolment: null, campaign: null });
  expect(verdictOn(byHand, NOON).kind).toBe('ring');
  expect(ruleOf(verdictOn(byHand, after(NOON, 12 * HOUR_MS)))).toBe('legal-hours');
});

test.each([[[]], [['Nowhere/Atlantis']], [[NEW_YORK, 'Nowhere/Atlantis']]])(
  'with zones %j nobody knows the time there, so nobody rings',
  (all) => {
    expect(verdictOn(aSubject({ number: { isUsable: true, zones: all } }), NOON)).toMatchObject({
      kind: 'wait',
      until: null,
      because: { rule: 'legal-hours' },
    });
  },
);
