import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openReports } from '../electron/reports/reports.ts';
import { closeStore } from '../electron/store/open.ts';
import { countAllAnew, countSome } from '../electron/store/report-sums.ts';
import { aStore } from '../electron/store/testing.ts';
import type { ReportQuestion } from '../shared/domain/report.ts';
import { assert } from '../shared/lib/assert.ts';
import { instant } from '../shared/lib/instants.ts';
import { EVERY_MS, FIRST_AT, fillCalls } from './calls-fill.ts';
import { medianMs, report } from './report.ts';

/* A whole report over a year of a million calls and as many states of agents, read from the sums that are kept. */

const ROWS = 1_000_000;
const RUNS = 5;
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const file = join(folder, 'calls.db');
const db = aStore(file);
fillCalls(db, ROWS);
fillStates();
countAllAnew(db);
const catchUp = performance.now();
while (countSome(db, 500));
report({
  name: 'agents’ days of a year, counted for the first time',
  value: performance.now() - catchUp,
  unit: 'ms',
});

const reports = openReports(db, file);
const home = { now: instant(FIRST_AT + ROWS * EVERY_MS), zone: 'America/New_York' };
const year: ReportQuestion = {
  from: '2025-12-01',
  to: '2026-11-30',
  zone: 'America/New_York',
  campaignId: null,
  agentId: null,
  by: 'day',
};

const cold = performance.now();
await reports.make(year, home);
report({
  name: 'the very first one, the thread’s start with it',
  value: performance.now() - cold,
  unit: 'ms',
});

const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
await asked('a year, everybody', year, 300);
await asked('a year, one agent', { ...year, agentId: 3 }, 300);
await asked('a year by the clocks of Kathmandu', { ...year, zone: 'Asia/Kathmandu', by: 'month' }, 300);
await asked('a week', { ...year, from: '2026-06-01', to: '2026-06-07' }, 300);
delays.disable();
report({
  name: 'main thread meanwhile, p99 of its delay',
  value: delays.percentile(99) / 1e6,
  unit: 'ms',
  bar: { of: 'value', atMost: 20 },
});

// A call that ends while somebody looks: its quarter and its agent’s day are counted anew.
const busy = await medianMs(RUNS, async () => {
  db.$client.exec('UPDATE calls SET ended_at = ended_at + 1000 WHERE id BETWEEN 500000 AND 500019');
  await reports.make(year, home);
});
report({
  name: 'a year, twenty calls changed just before',
  value: busy,
  unit: 'ms',
  bar: { of: 'value', atMost: 300 },
});

await reports.close();
closeStore(db);
rmSync(folder, { recursive: true });

async function asked(name: string, question: ReportQuestion, atMost: number): Promise<void> {
  let dials = 0;
  const value = await medianMs(RUNS, async () => {
    ({
      totals: { dials },
    } = await reports.make(question, home));
  });
  const { from, until } = await reports.make(question, home);
  const plain = db.$client.prepare<unknown[], { dials: number }>(`
    SELECT count(*) AS dials, count(answered_at), sum(ended_at - answered_at), sum(cost_micros)
    FROM calls WHERE started_at >= ? AND started_at < ? AND direction = 'outbound' AND (? IS NULL OR agent_id = ?)`);
  let byHand = 0;
  const baseline = await medianMs(1, () => {
    byHand = plain.get(from, until, question.agentId, question.agentId)!.dials;
  });
  assert(byHand === dials, `${name}: ${dials} dials, and ${byHand} counted by hand`);
  report({ name, value, unit: 'ms', baseline, bar: { of: 'value', atMost } });
}

/** Each agent is ready, talks and wraps up, end to end, from one of their calls to the next. */
function fillStates(): void {
  const sqlite = db.$client;
  sqlite.exec(`
    INSERT INTO campaigns (id, name, status, mode, rules, caller_id, created_at) VALUES (1, 'All', 'active', 'power', '{}', '', 1)`);
  sqlite.transaction(() => {
    for (let agent = 1; agent <= 20; agent++)
      sqlite
        .prepare(
          "INSERT INTO sessions (id, agent_id, campaign_id, mode, state, since, counters, started_at, ended_at) VALUES (?, ?, 1, 'power', '{}', 1, '{}', 1, 2)",
        )
        .run(agent, agent);
    sqlite.exec(`
      CREATE TEMP TABLE triggers AS SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'agent_states'`);
    const triggers = sqlite
      .prepare<[], { name: string; sql: string }>('SELECT name, sql FROM triggers')
      .all();
    for (const { name } of triggers) sqlite.exec(`DROP TRIGGER ${name}`);
    for (const [nth, kind] of ['ready', 'connected', 'wrap-up'].entries())
      sqlite.exec(`
        INSERT INTO agent_states (session_id, agent_id, kind, from_at, until_at)
        SELECT agent_id, agent_id, '${kind}', started_at + ${nth * 200_000}, started_at + ${(nth + 1) * 200_000} FROM calls`);
    for (const { sql } of triggers) sqlite.exec(sql);
  })();
}
