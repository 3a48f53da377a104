// `npm run check`: types, lint and format, side by side and in seconds. `--fix` writes what can be written.

import { fileURLToPath } from 'node:url';
import { generate } from './generate.mjs';
import { runQuietly } from './lib/child.mjs';
import { root, runMainOnModernNode, toolPath } from './lib/machine.mjs';

const CHECK_MAX_MS = 5 * 60_000;

/** Every check with the arguments of its tool. */
function checks(fix) {
  return [
    { name: 'types', packageName: 'typescript', command: 'tsc', args: ['-b'] },
    {
      name: 'lint',
      packageName: 'oxlint',
      command: 'oxlint',
      args: ['--type-aware', ...(fix ? ['--fix'] : [])],
    },
    { name: 'format', packageName: '@biomejs/biome', command: 'biome', args: formatArgs(fix) },
  ];
}

function formatArgs(fix) {
  return ['format', '--max-diagnostics=20', ...(fix ? ['--write'] : []), '.'];
}

/** Runs all checks at once, tells how each went, and answers with one result for each. */
export async function runChecks({ fix = false, say = console.log } = {}) {
  generate();
  const results = await Promise.all(checks(fix).map(runCheck));
  for (const { name, ok, ms, output } of results) {
    say(`${ok ? '✓' : '✗'} ${name.padEnd(7)} ${(ms / 1000).toFixed(1)} s`);
    if (!ok) say(`\n${output}\n`);
  }
  return results;
}

async function runCheck({ name, packageName, command, args }) {
  const startedAt = performance.now();
  const path = toolPath(packageName, command);
  const { code, output } = await runQuietly(process.execPath, [path, ...args], {
    cwd: root,
    timeoutMs: CHECK_MAX_MS,
  });
  return { name, ok: code === 0, ms: performance.now() - startedAt, output };
}

async function main(args) {
  const results = await runChecks({ fix: args.includes('--fix') });
  return results.every(({ ok }) => ok) ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) runMainOnModernNode(main);
