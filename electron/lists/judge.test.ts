import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { between, seededRandom } from '../../shared/lib/random.ts';
import { type Judged, judgeRow } from './judge.ts';
import type { Mapping } from '../../shared/domain/list-import.ts';
import { guessMapping } from './mapping.ts';
import { phoneReader } from './phones.ts';
import { placesReader } from './placing.ts';

const read = phoneReader();
const tools = { read, placesOf: placesReader(), source: 'spring.csv' };

function judged(header: string, row: string, given: Partial<Mapping> = {}): Judged {
  const cells = row.split('|');
  const mapping = { ...guessMapping(header.split('|'), [cells], 'US'), ...given };
  return judgeRow(cells, mapping, tools);
}

const phone = (cell: string, country = 'US') => judged('Name|Phone', `Ada|${cell}`, { country });
const numbersOf = (row: Judged) => row.made?.numbers.map((number) => number.e164);

test('a plain row is ready, and its number knows where it is', () => {
  const row = judged('Name|Phone|City|State', 'Ada Byron|(212) 555-0101|New York|NY');
  expect(row).toMatchObject({
    verdict: 'ready',
    why: '',
    made: { name: 'Ada Byron', place: 'New York, NY' },
  });
  expect(row.made?.numbers).toEqual([
    { e164: '+12125550101', kind: 'other', places: 'America/New_York|US|US-NY' },
  ]);
});

test('a number that a spreadsheet rounded cannot be recovered, and the report says so', () => {
  for (const cell of ['2.12555E+09', '2,12555E+09', '1.4E+10', '2E+09']) {
    expect(phone(cell)).toMatchObject({ verdict: 'bad-number', reasons: ['scientific'], made: null });
  }
  expect(phone('2.12555E+09').why).toContain('cannot be recovered');
});

test('scientific notation that still has every digit is put right', () => {
  expect(phone('2.125550101E+09')).toMatchObject({ verdict: 'repaired', reasons: ['scientific'] });
  expect(numbersOf(phone('1.2125550101E+10'))).toEqual(['+12125550101']);
});

test('a lost leading zero is put back where the country writes one', () => {
  const row = phone('2079460123', 'GB');
  expect(row).toMatchObject({ verdict: 'repaired', reasons: ['leading-zero'] });
  expect(numbersOf(row)).toEqual(['+442079460123']);
  expect(phone('020 7946 0123', 'GB').verdict).toBe('ready');
  expect(phone('+44 20 7946 0123').verdict).toBe('ready');
});

test.each([
  ["'2125550101", 'wrapping'],
  ['="2125550101"', 'wrapping'],
  ['2125550101.0', 'wrapping'],
  ['tel: 212 555 0101', 'wrapping'],
  ['212-555-0101 x45', 'extension'],
])('what was put around %s is taken off and told', (cell, reason) => {
  const row = phone(cell);
  expect(row).toMatchObject({ verdict: 'repaired' });
  expect(row.reasons).toContain(reason);
  expect(numbersOf(row)).toEqual(['+12125550101']);
});

test('a country code without its plus is recognised', () => {
  expect(numbersOf(phone('442079460123'))).toEqual(['+442079460123']);
  expect(numbersOf(phone('0044 20 7946 0123'))).toEqual(['+442079460123']);
});

test('several numbers in one cell are several numbers', () => {
  expect(numbersOf(phone('212-555-0101 / 212-555-0102'))).toEqual(['+12125550101', '+12125550102']);
});

test.each([
  ['', 'empty'],
  ['12', 'too-short'],
  ['hello', 'not-a-number'],
  ['2125550101234567', 'too-long'],
  ['911', 'too-short'],
])('the cell %j is a bad number because it is %s', (cell, reason) => {
  expect(phone(cell)).toMatchObject({ verdict: 'bad-number', reasons: [reason] });
});

test('a number that costs the caller is never taken', () => {
  expect(phone('900-555-0101')).toMatchObject({ verdict: 'bad-number' });
});

test('one bad number beside a good one costs only itself, and is told', () => {
  const row = judged('Name|Mobile|Work phone', 'Ada|212-555-0101|12');
  expect(row).toMatchObject({ verdict: 'repaired', reasons: ['number-dropped'] });
  expect(row.made?.numbers).toMatchObject([{ e164: '+12125550101', kind: 'mobile' }]);
});

test('a number that may be anywhere in the world has no zone until somebody gives it one', () => {
  expect(phone('+800 1234 5678')).toMatchObject({ verdict: 'no-zone' });
  const given = judged('Name|Phone', 'Ada|+800 1234 5678', { zoneIfNone: 'Europe/Paris' });
  expect(given.verdict).toBe('ready');
});

test('a column of country names decides what bare numbers mean', () => {
  expect(numbersOf(judged('Name|Phone|Country', 'Ada|020 7946 0123|United Kingdom'))).toEqual([
    '+442079460123',
  ]);
});

test('a daily call comes along with its time, days and zone', () => {
  const row = judged(
    'Name|Phone|Time zone|Call time|Cadence',
    'Ada|212-555-0101|America/New_York|9:30|mon, wed',
  );
  expect(row.made?.schedule).toEqual({
    zone: 'America/New_York',
    minute: 570,
    cadence: { kind: 'custom', weekdays: [1, 3] },
    voice: '',
  });
  expect(judged('Name|Phone|Call time', 'Ada|212-555-0101|noon')).toMatchObject({
    verdict: 'repaired',
    reasons: ['schedule-dropped'],
  });
});

test('a consent is taken with its day and source, and dropped without a day', () => {
  const header = 'Name|Phone|Opt in|Opt in date|Opt in source';
  const row = judged(header, 'Ada|212-555-0101|yes|03/25/2026|web form', { dateOrder: 'mdy' });
  expect(row.made?.consents).toEqual([{ kind: 'call', source: 'web form', givenAt: Date.UTC(2026, 2, 25) }]);
  const undated = judged(header, 'Ada|212-555-0101|yes||');
  expect(undated).toMatchObject({
    verdict: 'repaired',
    reasons: ['consent-dropped'],
    made: { consents: [] },
  });
});

test('fields of the list’s own are kept in one way of writing, and never lost', () => {
  const row = judged('Name|Phone|Renewal|Account no', 'Ada|212-555-0101|24.12.2026|007', {
    dateOrder: 'dmy',
  });
  expect(row.made?.fields).toEqual({ Renewal: '2026-12-24', 'Account no': '007' });
});

test('cells too many are told, characters that cannot be shown are taken out', () => {
  expect(judged('Name|Phone', 'Ada|212-555-0101').verdict).toBe('ready');
  const mapping = guessMapping(['Name', 'Phone'], [['Ada', '212-555-0101']], 'US');
  const row = judgeRow(['A\u0000da', '212-555-0101', 'more'], mapping, tools);
  expect(row).toMatchObject({ verdict: 'repaired', made: { name: 'Ada' } });
  expect(row.reasons).toEqual(['extra-cells', 'control-characters']);
});

test('the quick way agrees with the library on 60,000 random numbers of the American shape', () => {
  const random = seededRandom('phones');
  let different = 0;
  for (let i = 0; i < 60_000; i++) {
    const digits = `${between(random, 200, 999)}${between(random, 200, 999)}${between(random, 1000, 9999)}`;
    const found = parsePhoneNumberFromString(digits, 'US');
    const theirs = found?.isValid() === true ? found.number : null;
    const ours = read(digits, 'US');
    if ((ours.ok ? ours.value : null) !== theirs) different += 1;
  }
  expect(different / 60_000).toBeLessThan(0.005);
});
