// The time zones of the world as one small module, made from the IANA data that moment-timezone carries.
// The runtime's own zone data are a year behind the law, so Parley brings its own.

// `node scripts/build-zones.mjs --out zones.json` writes the same as a file: laid into the data folder of a Parley
// that was built with older data, it is used from the next start on.

import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is older is told by the offset that held when 2010 began; nobody schedules a call so far back. */
const FIRST_YEAR = 2010;
/** The packed data go on for centuries, in which the law will change anyway. */
const LAST_YEAR = 2045;
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX';

/** What electron/zone-data.ts reads. */
const FORMAT = 'parley-zones-1';

export const packageName = 'moment-timezone';

/** The TypeScript of the table. Minutes in base 36: an offset, then for each change its distance and offset. */
export function zoneTable(folder) {
  const { version, since, clocks, countries } = tableFrom(folder);
  return [
    `export const version = '${version}';`,
    `export const since = ${since};`,
    `export const clocks = \`${clocks}\`;`,
    `export const countries = \`${countries}\`;`,
    '',
  ].join('\n');
}

/** The text of the file that a Parley of last year reads, with a checksum over all of it. */
export function zoneFile(folder) {
  const { version: release, since, clocks, countries } = tableFrom(folder);
  const whole = [FORMAT, release, since, clocks, countries].join('\n\n');
  const sha256 = createHash('sha256').update(whole).digest('hex');
  return `${JSON.stringify({ format: FORMAT, release, since, sha256, clocks, countries }, null, 1)}\n`;
}

function tableFrom(folder) {
  const packed = JSON.parse(
    readFileSync(join(folder, 'node_modules', packageName, 'data', 'packed', 'latest.json'), 'utf8'),
  );
  needYearsUpTo(LAST_YEAR, packed);
  const names = new Map(packed.zones.map((line) => [line.split('|')[0], clockIn(line)]));
  for (const [target, link] of packed.links.map((line) => line.split('|')))
    names.set(link, names.get(target));
  const sharing = new Map();
  for (const [name, clock] of [...names].sort(byName))
    sharing.set(clock, [...(sharing.get(clock) ?? []), name]);
  const clocks = [...sharing].map(([clock, all]) => `${all.join(' ')}|${clock}`);
  const countries = packed.countries.map((line) => line.replace('|', ' '));
  return {
    version: packed.version,
    since: Date.UTC(FIRST_YEAR, 0, 1),
    clocks: clocks.join('\n'),
    countries: countries.join('\n'),
  };
}

/** One packed line as our own: `offset distance offset distance offset …`. */
function clockIn(line) {
  const [name, , offsets, order, distances] = line.split('|');
  // Packed offsets count minutes west of Greenwich; everybody else counts east.
  const east = offsets.split(' ').map((text) => -number60(text));
  const indices = [...order].map(number60);
  let at = 0;
  const changes = (distances ? distances.split(' ') : []).map((text, i) => {
    at += number60(text);
    // Fractions of a minute are whole seconds of long ago, and leave a trace of rounding behind.
    return { at: Math.round(at * 60) / 60, offset: east[indices[i + 1]] };
  });
  const [since, until] = [FIRST_YEAR, LAST_YEAR + 1].map((year) => Date.UTC(year, 0, 1) / 60_000);
  const before = changes.filter((change) => change.at <= since);
  const first = before.at(-1)?.offset ?? east[indices[0]];
  return written(
    name,
    since,
    merged(
      first,
      changes.slice(before.length).filter((change) => change.at < until),
    ),
  );
}

/** Some changes alter only a name or the flag for summer time; the wall clock does not show those. */
function merged(first, all) {
  let offset = first;
  const changes = all.filter((change) => {
    const isReal = change.offset !== offset;
    offset = change.offset;
    return isReal;
  });
  return { first, changes };
}

function written(name, since, { first, changes }) {
  let last = since;
  const parts = [first];
  for (const { at, offset } of changes) {
    parts.push(at - last, offset);
    last = at;
  }
  if (!parts.every(Number.isInteger)) throw new Error(`${name} changes within a minute since ${FIRST_YEAR}`);
  return parts.map((part) => part.toString(36)).join(' ');
}

/** Older packages end with 2037, and would keep one season for ever after. */
function needYearsUpTo(year, packed) {
  const line = packed.zones.find((each) => each.startsWith('America/New_York|'));
  const last = line
    .split('|')[4]
    .split(' ')
    .reduce((at, text) => at + number60(text), 0);
  if (new Date(last * 60_000).getUTCFullYear() < year) throw new Error(`${packageName} ends before ${year}`);
}

/** A number in the base 60 of the packed data, which may have a sign and a fraction. */
function number60(text) {
  const [whole, fraction = ''] = text.replace('-', '').split('.');
  let value = 0;
  for (const digit of whole) value = value * 60 + DIGITS.indexOf(digit);
  [...fraction].forEach((digit, i) => {
    value += DIGITS.indexOf(digit) / 60 ** (i + 1);
  });
  return text.startsWith('-') ? -value : value;
}

/** By code unit, so that every machine writes the same table. */
function byName([a], [b]) {
  return a < b ? -1 : Number(a > b);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [flag, out] = process.argv.slice(2);
  if (flag !== '--out' || out === undefined) {
    console.error('Say where to: node scripts/build-zones.mjs --out zones.json');
    process.exit(1);
  }
  // Renamed into place, so that a Parley that starts meanwhile never reads half a file.
  writeFileSync(`${out}.new`, zoneFile(join(import.meta.dirname, '..')));
  renameSync(`${out}.new`, out);
  console.log(`${out} is written. Lay it into the data folder of Parley and start it again.`);
}
