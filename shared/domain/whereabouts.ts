import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type Zone, isZone, zonesOfCountry } from '../lib/zoned-time.ts';
import { clockOf } from '../lib/zones/offsets.ts';
import { type E164, countryOf } from './phone.ts';
import { areaCodeAt, straddledBy } from './places/area-codes.ts';
import { placeOfPostalCode } from './places/postal-codes.ts';
import { prefixOf, zonesUnderAreaCode } from './places/prefixes.ts';
import { type StateCode, readState, stateCodes, zonesOfState } from './places/states.ts';

/** Everything that says where the called person may be. Only the number is always there. */
export interface Traces {
  readonly e164: E164;
  /** The country of the number, where the caller knows it already; it is worked out otherwise. */
  readonly country?: string | null;
  readonly address?: Address | null;
}

export interface Address {
  /** Two letters. */
  readonly country?: string | null;
  readonly state?: string | null;
  readonly postalCode?: string | null;
  /** A zone that somebody chose for this person. */
  readonly zone?: Zone | null;
  /** Somebody made sure of it: the number’s own zones no longer count. The law of its state still does. */
  readonly isVerified?: boolean;
}

/**
 * Where a called person may be, as far as anybody can tell: a call is lawful when it is lawful in every zone
 * and every state here. A doubtful number has more of them, never fewer; no zone at all is never lawful.
 */
export interface Whereabouts {
  readonly zones: readonly Zone[];
  readonly countries: readonly string[];
  readonly states: readonly StateCode[];
  /** What each of them rests on, for the record kept with the attempt. */
  readonly provenance: readonly Clue[];
}

/** One trace and what it says. `value` is what was looked at: `850`, `FL`, `32401`. */
export interface Clue {
  readonly from: 'area-code' | 'prefix' | 'country' | 'state' | 'postal-code' | 'zone';
  readonly value: string;
  readonly countries: readonly string[];
  readonly states: readonly StateCode[];
  readonly zones: readonly Zone[];
}

/** Places with a country code of their own in telephone books, and the law of the United States. */
const TERRITORIES = ['AS', 'GU', 'MP', 'PR', 'VI'];

/** Others that are written as countries, and whose law on calls is that of another. */
const PARENTS: Readonly<Record<string, string>> = {
  AX: 'FI',
  BL: 'FR',
  GF: 'FR',
  GG: 'GB',
  GP: 'FR',
  IM: 'GB',
  JE: 'GB',
  MF: 'FR',
  MQ: 'FR',
  PM: 'FR',
  RE: 'FR',
  SJ: 'NO',
  YT: 'FR',
};

/** Countries whose mobile numbers tell the region, as landlines do everywhere. */
const REGIONAL_MOBILES = ['BR', 'MX'];
const LANDLINES: readonly (string | undefined)[] = ['FIXED_LINE', 'FIXED_LINE_OR_MOBILE'];

const byAreaCode = new Map<string, { readonly clue: Clue; readonly whereabouts: Whereabouts }>();

/** Where the person behind a number may be. */
export function whereaboutsOf({ e164, country, address }: Traces): Whereabouts {
  const [byNumber, alone] = e164.startsWith('+1')
    ? clueOfAreaCode(e164.slice(2, 5))
    : [clueOfPrefix(e164, country)];
  if (!address) return alone ?? joined([byNumber]);
  const byAddress = cluesOfAddress(address, byNumber);
  const hasZone = byAddress.some((clue) => clue.zones.length > 0);
  // A number that may be anywhere says nothing that an address does not say better.
  const isVague = byNumber.from === 'country';
  if (!hasZone) return joined([byNumber, ...byAddress]);
  if (isVague) return joined(byAddress);
  return address.isVerified === true
    ? joined([{ ...byNumber, zones: [] }, ...byAddress])
    : joined([byNumber, ...byAddress]);
}

/** Everything the clues allow for, and each of them. */
function joined(provenance: readonly Clue[]): Whereabouts {
  const zones = distinct(provenance.flatMap((clue) => clue.zones));
  const told = provenance.flatMap((clue) => clue.countries).map((country) => PARENTS[country] ?? country);
  const countries = [...new Set(told)].sort();
  const named = provenance.flatMap((clue) => clue.states);
  const states = [...new Set([...named, ...unnamed(named, countries, zones)])].sort();
  return { zones, countries, states, provenance };
}

function clueOfPrefix(e164: E164, known: string | null | undefined): Clue {
  const country = known === undefined ? countryOf(e164) : known;
  const found = prefixOf(e164.slice(1));
  const countries = country === null ? [] : [country];
  if (found === null || country === null || isAnywhereIn(country, e164)) {
    return { from: 'country', value: country ?? '', countries, states: [], zones: zonesOfCountry(country) };
  }
  return { from: 'prefix', value: `+${found.prefix}`, countries, states: [], zones: found.zones };
}

/** Prefix data give one zone to all mobiles of a country, though half of them may be hours away from it. */
function isAnywhereIn(country: string, e164: E164): boolean {
  if (REGIONAL_MOBILES.includes(country) || distinct(zonesOfCountry(country)).length < 2) return false;
  return !LANDLINES.includes(parsePhoneNumberFromString(e164)?.getType());
}

/** The area code decides all there is to know about a +1 number, so that the answer is kept. */
function clueOfAreaCode(code: string): [Clue, Whereabouts] {
  const kept = byAreaCode.get(code);
  if (kept !== undefined) return [kept.clue, kept.whereabouts];
  const found = readAreaCode(code);
  const whereabouts = joined([found]);
  byAreaCode.set(code, { clue: found, whereabouts });
  return [found, whereabouts];
}

function readAreaCode(code: string): Clue {
  const place = areaCodeAt(code);
  // Toll-free or unheard of: anywhere from Guam to Newfoundland, where no hour is lawful everywhere.
  if (place === null) {
    const zones = [...zonesOfCountry('US'), ...zonesOfCountry('CA'), 'Pacific/Guam'];
    return { from: 'country', value: `+1 ${code}`, countries: ['CA', 'US'], states: [], zones };
  }
  const { country, states } = place;
  const told = [...straddledBy(code), ...zonesUnderAreaCode(code)];
  const untold = states.length > 0 ? states.flatMap(zonesOfState) : zonesOfCountry(country);
  return {
    from: 'area-code',
    value: code,
    countries: [country],
    states,
    zones: told.length > 0 ? told : untold,
  };
}

/** A postal code says more than the state it lies in; where the two disagree, both count. */
function cluesOfAddress(address: Address, byNumber: Clue): Clue[] {
  const written = address.country?.trim().toUpperCase() || null;
  const territory = written !== null && TERRITORIES.includes(written) ? written : null;
  const country = territory === null ? written : 'US';
  const clues: Clue[] = [];
  // Without a country, five digits beside a number from Berlin are no ZIP code, and “AL” may be Alessandria.
  if (country === null ? byNumber.countries.some(hasStates) : hasStates(country)) {
    const postal = placeOfPostalCode(address.postalCode ?? '');
    const state = readState(territory ?? address.state ?? '', country);
    if (postal !== null)
      clues.push(clueFrom('postal-code', address.postalCode!.trim(), postal.states, postal.zones));
    if (state !== null && postal?.states.includes(state) !== true) {
      clues.push(clueFrom('state', state.slice(3), [state], zonesOfState(state)));
    }
  }
  const unplaced = country === null ? byNumber.countries : [country];
  if (address.zone && isZone(address.zone)) {
    clues.push({ from: 'zone', value: address.zone, countries: unplaced, states: [], zones: [address.zone] });
  }
  // The number itself says more than that it is in its own country.
  const isTold = country === null || [byNumber, ...clues].some((clue) => clue.countries.includes(country));
  if (!isTold) {
    clues.push({
      from: 'country',
      value: country,
      countries: [country],
      states: [],
      zones: zonesOfCountry(country),
    });
  }
  return clues;
}

function hasStates(country: string): boolean {
  return country === 'US' || country === 'CA';
}

function clueFrom(
  from: Clue['from'],
  value: string,
  states: readonly StateCode[],
  zones: readonly Zone[],
): Clue {
  return { from, value, countries: [...new Set(states.map((state) => state.slice(0, 2)))], states, zones };
}

/** Where only the country is known, the person may be in any state that keeps one of these clocks. */
function unnamed(
  named: readonly StateCode[],
  countries: readonly string[],
  zones: readonly Zone[],
): StateCode[] {
  const open = countries.filter(
    (country) => hasStates(country) && !named.some((state) => state.startsWith(country)),
  );
  if (open.length === 0) return [];
  const clocks = new Set(zones.map(clockOf));
  return stateCodes.filter(
    (state) =>
      open.includes(state.slice(0, 2)) && zonesOfState(state).some((zone) => clocks.has(clockOf(zone))),
  );
}

/** One zone of all those that keep the same time: each costs a look at every verdict. */
function distinct(zones: readonly Zone[]): Zone[] {
  const kept = new Map(zones.toReversed().map((zone) => [clockOf(zone), zone]));
  return [...kept.values()].sort((a, b) => (a < b ? -1 : 1));
}
