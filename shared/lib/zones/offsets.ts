import { assert } from '../assert.ts';
import { MINUTE_MS } from '../instants.ts';
import { onNewTable, zonesInUse } from './table.ts';

/**
 * What the clocks of a zone did. Stretch `i` lasts from `startsAt[i]` up to, not including, `startsAt[i + 1]`,
 * and all through it local time is UTC plus `offsetMs[i]`.
 */
export interface ZoneClock {
  readonly startsAt: readonly number[];
  readonly offsetMs: readonly number[];
  /** The stretch that was asked for last: nearly always the one asked for next. */
  lastHit: number;
}

const lines = new Map<string, string>();
const unpacked = new Map<string, ZoneClock>();
const byName = new Map<string, ZoneClock>();
let lastName = '';
let lastClock: ZoneClock | null = null;

readNames();
onNewTable(() => {
  for (const kept of [lines, unpacked, byName]) kept.clear();
  lastClock = null;
  readNames();
});

function readNames(): void {
  for (const line of zonesInUse().table.clocks.split('\n')) {
    const bar = line.indexOf('|');
    for (const name of line.slice(0, bar).split(' ')) lines.set(name, line.slice(bar + 1));
  }
}

/** Whether this is the name of a zone or of a link to one. */
export function hasClock(name: string): boolean {
  return lines.has(name);
}

/** Every name there is, links included. */
export function zoneNames(): readonly string[] {
  return [...lines.keys()];
}

/** The clock of a zone. Zones that keep the same time since 2010 share one. */
export function clockOf(name: string): ZoneClock {
  if (name === lastName && lastClock !== null) return lastClock;
  const clock = byName.get(name) ?? read(name);
  lastName = name;
  lastClock = clock;
  return clock;
}

/** Which stretch of the clock holds at `at`. */
export function stretchAt(clock: ZoneClock, at: number): number {
  const { startsAt, lastHit } = clock;
  if (at >= startsAt[lastHit]! && (lastHit + 1 === startsAt.length || at < startsAt[lastHit + 1]!))
    return lastHit;
  let low = 0;
  let high = startsAt.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startsAt[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  clock.lastHit = low;
  return low;
}

/** How far local time is ahead of UTC, in milliseconds. */
export function offsetAt(clock: ZoneClock, at: number): number {
  return clock.offsetMs[stretchAt(clock, at)]!;
}

function read(name: string): ZoneClock {
  const line = lines.get(name);
  assert(line !== undefined, `“${name}” is not a time zone`);
  const clock = unpacked.get(line) ?? unpack(line, zonesInUse().table.since);
  unpacked.set(line, clock);
  byName.set(name, clock);
  return clock;
}

/** Minutes in base 36: an offset, then distance and offset of each change, the first counted from `since`. */
export function unpack(line: string, since: number): ZoneClock {
  const [first, ...rest] = line.split(' ').map((text) => Number.parseInt(text, 36) * MINUTE_MS);
  const startsAt = [Number.NEGATIVE_INFINITY];
  const offsetMs = [first!];
  let at = since;
  for (let i = 0; i < rest.length; i += 2) {
    at += rest[i]!;
    startsAt.push(at);
    offsetMs.push(rest[i + 1]!);
  }
  return { startsAt, offsetMs, lastHit: 0 };
}
