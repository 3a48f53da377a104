import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockOf } from '../lib/zones/offsets.ts';
import { isZone } from '../lib/zoned-time.ts';
import type { E164 } from './phone.ts';
import { areaCodes } from './places/area-codes.ts';
import { stateCodes } from './places/states.ts';
import { type Address, whereaboutsOf } from './whereabouts.ts';

const at = (number: string, address?: Address) =>
  whereaboutsOf({ e164: number as E164, ...(address ? { address } : {}) });

test.each([
  ['+12125550123', ['America/New_York'], ['US-NY']],
  ['+13055550123', ['America/New_York'], ['US-FL']],
  ['+18505550123', ['America/Chicago', 'America/New_York'], ['US-FL']],
  ['+14485550123', ['America/Chicago', 'America/New_York'], ['US-FL']],
  ['+14235550123', ['America/Chicago', 'America/New_York'], ['US-TN']],
  ['+16135550123', ['America/Toronto'], ['CA-ON']],
  ['+17875550123', ['America/Puerto_Rico'], ['US-PR']],
])('the area code of %s means %s and the law of %s', (number, zones, states) => {
  expect(at(number)).toMatchObject({ zones, states });
});

test('a new area code that the prefix data lack has the zones of its state', () => {
  expect(at('+13575550123')).toMatchObject({ zones: ['America/Los_Angeles'], states: ['US-CA'] });
});

test('a toll-free number may be anywhere in two countries, and an address tells better', () => {
  const free = at('+18005550123');
  expect(free.zones.length).toBeGreaterThan(15);
  expect(free.countries).toEqual(['CA', 'US']);
  expect(free.states.length).toBeGreaterThan(60);
  expect(at('+18005550123', { state: 'FL', postalCode: '33101' })).toMatchObject({
    zones: ['America/New_York'],
    states: ['US-FL'],
    countries: ['US'],
  });
});

test('an address adds to what the number says, because people move and keep their number', () => {
  const moved = at('+12125550123', { state: 'CA', postalCode: '90001' });
  expect(moved.zones).toEqual(['America/Los_Angeles', 'America/New_York']);
  expect(moved.states).toEqual(['US-CA', 'US-NY']);
  expect(moved.provenance.map(({ from, value }) => `${from} ${value}`)).toEqual([
    'area-code 212',
    'postal-code 90001',
  ]);
});

test('a verified address takes the place of the number’s zones, yet not of its state’s law', () => {
  const moved = at('+13055550123', { state: 'CA', isVerified: true });
  expect(moved.zones).toEqual(['America/Los_Angeles']);
  expect(moved.states).toEqual(['US-CA', 'US-FL']);
});

test('a state and a postal code that disagree both count', () => {
  expect(at('+12125550123', { state: 'NY', postalCode: '90001' }).states).toEqual(['US-CA', 'US-NY']);
});

test('a postal code says more than its state: Dallas has one clock, Texas two', () => {
  expect(at('+12145550123', { state: 'TX', postalCode: '75001' }).zones).toEqual(['America/Chicago']);
  expect(at('+12145550123', { state: 'TX' }).zones).toEqual(['America/Chicago', 'America/Denver']);
});

test('five digits and two letters mean nothing American beside a number from elsewhere', () => {
  expect(at('+493023125012', { state: 'AL', postalCode: '10115' })).toMatchObject({
    countries: ['DE'],
    states: [],
  });
  expect(at('+493023125012', { country: 'US', state: 'AL' })).toMatchObject({
    countries: ['DE', 'US'],
    states: ['US-AL'],
  });
});

test('an address in another country adds that country and its zones', () => {
  const abroad = at('+12125550123', { country: 'fr' });
  expect(abroad.countries).toEqual(['FR', 'US']);
  expect(abroad.zones).toEqual(['America/New_York', 'Europe/Paris']);
});

test('an address that only repeats the country changes nothing', () => {
  expect(at('+12125550123', { country: 'US' })).toEqual(at('+12125550123'));
});

test('a territory written as a country is a state of the United States, and Réunion is France', () => {
  expect(at('+12125550123', { country: 'PR' }).states).toEqual(['US-NY', 'US-PR']);
  expect(whereaboutsOf({ e164: '+262555010123' as E164, country: 'RE' }).countries).toEqual(['FR']);
});

test('a mobile number of a wide country may be anywhere in it, its landlines are where their prefix is', () => {
  expect(at('+61491570156').zones.length).toBeGreaterThan(4);
  expect(at('+61255500123').zones.length).toBeLessThan(3);
  expect(at('+61491570156', { zone: 'Australia/Perth' }).zones).toEqual(['Australia/Perth']);
});

test('where only the country is known, the law of every state with that clock is obeyed', () => {
  const somewhere = at('+18005550123', { country: 'US', zone: 'America/Los_Angeles' });
  expect(somewhere.zones).toEqual(['America/Los_Angeles']);
  expect(somewhere.states).toContain('US-WA');
  expect(somewhere.states).not.toContain('US-NY');
});

test('a number of no country is nowhere', () => {
  expect(at('+80055501234').zones).toEqual([]);
  expect(at('+80055501234').countries).toEqual([]);
});

test('a zone that does not exist is no trace of anybody', () => {
  expect(at('+12125550123', { zone: 'Eastern' })).toEqual(at('+12125550123'));
});

const numbers = fc
  .tuple(fc.constantFrom(...areaCodes(), '800', '999'), fc.integer({ min: 100, max: 199 }))
  .map(([code, line]) => `+1${code}5550${line}`);
const addresses = fc.record({
  country: fc.constantFrom(null, 'US', 'CA', 'FR'),
  state: fc.constantFrom(null, ...stateCodes.map((code) => code.slice(3))),
  postalCode: fc.constantFrom(null, '10001', '37375', '90210', 'K1A 0B1', 'nonsense'),
});

test('an unverified address never takes a zone or a state away from a number that is somewhere', () => {
  fc.assert(
    fc.property(numbers, addresses, (number, address) => {
      const bare = at(number);
      const more = at(number, address);
      if (bare.provenance[0]?.from === 'country') return;
      const clocks = new Set(more.zones.map(clockOf));
      expect(bare.zones.every((zone) => clocks.has(clockOf(zone)))).toBe(true);
      const named = bare.provenance.flatMap(({ states }) => states);
      expect(named.every((state) => more.states.includes(state))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('no two zones of an answer keep the same time, and every one of them exists and has a source', () => {
  fc.assert(
    fc.property(numbers, addresses, (number, address) => {
      const { zones, provenance } = at(number, address);
      expect(new Set(zones.map(clockOf)).size).toBe(zones.length);
      expect(zones.every(isZone)).toBe(true);
      expect(zones.length).toBeGreaterThan(0);
      for (const zone of zones) expect(provenance.some((clue) => clue.zones.includes(zone))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
