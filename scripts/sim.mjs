// `npm run sim -- --seeds 1000 [--from N] [--minutes M]`: simulated days from their seeds, on every core, and what
// laws they broke. `--seed N` lives one again and tells its story; `--mutations [NAME]` breaks each law on purpose
// and says after how many seeds it was found.

import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PlainError, modernNode, root, runMainOnModernNode } from './lib/machine.mjs';

const WORKER = join(root, 'test', 'sim', 'worker.ts');
const OPTIONS = {
  seeds: { type: 'string', default: '100' },
  from: { type: 'string', default: '1' },
  minutes: { type: 'string' },
  seed: { type: 'string' },
  jobs: { type: 'string', default: String(availableParallelism()) },
  mutations: { type: 'boolean', default: false },
  only: { type: 'string' },
  verbose: { type: 'boolean', default: false },
};
const SEEDS_A_MUTATION = 200;
const PROGRESS_MS = 5_000;

runMainOnModernNode(main);

async function main(args) {
  const { values: asked } = parseArgs({ args, options: OPTIONS });
  const minutes = asked.minutes === undefined ? null : numberIn(asked, 'minutes');
  if (asked.mutations) return hunt(asked.only ?? null, minutes, numberIn(asked, 'jobs'));
  const from = numberIn(asked, asked.seed === undefined ? 'from' : 'seed');
  const count = asked.seed === undefined ? numberIn(asked, 'seeds') : 1;
  const seeds = Array.from({ length: count }, (_, nth) => String(from + nth));
  const sum = newSum();
  const stopTelling = tellProgress(sum, count);
  await liveAll(seeds, { jobs: numberIn(asked, 'jobs'), minutes }, (lived) => {
    addTo(sum, lived);
    if (asked.verbose)
      console.log(`seed ${lived.seed} (${lived.kind}): ${Math.round(lived.ms)} ms, ${lived.hash}`);
    if (lived.breaches.length > 0) tellBreach(lived, minutes);
    return true;
  });
  stopTelling();
  return conclude(sum, asked.seed !== undefined);
}

function numberIn(asked, name) {
  const number = Number(asked[name]);
  if (!Number.isInteger(number) || number < 0) throw new PlainError(`--${name} takes a whole number.`);
  return number;
}

/** Hands seeds out to as many processes as there are cores, until none is left or `took` has had enough. */
async function liveAll(seeds, { jobs, minutes, mutation = null }, took) {
  const waiting = [...seeds];
  const env = { ...process.env, NODE_NO_WARNINGS: '1' };
  if (mutation !== null) env.PARLEY_MUTATION = mutation;
  const one = () =>
    new Promise((done, failed) => {
      const worker = fork(WORKER, [], { env, execPath: modernNode() });
      let current = null;
      let isReady = false;
      const next = () => {
        current = waiting.shift() ?? null;
        if (current === null) return worker.disconnect();
        worker.send({ seed: current, minutes });
      };
      worker.on('message', (message) => {
        isReady = true;
        if (message !== 'ready' && took(message) === false) waiting.length = 0;
        next();
      });
      worker.on('error', failed);
      worker.on('exit', (code, signal) => {
        if (!isReady) return failed(new PlainError('The process that lives the days could not start.'));
        if (current === null) return done();
        took({
          seed: current,
          kind: '?',
          ms: 0,
          hash: '',
          story: '',
          tally: [],
          breaches: [crashed(code, signal)],
        });
        // Whatever is left is lived by a new process.
        if (waiting.length > 0) one().then(done, failed);
        else done();
      });
    });
  await Promise.all(Array.from({ length: Math.min(jobs, seeds.length) }, one));
}

function crashed(code, signal) {
  return { law: 'no complaint', sentence: `the process ended by itself (${signal ?? code})`, to: null };
}

function newSum() {
  return {
    seeds: 0,
    failed: [],
    breaches: 0,
    ms: 0,
    slowest: 0,
    tally: new Map(),
    kinds: new Map(),
    hashes: [],
  };
}

function addTo(sum, { seed, kind, ms, hash, breaches, tally }) {
  sum.seeds += 1;
  sum.ms += ms;
  sum.breaches += breaches.length;
  sum.hashes.push([Number(seed), hash]);
  if (breaches.length > 0) sum.failed.push(seed);
  sum.kinds.set(kind, (sum.kinds.get(kind) ?? 0) + 1);
  for (const [what, times] of tally) sum.tally.set(what, (sum.tally.get(what) ?? 0) + times);
}

function tellProgress(sum, count) {
  const began = performance.now();
  const timer = setInterval(() => {
    const calls = sum.tally.get('calls') ?? 0;
    const seconds = Math.round((performance.now() - began) / 1000);
    console.error(`${sum.seeds} of ${count} seeds, ${calls} calls, ${sum.breaches} violations, ${seconds} s`);
  }, PROGRESS_MS);
  return () => clearInterval(timer);
}

function tellBreach({ seed, breaches, story }, minutes) {
  const replay = `npm run sim -- --seed ${seed}${minutes === null ? '' : ` --minutes ${minutes}`}`;
  console.log(
    `\nSeed ${seed} broke ${breaches.length === 1 ? 'a law' : `laws ${breaches.length} times`}. Once more: ${replay}`,
  );
  for (const { law, sentence } of breaches.slice(0, 12)) console.log(`  ${law}: ${sentence}`);
  if (story !== '') console.log(story);
}

function conclude(sum, isOne) {
  const kinds = [...sum.kinds].map(([kind, n]) => `${n} ${kind}`).join(', ');
  console.log(
    `\nMet: ${[...sum.tally]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, n]) => `${what} ${n}`)
      .join(', ')}`,
  );
  if (isOne) console.log(`Log hash: ${sum.hashes[0]?.[1]}`);
  const met = (test) => [...sum.tally].reduce((all, [what, n]) => (test(what) ? all + n : all), 0);
  const counts = [
    `${sum.seeds} seeds (${kinds})`,
    `${sum.breaches} violations`,
    `${met((what) => what === 'calls')} calls`,
    `${met((what) => what.startsWith('trouble: '))} troubles`,
    `${met((what) => what.startsWith('died at'))} crashes`,
    `${met((what) => what.startsWith('event '))} faulty events`,
    `${Math.round(sum.ms / Math.max(1, sum.seeds))} ms a seed`,
  ];
  console.log(counts.join(', '));
  return sum.breaches === 0 ? 0 : 1;
}

async function hunt(only, minutes, jobs) {
  const { MUTATIONS } = await import('../test/sim/mutations.ts');
  const chosen = MUTATIONS.filter(({ name }) => only === null || name.includes(only));
  if (chosen.length === 0) throw new PlainError(`There is no mutation “${only}”.`);
  const seeds = Array.from({ length: SEEDS_A_MUTATION }, (_, nth) => String(nth + 1));
  let missed = 0;
  for (const { name, law } of chosen) {
    const began = performance.now();
    let lived = 0;
    let found = null;
    await liveAll(seeds, { jobs, minutes, mutation: name }, (each) => {
      lived += 1;
      const all = each.breaches;
      if (all.length > 0 && found === null)
        found = { seed: each.seed, breach: all.find((breach) => breach.law === law) ?? all[0] };
      return found === null;
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (found === null) missed += 1;
    console.log(
      found === null
        ? `✗ ${name}: not found in ${lived} seeds`
        : `✓ ${name}: found by seed ${found.seed} after ${lived} (${seconds} s)`,
    );
    if (found !== null)
      console.log(`    ${found.breach.law}: ${found.breach.sentence.split('\n')[0].slice(0, 160)}`);
  }
  console.log(`${chosen.length} mutations, ${chosen.length - missed} found`);
  return missed === 0 ? 0 : 1;
}
