import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../shared/lib/instants.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/lib/instants.ts';
import { type Result, ok, refused } from '../shared/lib/result.ts';
import { unpack } from '../shared/lib/zones/offsets.ts';
import { BUILT_IN, type ZoneTable } from '../shared/lib/zones/table.ts';
import { goByZones } from './store/zones-here.ts';

/**
 * Zone data that are newer than this Parley: `node scripts/build-zones.mjs --out zones.json` writes the file, and
 * laid into the data folder it is used from the next start on, without a release.
 */
export const ZONES_FILE = 'zones.json';

const FORMAT = 'parley-zones-1';
/** Ours has 60 kB. Whatever is many times as long is something else. */
const LENGTH_MAX = 2_000_000;

/** Goes by the newest zone data there are. A file that cannot be relied on is told and left aside whole. */
export function settleZones(
  dataDir: string,
  now: Instant,
  log: (line: string, error?: unknown) => void,
): string | null {
  const found = newestIn(dataDir);
  if (!found.ok) log(found.error);
  const doubt = goByZones(found.ok ? (found.value ?? BUILT_IN) : BUILT_IN, now);
  if (doubt !== null) log(doubt);
  return doubt;
}

/** The table of the file, if there is one that is newer than ours; null where there is none. */
function newestIn(dataDir: string): Result<ZoneTable | null, string> {
  let text: string;
  try {
    text = readFileSync(join(dataDir, ZONES_FILE), 'utf8');
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return isAbsent ? ok(null) : refused(`${ZONES_FILE} cannot be read. ${STAYS}`);
  }
  const read = readZones(text);
  if (!read.ok) return read;
  // A file of last year must not undo what came with an update of Parley.
  return isNewer(read.value, BUILT_IN) ? read : ok(null);
}

const STAYS = 'The time zone data that came with Parley are in use.';

/** Releases are named by year and letter: 2026f comes after 2026e, 2026za after 2026z. */
function isNewer(a: ZoneTable, b: ZoneTable): boolean {
  const [yearOfA, yearOfB] = [Number(a.version.slice(0, 4)), Number(b.version.slice(0, 4))];
  if (yearOfA !== yearOfB) return yearOfA > yearOfB;
  if (a.version.length !== b.version.length) return a.version.length > b.version.length;
  return a.version > b.version;
}

/** Reads zone data as the script writes them. One bad line refuses all: half a table looks like a whole one. */
export function readZones(text: string): Result<ZoneTable, string> {
  const table = tableIn(text);
  if (table === null) return refused(`${ZONES_FILE} is not a file of time zone data. ${STAYS}`);
  const bad = troubleIn(table);
  return bad === null ? ok(table) : refused(`${ZONES_FILE}: ${bad} ${STAYS}`);
}

/** What the file’s own checksum is taken of. */
export function checksumOf({ version, since, clocks, countries }: ZoneTable): string {
  return createHash('sha256').update([FORMAT, version, since, clocks, countries].join('\n\n')).digest('hex');
}

function tableIn(text: string): ZoneTable | null {
  if (text.length > LENGTH_MAX) return null;
  const row = parsed(text);
  if (typeof row !== 'object' || row === null) return null;
  const { format, release: version, since, clocks, countries, sha256 } = row as Record<string, unknown>;
  const isTable =
    format === FORMAT &&
    typeof version === 'string' &&
    /^20\d\d[a-z]{1,2}$/.test(version) &&
    Number.isSafeInteger(since) &&
    typeof clocks === 'string' &&
    typeof countries === 'string';
  if (!isTable) return null;
  const table: ZoneTable = { version, since: since as number, clocks, countries };
  return sha256 === checksumOf(table) ? table : null;
}

function troubleIn({ since, clocks, countries }: ZoneTable): string | null {
  if (since > BUILT_IN.since) return 'its first years are missing.';
  const names = new Set<string>();
  for (const [nth, line] of clocks.split('\n').entries()) {
    const [before = '', packed = '', ...more] = line.split('|');
    const isLine = /^\S+( \S+)*$/.test(before) && /^-?[0-9a-z]+( -?[0-9a-z]+)*$/.test(packed);
    if (!isLine || more.length > 0 || !isClock(packed, since)) return `line ${nth + 1} is no clock.`;
    for (const name of before.split(' ')) names.add(name);
  }
  const gone = namesIn(BUILT_IN.clocks).find((name) => !names.has(name));
  if (gone !== undefined) return `${gone} is missing.`;
  const isCountry = (line: string) => {
    const [code = '', ...zones] = line.split(' ');
    return /^[A-Z]{2}$/.test(code) && zones.length > 0 && zones.every((zone) => names.has(zone));
  };
  return countries.split('\n').every(isCountry) ? null : 'its countries cannot be read.';
}

/** Changes that follow each other, by whole quarters of an hour, and never further from UTC than any clock. */
function isClock(packed: string, since: number): boolean {
  if (packed.split(' ').length % 2 === 0) return false;
  const { startsAt, offsetMs } = unpack(packed, since);
  const isOffset = (ms: number) => ms >= -12 * HOUR_MS && ms <= 14 * HOUR_MS && ms % (15 * MINUTE_MS) === 0;
  const isInOrder = startsAt.every(
    (at, i) => i === 0 || (at > startsAt[i - 1]! && at - since < 100 * 366 * DAY_MS),
  );
  return isInOrder && offsetMs.every(isOffset);
}

function namesIn(clocks: string): string[] {
  return clocks.split('\n').flatMap((line) => line.slice(0, line.indexOf('|')).split(' '));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
