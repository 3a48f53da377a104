import { hasClock } from './offsets.ts';
import { onNewTable, zonesInUse } from './table.ts';

/** Countries that have telephones and no line of their own in the IANA lists. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  AC: ['Atlantic/St_Helena'],
  TA: ['Atlantic/St_Helena'],
  XK: ['Europe/Belgrade'],
};

/** Short names that people write, and the place whose clocks they mean. */
const MEANT: Readonly<Record<string, string>> = {
  eastern: 'America/New_York',
  est: 'America/New_York',
  edt: 'America/New_York',
  et: 'America/New_York',
  est5edt: 'America/New_York',
  central: 'America/Chicago',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  ct: 'America/Chicago',
  cst6cdt: 'America/Chicago',
  mountain: 'America/Denver',
  mst: 'America/Denver',
  mdt: 'America/Denver',
  mt: 'America/Denver',
  mst7mdt: 'America/Denver',
  arizona: 'America/Phoenix',
  pacific: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  pt: 'America/Los_Angeles',
  pst8pdt: 'America/Los_Angeles',
  alaska: 'America/Anchorage',
  akst: 'America/Anchorage',
  akdt: 'America/Anchorage',
  hawaii: 'Pacific/Honolulu',
  hst: 'Pacific/Honolulu',
  atlantic: 'America/Halifax',
  ast: 'America/Halifax',
  adt: 'America/Halifax',
  nst: 'America/St_Johns',
  gmt: 'Europe/London',
  bst: 'Europe/London',
  wet: 'Europe/Lisbon',
  west: 'Europe/Lisbon',
  cet: 'Europe/Paris',
  cest: 'Europe/Paris',
  met: 'Europe/Paris',
  eet: 'Europe/Athens',
  eest: 'Europe/Athens',
  msk: 'Europe/Moscow',
  ist: 'Asia/Kolkata',
  jst: 'Asia/Tokyo',
  aest: 'Australia/Sydney',
  aedt: 'Australia/Sydney',
  acst: 'Australia/Adelaide',
  awst: 'Australia/Perth',
  nzst: 'Pacific/Auckland',
  nzdt: 'Pacific/Auckland',
};

let byCountry: Map<string, readonly string[]> | null = null;
onNewTable(() => (byCountry = null));

/** Every zone of a country by its two letters; none where the country is not known. */
export function zonesIn(country: string): readonly string[] {
  byCountry ??= new Map([
    ...Object.entries(BESIDE),
    ...zonesInUse()
      .table.countries.split('\n')
      .map((line): [string, readonly string[]] => [line.slice(0, 2), line.slice(3).split(' ')]),
  ]);
  return byCountry.get(country) ?? [];
}

/**
 * What is wrong with a zone that a person or a file names, and what to write instead; null where it is a
 * place. A name like EST exists for old machines, and keeps winter time all summer.
 */
export function zoneTrouble(name: string): string | null {
  const typed = name.trim();
  if (typed === '') return 'There is no time zone here. Write a place, such as America/New_York.';
  const meant = MEANT[typed.toLowerCase().replace(/[\s_-]*(standard|daylight|summer)?[\s_-]*time$/, '')];
  if (meant !== undefined)
    return `“${shown(typed)}” does not say where its clocks change. Write ${meant} if that is the place.`;
  if (/^(utc|gmt|etc\/gmt)?\s*[+\-−]\s*\d/i.test(typed)) {
    return `“${shown(typed)}” is a distance from UTC, which changes with the season. Write a place, such as America/New_York.`;
  }
  if (hasClock(name)) return null;
  const near = nearestTo(typed);
  return `There is no time zone “${shown(typed)}”. ${near === null ? 'Write a place, such as America/New_York.' : `Did you mean ${near}?`}`;
}

/** The same letters in another case, a blank for an underscore, or only the city. */
function nearestTo(typed: string): string | null {
  const wanted = plain(typed);
  for (const line of zonesInUse().table.countries.split('\n')) {
    for (const zone of line.split(' ').slice(1)) {
      if (plain(zone) === wanted || plain(zone.slice(zone.lastIndexOf('/') + 1)) === wanted) return zone;
    }
  }
  return null;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '_');
}

function shown(typed: string): string {
  return typed.slice(0, 40);
}
