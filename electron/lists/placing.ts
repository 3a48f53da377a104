import type { E164 } from '../../shared/domain/phone.ts';
import { placesOf, placesText } from '../../shared/domain/places/places.ts';
import type { Zone } from '../../shared/lib/zoned-time.ts';

/** Where a number may be, as text. */
export type PlacesReader = (e164: E164, place: string, zone: Zone | null) => string;

const KEPT_MAX = 50_000;

/** Remembers the answer: in a list of a million rows the same area code and town come again and again. */
export function placesReader(): PlacesReader {
  const kept = new Map<string, string>();
  return (e164, place, zone) => {
    // The area code says all there is to know about an American number; elsewhere every digit may count.
    const key = `${e164.startsWith('+1') ? e164.slice(0, 5) : e164}|${zone ?? ''}|${place}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const text = placesText(placesOf({ e164, place, zones: zone === null ? [] : [zone] }));
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(key, text);
    return text;
  };
}
