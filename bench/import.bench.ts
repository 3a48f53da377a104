import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { MESSY_HEADER, messyList } from '../test/fixtures/make-messy-list.ts';
import { insertIntent } from '../electron/store/attempts.ts';
import { leaveLogToOthers } from '../electron/store/bulk-writing.ts';
import { type Db, closeStore, waitersOfProcess, withTransaction } from '../electron/store/open.ts';
import { aCampaign, aStore, anAttempt } from '../electron/store/testing.ts';
import type { LoadOrder } from './import-load.ts';
import { report } from './report.ts';

/*
 * A messy list from the file until everybody on it is enrolled and due, and out again, on the thread that does
 * it, against the shell of SQLite, which reads the same file into one table and makes as many indexes; and
 * meanwhile what a dial waits for its own write, and how long the main thread is held up. ROWS=1000000 for all
 * of it.
 */

const ROWS = Number(process.env['ROWS'] ?? 200_000);
/** How often the call path writes while the import goes on: what fifty agents at work come to. */
const DIAL_EVERY_MS = 80;

interface Done {
  readonly checkMs: number;
  readonly commitMs: number;
  readonly searchMs: number;
  readonly undoMs: number;
  readonly added: number;
  readonly removed: number;
  /** Contacts that were there when the undo went on with nobody at work. */
  readonly left: number;
}

interface Dial {
  /** Until it had the lock; the rest is the disk. */
  readonly turnMs: number;
  readonly allMs: number;
}

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));

/** The messy list, but with as many different numbers as it has people: area code 555 is nobody’s. */
function writeList(path: string): void {
  const handle = openSync(path, 'w');
  let nth = 0;
  for (const line of messyList({ rows: ROWS, doubles: 0 })) {
    // Every fifth person was there before.
    const who = nth % 5 === 4 ? Math.floor(nth / 2) : nth;
    const made = `555${2_000_000 + who}`;
    writeSync(
      handle,
      line.replace(/[2-9]\d\d55501\d\d/, made).replace(/\(?[2-9]\d\d\)?[ .-]+555[ .-]01\d\d/, made),
    );
    nth += 1;
  }
  closeSync(handle);
}

/** What SQLite's own shell takes for the same file and as many indexes as the rows of an import are kept in. */
function shellMs(list: string): { ms: number; cpuMs: number } {
  const db = aStore(join(folder, 'counted.db'));
  const { n } = db.$client
    .prepare<[], { n: number }>(
      `SELECT count(*) AS n FROM sqlite_schema WHERE type = 'index'
         AND tbl_name IN ('contacts', 'contact_numbers', 'enrolments')`,
    )
    .get()!;
  closeStore(db);
  const columns = MESSY_HEADER.map((name) => `"${name}"`);
  const indexes = Array.from({ length: n }, (_, nth) => {
    return `CREATE INDEX i${nth} ON list (${columns[nth % columns.length]});`;
  });
  const script = ['.mode csv', `.import ${list} list`, ...indexes].join('\n');
  const sql = join(folder, 'shell.sql');
  writeFileSync(sql, script);
  const startedAt = performance.now();
  const timing = `TIMEFORMAT='%U %S'; time sqlite3 "$1" < "$2" > /dev/null 2>&1`;
  const { stderr } = spawnSync('bash', ['-c', timing, 'bash', join(folder, 'shell.db'), sql]);
  const [user = 0, system = 0] = stderr.toString().trim().split(' ').map(Number);
  return { ms: performance.now() - startedAt, cpuMs: (user + system) * 1_000 };
}

/** What the processor worked for all threads but this one: rests, neighbours and dials do not count. In ms. */
function asideMs(): number {
  const [all, own] = [process.cpuUsage(), process.threadCpuUsage()];
  return (all.user + all.system - own.user - own.system) / 1_000;
}

/** Memory of its own; pages of files that the system lends it are not counted where they can be told apart. */
function memoryNow(): number {
  try {
    const found = /RssAnon:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
    if (found !== null) return Number(found[1]) * 1024;
  } catch {
    // Only Linux tells.
  }
  return process.memoryUsage.rss();
}

async function imported(): Promise<void> {
  const file = join(folder, 'parley.db');
  const list = join(folder, 'list.csv');
  writeList(list);
  const db = aStore(file);
  const campaign = aCampaign(db);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const waits: Record<string, Dial[]> = { check: [], commit: [], search: [], undo: [] };
  let step = '';
  const dial = setInterval(() => {
    if (step !== '') waits[step]?.push(dialMs(db));
  }, DIAL_EVERY_MS);
  const memoryBefore = memoryNow();
  let memory = 0;
  const watch = setInterval(() => {
    memory = Math.max(memory, memoryNow() - memoryBefore);
  }, 50);
  const order: LoadOrder = {
    file,
    list,
    staged: join(folder, 'staged.db'),
    campaign,
    waiters: waitersOfProcess(),
  };
  // As the app does while an import runs.
  leaveLogToOthers(db);
  const worker = new Worker(join(import.meta.dirname, 'import-load.ts'), { workerData: order });
  delay.enable();
  const cpu: Record<string, number> = {};
  let begunAt = 0;
  const done = await new Promise<Done>((resolve, reject) => {
    worker.on('message', (word: { begins: string } | { done: Done }) => {
      if (step !== '') cpu[step] = asideMs() - begunAt;
      begunAt = asideMs();
      if ('begins' in word) step = word.begins;
      else resolve(word.done);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the import ended with ${code}`)));
  });
  clearInterval(watch);
  clearInterval(dial);
  delay.disable();
  closeStore(db);

  const { checkMs, commitMs, searchMs, undoMs, added, removed, left } = done;
  const shell = shellMs(list);
  const baseline = shell.ms;
  const name = `${ROWS} rows`;
  report({ name: `${name}, checked`, value: checkMs, unit: 'ms', baseline });
  report({ name: `${name}, ${added} contacts in`, value: commitMs, unit: 'ms', baseline });
  report({
    name: `${name}, from the file to enrolled and due`,
    value: checkMs + commitMs,
    unit: 'ms',
    baseline,
    bar: { of: 'ratio', atMost: 8 },
  });
  report({ name: `${name}, found by their words as well`, value: searchMs, unit: 'ms', baseline });
  for (const [part, value] of Object.entries({
    ...cpu,
    'check and commit': (cpu['check'] ?? 0) + (cpu['commit'] ?? 0),
  }))
    report({ name: `${name}, ${part}, work of the processor`, value, unit: 'ms', baseline: shell.cpuMs });
  report({
    name: `${removed} of ${left} contacts out with nobody at work`,
    value: undoMs,
    unit: 'ms',
    baseline,
    bar: { of: 'value', atMost: (20_000 * left) / (added * (1_000_000 / ROWS)) },
  });
  report({
    name: 'memory of the import, and of the dials meanwhile',
    value: memory / 1024 / 1024,
    unit: 'MB',
    bar: { of: 'value', atMost: 350 },
  });
  report({
    name: 'the main thread held up meanwhile, p99',
    value: delay.percentile(99) / 1e6,
    unit: 'ms',
    bar: { of: 'value', atMost: 20 },
  });
  for (const [during, all] of Object.entries(waits)) {
    report({
      name: `a dial’s write during ${during}, p95 of ${all.length}`,
      value: p95(all.map(({ allMs }) => allMs)),
      unit: 'ms',
      bar: { of: 'value', atMost: 10 },
    });
    report({
      name: `of that, waiting for its turn, p95`,
      value: p95(all.map(({ turnMs }) => turnMs)),
      unit: 'ms',
    });
  }
}

/** What a dial writes before a carrier hears of it. */
function dialMs(db: Db): Dial {
  const attempt = anAttempt();
  const startedAt = performance.now();
  let beganAt = startedAt;
  withTransaction(db, () => {
    beganAt = performance.now();
    insertIntent(db, attempt, { kind: 'ring' } as never);
  });
  return { turnMs: beganAt - startedAt, allMs: performance.now() - startedAt };
}

function p95(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length * 0.95)] ?? 0;
}

try {
  await imported();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
