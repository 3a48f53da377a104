import { type Instant, MINUTE_MS } from '../instants.ts';
import { clockOf, hasClock, offsetAt } from './offsets.ts';
import { type ZoneTable, zonesInUse } from './table.ts';

/**
 * What clocks are known to show, by laws that were passed between 2022 and 2026. Data that miss one of them are
 * older than that law, and who knows what else they miss.
 */
export const CANARIES: readonly {
  readonly zone: string;
  readonly at: string;
  readonly minutes: number;
  readonly since: string;
}[] = [
  // British Columbia, Alberta, the Northwest Territories and Manitoba keep summer time for good.
  { zone: 'America/Vancouver', at: '2026-12-01T12:00Z', minutes: -420, since: '2026' },
  { zone: 'America/Edmonton', at: '2026-12-01T12:00Z', minutes: -360, since: '2026' },
  { zone: 'America/Winnipeg', at: '2026-12-01T12:00Z', minutes: -300, since: '2026' },
  { zone: 'America/Inuvik', at: '2026-12-01T12:00Z', minutes: -360, since: '2026' },
  { zone: 'America/Havana', at: '2026-12-01T12:00Z', minutes: -240, since: '2026' },
  { zone: 'Africa/Casablanca', at: '2026-12-01T12:00Z', minutes: 0, since: '2026' },
  // Whoever moved these along with their neighbours read the new law into the wrong province.
  { zone: 'America/Toronto', at: '2026-12-01T12:00Z', minutes: -300, since: '2026' },
  { zone: 'America/Los_Angeles', at: '2026-12-01T12:00Z', minutes: -480, since: '2026' },
  { zone: 'America/Asuncion', at: '2025-07-01T12:00Z', minutes: -180, since: '2024' },
  { zone: 'Asia/Almaty', at: '2024-07-01T12:00Z', minutes: 300, since: '2024' },
  { zone: 'America/Nuuk', at: '2024-07-01T12:00Z', minutes: -60, since: '2023' },
  { zone: 'Africa/Cairo', at: '2024-07-01T12:00Z', minutes: 180, since: '2023' },
  { zone: 'America/Mexico_City', at: '2024-07-01T12:00Z', minutes: -360, since: '2022' },
  { zone: 'Asia/Amman', at: '2024-01-01T12:00Z', minutes: 180, since: '2022' },
];

/** The zones that do not show what they are known to show. */
export function failedCanaries(): string[] {
  return CANARIES.flatMap(({ zone, at, minutes }) => {
    const shown = hasClock(zone) ? offsetAt(clockOf(zone), Date.parse(at)) / MINUTE_MS : null;
    return shown === minutes ? [] : [zone];
  });
}

/**
 * How long a release is taken for the truth: to the end of the year after its own. Some country changes its
 * clocks every year, and often tells the world a few weeks before.
 */
export function goodUntil({ version }: Pick<ZoneTable, 'version'>): number {
  return Date.UTC(Number(version.slice(0, 4)) + 2, 0, 1);
}

/** Why the table in use is not to be relied on to the hour, in a sentence; null where it is. */
export function doubtAt(now: Instant): string | null {
  const { table } = zonesInUse();
  const failed = failedCanaries();
  if (failed.length > 0)
    return `${dataOf(table)} are out of date: the clocks of ${placesIn(failed)} changed, and the data do not know it. ${SHRUNK}`;
  if (now >= goodUntil(table))
    return `${dataOf(table)} have not been renewed since ${table.version.slice(0, 4)}, and clocks may have changed. ${SHRUNK}`;
  return null;
}

/** What follows from a doubt, wherever it is told. */
export const SHRUNK =
  'Until newer data are here, calls begin an hour later and end an hour earlier than the law allows.';

function dataOf({ version }: ZoneTable): string {
  return `The time zone data (${version})`;
}

function placesIn(zones: readonly string[]): string {
  const [first = '', second, ...more] = zones.map((zone) => zone.split('/').at(-1)!.replaceAll('_', ' '));
  if (second === undefined) return first;
  if (more.length === 0) return `${first} and ${second}`;
  return `${first}, ${second} and ${more.length} other ${more.length === 1 ? 'place' : 'places'}`;
}
