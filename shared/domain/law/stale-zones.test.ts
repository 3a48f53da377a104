import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { HOUR_MS, type Instant, after, instant } from '../../lib/instants.ts';
import { firstInstant } from '../../lib/zoned-time.ts';
import { doubtAt } from '../../lib/zones/canaries.ts';
import { BUILT_IN, installZones } from '../../lib/zones/table.ts';
import { CHANGED_ZONES, withOldClocks } from '../../lib/zones/testing-zones.ts';
import { recordOf } from '../verdict-record.ts';
import { explain } from '../verdict-explain.ts';
import { aNumberOf, aSubject, hoursRule, somewhere } from '../testing-verdict.ts';
import { decide } from '../verdict.ts';
import { type LawBook, lawBook, shippedClosures, shippedRules } from './book.ts';
import { openingUnder } from './hours.ts';

afterEach(() => installZones(BUILT_IN, null));

const NOW = instant(Date.UTC(2026, 10, 20, 18));
const old = withOldClocks();

/** As a process with these zone data would answer. */
function withTable<T>(table: typeof BUILT_IN, ask: () => T): T {
  installZones(table, null);
  installZones(table, doubtAt(NOW));
  try {
    return ask();
  } finally {
    installZones(BUILT_IN, null);
  }
}

const shipped = () => lawBook(shippedRules, shippedClosures);
const places = fc.uniqueArray(fc.constantFrom(...CHANGED_ZONES, 'America/New_York'), {
  minLength: 1,
  maxLength: 2,
});
/** The winter that the data of 2025 are wrong about, and the summer before and after it. */
const instants = fc
  .integer({ min: Date.UTC(2026, 4, 1), max: Date.UTC(2027, 9, 1) })
  .map((at) => instant(at));

test('with stale zone data nobody is rung outside the hours that are open by the true ones', () => {
  const truth = shipped();
  const stale = withTable(old, shipped);
  const trusting = lawBook(shippedRules, shippedClosures, null);
  let [rings, wouldBeWrong] = [0, 0];
  fc.assert(
    fc.property(
      places,
      fc.constantFrom('CA', 'US', 'JP'),
      fc.array(instants, { minLength: 30, maxLength: 30 }),
      (zones, country, all) => {
        const where = somewhere(zones, { countries: [country] });
        const isOpen = (book: LawBook, at: Instant) => openingUnder(book, { ...where }, at).open;
        const [byStale, byTrusting] = withTable(old, () => [
          all.filter((at) => isOpen(stale, at)),
          all.filter((at) => isOpen(trusting, at)),
        ]);
        rings += byStale.length;
        for (const at of byStale) expect(isOpen(truth, at)).toBe(true);
        wouldBeWrong += byTrusting.filter((at) => !isOpen(truth, at)).length;
      },
    ),
    // So many that chance alone does not leave out the wrong ones.
    { numRuns: 200 },
  );
  expect(rings).toBeGreaterThan(150);
  // Without the doubt some of these very calls would have been made outside the law.
  expect(wouldBeWrong).toBeGreaterThan(5);
});

test('in doubt every stretch of open hours begins an hour later and ends an hour earlier, and says why', () => {
  const book = lawBook([hoursRule('*', { 'mon-sun': ['09:00-12:30', '13:00-20:00'] })], [], 'Who knows.');
  const at = (minute: number) => firstInstant('2026-11-20', minute, 'America/New_York');
  const where = somewhere(['America/New_York']);
  const ask = (minute: number) => openingUnder(book, where, at(minute));
  expect(ask(9 * 60 + 59)).toMatchObject({
    open: false,
    opensAt: at(600),
    because: [{ id: 'zone-data', sentence: 'Who knows.' }],
  });
  expect(ask(10 * 60)).toMatchObject({ open: true, closesAt: at(11 * 60 + 30) });
  expect(ask(11 * 60 + 30)).toMatchObject({ open: false, opensAt: at(14 * 60) });
  expect(ask(14 * 60)).toMatchObject({ open: true, closesAt: at(19 * 60) });
  expect(ask(19 * 60)).toMatchObject({ open: false, opensAt: after(at(600), 24 * HOUR_MS) });
});

test('hours that run over midnight are one stretch in doubt as well, and hours too short for it never open', () => {
  const where = somewhere(['America/New_York']);
  const night = lawBook([hoursRule('*', { 'mon-sun': ['00:00-06:00', '20:00-24:00'] })], [], 'Who knows.');
  const midnight = firstInstant('2026-11-20', 0, 'America/New_York');
  for (const hour of [-2, -1, 0, 1, 4])
    expect(openingUnder(night, where, after(midnight, hour * HOUR_MS)).open).toBe(true);
  for (const hour of [-4, -3.5, 5, 6])
    expect(openingUnder(night, where, after(midnight, hour * HOUR_MS)).open).toBe(false);
  const noon = lawBook([hoursRule('*', { 'mon-sun': ['12:00-14:00'] })], [], 'Who knows.');
  expect(openingUnder(noon, where, after(midnight, 13 * HOUR_MS))).toMatchObject({
    open: false,
    opensAt: null,
  });
});

test('a doubt is in the verdict, in its explanation and in the record that is kept with the call', () => {
  const law = withTable(old, shipped);
  const number = aNumberOf({
    places: somewhere(['America/Vancouver'], { countries: ['CA'], states: ['CA-BC'] }),
  });
  const subject = aSubject({ number, law, enrolment: null, campaign: null });
  const at = (minute: number) => firstInstant('2026-11-20', minute, 'America/Vancouver');
  const early = explain(subject, at(9 * 60 + 30));
  expect(early.verdict).toMatchObject({ kind: 'wait', until: at(600), because: { rule: 'legal-hours' } });
  expect(early.verdict).toMatchObject({
    because: { sentence: expect.stringContaining('out of date') as string },
  });
  expect(decide(subject, at(11 * 60)).kind).toBe('ring');
  const told = explain(subject, at(11 * 60)).findings.find(({ rule }) => rule === 'legal-hours');
  expect(told?.law.map(({ id }) => id)).toContain('zone-data');
  const record = recordOf(subject, at(11 * 60), [], {
    isAllowed: false,
    manner: 'off',
    because: [],
    consentSince: null,
  });
  expect(record.zoneDoubt).toContain('out of date');
  expect(record.law).toContain('zone-data');
});
