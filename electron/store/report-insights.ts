import type { LatencyStep } from '../../shared/domain/latency.ts';
import { QUARTER_MS } from '../../shared/domain/report.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';
import type { ReportScope } from './report-reads.ts';

/* Parts of a report besides its sums: who answered, how scripts do, who was the right person, how long each step took. */

const IN_CAMPAIGN = (row: string) => `(+:campaignId IS NULL OR ${row}.campaign_id = +:campaignId)`;
const KEPT = (row: string) => `${row}.slot >= +:from AND ${row}.slot < +:until AND ${IN_CAMPAIGN(row)}`;
const STANDS = 'JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL';
const OF_AGENT = `FROM calls c INDEXED BY calls_agent`;
const BY_AGENT = `WHERE c.agent_id = +:agentId AND c.started_at >= +:from AND c.started_at < +:until
  AND c.direction = 'outbound' AND ${IN_CAMPAIGN('c')}`;

/** Sums of everybody are kept by the quarter of an hour; the calls of one agent are gone through. */
function bound({ from, until, campaignId, agentId }: ReportScope) {
  if (agentId !== null) return { from, until, campaignId, agentId };
  return { from: Math.floor(from / QUARTER_MS), until: Math.ceil(until / QUARTER_MS), campaignId };
}

export interface AnsweredCount {
  readonly answeredBy: string;
  readonly calls: number;
}

/** Of everybody; one agent’s are known from their calls already. */
export function answersIn(db: ReadDb, scope: ReportScope): AnsweredCount[] {
  return answers(db).all(bound(scope));
}

const answers = reading<AnsweredCount>(`
  SELECT r.answered_by AS answeredBy, sum(r.calls) AS calls FROM report_answers r WHERE ${KEPT('r')} GROUP BY 1`);

/** Calls of everybody whose outcome says that somebody was reached. */
export function reachedIn(db: ReadDb, scope: ReportScope): number {
  return reached(db).get(bound(scope))!.calls;
}

const WAS_REACHED = `IN (SELECT id FROM disposition_kinds WHERE "group" = 'reached')`;
const reached = reading<{ calls: number }>(`
  SELECT ifnull(sum(r.calls), 0) AS calls FROM report_outcomes r WHERE ${KEPT('r')} AND r.disposition_id ${WAS_REACHED}`);

export interface ScriptCount {
  readonly scriptId: number;
  readonly talks: number;
  readonly successes: number;
  readonly scored: number;
  /** Of all that were scored, added up. */
  readonly score: number;
}

export function scriptsIn(db: ReadDb, scope: ReportScope): ScriptCount[] {
  return (scope.agentId === null ? scripts : scriptsOfAgent)(db).all(bound(scope));
}

const TALKED = `k."group" <> 'not-reached'`;
const scripts = reading<ScriptCount>(`
  SELECT r.script_id AS scriptId, sum(r.calls) AS talks, sum(r.calls * k.is_success) AS successes,
    sum(r.scored) AS scored, sum(r.score) AS score
  FROM report_scripts r JOIN disposition_kinds k ON k.id = r.disposition_id WHERE ${KEPT('r')} AND ${TALKED} GROUP BY 1`);
const scriptsOfAgent = reading<ScriptCount>(`
  SELECT o.script_id AS scriptId, count(*) AS talks, sum(k.is_success) AS successes, count(c.score) AS scored,
    ifnull(sum(c.score), 0) AS score
  ${OF_AGENT} ${STANDS} JOIN disposition_kinds k ON k.id = o.disposition_id ${BY_AGENT}
    AND o.script_id IS NOT NULL AND ${TALKED} GROUP BY 1`);

/** A script with its campaign, where that has two of them today. */
export interface ScriptPair {
  readonly campaignId: number;
  readonly campaign: string;
  readonly firstId: number;
  readonly secondId: number;
}

export function scriptPairs(db: ReadDb, campaignId: number | null): ScriptPair[] {
  return pairs(db).all({ campaignId });
}

const pairs = reading<ScriptPair>(`
  SELECT id AS campaignId, name AS campaign, script_id AS firstId, other_script_id AS secondId FROM campaigns
  WHERE script_id IS NOT NULL AND other_script_id IS NOT NULL AND deleted_at IS NULL
    AND (+:campaignId IS NULL OR id = +:campaignId) ORDER BY name, id`);

/** People in a campaign, or in all of them: one who is in two counts twice. */
export function enrolledIn(db: ReadDb, campaignId: number | null): number {
  return enrolled(db).get({ campaignId })!.people;
}

const enrolled = reading<{ people: number }>(`
  SELECT ifnull(sum(t.n), 0) AS people FROM campaigns g JOIN tallies t ON t.what = 'enrolment' AND t.of_id = g.id
  WHERE g.deleted_at IS NULL AND (+:campaignId IS NULL OR g.id = +:campaignId)`);

const NEXT = `(SELECT n.sent_at FROM attempts n
  WHERE n.agent_id = t.agent_id AND n.intended_at > t.intended_at AND n.sent_at IS NOT NULL ORDER BY n.intended_at LIMIT 1)`;

/** The moments of a call `c` with its attempt `t`, as the ledger of its drawer has them. */
const MOMENTS: Readonly<Record<LatencyStep, string>> = {
  wished: 't.intended_at',
  requested: 't.sent_at',
  ringing: 'c.ringing_at',
  answered: 'c.answered_at',
  audio: 'c.audio_at',
  ended: 'c.ended_at',
  filed: 't.filed_at',
  next: NEXT,
};

export const MEASURED = ['requested', 'ringing', 'answered', 'audio', 'ended', 'filed', 'next'] as const;
export type Measured = (typeof MEASURED)[number];

/** How long a step of a call `c` took since the last moment before it that is known; null where it is not known. */
export function tookMs(step: Measured): string {
  const names = Object.keys(MOMENTS) as LatencyStep[];
  const before = names.slice(0, names.indexOf(step)).map((each) => `ifnull(${MOMENTS[each]}, 0)`);
  const last = before.length === 1 ? before[0] : `max(${before.join(', ')})`;
  const took = `max(0, ${MOMENTS[step]} - nullif(${last}, 0))`;
  // A call without an attempt of ours has moments of its own all the same.
  return `(SELECT ${took} FROM (SELECT 1) LEFT JOIN attempts t ON t.id = c.attempt_id)`;
}

type Moments = Readonly<Record<LatencyStep, Instant | null>>;

/** The moments of the calls of a stretch, each call’s in a row. */
export function momentsIn(db: ReadDb, { from, until, campaignId, agentId }: ReportScope): Moments[] {
  const bounds = { from, until, campaignId, agentId };
  return (agentId === null ? moments : momentsOfAgent)(db).all(bounds);
}

const COLUMNS = Object.entries(MOMENTS)
  .map(([step, sql]) => `${sql} AS "${step}"`)
  .join(', ');
const moments = reading<Moments>(`
  SELECT ${COLUMNS} FROM calls c INDEXED BY calls_started LEFT JOIN attempts t ON t.id = c.attempt_id
  WHERE c.started_at >= +:from AND c.started_at < +:until AND c.direction = 'outbound' AND ${IN_CAMPAIGN('c')}
    AND +:agentId IS NULL`);
const momentsOfAgent = reading<Moments>(
  `SELECT ${COLUMNS} ${OF_AGENT} LEFT JOIN attempts t ON t.id = c.attempt_id ${BY_AGENT}`,
);
