import { prefixes, zoneNames } from '../../generated/prefix-table.ts';
import type { Zone } from '../../lib/zoned-time.ts';

/** No row has more digits, so none need be tried. */
let longest = 0;
let rows: Map<string, readonly Zone[]> | null = null;
const underAreaCode = new Map<string, readonly Zone[]>();

/** The longest known prefix of a number (digits, no plus) and the zones it is used in. */
export function prefixOf(
  digits: string,
): { readonly prefix: string; readonly zones: readonly Zone[] } | null {
  const table = read();
  for (let length = Math.min(longest, digits.length); length > 0; length--) {
    const zones = table.get(digits.slice(0, length));
    if (zones !== undefined) return { prefix: digits.slice(0, length), zones };
  }
  return null;
}

/** Every zone that any prefix within an area code of the +1 plan is used in. Empty where none is known. */
export function zonesUnderAreaCode(code: string): readonly Zone[] {
  const kept = underAreaCode.get(code);
  if (kept !== undefined) return kept;
  const zones = new Set<Zone>();
  // Each row answers for the most of its numbers, so the neighbours say what it may leave out.
  for (const [prefix, each] of read()) {
    if (prefix.startsWith(`1${code}`)) for (const zone of each) zones.add(zone);
  }
  underAreaCode.set(code, [...zones]);
  return [...zones];
}

function read(): Map<string, readonly Zone[]> {
  if (rows !== null) return rows;
  rows = new Map();
  const names = zoneNames.split('\n');
  for (const line of prefixes.split('\n')) {
    const bar = line.indexOf('|');
    const zones = line
      .slice(0, bar)
      .split(' ')
      .map((key) => names[Number.parseInt(key, 36)]!);
    let last = '';
    for (const short of line.slice(bar + 1).split(' ')) {
      last = last.slice(0, Number.parseInt(short[0]!, 36)) + short.slice(1);
      longest = Math.max(longest, last.length);
      rows.set(last, zones);
    }
  }
  return rows;
}
