import { QUARTER_MS } from '../../shared/domain/report.ts';
import { DAY_MS, type Instant, instant, later } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';
import { IS_TALK, TALK_MS } from './report-sums.ts';

/** Which calls a report is about: those that began from an instant up to, not including, another. */
export interface ReportScope {
  readonly from: Instant;
  readonly until: Instant;
  readonly campaignId: number | null;
  readonly agentId: number | null;
  /** What still runs is counted up to here. */
  readonly now: Instant;
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

interface Bound {
  readonly from: number;
  readonly until: number;
  readonly campaignId: number | null;
  readonly agentId: number | null;
}

const IN_CAMPAIGN = (row: string) => `(+:campaignId IS NULL OR ${row}.campaign_id = +:campaignId)`;
const SUMS = 'sum(dials) AS dials, sum(answered) AS answered, sum(talks) AS talks, sum(talk_ms) AS talkMs';
const COUNTS = `count(*) AS dials, count(c.answered_at) AS answered, ifnull(sum(${IS_TALK}), 0) AS talks,
  ifnull(sum(${TALK_MS}), 0) AS talkMs`;
const STANDS = 'JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL';
/** An agent’s calls are few: they are counted themselves. */
const OF_AGENT = `FROM calls c INDEXED BY calls_agent`;
const BY_AGENT = `WHERE c.agent_id = +:agentId AND c.started_at >= +:from AND c.started_at < +:until
  AND c.direction = 'outbound' AND ${IN_CAMPAIGN('c')}`;

function boundOf({ from, until, campaignId, agentId }: ReportScope): Bound {
  return { from, until, campaignId, agentId };
}

function inSlots({ from, until, campaignId }: ReportScope) {
  return { from: Math.floor(from / QUARTER_MS), until: Math.ceil(until / QUARTER_MS), campaignId };
}

export function slotCounts(db: ReadDb, scope: ReportScope): SlotCounts[] {
  return scope.agentId === null ? slots(db).all(inSlots(scope)) : slotsOfAgent(db).all(boundOf(scope));
}

const slots = reading<SlotCounts>(`
  SELECT r.slot, ${SUMS} FROM report_slots r
  WHERE r.slot >= +:from AND r.slot < +:until AND ${IN_CAMPAIGN('r')} GROUP BY r.slot`);

const slotsOfAgent = reading<SlotCounts>(`
  SELECT c.started_at / ${QUARTER_MS} AS slot, ${COUNTS} ${OF_AGENT} ${BY_AGENT} GROUP BY 1`);

export interface SlotSuccesses {
  readonly slot: number;
  readonly successes: number;
}

export function slotSuccesses(db: ReadDb, scope: ReportScope): SlotSuccesses[] {
  return scope.agentId === null
    ? successes(db).all(inSlots(scope))
    : successesOfAgent(db).all(boundOf(scope));
}

const IS_SUCCESS = 'IN (SELECT id FROM disposition_kinds WHERE is_success = 1)';

const successes = reading<SlotSuccesses>(`
  SELECT r.slot, sum(r.calls) AS successes FROM report_outcomes r
  WHERE r.slot >= +:from AND r.slot < +:until AND ${IN_CAMPAIGN('r')} AND r.disposition_id ${IS_SUCCESS}
  GROUP BY r.slot`);

const successesOfAgent = reading<SlotSuccesses>(`
  SELECT c.started_at / ${QUARTER_MS} AS slot, count(*) AS successes ${OF_AGENT} ${STANDS} ${BY_AGENT}
    AND o.disposition_id ${IS_SUCCESS} GROUP BY 1`);

export interface OutcomeCounts {
  readonly id: string;
  readonly label: string;
  readonly isSuccess: number;
  readonly calls: number;
  readonly talkMs: number;
}

/** The outcomes that stand, the most frequent first. */
export function outcomeCounts(db: ReadDb, scope: ReportScope): OutcomeCounts[] {
  return scope.agentId === null ? outcomes(db).all(inSlots(scope)) : outcomesOfAgent(db).all(boundOf(scope));
}

const NAMED = 'k.id, k.label, k.is_success AS isSuccess';

const outcomes = reading<OutcomeCounts>(`
  SELECT ${NAMED}, t.calls, t.talkMs FROM (
    SELECT r.disposition_id, sum(r.calls) AS calls, sum(r.talk_ms) AS talkMs FROM report_outcomes r
    WHERE r.slot >= +:from AND r.slot < +:until AND ${IN_CAMPAIGN('r')} GROUP BY r.disposition_id) t
  JOIN disposition_kinds k ON k.id = t.disposition_id ORDER BY t.calls DESC, k.label`);

const outcomesOfAgent = reading<OutcomeCounts>(`
  SELECT ${NAMED}, t.calls, t.talkMs FROM (
    SELECT o.disposition_id, count(*) AS calls, sum(${TALK_MS}) AS talkMs ${OF_AGENT} ${STANDS} ${BY_AGENT}
    GROUP BY o.disposition_id) t
  JOIN disposition_kinds k ON k.id = t.disposition_id ORDER BY t.calls DESC, k.label`);

export interface CostCounts {
  readonly currency: string;
  readonly calls: number;
  readonly micros: number;
}

/** By currency: sums in different ones are never added. */
export function costCounts(db: ReadDb, scope: ReportScope): CostCounts[] {
  return scope.agentId === null ? costs(db).all(inSlots(scope)) : costsOfAgent(db).all(boundOf(scope));
}

const costs = reading<CostCounts>(`
  SELECT r.currency, sum(r.calls) AS calls, sum(r.micros) AS micros FROM report_costs r
  WHERE r.slot >= +:from AND r.slot < +:until AND ${IN_CAMPAIGN('r')} GROUP BY r.currency ORDER BY micros DESC`);

const costsOfAgent = reading<CostCounts>(`
  SELECT ifnull(c.currency, '') AS currency, count(*) AS calls, sum(c.cost_micros) AS micros ${OF_AGENT} ${BY_AGENT}
    AND c.cost_micros IS NOT NULL GROUP BY 1 ORDER BY micros DESC`);

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
