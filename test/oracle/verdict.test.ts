import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shippedLaw, shippedRules } from '../../shared/domain/law/book.ts';
import { aNumberOf, aSubject } from '../../shared/domain/testing-verdict.ts';
import { decide, verdictOn } from '../../shared/domain/verdict.ts';
import { instant } from '../../shared/lib/instants.ts';
import { CHANGES, DAY, DAYS, MINUTE, WEEK, ZONES, cases, contacts, laws, subjectFrom } from './cases.ts';
import { type PlainLaw, type PlainPlaces, isOpenByLaw, mayRingAt } from './verdict-oracle.ts';

/** Set to have every minute of every week asked, which takes some minutes. */
const IS_THOROUGH = process.env.PARLEY_ORACLE === 'thorough';

/** The minutes that are asked: all of the day around the change, and some of the rest of its week. */
function minutesAround(change: number, offset: number): number[] {
  const first = Math.floor((change - 3.5 * DAY) / MINUTE);
  const all = Array.from({ length: 7 * 1440 }, (_, nth) => (first + nth) * MINUTE);
  if (IS_THOROUGH) return all;
  return all.filter((at, nth) => Math.abs(at - change) < 0.6 * DAY || nth % 29 === offset % 29);
}

test('the years that are asked about hold the clock changes that we think of', () => {
  const zones = new Set(CHANGES.flatMap(([, names]) => names));
  expect(ZONES.length).toBeGreaterThan(430);
  for (const zone of [
    'America/New_York',
    'Africa/Casablanca',
    'Asia/Almaty',
    'America/Vancouver',
    'Antarctica/Troll',
  ])
    expect(zones).toContain(zone);
});

test('minute by minute, in a week around every clock change of 2024 to 2028, the verdict is what a slow reading of the rules says', () => {
  let [rings, waits, nevers] = [0, 0, 0];
  const runs = CHANGES.flatMap(([change, zones], nth) => {
    const arbitrary = fc.tuple(contacts(change, zones), laws(change));
    return fc.sample(arbitrary, { numRuns: 1, seed: nth }).map((each) => ({ change, nth, each }));
  });
  for (const { change, nth, each } of runs) {
    const [contact, law] = each;
    const subject = subjectFrom(contact, law);
    let waitUntil = 0;
    for (const at of minutesAround(change, nth)) {
      const decision = decide(subject, instant(at));
      const isRing = decision.kind === 'ring';
      if (isRing !== mayRingAt(contact, law, at))
        throw new Error(
          `not what the slow reading says: ${JSON.stringify({ nth, at, decision, contact, law })}`,
        );
      // Whoever was told to wait until then is not rung a minute earlier.
      if (isRing && at < waitUntil)
        throw new Error(
          `rung before the end that was told: ${JSON.stringify({ nth, at, waitUntil, contact, law })}`,
        );
      if (decision.kind === 'wait') waitUntil = Math.max(waitUntil, decision.until ?? 0);
      if (isRing) rings++;
      else if (decision.kind === 'wait') waits++;
      else nevers++;
    }
  }
  // A reading that never saw one of the answers would prove nothing about it.
  expect(Math.min(rings / 2_000, waits / 10_000, nevers / 2_000)).toBeGreaterThan(1);
}, 600_000);

test('a wait lifts at the very millisecond that is told: not before, and then that reason is gone', () => {
  let seen = 0;
  fc.assert(
    fc.property(cases, ({ contact, law, now }) => {
      const subject = subjectFrom(contact, law);
      const decision = decide(subject, now);
      if (decision.kind !== 'wait' || decision.until === null) return;
      seen++;
      const { until } = decision;
      expect(until).toBeGreaterThan(now);
      const before = decide(subject, instant(until - 1));
      expect(before.kind).not.toBe('ring');
      const then = decide(subject, until);
      if (then.kind !== 'ring') expect(then.rule).not.toBe(decision.rule);
    }),
    { numRuns: 1500 },
  );
  expect(seen).toBeGreaterThan(100);
}, 120_000);

test('the same question has the same answer, whatever was asked before', () => {
  fc.assert(
    fc.property(fc.array(cases, { minLength: 1, maxLength: 4 }), (all) => {
      const asked = all.map(({ contact, law, now }) => verdictOn(subjectFrom(contact, law), now));
      const subjects = all.map(({ contact, law }) => subjectFrom(contact, law));
      for (const [nth, { now }] of [...all.entries()].reverse()) {
        for (const other of all) decide(subjects[nth]!, other.now);
        expect(verdictOn(subjects[nth]!, now)).toEqual(asked[nth]);
      }
    }),
    { numRuns: 200 },
  );
}, 120_000);

/** The law that comes with Parley, as its files are written: hours only, which is more open than with its holidays. */
const SHIPPED: PlainLaw = {
  hours: shippedRules.flatMap((rule) => {
    if (rule.kind !== 'hours' || !(rule.modes ?? ['automatic']).includes('automatic')) return [];
    const { jurisdiction, effectiveFrom: from, effectiveUntil: until, values } = rule;
    return readDays(values.days).map((open) => ({ jurisdiction, from, until, open }));
  }),
  closures: [],
  caps: [],
};

/** One row for each stretch of a day: a midday break is two rows, and then either will do. */
function readDays(days: Readonly<Partial<Record<string, readonly string[]>>>) {
  const spans = WEEK.map((day) => {
    const [, times = []] =
      Object.entries(days).find(([run]) => {
        const [first = '', last = first] = run.split('-');
        return DAYS.indexOf(first) <= day && day <= DAYS.indexOf(last);
      }) ?? [];
    return times;
  });
  const read = (text: string) =>
    text.split('-').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  const outer = spans.map((times): readonly [number, number] | null => {
    const all = times.flatMap(read);
    return all.length === 0 ? null : [Math.min(...all), Math.max(...all)];
  });
  return [outer];
}

test('with the law as shipped nobody is rung outside the hours of any zone, country or state they may be in', () => {
  const jurisdictions = [...new Set(shippedRules.map((rule) => rule.jurisdiction))].filter(
    (each) => each !== '*',
  );
  const places: fc.Arbitrary<PlainPlaces> = fc.record({
    zones: fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 3 }),
    countries: fc.uniqueArray(fc.constantFrom(...jurisdictions.filter((each) => each.length === 2), 'JP'), {
      maxLength: 2,
    }),
    states: fc.uniqueArray(fc.constantFrom(...jurisdictions.filter((each) => each.length > 2)), {
      maxLength: 3,
    }),
  });
  const at = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 11, 31) }).map(instant);
  let rings = 0;
  fc.assert(
    fc.property(places, at, (where, now) => {
      const subject = aSubject({
        number: aNumberOf({ places: where }),
        consents: { call: now, aiVoice: now },
        enrolment: null,
        campaign: null,
        law: shippedLaw,
      });
      if (verdictOn(subject, now).kind !== 'ring') return;
      rings++;
      expect(isOpenByLaw(where, SHIPPED, now)).toBe(true);
    }),
    { numRuns: 6000 },
  );
  expect(rings).toBeGreaterThan(300);
}, 120_000);
