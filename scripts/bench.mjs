// `npm run bench`: every bench/*.bench.ts in turn, and one table of what they measured.
// `npm run bench -- dialer` runs only those whose name has that in it.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { buildIfStale } from './lib/build.mjs';
import { runQuietly } from './lib/child.mjs';
import { root, runMainOnModernNode } from './lib/machine.mjs';
import { rowIn, tableOf } from './lib/table.mjs';

const BENCH_MAX_MS = 10 * 60_000;

runMainOnModernNode(main);

async function main(wanted) {
  await buildIfStale();
  const files = readdirSync(join(root, 'bench'))
    .filter((file) => file.endsWith('.bench.ts'))
    .sort();
  const chosen = files.filter((file) => wanted.every((part) => file.includes(part)));
  if (chosen.length === 0) {
    console.error('There is no benchmark of that name.');
    return 1;
  }
  if (chosen.some((file) => file.includes('chromium')))
    process.env.CHROMIUM_PATH = await ensureChromium({ say: console.error });
  const rows = [];
  let crashed = 0;
  for (const file of chosen) {
    const { code, found } = await runBench(file);
    if (code !== 0) crashed += 1;
    rows.push(...found);
  }
  return conclude(rows, crashed);
}

/** Runs one file in a process of its own, so that none warms up or clutters the memory of the next. */
async function runBench(file) {
  console.error(`Measuring ${file}…`);
  const { code, output } = await runQuietly(process.execPath, [join(root, 'bench', file)], {
    cwd: root,
    timeoutMs: BENCH_MAX_MS,
  });
  const lines = output.split('\n');
  const talk = lines.filter((line) => line !== '' && rowIn(line) === null);
  if (talk.length > 0) console.error(talk.join('\n'));
  if (code !== 0) console.error(`${file} ended with code ${code}.`);
  return { code, found: lines.map(rowIn).filter((row) => row !== null) };
}

function conclude(rows, crashed) {
  const missed = rows.filter(({ ok }) => !ok).length;
  console.log(`\n${tableOf(rows)}\n`);
  const barred = rows.filter(({ bar }) => bar !== null).length;
  console.log(`${rows.length} measured, ${barred} with a bar, ${missed} missed, ${crashed} crashed`);
  return missed + crashed === 0 ? 0 : 1;
}
