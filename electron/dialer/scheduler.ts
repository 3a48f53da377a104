import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../shared/lib/instants.ts';
import { callingJobs, nextJobAt } from '../store/schedule-jobs.ts';
import { type JobParts, openJobs } from './jobs.ts';
import { openNap } from './nap.ts';
import { type PlanSummary, planDay } from './schedule-planner.ts';

/** The longest the scheduler goes without a look at the clock: the wall clock may be set meanwhile. */
const LOOK_MS = 30 * SECOND_MS;
/** A look that comes this late was kept by sleep, or the clock was set: what was due meanwhile is missed. */
const GAP_MS = 2 * MINUTE_MS;
/** After a stumble, over a full disk perhaps. */
const STUMBLED_MS = 5 * SECOND_MS;
/** Between two slices others have their turn. */
const SLICE_REST_MS = 1;

/** The personal schedules at work: plans at 00:00 UTC and after every gap, and calls when it is time. */
export interface Scheduler {
  /** Plans the next 24 hours now, as often as anybody likes. */
  planNow(): Promise<PlanSummary>;
  /** Something changed, or time has passed unseen: looks at once. */
  wake(): void;
  /** Whether calls are planned or under way: a closed window must not end them. */
  isBusy(): boolean;
  learned(attemptIds: readonly string[]): void;
  isUnderWay(attemptId: string): boolean;
  /** Looked at the clock not long ago, as it should. */
  isAlive(): boolean;
  close(): Promise<void>;
}

export function startScheduler(parts: JobParts): Scheduler {
  const { db, clock } = parts;
  const jobs = openJobs(parts);
  let isStopped = false;
  const { pause, wakeAll } = openNap(clock);
  let plannedDay: number | null = null;
  let lookedAt: Instant | null = null;

  const rest = async () => {
    await pause(SLICE_REST_MS);
    return !isStopped;
  };

  const plan = async (): Promise<PlanSummary> => {
    const now = clock.now();
    const summary = await planDay(db, now, rest);
    if (!isStopped) plannedDay = utcDay(now);
    if (summary.planned + summary.missed > 0) parts.changed();
    return summary;
  };

  /** How long until there is something to do. */
  const look = async (): Promise<number> => {
    const isGap = hasGap(lookedAt, clock.now());
    if (isGap) {
      jobs.followAll();
      await jobs.missOverdue(rest);
    }
    if (!isStopped && (isGap || utcDay(clock.now()) !== plannedDay)) await plan();
    if (isStopped) return 0;
    const waitMs = jobs.run();
    lookedAt = clock.now();
    const nextAt = nextJobAt(db);
    if (waitMs !== null) return Math.min(LOOK_MS, waitMs);
    return nextAt === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(1, nextAt - clock.now()));
  };

  const watching = (async () => {
    while (!isStopped) {
      let waitMs = STUMBLED_MS;
      try {
        waitMs = await look();
      } catch (error) {
        if (!isStopped) parts.log('the schedules stumbled; they go on by themselves', error);
      }
      if (!isStopped) await pause(waitMs);
    }
  })();

  return {
    planNow: plan,
    wake: wakeAll,
    isBusy: () => nextJobAt(db) !== null || callingJobs(db).length > 0,
    learned: jobs.learned,
    isUnderWay: jobs.isUnderWay,
    isAlive: () => !isStopped && lookedAt !== null && !hasGap(lookedAt, clock.now()),
    async close() {
      isStopped = true;
      wakeAll();
      await jobs.close();
      await watching;
    },
  };
}

/** A first look, one that comes late, and one at a clock that was set back all find time unaccounted for. */
function hasGap(before: Instant | null, now: Instant): boolean {
  return before === null || now < before || now - before > GAP_MS;
}

function utcDay(at: Instant): number {
  return Math.floor(at / DAY_MS);
}
