// `npm test`: everything that says whether Parley works, closing with one line of counts.
// `npm test -- check | unit | e2e` runs one part; what follows goes to its runner.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runChecks } from './check.mjs';
import { ensureChromium } from './chromium.mjs';
import { build } from './lib/build.mjs';
import { runInFront } from './lib/child.mjs';
import { root, runMainOnModernNode, toolPath } from './lib/machine.mjs';
import { countPlaywright, countVitest, honest, sum } from './lib/tally.mjs';

const PARTS = ['check', 'unit', 'e2e'];
const E2E_CONFIG = join(root, 'test', 'e2e', 'playwright.config.ts');
const RESULTS = join(root, 'test-results');
/** A runner that has not ended by then never will. */
const PART_MAX_MS = 30 * 60_000;
const ONE_FAILED = { passed: 0, failed: 1, skipped: 0 };

let stopped = false;

runMainOnModernNode(main);

async function main(args) {
  const part = args[0];
  if (part !== undefined && !PARTS.includes(part)) {
    console.error(`There is no part called "${part}". Run \`npm test\`, or one of: ${PARTS.join(', ')}.`);
    return 2;
  }
  process.on('SIGINT', onStopped).on('SIGTERM', onStopped);
  const stages = part ? [...groundwork(part), stageFor(part, args.slice(1))] : everything();
  const done = [];
  for (const stage of stages) {
    done.push(await run(stage, done));
    if (stopped) return 130;
  }
  return conclude(done);
}

function onStopped() {
  stopped = true;
}

function everything() {
  return [...groundwork('e2e'), ...PARTS.map((part) => stageFor(part, []))];
}

/** What has to be there before a part can run. The checks only read the sources. */
function groundwork(part) {
  if (part === 'check') return [];
  return [
    { name: 'chromium', run: useChromium },
    { name: 'build', run: makeBuild },
  ];
}

function stageFor(part, args) {
  if (part === 'check') return { name: part, run: countChecks };
  if (part === 'unit') return { name: part, run: () => runUnit(args) };
  return { name: part, run: () => runE2e(args), needs: ['chromium', 'build'] };
}

/** Runs one stage. Whatever goes wrong in it is a failure that is counted, and the next stage gets its turn. */
async function run(stage, before) {
  const startedAt = performance.now();
  console.log(`\n── ${stage.name} ${'─'.repeat(Math.max(0, 60 - stage.name.length))}`);
  const counts = await countsOf(stage, before);
  return { name: stage.name, counts, ms: performance.now() - startedAt };
}

async function countsOf(stage, before) {
  const broken = before.find(({ name, counts }) => stage.needs?.includes(name) && counts.failed > 0);
  if (broken) {
    console.log(`Not run, because ${broken.name} failed.`);
    return ONE_FAILED;
  }
  try {
    return await stage.run();
  } catch (error) {
    console.log(process.env.PARLEY_DEBUG ? error : error.message);
    return ONE_FAILED;
  }
}

async function useChromium() {
  process.env.CHROMIUM_PATH = await ensureChromium({ say: console.log });
  console.log(`Chromium: ${process.env.CHROMIUM_PATH}`);
  console.log(`Node:     ${process.version} (${process.execPath})`);
  return { passed: 0, failed: 0 };
}

async function makeBuild() {
  await build();
  return { passed: 0, failed: 0 };
}

async function countChecks() {
  const results = await runChecks();
  const passed = results.filter(({ ok }) => ok).length;
  return { passed, failed: results.length - passed };
}

function runUnit(args) {
  const runner = [toolPath('vitest', 'vitest'), 'run', '--reporter=default', '--reporter=json'];
  // In a whole run a forgotten `.only` must not hide the other tests.
  const strict = args.length === 0 ? ['--allowOnly=false'] : [];
  return runAndCount('unit', countVitest, (report) => [
    ...runner,
    `--outputFile.json=${report}`,
    ...strict,
    ...args,
  ]);
}

function runE2e(args) {
  if (!existsSync(E2E_CONFIG)) {
    console.log(`${relative(root, E2E_CONFIG)} is not there yet, so nothing was run in the application.`);
    return { passed: 0, failed: 0 };
  }
  const runner = [
    toolPath('@playwright/test', 'playwright'),
    'test',
    '-c',
    E2E_CONFIG,
    '--reporter=list,json',
  ];
  // In a whole run a machine that is short of breath gets one more try; who needed it is told at the end.
  const strict = args.length === 0 ? ['--forbid-only', '--retries=1'] : [];
  return runAndCount('e2e', countPlaywright, () => [...runner, ...strict, ...args]);
}

/** Runs a test runner in front of everyone, and counts from the report that it leaves for machines. */
async function runAndCount(name, count, argsFor) {
  const report = join(RESULTS, `${name}.json`);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const { code } = await runInFront(process.execPath, argsFor(report), {
    cwd: root,
    env,
    timeoutMs: PART_MAX_MS,
  });
  const counts = existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : null;
  if (counts === null) console.log(`The ${name} runner ended with code ${code} and left no report.`);
  return honest(counts, code);
}

function conclude(done) {
  const { passed, failed, skipped } = sum(done.map(({ counts }) => counts));
  console.log('');
  for (const { name, counts, ms } of done) {
    const verdict = counts.failed > 0 ? '✗' : '✓';
    console.log(`${verdict} ${name.padEnd(9)} ${(ms / 1000).toFixed(1).padStart(6)} s`);
  }
  for (const title of done.flatMap(({ counts }) => counts.wavering ?? []))
    console.log(`Passed only when tried again: ${title}`);
  if (skipped > 0) console.log(`${skipped} skipped, in neither count below`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
