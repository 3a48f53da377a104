// The time zones of the world as one small module, made from the IANA data that moment-timezone carries.
// The runtime's own zone data are a year behind the law, so Parley brings its own.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is older is told by the offset that held when 2010 began; nobody schedules a call so far back. */
const FIRST_YEAR = 2010;
/** The packed data go on for centuries, in which the law will change anyway. */
const LAST_YEAR = 2045;
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX';

export const packageName = 'moment-timezone';

/** The TypeScript of the table. Minutes in base 36: an offset, then for each change its distance and offset. */
export function zoneTable(folder) {
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
  return [
    `export const version = '${packed.version}';`,
    `export const since = ${Date.UTC(FIRST_YEAR, 0, 1)};`,
    `export const clocks = \`${clocks.join('\n')}\`;`,
    `export const countries = \`${countries.join('\n')}\`;`,
    '',
  ].join('\n');
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
