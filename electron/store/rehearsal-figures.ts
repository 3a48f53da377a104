import type { AnsweredBy, CallEnd } from '../../shared/domain/call.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';

/* What a rehearsal asks of a workspace's copy, and what it clears out of its way there. */

const IS_REACHED = `c.answered_at IS NOT NULL AND ifnull(c.answered_by, 'unknown') IN ('human', 'unknown')`;

/** A call of the past, as far as a world can be made of it. */
export interface PastCall {
  readonly end: CallEnd;
  readonly answeredBy: AnsweredBy | null;
  /** From the first ring to the answer; null where nobody answered. */
  readonly ringMs: number | null;
  readonly talkMs: number | null;
  readonly dispositionId: string | null;
}

/** The latest calls of a campaign that have ended, newest first. */
export function pastCalls(db: ReadDb, campaignId: number, limit: number): PastCall[] {
  return past(db).all(campaignId, limit);
}

const past = reading<PastCall>(`
  SELECT c.ending AS "end", c.answered_by AS answeredBy, c.answered_at - c.ringing_at AS ringMs,
    c.ended_at - c.answered_at AS talkMs, o.disposition_id AS dispositionId
  FROM calls c LEFT JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL
  WHERE c.campaign_id = +? AND c.direction = 'outbound' AND c.status = 'ended' AND c.ending IS NOT NULL
  ORDER BY c.started_at DESC, c.id DESC LIMIT +?`);

/** Leaves one campaign alone in a copy: the others rest, nobody is in a session, no personal schedule calls. */
export function leaveOnly(db: Db, campaignId: number, at: Instant): void {
  withTransaction(db, () => {
    pauseOthers(db).run(campaignId);
    pauseSchedules(db).run();
    cancelJobs(db).run();
    endStates(db).run(at);
    endSessions(db).run(at);
  });
}

const pauseOthers = writing("UPDATE campaigns SET status = 'paused' WHERE id <> ? AND status = 'active'");
const pauseSchedules = writing('UPDATE schedules SET is_active = 0 WHERE is_active = 1');
const cancelJobs = writing(
  "UPDATE schedule_jobs SET state = 'canceled', canceled_by = 'change' WHERE state IN ('queued', 'scheduled')",
);
const endStates = writing('UPDATE agent_states SET until_at = max(?, from_at) WHERE until_at IS NULL');
const endSessions = writing('UPDATE sessions SET ended_at = max(?, started_at) WHERE ended_at IS NULL');

/** What a stretch of a campaign's time came to. */
export interface StretchFigures {
  readonly dials: number;
  readonly talks: number;
  readonly talkMs: number;
  readonly costMicros: number;
  readonly currency: string | null;
}

export function figuresBetween(db: ReadDb, campaignId: number, from: Instant, to: Instant): StretchFigures {
  return between(db).get({ campaignId, from, to })!;
}

const between = reading<StretchFigures>(`
  SELECT count(*) AS dials, ifnull(sum(${IS_REACHED}), 0) AS talks,
    ifnull(sum(iif(${IS_REACHED}, c.ended_at - c.answered_at, 0)), 0) AS talkMs,
    ifnull(sum(c.cost_micros), 0) AS costMicros, max(c.currency) AS currency
  FROM calls c
  WHERE c.campaign_id = +:campaignId AND c.direction = 'outbound' AND c.started_at >= +:from AND c.started_at < +:to`);

/** Who talked to us since an instant. */
export function contactsReached(db: ReadDb, campaignId: number, since: Instant): ReadonlySet<number> {
  return new Set(
    reached(db)
      .all(campaignId, since)
      .map(({ id }) => id),
  );
}

const reached = reading<{ id: number }>(`
  SELECT DISTINCT c.contact_id AS id FROM calls c
  WHERE c.campaign_id = +? AND c.started_at >= +? AND c.direction = 'outbound' AND ${IS_REACHED}
    AND c.contact_id IS NOT NULL`);

/** When the last outcome was filed since an instant; null where none was. */
export function lastOutcomeAt(db: ReadDb, campaignId: number, since: Instant): Instant | null {
  return lastFiled(db).get(campaignId, since)!.at;
}

const lastFiled = reading<{ at: Instant | null }>(
  'SELECT max(filed_at) AS at FROM outcomes WHERE campaign_id = +? AND filed_at >= +?',
);

/** How an agent spent a stretch of time, by the state of their session. */
export interface AgentTime {
  readonly agentId: number;
  readonly kind: string;
  readonly ms: number;
}

export function agentTimeBetween(db: ReadDb, from: Instant, to: Instant): AgentTime[] {
  return spent(db).all({ from, to });
}

const spent = reading<AgentTime>(`
  SELECT agent_id AS agentId, kind, sum(min(ifnull(until_at, :to), :to) - max(from_at, :from)) AS ms
  FROM agent_states WHERE from_at < +:to AND ifnull(until_at, :to) > :from
  GROUP BY agent_id, kind ORDER BY agent_id, kind`);

/** What each agent's calls came to since an instant. */
export interface AgentCalls {
  readonly agentId: number;
  readonly dials: number;
  readonly talks: number;
  readonly talkMs: number;
}

export function agentCallsSince(db: ReadDb, campaignId: number, since: Instant): AgentCalls[] {
  return byAgent(db).all(campaignId, since);
}

const byAgent = reading<AgentCalls>(`
  SELECT c.agent_id AS agentId, count(*) AS dials, ifnull(sum(${IS_REACHED}), 0) AS talks,
    ifnull(sum(iif(${IS_REACHED}, c.ended_at - c.answered_at, 0)), 0) AS talkMs
  FROM calls c
  WHERE c.campaign_id = +? AND c.started_at >= +? AND c.direction = 'outbound' AND c.agent_id IS NOT NULL
  GROUP BY c.agent_id ORDER BY c.agent_id`);
