import { BUILT_IN, type ZoneTable } from './table.ts';

/** Zones whose clocks changed for good in 2026, and a zone that kept their old ways: what data of 2025 say of them. */
const OLD_WAYS: readonly (readonly [zone: string, like: string])[] = [
  ['America/Vancouver', 'America/Los_Angeles'],
  ['America/Edmonton', 'America/Denver'],
  ['America/Inuvik', 'America/Denver'],
  ['America/Winnipeg', 'America/Chicago'],
  ['America/Havana', 'America/New_York'],
  ['Africa/Casablanca', 'Africa/Algiers'],
];

export const CHANGED_ZONES: readonly string[] = OLD_WAYS.map(([zone]) => zone);

/** Zone data as they were before the laws of 2026. */
export function withOldClocks(version = '2025c'): ZoneTable {
  const lines = BUILT_IN.clocks.split('\n').map((line) => {
    const bar = line.indexOf('|');
    return { names: line.slice(0, bar).split(' '), clock: line.slice(bar + 1) };
  });
  const clockOf = (zone: string) => lines.find(({ names }) => names.includes(zone))!.clock;
  const old = OLD_WAYS.map(([zone, like]) => `${zone}|${clockOf(like)}`);
  const others = lines.flatMap(({ names, clock }) => {
    const left = names.filter((name) => !CHANGED_ZONES.includes(name));
    return left.length === 0 ? [] : [`${left.join(' ')}|${clock}`];
  });
  return { ...BUILT_IN, version, clocks: [...others, ...old].join('\n') };
}
