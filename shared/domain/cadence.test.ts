import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localTime, zonedInstant } from '../lib/zoned-time.ts';
import {
  type Cadence,
  type PlannedInstant,
  type Routine,
  cadenceInWords,
  cadenceText,
  matches,
  plannedInstants,
  plannedOn,
  readCadence,
  readTime,
  timeText,
  weekdaysOf,
} from './cadence.ts';

const at = (iso: string) => Date.parse(iso);
const daily: Cadence = { kind: 'daily' };
const NEW_YORK: Routine = { cadence: daily, minute: 9 * 60, zone: 'America/New_York' };

function planned(routine: Routine, from: string, count: number): readonly PlannedInstant[] {
  const found = plannedInstants(routine, from, count);
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

function sentence(routine: Partial<Routine>, from = '2026-11-20'): string {
  const found = plannedInstants({ ...NEW_YORK, ...routine }, from, 1);
  return found.ok ? '' : found.error;
}

test.each([
  ['daily', 'daily', 'every day'],
  [' Every day ', 'daily', 'every day'],
  ['weekdays', 'weekdays', 'Mon–Fri'],
  ['weekends', 'weekends', 'Sat and Sun'],
  ['mon,wed', 'mon,wed', 'Mon, Wed'],
  ['Wednesday and Monday', 'mon,wed', 'Mon, Wed'],
  ['tu th', 'tue,thu', 'Tue, Thu'],
  ['sun, sat', 'weekends', 'Sat and Sun'],
  ['mon tue wed thu fri', 'weekdays', 'Mon–Fri'],
  ['mon tue wed thu fri sat sun', 'daily', 'every day'],
  ['fri, fri', 'fri', 'Fri'],
])('“%s” is read as %s and said as “%s”', (words, text, said) => {
  const cadence = readCadence(words);
  expect(cadence.ok && [cadenceText(cadence.value), cadenceInWords(cadence.value)]).toEqual([text, said]);
});

test.each([
  ['', 'No day is chosen.'],
  [' , ', 'No day is chosen.'],
  ['t', '“t” is not a day of the week.'],
  ['mon,payday', '“payday” is not a day of the week.'],
])('“%s” is refused: %s', (words, why) => {
  const cadence = readCadence(words);
  expect(cadence.ok ? '' : cadence.error).toContain(why);
});

test('whatever days are chosen, their words read back as the same days', () => {
  fc.assert(
    fc.property(fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), (days) => {
      const words = days.map((day) => ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'][day - 1]).join(' ');
      const first = readCadence(words);
      const again = readCadence(first.ok ? cadenceText(first.value) : '');
      expect(again).toEqual(first);
      expect(again.ok && weekdaysOf(again.value)).toEqual(days);
    }),
  );
});

test.each([
  ['9:05', 545, '09:05'],
  ['00:00', 0, '00:00'],
  ['23.59', 1439, '23:59'],
])('the time %s is minute %i', (text, minute, shown) => {
  expect(readTime(text)).toEqual({ ok: true, value: minute });
  expect(timeText(minute)).toBe(shown);
});

test.each(['', '9', '24:00', '12:60', '9:5', 'nine'])('“%s” is no time of day', (text) => {
  const read = readTime(text);
  expect(read.ok ? '' : read.error).toMatch(/is not a time of day\. Write it as 09:30\.$/);
});

test('a week of weekdays passes over the weekend', () => {
  const dates = planned({ ...NEW_YORK, cadence: { kind: 'weekdays' } }, '2026-11-20', 3).map(
    ({ date }) => date,
  );
  expect(dates).toEqual(['2026-11-20', '2026-11-23', '2026-11-24']);
  expect(matches({ kind: 'weekends' }, '2026-11-21')).toBe(true);
});

test('the same hour there is another instant in summer', () => {
  expect(planned(NEW_YORK, '2026-03-07', 2)).toEqual([
    { date: '2026-03-07', at: at('2026-03-07T14:00:00Z'), remark: null },
    { date: '2026-03-08', at: at('2026-03-08T13:00:00Z'), remark: null },
  ]);
});

test.each([
  ['a skipped hour', 'America/New_York', '2026-03-08', 150, '2026-03-08T07:30:00Z', 'gap'],
  ['an hour that comes twice', 'America/New_York', '2026-11-01', 90, '2026-11-01T05:30:00Z', 'twice'],
  ['a skipped midnight', 'Africa/Cairo', '2026-04-24', 30, '2026-04-23T22:30:00Z', 'gap'],
  ['a skipped last hour', 'America/Nuuk', '2026-03-28', 1410, '2026-03-29T01:30:00Z', 'gap'],
  ['half an hour skipped', 'Australia/Lord_Howe', '2026-10-04', 135, '2026-10-03T15:45:00Z', 'gap'],
  ['a zone that left clock changes', 'America/Vancouver', '2026-11-01', 90, '2026-11-01T08:30:00Z', null],
  ['a zone beside whole hours', 'Asia/Kathmandu', '2026-11-01', 540, '2026-11-01T03:15:00Z', null],
] as const)('%s: %s on %s is one instant, and it is said', (_what, zone, date, minute, iso, remark) => {
  expect(plannedOn({ cadence: daily, minute, zone }, date)).toEqual({ date, at: at(iso), remark });
});

test('a date that was left out of the calendar has no call', () => {
  const routine = { cadence: daily, minute: 540, zone: 'Pacific/Apia' };
  expect(planned(routine, '2011-12-29', 2).map(({ date }) => date)).toEqual(['2011-12-29', '2011-12-31']);
});

test.each([
  ['a zone nobody knows', { zone: 'Mars/Olympus' }, 'There is no time zone “Mars/Olympus”.'],
  ['a zone that is no place', { zone: 'EST' }, 'Write America/New_York if that is the place.'],
  ['no zone', { zone: '' }, 'There is no time zone here.'],
  ['a minute past midnight', { minute: 1440 }, 'That is not a time of day.'],
  ['half a minute', { minute: 0.5 }, 'That is not a time of day.'],
  ['no days', { cadence: { kind: 'custom', weekdays: [] } as Cadence }, 'No day is chosen.'],
  ['an eighth day', { cadence: { kind: 'custom', weekdays: [8] } as Cadence }, 'not one of seven'],
])('%s is refused with a sentence', (_what, routine, why) => {
  expect(sentence(routine)).toContain(why);
});

test('a start that is on no calendar is refused', () => {
  expect(sentence({}, '2026-02-30')).toContain('“2026-02-30” is not a date.');
});

const ZONES = [
  'America/New_York',
  'America/Nuuk',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Europe/Dublin',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Chatham',
  'America/Havana',
  'Asia/Kolkata',
];

test('every planned instant shows its own date and minute there, or says why it cannot', () => {
  const wish = fc.record({
    zone: fc.constantFrom(...ZONES),
    minute: fc.integer({ min: 0, max: 1439 }),
    days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    month: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(wish, ({ zone, minute, days, month }) => {
      const cadence: Cadence = { kind: 'custom', weekdays: days };
      const found = planned({ zone, minute, cadence }, `2027-${String(month).padStart(2, '0')}-01`, 40);
      expect(new Set(found.map(({ date }) => date)).size).toBe(40);
      for (const each of found) {
        const there = localTime(each.at, zone);
        // No clock ever shows the wished time there, and the one the call comes at lies behind the gap.
        if (each.remark === 'gap')
          expect([
            zonedInstant(each.date, minute, zone).kind,
            shown(there) > shown({ date: each.date, minute }),
          ]).toEqual(['gap', true]);
        else expect([there.date, there.minute]).toEqual([each.date, minute]);
        expect(matches(cadence, each.date)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

function shown({ date, minute }: { date: string; minute: number }): string {
  return `${date} ${timeText(minute)}`;
}
