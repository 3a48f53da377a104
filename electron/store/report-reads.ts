import { QUARTER_MS } from '../../shared/domain/report.ts';
import { DAY_MS, type Instant, instant, later } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';
import { ANSWERED_BY, IS_TALK, TALK_MS } from './report-sums.ts';

/** Which calls a report is about: those that began from an instant up to, not including, another. */
export interface ReportScope {
  readonly from: Instant;
  readonly until: Instant;
  readonly campaignId: number | null;
  readonly agentId: number | null;
  /** What still runs is counted up to here. */
  readonly now: Instant;
  /** How many quarters of an hour are told as one: an hour is enough where clocks are ahead by whole ones. */
  readonly grain: 1 | 4;
}

/** What the calls of a stretch of time come to. */
export interface Counts {
  readonly dials: number;
  readonly answered: number;
  readonly talks: number;
  readonly talkMs: number;
}

export interface SlotCounts extends Counts {
  /** Quarters of an hour since 1970. */
  readonly slot: number;
}

const IN_CAMPAIGN = (row: string) => `(+:campaignId IS NULL OR ${row}.campaign_id = +:campaignId)`;
const SUMS = 'sum(dials) AS dials, sum(answered) AS answered, sum(talks) AS talks, sum(talk_ms) AS talkMs';
const COUNTS = `count(*) AS dials, count(c.answered_at) AS answered, ifnull(sum(${IS_TALK}), 0) AS talks,
  ifnull(sum(${TALK_MS}), 0) AS talkMs`;
const STANDS = 'JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL';

/** What some calls come to, quarter by quarter and in all. */
export interface ReportSums {
  readonly slots: ReadonlyMap<number, SlotSum>;
  /** The outcomes that stand, the most frequent first. */
  readonly outcomes: readonly OutcomeCounts[];
  /** By currency: sums in different ones are never added. */
  readonly costs: readonly CostCounts[];
  /** Of one agent’s calls, who picked up and how often somebody was reached: looked at in the same go. */
  readonly ofAgent?: {
    readonly answers: readonly { readonly answeredBy: string; readonly calls: number }[];
    readonly reached: number;
  };
}

export interface SlotSum extends Counts {
  readonly successes: number;
}

export interface OutcomeCounts {
  readonly id: string;
  readonly label: string;
  readonly isSuccess: boolean;
  readonly calls: number;
  readonly talkMs: number;
}

export interface CostCounts {
  readonly currency: string;
  readonly calls: number;
  readonly micros: number;
}

/** Sums of all agents are kept; the calls of one are few enough to be gone through. */
export function sumsOf(db: ReadDb, scope: ReportScope): ReportSums {
  return scope.agentId === null ? keptSums(db, scope) : sumsOfAgent(db, scope);
}

type Kind = Pick<OutcomeCounts, 'id' | 'label' | 'isSuccess'> & { readonly group: string };

function kindsIn(db: ReadDb): ReadonlyMap<string, Kind> {
  const all = kinds(db).all();
  return new Map(all.map((kind) => [kind.id, { ...kind, isSuccess: kind.isSuccess === 1 }]));
}

const kinds = reading<{ id: string; label: string; isSuccess: number; group: string }>(
  'SELECT id, label, is_success AS isSuccess, "group" FROM disposition_kinds',
);

function named(
  db: ReadDb,
  counts: readonly { id: string; calls: number; talkMs: number }[],
): OutcomeCounts[] {
  const known = kindsIn(db);
  return counts
    .map((each) => {
      const { label = each.id, isSuccess = false } = known.get(each.id) ?? {};
      return { ...each, label, isSuccess };
    })
    .sort((a, b) => b.calls - a.calls || a.label.localeCompare(b.label));
}

function keptSums(db: ReadDb, { from, until, campaignId, grain }: ReportScope): ReportSums {
  const quarters = { from: Math.floor(from / QUARTER_MS), until: Math.ceil(until / QUARTER_MS) };
  const bound = { ...quarters, campaignId };
  const won = new Map(
    successes[grain](db)
      .all(bound)
      .map(({ slot, calls }) => [slot, calls]),
  );
  return {
    slots: new Map(
      slots[grain](db)
        .all(bound)
        .map(({ slot, ...sum }) => [slot, { ...sum, successes: won.get(slot) ?? 0 }]),
    ),
    outcomes: named(db, outcomes(db).all(bound)),
    costs: costs(db).all(bound),
  };
}

const KEPT = (row: string) => `WHERE ${row}.slot >= +:from AND ${row}.slot < +:until AND ${IN_CAMPAIGN(row)}`;

/** A statement for each grain: a number that is bound is no whole one to SQLite, and divides into fractions. */
function byGrain<Row>(sql: (grain: number) => string) {
  return { 1: reading<Row>(sql(1)), 4: reading<Row>(sql(4)) };
}

const slots = byGrain<SlotCounts>(
  (grain) =>
    `SELECT r.slot / ${grain} * ${grain} AS slot, ${SUMS} FROM report_slots r ${KEPT('r')} GROUP BY 1`,
);

const IS_SUCCESS = 'IN (SELECT id FROM disposition_kinds WHERE is_success = 1)';

const successes = byGrain<{ slot: number; calls: number }>(
  (grain) => `
  SELECT r.slot / ${grain} * ${grain} AS slot, sum(r.calls) AS calls FROM report_outcomes r ${KEPT('r')}
    AND r.disposition_id ${IS_SUCCESS} GROUP BY 1`,
);

const outcomes = reading<{ id: string; calls: number; talkMs: number }>(`
  SELECT r.disposition_id AS id, sum(r.calls) AS calls, sum(r.talk_ms) AS talkMs FROM report_outcomes r ${KEPT('r')}
  GROUP BY r.disposition_id`);

const costs = reading<CostCounts>(`
  SELECT r.currency, sum(r.calls) AS calls, sum(r.micros) AS micros FROM report_costs r ${KEPT('r')}
  GROUP BY r.currency ORDER BY micros DESC`);

/** Each call is looked up once, and nothing is sorted: that is what takes long. */
function sumsOfAgent(db: ReadDb, { from, until, campaignId, agentId, grain }: ReportScope): ReportSums {
  const known = kindsIn(db);
  const slotMs = QUARTER_MS * grain;
  const bySlot = new Map<number, Mutable<SlotSum>>();
  const byOutcome = new Map<string, { id: string; calls: number; talkMs: number }>();
  const byCurrency = new Map<string, Mutable<CostCounts>>();
  const answers = new Map<string, number>();
  let reached = 0;
  for (const row of ofAgent(db).all({ from, until, campaignId, agentId })) {
    const { outcome, answered, talk, talkMs, answeredBy, micros } = row;
    const kind = outcome === null ? undefined : known.get(outcome);
    const sum = entry(bySlot, Math.floor(row.startedAt / slotMs) * grain, newSlot);
    sum.dials += 1;
    sum.answered += answered;
    sum.talks += talk;
    sum.talkMs += talkMs;
    sum.successes += kind?.isSuccess === true ? 1 : 0;
    if (answered === 1) answers.set(answeredBy, (answers.get(answeredBy) ?? 0) + 1);
    if (kind?.group === 'reached') reached += 1;
    if (outcome !== null) {
      const filed = entry(byOutcome, outcome, () => ({ id: outcome, calls: 0, talkMs: 0 }));
      filed.calls += 1;
      filed.talkMs += talkMs;
    }
    if (micros !== null) {
      const currency = row.currency ?? '';
      const billed = entry(byCurrency, currency, () => ({ currency, calls: 0, micros: 0 }));
      billed.calls += 1;
      billed.micros += micros;
    }
  }
  return {
    slots: bySlot,
    outcomes: named(db, [...byOutcome.values()]),
    costs: [...byCurrency.values()].sort((a, b) => b.micros - a.micros),
    ofAgent: { answers: [...answers].map(([answeredBy, calls]) => ({ answeredBy, calls })), reached },
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function newSlot(): Mutable<SlotSum> {
  return { dials: 0, answered: 0, talks: 0, talkMs: 0, successes: 0 };
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const was = map.get(key);
  if (was !== undefined) return was;
  const made = make();
  map.set(key, made);
  return made;
}

interface CallOfAgent {
  readonly startedAt: number;
  readonly answered: 0 | 1;
  readonly talk: 0 | 1;
  readonly talkMs: number;
  readonly answeredBy: string;
  readonly outcome: string | null;
  readonly currency: string | null;
  readonly micros: number | null;
}

const ofAgent = reading<CallOfAgent>(`
  SELECT c.started_at AS startedAt, c.answered_at IS NOT NULL AS answered, ${IS_TALK} AS talk, ${TALK_MS} AS talkMs,
    ${ANSWERED_BY} AS answeredBy, o.disposition_id AS outcome, c.currency, c.cost_micros AS micros
  FROM calls c INDEXED BY calls_agent
  LEFT JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL
  WHERE c.agent_id = +:agentId AND c.started_at >= +:from AND c.started_at < +:until
    AND c.direction = 'outbound' AND ${IN_CAMPAIGN('c')}`);

export interface AgentCounts extends Counts {
  readonly id: number;
  readonly name: string;
  readonly successes: number;
}

/** Whole days of the world’s clock within a scope, and what is left of it before and after them. */
function parted({ from, until }: ReportScope) {
  const firstDay = Math.ceil(from / DAY_MS);
  const lastDay = Math.floor(until / DAY_MS);
  if (firstDay >= lastDay) return { firstDay: 0, lastDay: 0, edges: [{ from, until }] };
  const edges = [
    { from, until: instant(firstDay * DAY_MS) },
    { from: instant(lastDay * DAY_MS), until },
  ];
  return { firstDay, lastDay, edges: edges.filter((each) => each.until > each.from) };
}

/** What each agent’s calls come to, by name. Those who made none are left out. */
export function agentCounts(db: ReadDb, scope: ReportScope): AgentCounts[] {
  const { firstDay, lastDay, edges } = parted(scope);
  const { campaignId, agentId } = scope;
  const days = { firstDay, lastDay, campaignId, agentId };
  const counted = [
    ...agentDays(db).all(days),
    ...edges.flatMap((edge) => agentsWithin(db).all({ ...edge, campaignId, agentId })),
  ];
  const won = [
    ...agentDaySuccesses(db).all(days),
    ...edges.flatMap((edge) => agentSuccessesWithin(db).all({ ...edge, campaignId, agentId })),
  ];
  const total = new Map<number, AgentCounts>();
  const add = (id: number, more: Partial<AgentCounts>) => {
    const was = total.get(id) ?? { id, name: '', dials: 0, answered: 0, talks: 0, talkMs: 0, successes: 0 };
    total.set(id, {
      ...was,
      dials: was.dials + (more.dials ?? 0),
      answered: was.answered + (more.answered ?? 0),
      talks: was.talks + (more.talks ?? 0),
      talkMs: was.talkMs + (more.talkMs ?? 0),
      successes: was.successes + (more.successes ?? 0),
    });
  };
  for (const each of counted) add(each.id, each);
  for (const each of won) add(each.id, each);
  return [...total.values()]
    .map((each) => ({ ...each, name: nameOf(db).get(each.id)?.name ?? 'Somebody who left' }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id - b.id);
}

const nameOf = reading<{ name: string }>('SELECT name FROM agents WHERE id = +?');

type AgentSums = Counts & { readonly id: number };
const ONE_AGENT = (row: string) => `(+:agentId IS NULL OR ${row}.agent_id = +:agentId)`;

const agentDays = reading<AgentSums>(`
  SELECT r.agent_id AS id, ${SUMS} FROM agents a CROSS JOIN report_agents r ON r.agent_id = a.id
  WHERE r.day >= +:firstDay AND r.day < +:lastDay AND ${IN_CAMPAIGN('r')} AND ${ONE_AGENT('r')} GROUP BY r.agent_id`);

const agentsWithin = reading<AgentSums>(`
  SELECT c.agent_id AS id, ${COUNTS} FROM calls c INDEXED BY calls_started
  WHERE c.started_at >= +:from AND c.started_at < +:until AND c.direction = 'outbound' AND c.agent_id IS NOT NULL
    AND ${IN_CAMPAIGN('c')} AND ${ONE_AGENT('c')} GROUP BY c.agent_id`);

const agentDaySuccesses = reading<{ id: number; successes: number }>(`
  SELECT r.agent_id AS id, sum(r.calls) AS successes FROM agents a CROSS JOIN report_agent_outcomes r ON r.agent_id = a.id
  WHERE r.day >= +:firstDay AND r.day < +:lastDay AND ${IN_CAMPAIGN('r')} AND ${ONE_AGENT('r')}
    AND r.disposition_id ${IS_SUCCESS} GROUP BY r.agent_id`);

const agentSuccessesWithin = reading<{ id: number; successes: number }>(`
  SELECT c.agent_id AS id, count(*) AS successes FROM calls c INDEXED BY calls_started ${STANDS}
  WHERE c.started_at >= +:from AND c.started_at < +:until AND c.direction = 'outbound' AND c.agent_id IS NOT NULL
    AND ${IN_CAMPAIGN('c')} AND ${ONE_AGENT('c')} AND o.disposition_id ${IS_SUCCESS} GROUP BY c.agent_id`);

export interface AgentTime {
  readonly agentId: number;
  readonly kind: string;
  readonly ms: number;
}

/** Where the time of each agent’s sessions went. What still runs is counted up to now. */
export function agentTimes(db: ReadDb, scope: ReportScope): AgentTime[] {
  const { firstDay, lastDay, edges } = parted(scope);
  const { campaignId, agentId, now } = scope;
  const who = { campaignId, agentId };
  const sums = new Map<string, AgentTime>();
  const add = ({ agentId: id, kind, ms }: AgentTime) => {
    const key = `${id} ${kind}`;
    sums.set(key, { agentId: id, kind, ms: (sums.get(key)?.ms ?? 0) + ms });
  };
  for (const each of timeDays(db).all({ firstDay, lastDay, ...who })) add(each);
  for (const edge of edges) for (const each of timesWithin(db).all({ ...edge, ...who })) add(each);
  const { from, until } = scope;
  for (const each of running(db).all({ from, until, now: later(now, from), ...who })) add(each);
  return [...sums.values()].filter(({ ms }) => ms > 0);
}

const timeDays = reading<AgentTime>(`
  SELECT r.agent_id AS agentId, r.kind, sum(r.ms) AS ms FROM agents a CROSS JOIN report_times r ON r.agent_id = a.id
  WHERE r.day >= +:firstDay AND r.day < +:lastDay AND ${IN_CAMPAIGN('r')} AND ${ONE_AGENT('r')} GROUP BY 1, 2`);

const timesWithin = reading<AgentTime>(`
  SELECT s.agent_id AS agentId, s.kind, sum(min(s.until_at, :until) - max(s.from_at, :from)) AS ms
  FROM agents a CROSS JOIN agent_states s INDEXED BY agent_states_agent ON s.agent_id = a.id
  CROSS JOIN sessions n ON n.id = s.session_id
  WHERE s.from_at < +:until AND s.until_at > +:from AND s.from_at >= ifnull(
      (SELECT max(b.from_at) FROM agent_states b WHERE b.agent_id = a.id AND b.from_at <= +:from), 0)
    AND ${IN_CAMPAIGN('n')} AND ${ONE_AGENT('s')} GROUP BY 1, 2`);

const running = reading<AgentTime>(`
  SELECT s.agent_id AS agentId, s.kind, min(:now, :until) - max(s.from_at, :from) AS ms
  FROM agent_states s JOIN sessions n ON n.id = s.session_id
  WHERE s.until_at IS NULL AND s.from_at < min(+:now, +:until) AND ${IN_CAMPAIGN('n')} AND ${ONE_AGENT('s')}`);
