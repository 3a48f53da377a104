import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

/* The few figures of a workspace that are asked for every few seconds. None of them walks what is over. */

/** Calls that began since an instant, whoever made them. */
export function callsSince(db: ReadDb, since: Instant): number {
  return begun(db).get(since)?.n ?? 0;
}

const begun = reading<{ n: number }>('SELECT count(*) AS n FROM calls WHERE started_at >= +?');

/** Past so many nobody counts on. */
const COUNTED_MAX = 10_000;

/** Calls of personal schedules that are still to come. */
export function jobsWaiting(db: ReadDb): number {
  return waiting(db).get()?.n ?? 0;
}

const waiting = reading<{ n: number }>(`
  SELECT count(*) AS n FROM (SELECT 1 FROM schedule_jobs INDEXED BY schedule_jobs_due
    WHERE state IN ('queued', 'scheduled') AND attempt_id IS NULL LIMIT ${COUNTED_MAX})`);

/** Whether anybody was promised a call in this campaign that is still to be made. */
export function hasPromise(db: ReadDb, campaignId: number): boolean {
  return promised(db).get(campaignId) !== undefined;
}

const promised = reading<{ id: number }>(
  "SELECT id FROM callbacks WHERE state = 'open' AND campaign_id = +? LIMIT 1",
);

/** How the calls of a campaign ended since an instant. An attempt that never became a call has failed. */
export function campaignEnds(db: ReadDb, campaignId: number, since: Instant) {
  const { completed, failed, cancelled } = ends(db).get(campaignId, since)!;
  return { completed, cancelled, failed: failed + unplaced(db).get(campaignId, since)!.n };
}

const unplaced = reading<{ n: number }>(`
  SELECT count(*) AS n FROM attempts a WHERE campaign_id = +? AND intended_at >= +? AND closed_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.attempt_id = a.id)`);

const ends = reading<{ completed: number; failed: number; cancelled: number }>(`
  SELECT count(*) FILTER (WHERE ending = 'completed') AS completed,
    count(*) FILTER (WHERE ending = 'canceled') AS cancelled,
    count(*) FILTER (WHERE ifnull(ending, '') NOT IN ('completed', 'canceled')) AS failed
  FROM calls WHERE campaign_id = +? AND started_at >= +? AND status = 'ended' AND direction = 'outbound'`);
