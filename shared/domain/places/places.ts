import type { Zone } from '../../lib/zoned-time.ts';
import { type Address, whereaboutsOf } from '../whereabouts.ts';
import type { E164 } from '../phone.ts';
import { type StateCode, readState } from './states.ts';

/** Where a called person may be, without what it rests on: all that the law asks for. */
export interface Places {
  readonly zones: readonly Zone[];
  readonly countries: readonly string[];
  readonly states: readonly StateCode[];
}

/** Everything a workspace knows that tells where a number is. */
export interface PlaceClues {
  readonly e164: E164;
  /** The contact’s place as somebody wrote it: `Denver, CO`. */
  readonly place?: string;
  /** Zones that came along with the number: they count beside those the number may be in. */
  readonly zones?: readonly Zone[];
}

const KEPT_MAX = 20_000;
const kept = new Map<string, Places>();

/**
 * The places as text: what the index of due contacts begins with, and what a number is kept with. Sorted, so
 * that the same places are the same text.
 */
export function placesText({ zones, countries, states }: Places): string {
  return [zones, countries, states].map((each) => each.toSorted().join(' ')).join('|');
}

/** The places a text stands for; the same object for the same text, so that answers about it can be kept. */
export function placesFrom(text: string): Places {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const [zones = [], countries = [], states = []] = text
    .split('|')
    .map((each) => each.split(' ').filter((word) => word !== ''));
  if (kept.size >= KEPT_MAX) kept.clear();
  const places = { zones, countries, states };
  kept.set(text, places);
  return places;
}

/** Where a number is, by itself, by the address and by the zones that came with it. All of them count. */
export function placesOf(clues: PlaceClues): Places {
  const { zones, countries, states } = cluesIn(clues).reduce(
    (all, each) => ({
      zones: [...all.zones, ...each.zones],
      countries: [...all.countries, ...each.countries],
      states: [...all.states, ...each.states],
    }),
    NOWHERE,
  );
  return placesFrom(placesText({ zones: once(zones), countries: once(countries), states: once(states) }));
}

const NOWHERE: Places = { zones: [], countries: [], states: [] };

/** The same with what each of them rests on, for the record kept with an attempt. */
export function cluesIn({ e164, place = '', zones = [] }: PlaceClues) {
  const address = addressIn(place);
  const [first, ...more] = zones;
  const told = first === undefined ? [null] : [first, ...more];
  return told.map((zone) =>
    whereaboutsOf({
      e164,
      address: address === null && zone === null ? null : { ...address, zone },
    }),
  );
}

/**
 * Reads the end of a written place: “Denver, CO”, “Denver, CO 80202”, “Toronto, ON”. Null where it does not
 * end with a state or a province; what else it says is not taken for anything.
 */
export function addressIn(place: string): Address | null {
  const found =
    /,\s*(?:([A-Za-z][A-Za-z .]*?)\s*)?(\d{5}(?:-\d{4})?|[A-Za-z]\d[A-Za-z] ?\d[A-Za-z]\d)?\s*$/.exec(place);
  if (found === null) return null;
  const [, state = '', postalCode = null] = found;
  const isState = readState(state, 'US') !== null || readState(state, 'CA') !== null;
  if (!isState && postalCode === null) return null;
  return { state: isState ? state : null, postalCode };
}

function once<T>(all: readonly T[]): T[] {
  return [...new Set(all)];
}
