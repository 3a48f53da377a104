// Makes shared/generated/: modules built from data of others, which are not kept in the repository.
// Costs nothing when they are there and neither their source nor the way they are made has changed.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prefixes from './build-prefixes.mjs';
import * as zones from './build-zones.mjs';

const root = join(import.meta.dirname, '..');
const PARTS = [
  { file: 'zone-table.ts', maker: 'build-zones.mjs', from: zones.packageName, make: zones.zoneTable },
  {
    file: 'prefix-table.ts',
    maker: 'build-prefixes.mjs',
    from: prefixes.packageName,
    make: prefixes.prefixTable,
  },
];

/** Writes what is missing or older than its source. Safe to run several times at once. */
export function generate(folder = root) {
  // A checkout without this room has nothing that could want the tables.
  if (!existsSync(join(folder, 'shared'))) return;
  const home = join(folder, 'shared', 'generated');
  mkdirSync(home, { recursive: true });
  for (const { file, maker, from, make } of PARTS) {
    const stamp = stampOf(folder, maker, from);
    const path = join(home, file);
    if (existsSync(path) && readFileSync(path, 'utf8').startsWith(stamp)) continue;
    // Renamed into place, so that another process never reads half a table.
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `${stamp}\n${make(folder)}`);
    renameSync(draft, path);
  }
}

/** The first line of a table: what it was made from, and by which version of its maker. */
function stampOf(folder, maker, from) {
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', from, 'package.json'), 'utf8'));
  const made = createHash('sha256')
    .update(readFileSync(join(folder, 'scripts', maker)))
    .digest('hex');
  return `// Made from ${from} ${version} by scripts/${maker} (${made.slice(0, 12)}). Not to be edited.`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generate();
