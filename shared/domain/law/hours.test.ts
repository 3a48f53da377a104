import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, type Instant, MINUTE_MS, instant } from '../../lib/instants.ts';
import { addDays, firstInstant, localTime } from '../../lib/zoned-time.ts';
import type { E164 } from '../phone.ts';
import { stateCodes, zonesOfState } from '../places/states.ts';
import { whereaboutsOf } from '../whereabouts.ts';
import { type LawBook, lawBook, shippedLaw, shippedRules } from './book.ts';
import { closedDates } from './holidays.ts';
import { hoursOn, openingUnder } from './hours.ts';
import type { Closure, HoursRule, Mode } from './rule.ts';

const FRIDAY = '2026-11-20';
const SUNDAY = '2026-11-22';

interface Places {
  readonly zones: readonly string[];
  readonly countries: readonly string[];
  readonly states: readonly string[];
}

const inState = (state: string): Places => ({
  zones: zonesOfState(state),
  countries: [state.slice(0, 2)],
  states: [state],
});
const at = (date: string, time: string, zone: string) =>
  firstInstant(date, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)), zone);
const spansIn = (state: string, date: string, mode: Mode = 'automatic') =>
  hoursOn(shippedLaw, inState(state), date, { mode })
    .spans.map(({ from, to }) => `${from / 60}-${to / 60}`)
    .join(' ');
const aRule = (change: Partial<HoursRule>): HoursRule => ({
  id: 'a-rule',
  jurisdiction: 'US',
  kind: 'hours',
  values: { days: { 'mon-sun': ['08:00-21:00'] } },
  citation: 'a text',
  effectiveFrom: null,
  effectiveUntil: null,
  asOf: FRIDAY,
  confidence: 'A',
  note: null,
  ...change,
});
const aClosure = (change: Partial<Closure>): Closure => ({
  id: 'a-closure',
  jurisdiction: 'US-LA',
  from: '2026-09-01',
  until: '2026-09-08',
  citation: 'a proclamation',
  note: null,
  ...change,
});

/** Weekdays, Saturdays, Sundays: what is left of the day in each state. */
test.each([
  ['AL', '8-20', '8-20', ''],
  ['CT', '9-20', '9-20', '9-20'],
  ['FL', '8-20', '8-20', '8-20'],
  ['IL', '9-21', '9-21', '9-21'],
  ['IN', '9-20', '9-20', '9-20'],
  ['KY', '10-21', '10-21', '10-21'],
  ['LA', '8-20', '8-20', ''],
  ['ME', '8-21', '8-21', '8-21'],
  ['MD', '8-20', '8-20', '8-20'],
  ['MA', '8-20', '8-20', '8-20'],
  ['MI', '9-21', '9-21', '9-21'],
  ['MN', '9-21', '9-21', '9-21'],
  ['MS', '8-20', '8-20', ''],
  ['NE', '8-21', '8-21', '8-21'],
  ['NV', '9-20', '9-20', '9-20'],
  ['NM', '9-21', '9-21', '9-21'],
  ['OK', '8-20', '8-20', '8-20'],
  ['OR', '8-20', '8-20', '8-20'],
  ['PA', '8-21', '8-21', '8-21'],
  ['RI', '9-18', '10-17', ''],
  ['SD', '9-21', '', ''],
  ['TX', '9-21', '9-21', '12-21'],
  ['UT', '8-21', '8-21', ''],
  ['WA', '8-20', '8-20', '8-20'],
  ['WY', '8-20', '8-20', '8-20'],
  ['NY', '8-21', '8-21', '8-21'],
  ['CA', '8-21', '8-21', '8-21'],
])('%s may be rung %s on weekdays, %s on Saturdays, %s on Sundays', (state, friday, saturday, sunday) => {
  const dates = [FRIDAY, '2026-11-21', SUNDAY];
  expect(dates.map((date) => spansIn(`US-${state}`, date))).toEqual([friday, saturday, sunday]);
});

test.each([
  ['FR', '10-13 14-20', '', ''],
  ['GB', '8-21', '9-20', '10-20'],
  ['CA', '9-21.5', '10-18', '10-18'],
  ['ES', '9-21', '', ''],
  ['AU', '9-20', '9-17', ''],
  ['IT', '9-20', '10-19', ''],
  ['DE', '9-20', '9-20', ''],
  ['JP', '9-20', '9-20', ''],
])(
  '%s may be rung %s on weekdays, %s on Saturdays, %s on Sundays, holidays aside',
  (country, ...expected) => {
    const spans = [FRIDAY, '2026-11-21', SUNDAY].map((date) =>
      hoursOn(shippedLaw, { countries: [country], states: [] }, date)
        .spans.map(({ from, to }) => `${from / 60}-${to / 60}`)
        .join(' '),
    );
    expect(spans).toEqual(expected);
  },
);

test('dialing by hand is freer than by machine in South Dakota, recorded voices are bound more in Maine', () => {
  expect(spansIn('US-SD', '2026-11-21', 'manual')).toBe('9-21');
  expect(spansIn('US-ME', FRIDAY, 'recorded')).toBe('9-17');
  expect(spansIn('US-NE', SUNDAY, 'recorded')).toBe('13-21');
});

test('Oregon’s own hours begin with 2026, Maryland’s with 2024', () => {
  expect([spansIn('US-OR', '2025-12-31'), spansIn('US-OR', '2026-01-02')]).toEqual(['8-21', '8-20']);
  expect([spansIn('US-MD', '2023-12-29'), spansIn('US-MD', '2024-01-02')]).toEqual(['8-21', '8-20']);
});

test.each([
  ['AL', '2026-12-01', 'Rosa Parks Day'],
  ['LA', '2026-02-17', 'Mardi Gras'],
  ['LA', '2026-11-03', 'Election Day'],
  ['LA', '2026-11-27', 'Day after Thanksgiving'],
  ['MS', '2026-11-26', 'Thanksgiving'],
  ['PA', '2026-06-15', 'Flag Day (observed)'],
  ['PA', '2025-06-14', 'Flag Day'],
  ['RI', '2026-08-10', 'Victory Day'],
  ['UT', '2026-07-24', 'Pioneer Day'],
  ['UT', '2026-07-03', 'Independence Day (observed)'],
  ['FL', '2026-12-25', null],
])('in %s, %s is closed for %s', (state, date, holiday) => {
  const { spans, because } = hoursOn(shippedLaw, inState(`US-${state}`), date);
  expect(spans.length === 0).toBe(holiday !== null);
  if (holiday !== null) expect(because[0]?.sentence).toContain(`no calls are allowed on ${holiday}.`);
});

test('the strictest of several states decides, and the answer names it with its text', () => {
  const { spans, because } = hoursOn(shippedLaw, { countries: ['US'], states: ['US-KY', 'US-RI'] }, FRIDAY);
  expect(spans).toEqual([{ from: 600, to: 1080 }]);
  expect(because.map(({ id }) => id)).toEqual(['us-ky-hours', 'us-ri-hours']);
  expect(because[1]).toMatchObject({
    citation: 'R.I. Gen. Laws 5-61-3.6',
    sentence: 'In Rhode Island, calls are allowed 9:00–18:00 on Fridays.',
  });
});

test('rules that leave nothing in common close the day, and all of them are named', () => {
  const book = lawBook(
    [
      aRule({ id: 'early', values: { days: { 'mon-sun': ['08:00-12:00'] } } }),
      aRule({ id: 'late', jurisdiction: 'US-NY', values: { days: { 'mon-sun': ['13:00-20:00'] } } }),
    ],
    [],
  );
  const { spans, because } = hoursOn(book, inState('US-NY'), FRIDAY);
  expect(spans).toEqual([]);
  expect(because.map(({ id }) => id)).toEqual(['early', 'late']);
  expect(openingUnder(book, inState('US-NY'), at(FRIDAY, '12:00', 'America/New_York'))).toMatchObject({
    opensAt: null,
  });
});

test('where no rule speaks nothing is open', () => {
  expect(hoursOn(lawBook([], []), inState('US-NY'), FRIDAY).spans).toEqual([]);
});

test('at 20:30 Florida is closed by its own law and not by the federal one, until 8 in the morning', () => {
  const opening = openingUnder(shippedLaw, inState('US-FL'), at(FRIDAY, '20:30', 'America/New_York'));
  expect(opening).toMatchObject({
    open: false,
    opensAt: at('2026-11-21', '08:00', 'America/Chicago'),
    there: { zone: 'America/New_York', date: FRIDAY, minute: 1230 },
  });
  expect(opening.because.map(({ id }) => id)).toEqual(['us-fl-hours']);
});

test('an open place tells when it closes, and by which rule', () => {
  const opening = openingUnder(shippedLaw, inState('US-RI'), at(FRIDAY, '12:00', 'America/New_York'));
  expect(opening).toMatchObject({ open: true, closesAt: at(FRIDAY, '18:00', 'America/New_York') });
  expect(opening.because.map(({ id }) => id)).toEqual(['us-ri-hours']);
});

test('on a Friday evening before Thanksgiving week, Rhode Island opens on Saturday at ten', () => {
  const opening = openingUnder(shippedLaw, inState('US-RI'), at(FRIDAY, '18:00', 'America/New_York'));
  expect(opening).toMatchObject({ open: false, opensAt: at('2026-11-21', '10:00', 'America/New_York') });
});

test('Vancouver is closed at 21:30 in December, although the runtime’s own clock says 20:30', () => {
  const where = inState('CA-BC');
  const tuesday = at('2026-12-01', '21:30', 'America/Vancouver');
  expect(new Date(tuesday).toISOString()).toBe('2026-12-02T04:30:00.000Z');
  expect(openingUnder(shippedLaw, where, tuesday).open).toBe(false);
});

test('a toll-free number is never open, and a number of nowhere is neither', () => {
  const free = whereaboutsOf({ e164: '+18005550123' as E164 });
  for (let hour = 0; hour < 48; hour++) {
    const now = instant(Date.UTC(2026, 10, 20, hour));
    expect(openingUnder(shippedLaw, free, now)).toMatchObject({ open: false, opensAt: null });
  }
  const nowhere = { zones: [], countries: [], states: [] };
  expect(openingUnder(shippedLaw, nowhere, instant(Date.UTC(2026, 10, 20, 15)))).toMatchObject({
    open: false,
    there: null,
  });
});

test('a proclaimed closure closes a state from its first date to its last, and says who proclaimed it', () => {
  const book = lawBook(shippedRules, [aClosure({})]);
  const where = inState('US-LA');
  expect(hoursOn(book, where, '2026-08-31').spans).not.toEqual([]);
  expect(hoursOn(book, where, '2026-09-01').spans).toEqual([]);
  expect(hoursOn(book, where, '2026-09-07').spans).toEqual([]);
  expect(hoursOn(book, where, '2026-09-08').spans).not.toEqual([]);
  expect(hoursOn(book, inState('US-TX'), '2026-09-03').spans).not.toEqual([]);
  const opening = openingUnder(book, where, at('2026-09-02', '12:00', 'America/Chicago'));
  expect(opening).toMatchObject({ open: false, opensAt: at('2026-09-08', '08:00', 'America/Chicago') });
  expect(opening.because[0]).toMatchObject({ id: 'a-closure', citation: 'a proclamation' });
});

test('a closure until further notice never opens', () => {
  const book = lawBook(shippedRules, [aClosure({ until: null })]);
  const opening = openingUnder(book, inState('US-LA'), at('2026-09-02', '12:00', 'America/Chicago'));
  expect(opening).toMatchObject({ open: false, opensAt: null });
});

test('a rule open round the clock stays open over midnight and over clock changes', () => {
  const book = lawBook([aRule({ values: { days: { 'mon-sun': ['00:00-24:00'] } } })], []);
  for (const date of ['2026-03-07', '2026-10-31', FRIDAY]) {
    const now = at(date, '23:30', 'America/New_York');
    const opening = openingUnder(book, inState('US-NY'), now);
    expect(opening.open && opening.closesAt > now + DAY_MS).toBe(true);
  }
});

test('the same state is asked about in each of its zones by itself', () => {
  const now = at(FRIDAY, '20:30', 'America/New_York');
  const florida = inState('US-FL');
  expect(openingUnder(shippedLaw, { ...florida, zones: ['America/New_York'] }, now).open).toBe(false);
  expect(openingUnder(shippedLaw, { ...florida, zones: ['America/Chicago'] }, now).open).toBe(true);
});

test('clocks set back over midnight open yesterday’s evening once more', () => {
  const book = lawBook([aRule({ jurisdiction: 'CA', values: { days: { 'mon-sun': ['23:00-24:00'] } } })], []);
  const where = { zones: ['America/St_Johns'], countries: ['CA'], states: [] };
  // In 2010 Newfoundland set its clocks from 00:01 back to 23:01 of the day before.
  const midnight = instant(Date.UTC(2010, 10, 7, 2, 30));
  expect(localTime(midnight, 'America/St_Johns')).toMatchObject({ date: '2010-11-07', minute: 0 });
  expect(openingUnder(book, where, midnight)).toMatchObject({ open: false, opensAt: midnight + MINUTE_MS });
});

/** What the law says at one instant, told from the rules alone and in the plainest way. */
function isLawful(book: LawBook, where: Places, now: Instant, mode: Mode): boolean {
  if (where.zones.length === 0 || where.countries.length === 0) return false;
  return where.zones.every((zone) => {
    const { date, weekday, minute } = localTime(now, zone);
    const binds = (kind: string, jurisdiction: string) =>
      book.rules.filter(
        (rule) =>
          rule.kind === kind &&
          rule.jurisdiction === jurisdiction &&
          !(rule.effectiveFrom !== null && date < rule.effectiveFrom) &&
          !(rule.effectiveUntil !== null && date >= rule.effectiveUntil) &&
          (rule.modes === undefined || rule.modes.includes(mode)) &&
          (rule.purposes === undefined || rule.purposes.includes('sales')),
      );
    const places = [...where.countries, ...where.states];
    if (
      book.closures.some(
        (each) =>
          places.includes(each.jurisdiction) &&
          each.from <= date &&
          (each.until === null || date < each.until),
      )
    )
      return false;
    for (const place of places) {
      for (const rule of binds('closed-days', place)) {
        if (rule.kind !== 'closed-days') continue;
        if (closedDates(rule.values.holidays, rule.values.observed, Number(date.slice(0, 4))).has(date))
          return false;
      }
      const own = binds('hours', place);
      const spoken = own.length > 0 || place.includes('-') ? own : binds('hours', '*');
      for (const rule of spoken) if (rule.kind === 'hours' && !isOpenBy(rule, weekday, minute)) return false;
    }
    return true;
  });
}

function isOpenBy({ values }: HoursRule, weekday: number, minute: number): boolean {
  const name = ['', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'][weekday]!;
  const names: Record<string, string> = {
    'mon-sun': 'mon tue wed thu fri sat sun',
    'mon-sat': 'mon tue wed thu fri sat',
    'mon-fri': 'mon tue wed thu fri',
    'sat-sun': 'sat sun',
    sat: 'sat',
    sun: 'sun',
  };
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return Object.entries(values.days).some(
    ([days, times]) =>
      names[days]!.split(' ').includes(name) &&
      (times ?? []).some((span) => span.slice(0, 5) <= clock && clock < span.slice(6)),
  );
}

const countries = fc.constantFrom('US', 'US', 'CA', 'FR', 'GB', 'AU', 'DE', 'ES');
const ZONES: Record<string, string[]> = {
  FR: ['Europe/Paris'],
  GB: ['Europe/London'],
  AU: ['Australia/Sydney', 'Australia/Perth', 'Australia/Lord_Howe'],
  DE: ['Europe/Berlin'],
  ES: ['Europe/Madrid', 'Atlantic/Canary'],
};
const places: fc.Arbitrary<Places> = fc
  .array(fc.tuple(countries, fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 })
  .map((picked) => {
    const chosen = picked.map(([country, a, b]) => {
      const states = stateCodes.filter((code) => code.startsWith(country));
      const state = states[a % Math.max(1, states.length)];
      const zones = state === undefined ? ZONES[country]! : zonesOfState(state);
      return { country, states: state === undefined ? [] : [state], zone: zones[b % zones.length]! };
    });
    return {
      zones: [...new Set(chosen.map(({ zone }) => zone))],
      countries: [...new Set(chosen.map(({ country }) => country))],
      states: [...new Set(chosen.flatMap(({ states }) => states))],
    };
  });
const days = fc.integer({ min: 0, max: 3 * 365 }).map((count) => addDays('2024-06-01', count));
/** Days on which clocks change somewhere, or something is closed, are worth more tries than others. */
const hardDays = fc.constantFrom(
  '2025-03-08',
  '2025-11-01',
  '2026-03-07',
  '2026-03-28',
  '2026-10-03',
  '2026-10-24',
  '2026-10-31',
  '2026-11-25',
  '2026-12-24',
  '2026-12-31',
  '2026-07-02',
  '2026-04-02',
  '2026-09-01',
  '2026-02-16',
);
const nows = fc
  .tuple(fc.oneof(days, hardDays), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 59_999 }))
  .map(([date, minute, ms]) => instant(Date.parse(`${date}T00:00Z`) + minute * MINUTE_MS + ms));
const modes = fc.constantFrom<Mode>('manual', 'automatic', 'recorded');
const proclaimed = lawBook(shippedRules, [
  aClosure({}),
  aClosure({ id: 'b', jurisdiction: 'US', from: '2026-11-25', until: '2026-11-28' }),
]);
const isProclaimed = fc.boolean();

test('at any instant, a place is open when every rule allows that minute in every zone, and only then', () => {
  fc.assert(
    fc.property(isProclaimed, places, nows, modes, (closed, where, now, mode) => {
      const book = closed ? proclaimed : shippedLaw;
      expect(openingUnder(book, where, now, { mode }).open).toBe(isLawful(book, where, now, mode));
    }),
    { numRuns: 3000 },
  );
});

test('it stays as it is, minute by minute, up to the instant that is told, and then changes', () => {
  fc.assert(
    fc.property(isProclaimed, places, nows, modes, (closed, where, now, mode) => {
      const book = closed ? proclaimed : shippedLaw;
      const opening = openingUnder(book, where, now, { mode });
      const changesAt = opening.open ? opening.closesAt : (opening.opensAt ?? now + 5 * DAY_MS);
      for (
        let at = Math.floor(now / MINUTE_MS) * MINUTE_MS;
        at < Math.min(changesAt, now + 5 * DAY_MS);
        at += MINUTE_MS
      ) {
        if (isLawful(book, where, instant(at), mode) !== opening.open)
          expect(new Date(at).toISOString()).toBe('unchanged');
      }
      if (opening.open || opening.opensAt !== null) {
        expect(changesAt % MINUTE_MS).toBe(0);
        expect(isLawful(book, where, instant(changesAt), mode)).toBe(!opening.open);
      }
    }),
    { numRuns: 120 },
  );
}, 60_000);

test('more states or zones never make a place more open', () => {
  fc.assert(
    fc.property(places, places, nows, (some, others, now) => {
      const both = {
        zones: [...new Set([...some.zones, ...others.zones])],
        countries: [...new Set([...some.countries, ...others.countries])],
        states: [...new Set([...some.states, ...others.states])],
      };
      if (openingUnder(shippedLaw, both, now).open)
        expect(openingUnder(shippedLaw, some, now).open).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('an answer given before is the answer given anew', () => {
  fc.assert(
    fc.property(places, nows, (where, now) => {
      const first = openingUnder(shippedLaw, where, now);
      expect(openingUnder(shippedLaw, { ...where }, now)).toEqual(first);
      expect(openingUnder(lawBook(shippedRules, []), where, now)).toEqual(first);
    }),
    { numRuns: 200 },
  );
});

test('whoever is closed is told why, by rules with a text', () => {
  fc.assert(
    fc.property(places, nows, (where, now) => {
      const { because } = openingUnder(shippedLaw, where, now);
      expect(because.length).toBeGreaterThan(0);
      for (const { id, citation, sentence } of because) {
        expect(shippedRules.some((rule) => rule.id === id && rule.citation === citation)).toBe(true);
        expect(sentence).toMatch(/^(In|By) .+\.$/);
      }
    }),
  );
});
