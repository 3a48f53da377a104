import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openCalls } from '../electron/calls/calls.ts';
import { callRows, exportedCalls } from '../electron/store/call-rows.ts';
import { type Db, closeStore } from '../electron/store/open.ts';
import { aStore } from '../electron/store/testing.ts';
import { type CallSort, LATEST_FIRST } from '../shared/domain/call-filter.ts';
import { assert } from '../shared/lib/assert.ts';
import { instant } from '../shared/lib/instants.ts';
import { EVERY_MS, FIRST_AT, fillCalls } from './calls-fill.ts';
import { medianMs, report } from './report.ts';

/* A million calls on the screen: finding them, putting them in order, any page of them, and what they come to. */

const ROWS = 1_000_000;
const RUNS = 3;
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const file = join(folder, 'calls.db');
const home = { now: instant(FIRST_AT + ROWS * EVERY_MS), zone: 'America/New_York', callingCode: '1' };

const db: Db = aStore(file);
fillCalls(db, ROWS);
const calls = openCalls(db, file);
let worst = 0;

/** Asks through the thread, as a screen does, and watches what the main thread is kept from meanwhile. */
async function watched<T>(work: () => Promise<T>): Promise<{ ms: number; last: T }> {
  let last: T | undefined;
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const ms = await medianMs(RUNS, async () => {
    last = await work();
  });
  delays.disable();
  worst = Math.max(worst, delays.percentile(99) / 1e6);
  return { ms, last: last! };
}

async function asked(
  name: string,
  filter: string,
  plain: string,
  atMost: number,
  sort: CallSort = LATEST_FIRST,
): Promise<void> {
  const { ms, last: count } = await watched(async () => {
    const { id, ids } = await calls.results.open(filter, sort, home);
    calls.results.close(id);
    return ids.length;
  });
  const bare = db.$client.prepare(`SELECT c.id FROM calls c ${plain}`).pluck();
  let byHand: unknown[] = [];
  const baseline = await medianMs(1, () => {
    byHand = bare.all();
  });
  assert(byHand.length === count, `${name}: ${count} found, and another count by hand`);
  const bar = { of: 'value', atMost } as const;
  report({ name: `${name}, ${count.toLocaleString('en')} found`, value: ms, unit: 'ms', baseline, bar });
}

const LATEST = 'ORDER BY c.started_at DESC, c.id DESC';
const cold = performance.now();
await calls.results.open('', LATEST_FIRST, home);
report({
  name: 'the very first time, the thread’s start with it',
  value: performance.now() - cold,
  unit: 'ms',
});
await asked('all of them, the latest first', '', LATEST, 50);
await asked('filter: an agent', 'agent:"agent 3"', `WHERE c.agent_id = 3 ${LATEST}`, 300);
await asked('filter: longer than two minutes', '>2m', `WHERE c.seconds > 120 ${LATEST}`, 300);
await asked(
  'filter: an outcome',
  'outcome:callback',
  `WHERE c.attempt_id IN (SELECT attempt_id FROM outcomes WHERE disposition_id = 'callback') ${LATEST}`,
  300,
);
await asked('filter: how they ended', 'status:no-answer', `WHERE c.ending = 'no-answer' ${LATEST}`, 300);
await asked(
  'filter: an agent’s long ones without an outcome',
  'agent:"agent 10" >2m outcome:none',
  `WHERE c.agent_id = 10 AND c.seconds > 120
    AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.attempt_id = c.attempt_id AND o.undone_at IS NULL) ${LATEST}`,
  300,
);
await asked(
  'filter: the beginning of a number',
  'number:+15550001',
  `WHERE c.to_number LIKE '+15550001%' ${LATEST}`,
  300,
);
await asked('full text: a phrase in notes', '"refund policy"', `WHERE c.id % 10 = 4 ${LATEST}`, 100);
await asked(
  'full text: a word that was said',
  'w4177',
  `WHERE c.id % 10 = 7 AND c.id % 5000 = 4177 ${LATEST}`,
  100,
);
await asked('full text: said in every transcript', '"order"', `WHERE c.id % 10 IN (4, 7) ${LATEST}`, 100);
for (const key of ['length', 'name', 'agent', 'outcome'] as const)
  await asked(`all of them by ${key}`, '', LATEST, 5000, { key, direction: 'descending' });

const figures = await watched(() => calls.figures('agent:"agent 3"', home));
report({
  name: 'figures of an agent’s calls',
  value: figures.ms,
  unit: 'ms',
  bar: { of: 'value', atMost: 300 },
});
const all = await watched(() => calls.figures('', home));
assert(all.last.calls === ROWS, 'the figures are those of all calls');
report({ name: 'figures of all calls', value: all.ms, unit: 'ms' });

const { ids } = await calls.results.open('', LATEST_FIRST, home);
for (const [name, from] of [
  ['first', 0],
  ['middle', ROWS / 2],
  ['last', ROWS - 100],
] as const) {
  const value = await medianMs(50, () => callRows(db, [...ids.subarray(from, from + 100)]));
  report({ name: `the ${name} page of a hundred`, value, unit: 'ms', bar: { of: 'value', atMost: 30 } });
}
const out = await medianMs(3, () => {
  for (let at = 0; at < 20_000; at += 1000) exportedCalls(db, [...ids.subarray(at, at + 1000)]);
});
report({
  name: 'rows read for a file',
  value: 20_000 / (out / 1000),
  unit: 'rows/s',
  bar: { of: 'value', atLeast: 50_000 },
});
report({
  name: 'main thread meanwhile, p99 of its delay',
  value: worst,
  unit: 'ms',
  bar: { of: 'value', atMost: 20 },
});

await calls.close();
closeStore(db);
rmSync(folder, { recursive: true, force: true });
