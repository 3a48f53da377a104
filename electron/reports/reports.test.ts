import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import type { Report } from '../../shared/contract/reports.ts';
import { readCallFilter } from '../../shared/domain/call-filter.ts';
import type { ReportQuestion } from '../../shared/domain/report.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, instant } from '../../shared/lib/instants.ts';
import { callFigures, callIds } from '../store/call-results.ts';
import type { Db } from '../store/open.ts';
import { countAllAnew, countSome } from '../store/report-sums.ts';
import { addScript } from '../store/scripts.ts';
import { NOON, aCampaign, aStore, anAgent } from '../store/testing.ts';
import { makeReport } from './report.ts';

// Counted once more from the calls themselves, by another library’s clocks: nothing here knows of sums or slots.

/** From winter to winter, so that clocks are set twice. */
const FIRST = Date.UTC(2026, 0, 20);
const LAST = Date.UTC(2026, 11, 10);
const NOW = instant(Date.UTC(2026, 11, 20));
const ZONES = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
const KINDS = ['no-answer', 'callback', 'not-interested', 'qualified'] as const;

interface Laid {
  readonly id: number;
  at: number;
  campaignId: number | null;
  agentId: number | null;
  answeredAt: number | null;
  answeredBy: string | null;
  endedAt: number | null;
  micros: number | null;
  currency: string | null;
  outcome: string | null;
  /** The script of its outcome. */
  scriptId: number | null;
  readonly sentAt: number;
}

interface State {
  readonly id: number;
  readonly agentId: number;
  readonly campaignId: number;
  readonly kind: string;
  readonly from: number;
  readonly until: number | null;
}

function aPlace() {
  const db = aStore();
  const agents = [anAgent(db, 'Ada'), anAgent(db, 'Bea "B" Low'), anAgent(db, 'Cyd')];
  const scripts = ['one', 'two'].map((name) => addScript(db, { name, blocks: [], createdAt: NOON }));
  const two = { scriptId: scripts[0]!, otherScriptId: scripts[1]! };
  const campaigns = [aCampaign(db, { name: 'Spring sale', ...two }), aCampaign(db, { name: 'Autumn' })];
  return { db, agents, campaigns, scripts };
}

type Place = ReturnType<typeof aPlace>;

const dealt = fc.array(
  fc.record({
    at: fc.integer({ min: FIRST, max: LAST }),
    campaign: fc.integer({ min: -1, max: 1 }),
    agent: fc.integer({ min: -1, max: 2 }),
    answeredAfter: fc.option(fc.integer({ min: 1_000, max: 30_000 })),
    answeredBy: fc.constantFrom(null, 'human', 'machine_start', 'unknown'),
    talkMs: fc.option(fc.integer({ min: 0, max: HOUR_MS })),
    micros: fc.option(fc.nat(900_000)),
    currency: fc.constantFrom('USD', 'EUR'),
    outcome: fc.option(fc.constantFrom(...KINDS)),
  }),
  { minLength: 1, maxLength: 60 },
);

/** What is done to calls after they were made: an outcome comes late, is taken back, a bill arrives, somebody takes over. */
const changed = fc.array(
  fc.record({
    nth: fc.nat(59),
    what: fc.constantFrom('outcome', 'undo', 'bill', 'end', 'answer', 'agent', 'gone'),
    outcome: fc.constantFrom(...KINDS),
    micros: fc.nat(900_000),
  }),
  { maxLength: 40 },
);

const worked = fc.array(
  fc.record({
    agent: fc.nat(2),
    gapMs: fc.integer({ min: 0, max: 20 * DAY_MS }),
    lastsMs: fc.integer({ min: 1, max: 3 * DAY_MS }),
    kind: fc.constantFrom('ready', 'connected', 'wrap-up', 'paused'),
  }),
  { maxLength: 25 },
);

type Dealt = typeof dealt extends fc.Arbitrary<infer T> ? T : never;
type Changed = typeof changed extends fc.Arbitrary<infer T> ? T : never;
type Worked = typeof worked extends fc.Arbitrary<infer T> ? T : never;

function layDown({ db, agents, campaigns, scripts }: Place, given: Dealt): Laid[] {
  const attempt = db.$client.prepare(`
    INSERT INTO attempts (id, to_e164, from_number, carrier, mode, state, intended_at, sent_at, closed_at)
    VALUES (?, '+12125550100', '+12125550199', 's', 'power', 'resolved', ?, ?, ?)`);
  const call = db.$client.prepare(`
    INSERT INTO calls (id, attempt_id, carrier, call_ref, direction, from_number, to_number, campaign_id, agent_id, status,
      is_held, answered_by, started_at, answered_at, ended_at, cost_micros, currency)
    VALUES (?, ?, 's', ?, 'outbound', '', '', ?, ?, 'ended', 0, ?, ?, ?, ?, ?, ?)`);
  return given.map((each, nth) => {
    const { at, micros } = each;
    const answeredAt = each.answeredAfter === null ? null : at + each.answeredAfter;
    const laid: Laid = {
      id: nth + 1,
      at,
      campaignId: campaigns[each.campaign] ?? null,
      agentId: agents[each.agent] ?? null,
      answeredAt,
      answeredBy: answeredAt === null ? null : each.answeredBy,
      endedAt: each.talkMs === null ? null : (answeredAt ?? at) + each.talkMs,
      micros,
      currency: micros === null ? null : each.currency,
      outcome: null,
      scriptId: each.campaign === 0 ? scripts[nth % 2]! : null,
      sentAt: at + 40 + ((nth * 131) % 700),
    };
    attempt.run(`a${nth}`, at, laid.sentAt, at);
    // Some outcomes are filed before the call is known.
    if (each.outcome !== null && nth % 3 === 0) file(db, laid, each.outcome);
    const { campaignId, agentId, answeredBy, endedAt, currency } = laid;
    call.run(
      laid.id,
      `a${nth}`,
      `c${nth}`,
      campaignId,
      agentId,
      answeredBy,
      at,
      answeredAt,
      endedAt,
      micros,
      currency,
    );
    if (each.outcome !== null && nth % 3 !== 0) file(db, laid, each.outcome);
    return laid;
  });
}

function file(db: Db, call: Laid, outcome: string | null): void {
  const attempt = `a${call.id - 1}`;
  db.$client
    .prepare('UPDATE outcomes SET undone_at = 1 WHERE attempt_id = ? AND undone_at IS NULL')
    .run(attempt);
  if (outcome !== null)
    db.$client
      .prepare(
        "INSERT INTO outcomes (attempt_id, disposition_id, note, filed_at, script_id) VALUES (?, ?, '', 1, ?)",
      )
      .run(attempt, outcome, call.scriptId);
  call.outcome = outcome;
}

function change({ db, agents }: Place, calls: Laid[], given: Changed): void {
  const set = (call: Laid, column: string, value: unknown) =>
    db.$client.prepare(`UPDATE calls SET ${column} = ? WHERE id = ?`).run(value, call.id);
  for (const { nth, what, outcome, micros } of given) {
    const call = calls[nth];
    if (call === undefined) continue;
    if (what === 'outcome') file(db, call, outcome);
    if (what === 'undo') file(db, call, null);
    if (what === 'bill') {
      set(call, 'cost_micros', (call.micros = micros));
      set(call, 'currency', (call.currency = 'USD'));
    }
    if (what === 'end') set(call, 'ended_at', (call.endedAt = call.at + 45_000 + micros));
    if (what === 'answer') set(call, 'answered_at', (call.answeredAt = call.at + 9_000));
    if (what === 'agent') set(call, 'agent_id', (call.agentId = agents[micros % 3]!));
    if (what === 'gone') {
      file(db, call, null);
      db.$client.prepare('DELETE FROM outcomes WHERE attempt_id = ?').run(`a${call.id - 1}`);
      db.$client.prepare('DELETE FROM calls WHERE id = ?').run(call.id);
      calls.splice(nth, 1, { ...call, at: Number.NaN });
    }
  }
}

function work({ db, agents, campaigns }: Place, given: Worked): State[] {
  const session = db.$client.prepare(`
    INSERT INTO sessions (id, agent_id, campaign_id, mode, state, since, counters, started_at, ended_at)
    VALUES (?, ?, ?, 'power', '{}', 1, '{}', 1, 1)`);
  const begin = db.$client.prepare(
    'INSERT INTO agent_states (id, session_id, agent_id, kind, from_at) VALUES (?, ?, ?, ?, ?)',
  );
  const finish = db.$client.prepare('UPDATE agent_states SET until_at = ? WHERE id = ?');
  for (const [nth, agentId] of agents.entries()) session.run(nth + 1, agentId, campaigns[nth % 2]);
  const reached = agents.map(() => FIRST);
  const states = given.map(({ agent, gapMs, lastsMs, kind }, nth) => {
    const from = reached[agent]! + gapMs;
    const until = from + lastsMs;
    reached[agent] = until;
    begin.run(nth + 1, agent + 1, agents[agent], kind, from);
    finish.run(until, nth + 1);
    return { id: nth + 1, agentId: agents[agent]!, campaignId: campaigns[agent % 2]!, kind, from, until };
  });
  // One of them is still at it.
  const from = Math.max(reached[0]!, Date.UTC(2026, 9, 1));
  begin.run(999, 1, agents[0], 'ready', from);
  return [
    ...states,
    { id: 999, agentId: agents[0]!, campaignId: campaigns[0]!, kind: 'ready', from, until: null },
  ];
}

const local = (at: number, zone: string) => DateTime.fromMillis(at, { zone });
const isTalk = ({ answeredAt, answeredBy }: Laid) =>
  answeredAt !== null && ['human', 'unknown', null].includes(answeredBy);
const talkOf = (call: Laid) => (isTalk(call) ? Math.max(0, (call.endedAt ?? 0) - call.answeredAt!) : 0);

function sums(calls: readonly Laid[]) {
  return {
    dials: calls.length,
    answered: calls.filter(({ answeredAt }) => answeredAt !== null).length,
    talks: calls.filter(isTalk).length,
    talkMs: calls.reduce((sum, call) => sum + talkOf(call), 0),
    successes: calls.filter(({ outcome }) => outcome === 'qualified').length,
  };
}

function within(calls: readonly Laid[], { from, to, zone, campaignId, agentId }: ReportQuestion): Laid[] {
  return calls.filter((call) => {
    if (Number.isNaN(call.at)) return false;
    const date = local(call.at, zone).toISODate()!;
    return (
      date >= from &&
      date <= to &&
      (campaignId === null || call.campaignId === campaignId) &&
      (agentId === null || call.agentId === agentId)
    );
  });
}

function workedIn(states: readonly State[], { from, to, zone, campaignId, agentId }: ReportQuestion): number {
  const [begins, ends] = [
    DateTime.fromISO(from, { zone }).startOf('day').toMillis(),
    DateTime.fromISO(to, { zone }).plus({ days: 1 }).startOf('day').toMillis(),
  ];
  return states
    .filter((state) => state.kind !== 'paused')
    .filter((state) => campaignId === null || state.campaignId === campaignId)
    .filter((state) => agentId === null || state.agentId === agentId)
    .reduce(
      (sum, state) =>
        sum + Math.max(0, Math.min(state.until ?? NOW, ends, NOW) - Math.max(state.from, begins)),
      0,
    );
}

const pick = <T extends object, K extends keyof T>(from: T, keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
const FIGURES = ['dials', 'answered', 'talks', 'talkMs', 'successes'] as const;

function expectSame(
  report: Report,
  calls: readonly Laid[],
  states: readonly State[],
  question: ReportQuestion,
) {
  const { zone, by } = question;
  const all = within(calls, question);
  expect(pick(report.totals, FIGURES)).toEqual(sums(all));
  expect(report.totals.workMs).toBe(workedIn(states, question));
  for (const currency of ['USD', 'EUR']) {
    const billed = all.filter((call) => call.micros !== null && call.currency === currency);
    const cost = report.totals.costs.find((each) => each.currency === currency);
    expect(cost?.micros ?? 0).toBe(billed.reduce((sum, { micros }) => sum + micros!, 0));
  }
  for (const stretch of report.trend) {
    const unit = by === 'day' ? 'day' : by;
    const own = all.filter((call) => local(call.at, zone).startOf(unit).toISODate() === stretch.date);
    expect({ date: stretch.date, ...pick(stretch, FIGURES) }).toEqual({ date: stretch.date, ...sums(own) });
  }
  for (const { weekday, hour, dials, talks } of report.heat) {
    const own = all.filter((call) => {
      const at = local(call.at, zone);
      return at.weekday === weekday && at.hour === hour;
    });
    expect([weekday, hour, dials, talks]).toEqual([weekday, hour, own.length, own.filter(isTalk).length]);
  }
  for (const { id, calls: count, talkMs } of report.outcomes) {
    const own = all.filter(({ outcome }) => outcome === id);
    expect([id, count, talkMs]).toEqual([id, own.length, sums(own).talkMs]);
  }
  for (const agent of report.agents)
    expect(pick(agent, FIGURES)).toEqual(sums(all.filter(({ agentId }) => agentId === agent.id)));
  expectSameInsights(report, all, question);
}

const REACHED = ['callback', 'not-interested', 'qualified'];

function expectSameInsights({ insights }: Report, all: readonly Laid[], { campaignId }: ReportQuestion) {
  const { dials, answered, talks, successes } = sums(all);
  const reached = all.filter(({ outcome }) => outcome !== null && REACHED.includes(outcome));
  expect(insights.funnel.map(({ calls }) => calls)).toEqual([
    dials,
    answered,
    talks,
    reached.length,
    successes,
  ]);
  const by = (...who: (string | null)[]) =>
    all.filter((call) => call.answeredAt !== null && who.includes(call.answeredBy)).length;
  expect(insights.answers.map(({ calls }) => calls)).toEqual([
    by('human'),
    by('machine_start'),
    0,
    by('unknown', null),
  ]);
  expect(insights.latency.calls).toBe(all.length);
  const waits = {
    requested: all.map(({ at, sentAt }) => sentAt - at),
    answered: all.flatMap(({ answeredAt, sentAt }) => (answeredAt === null ? [] : [answeredAt - sentAt])),
    ended: all.flatMap(({ endedAt, answeredAt, sentAt }) =>
      endedAt === null ? [] : [endedAt - Math.max(answeredAt ?? 0, sentAt)],
    ),
  };
  for (const [step, told] of Object.entries(waits)) {
    const sorted = told.map((ms) => Math.max(0, ms)).sort((a, b) => a - b);
    const found = insights.latency.steps.find((each) => each.step === step)!;
    const at = (part: number) => (sorted.length === 0 ? null : sorted[Math.ceil(part * sorted.length) - 1]);
    expect([found.calls, found.p50, found.p95, found.max]).toEqual([
      sorted.length,
      at(0.5),
      at(0.95),
      sorted.at(-1) ?? null,
    ]);
  }
  expect(insights.scriptRows.reduce((sum, { talks: held }) => sum + held, 0)).toBe(
    reached.filter(({ scriptId }) => scriptId !== null).length,
  );
  // Only the first campaign has two scripts.
  expect(insights.scripts).toHaveLength(campaignId === null || campaignId === 1 ? 1 : 0);
  for (const { first, second } of insights.scripts)
    for (const { id, talks: held, successes: won } of [first, second]) {
      const own = reached.filter(({ scriptId }) => scriptId === id);
      expect([held, won]).toEqual([own.length, sums(own).successes]);
    }
}

/** Every number opens the calls behind it: as many as it says. */
function expectOpens({ db }: Place, report: Report, zone: string) {
  const home = { now: NOW, zone, callingCode: '1' };
  const figures = (filter: string) => {
    const read = readCallFilter(filter);
    expect(read.mistakes).toEqual([]);
    return callFigures(db, read, home);
  };
  expect(figures(report.filter)).toMatchObject(pick(report.totals, ['successes']));
  expect(figures(report.filter).calls).toBe(report.totals.dials);
  expect(figures(report.filterBefore).calls).toBe(report.before.dials);
  expect(figures(`${report.filter} has:talk`).calls).toBe(report.totals.talks);
  expect(figures(`${report.filter} has:answer`).calls).toBe(report.totals.answered);
  expect(figures(`${report.filter} has:success`).calls).toBe(report.totals.successes);
  for (const { dials, filter } of report.trend.filter((each) => each.dials > 0))
    expect(figures(filter).calls).toBe(dials);
  for (const { dials, filter } of report.heat.filter((each) => each.dials > 0))
    expect(callIds(db, readCallFilter(filter), { key: 'time', direction: 'ascending' }, home)).toHaveLength(
      dials,
    );
  for (const { calls, filter } of report.outcomes) expect(figures(filter).calls).toBe(calls);
  for (const { dials, filter } of report.agents) expect(figures(filter).calls).toBe(dials);
  const { funnel, answers, latency, scripts, scriptRows } = report.insights;
  for (const { calls, filter } of [...funnel, ...answers, latency]) expect(figures(filter).calls).toBe(calls);
  for (const { calls, filter, slow, slowFilter } of latency.steps.filter((step) => step.calls > 0))
    expect([figures(filter).calls, figures(slowFilter).calls]).toEqual([calls, slow]);
  for (const { talks, successes, filter, successFilter } of [
    ...scriptRows,
    ...scripts.flatMap(({ first, second }) => [first, second]),
  ])
    expect([figures(filter).calls, figures(successFilter).calls]).toEqual([talks, successes]);
}

const asked = fc.record({
  zone: fc.constantFrom(...ZONES),
  by: fc.constantFrom('day', 'week', 'month') as fc.Arbitrary<'day' | 'week' | 'month'>,
  firstDay: fc.nat(300),
  days: fc.integer({ min: 1, max: 330 }),
  campaign: fc.integer({ min: -1, max: 1 }),
  agent: fc.integer({ min: -1, max: 2 }),
});

test('a report equals a recount of the calls, in any zone, across both changes of the clocks', () => {
  fc.assert(
    fc.property(dealt, changed, worked, asked, (given, changes, shifts, wish) => {
      const place = aPlace();
      const calls = layDown(place, given);
      const states = work(place, shifts);
      // Counted in between, so that what comes later has to be noticed.
      while (countSome(place.db, 7));
      change(place, calls, changes);
      while (countSome(place.db, 7));
      const { zone, by } = wish;
      const from = DateTime.fromMillis(FIRST, { zone: 'utc' }).plus({ days: wish.firstDay });
      const question: ReportQuestion = {
        zone,
        by,
        from: from.toISODate()!,
        to: from.plus({ days: wish.days - 1 }).toISODate()!,
        campaignId: place.campaigns[wish.campaign] ?? null,
        agentId: place.agents[wish.agent] ?? null,
      };
      const report = makeReport(place.db, question, { now: NOW, zone: 'America/New_York' });
      expectSame(report, calls, states, question);
      place.db.$client.close();
    }),
    { numRuns: Number(process.env.PARLEY_REPORT_RUNS ?? 60), seed: 20261120 },
  );
});

test('every number of a report opens as many calls as it says', () => {
  fc.assert(
    fc.property(dealt, asked, (given, wish) => {
      const place = aPlace();
      layDown(place, given);
      while (countSome(place.db, 99));
      const question: ReportQuestion = {
        zone: wish.zone,
        by: wish.by,
        from: '2026-02-01',
        to: '2026-11-30',
        campaignId: place.campaigns[wish.campaign] ?? null,
        agentId: place.agents[wish.agent] ?? null,
      };
      for (const home of ['America/New_York', wish.zone])
        expectOpens(place, makeReport(place.db, question, { now: NOW, zone: home }), home);
      place.db.$client.close();
    }),
    { numRuns: 12, seed: 20261120 },
  );
});

test('sums that are kept are those that counting everything anew would give', () => {
  fc.assert(
    fc.property(dealt, changed, worked, (given, changes, shifts) => {
      const place = aPlace();
      const calls = layDown(place, given);
      work(place, shifts);
      while (countSome(place.db, 3));
      change(place, calls, changes);
      while (countSome(place.db, 3));
      const tables = [
        'slots',
        'outcomes',
        'costs',
        'answers',
        'scripts',
        'agents',
        'agent_outcomes',
        'times',
      ];
      const all = () =>
        tables.map((table) => place.db.$client.prepare(`SELECT * FROM report_${table}`).all());
      const kept = all();
      countAllAnew(place.db);
      while (countSome(place.db, 99));
      expect(kept).toEqual(all());
      place.db.$client.close();
    }),
    { numRuns: 40, seed: 20261120 },
  );
});

test('a day that is not over is compared with as much of the one before', () => {
  const { db, campaigns } = aPlace();
  const at = (text: string) => instant(Date.parse(text));
  const laid = ['2026-03-09T10:00Z', '2026-03-09T20:00Z', '2026-03-10T10:00Z'].map((text) => ({
    at: at(text),
    campaign: 0,
    agent: 0,
    answeredAfter: null,
    answeredBy: null,
    talkMs: null,
    micros: null,
    currency: 'USD' as const,
    outcome: null,
  }));
  layDown({ db, agents: [1], campaigns, scripts: [] as number[] }, laid);
  while (countSome(db, 9));
  const question = {
    from: '2026-03-10',
    to: '2026-03-10',
    zone: 'UTC',
    campaignId: null,
    agentId: null,
    by: 'day',
  } as const;
  const noon = instant(at('2026-03-10T12:00Z') + MINUTE_MS);
  const report = makeReport(db, question, { now: noon, zone: 'UTC' });
  expect([report.totals.dials, report.before.dials]).toEqual([1, 1]);
});
