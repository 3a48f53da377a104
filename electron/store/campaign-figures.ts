import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

/** What a campaign has come to so far. */
export interface CampaignFigures {
  /** Calls that were placed. */
  readonly attempts: number;
  /** Of these, the ones a person answered. */
  readonly reached: number;
  readonly successes: number;
}

/** Kept by triggers as calls and outcomes come in, so that no screen counts a million rows. */
export function campaignFigures(db: ReadDb, campaignId: number): CampaignFigures {
  const { attempts, reached } = kept(db).get({ campaignId })!;
  return { attempts, reached, successes: keptSuccesses(db).get(campaignId)!.n };
}

const kept = reading<{ attempts: number; reached: number }>(`
  SELECT ifnull(sum(n) FILTER (WHERE value = 'attempts'), 0) AS attempts,
    ifnull(sum(n) FILTER (WHERE value = 'reached'), 0) AS reached
  FROM tallies WHERE what = 'campaign' AND of_id = +:campaignId`);

const keptSuccesses = reading<{ n: number }>(`
  SELECT ifnull(sum(t.n), 0) AS n FROM tallies t JOIN disposition_kinds k ON k.id = t.value
  WHERE t.what = 'outcome' AND t.of_id = +? AND k.is_success = 1`);

/** The same, counted from the rows themselves: what the kept figures must always equal. */
export function recountCampaign(db: ReadDb, campaignId: number): CampaignFigures {
  return recounted(db).get({ campaignId })!;
}

const IS_REACHED = `answered_at IS NOT NULL AND ifnull(answered_by, 'unknown') IN ('human', 'unknown')`;

const recounted = reading<CampaignFigures>(`
  SELECT
    (SELECT count(*) FROM calls WHERE campaign_id = +:campaignId AND direction = 'outbound') AS attempts,
    (SELECT count(*) FROM calls
      WHERE campaign_id = +:campaignId AND direction = 'outbound' AND ${IS_REACHED}) AS reached,
    (SELECT count(*) FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id
      WHERE o.campaign_id = +:campaignId AND o.undone_at IS NULL AND k.is_success = 1) AS successes`);

/** What a campaign's day has come to, counted from that day's rows alone. */
export interface CampaignDay extends CampaignFigures {
  readonly talkMs: number;
}

export function campaignDay(db: ReadDb, campaignId: number, since: Instant): CampaignDay {
  return { ...today(db).get(campaignId, since)!, successes: todaySuccesses(db).get(campaignId, since)!.n };
}

const today = reading<Omit<CampaignDay, 'successes'>>(`
  SELECT count(*) AS attempts, ifnull(sum(${IS_REACHED}), 0) AS reached,
    ifnull(sum(iif(${IS_REACHED}, ended_at - answered_at, 0)), 0) AS talkMs
  FROM calls WHERE campaign_id = +? AND started_at >= +? AND direction = 'outbound'`);

const todaySuccesses = reading<{ n: number }>(`
  SELECT count(*) AS n FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id
  WHERE o.campaign_id = +? AND o.filed_at >= +? AND o.undone_at IS NULL AND k.is_success = 1`);

/** Calls and answers by minute since an instant. Minutes in which nothing happened have no row. */
export function campaignMinutes(
  db: ReadDb,
  campaignId: number,
  since: Instant,
): { readonly minute: number; readonly attempts: number; readonly reached: number }[] {
  return minutes(db).all(campaignId, since);
}

const minutes = reading<{ minute: number; attempts: number; reached: number }>(`
  SELECT started_at / 60000 AS minute, count(*) AS attempts, sum(${IS_REACHED}) AS reached
  FROM calls WHERE campaign_id = +? AND started_at >= +? AND direction = 'outbound' GROUP BY 1 ORDER BY 1`);

/** Who is at work on a campaign, and whom they have in hand. */
export interface AgentAtWork {
  readonly name: string;
  readonly state: string;
  readonly since: Instant;
  readonly contact: string | null;
}

export function agentsOnCampaign(db: ReadDb, campaignId: number): AgentAtWork[] {
  return atWork(db).all(campaignId);
}

const atWork = reading<AgentAtWork>(`
  SELECT a.name, json_extract(s.state, '$.kind') AS state, s.since, (
    SELECT c.name FROM enrolments e JOIN contacts c ON c.id = e.contact_id
    WHERE e.held_by_session = s.id LIMIT 1) AS contact
  FROM sessions s JOIN agents a ON a.id = s.agent_id
  WHERE s.campaign_id = +? AND s.ended_at IS NULL ORDER BY a.name`);
