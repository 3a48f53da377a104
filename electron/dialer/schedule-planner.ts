import { type PlannedInstant, plannedOn, remarkInWords, timeText } from '../../shared/domain/cadence.ts';
import type { Schedule } from '../../shared/domain/schedule.ts';
import { DAY_MS, type Instant, after, earlier, later } from '../../shared/lib/instants.ts';
import { addDays, isZone, localTime } from '../../shared/lib/zoned-time.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { cancelPending, planJob } from '../store/schedule-jobs.ts';
import { activeSchedules, scheduleById } from '../store/schedules.ts';
import { setSetting, setting } from '../store/settings.ts';

/** What one round of planning came to. */
export interface PlanSummary {
  readonly planned: number;
  /** Times that passed while nobody was there to plan them. They are written down, and never made up for. */
  readonly missed: number;
}

/** Schedules planned in one transaction: some milliseconds, so that no dial and no screen waits for it. */
const SLICE = 150;
const AHEAD_MS = DAY_MS;
/** Calls missed longer ago than this are not even written down: after a long absence they would be a flood. */
const LOOK_BACK_MS = DAY_MS;

/** How far the planning has come, kept so that a start knows what was missed. */
const PLANNED_UNTIL = 'schedules.planned-until';

/**
 * Plans the next 24 hours of every schedule, each in its person's own zone (row B2). However often it runs, a
 * person has one job a day. `rest` comes between slices, and says whether to go on.
 */
export async function planDay(db: Db, now: Instant, rest: () => Promise<boolean>): Promise<PlanSummary> {
  const since = seenUntil(db, now);
  let planned = 0;
  let missed = 0;
  let seen = 0;
  for (let last = 0; ; ) {
    const slice = activeSchedules(db, last, SLICE);
    seen += slice.length;
    if (slice.length === 0) break;
    withTransaction(db, () => {
      for (const schedule of slice) {
        const found = plan(db, schedule, since, now);
        planned += found.planned;
        missed += found.missed;
      }
    });
    if (slice.length < SLICE) break;
    last = slice.at(-1)!.id;
    // Cut short, the rest is planned at the next start: how far it came is only written down at the end.
    if (!(await rest())) return { planned, missed };
  }
  // A workspace without schedules is spared the write at each start.
  if (seen > 0) setSetting(db, 'workspace', PLANNED_UNTIL, after(now, AHEAD_MS));
  return { planned, missed };
}

/** After a change: what was planned is taken back, and what still holds is planned anew. */
export function replan(db: Db, scheduleId: number, now: Instant): void {
  withTransaction(db, () => {
    cancelPending(db, scheduleId, now);
    const schedule = scheduleById(db, scheduleId);
    if (schedule !== null && schedule.isActive && schedule.removedAt === null) plan(db, schedule, now, now);
  });
}

function plan(db: Db, schedule: Schedule, since: Instant, now: Instant): PlanSummary {
  let planned = 0;
  let missed = 0;
  for (const each of instantsOf(schedule, since, after(now, AHEAD_MS))) {
    const isMissed = each.at <= now;
    // Before its last change it was another schedule, or none.
    if (isMissed && each.at <= schedule.changedAt) continue;
    const job = {
      scheduleId: schedule.id,
      contactId: schedule.contactId,
      localDate: each.date,
      plannedAt: each.at,
      note: each.remark === null ? null : remarkInWords(each.remark),
      missed: isMissed ? missedSentence(schedule) : null,
    };
    if (!planJob(db, job, now)) continue;
    if (isMissed) missed += 1;
    else planned += 1;
  }
  return { planned, missed };
}

/** The calls of a schedule after one instant and up to another. A clock may move a call into the next day. */
function instantsOf(schedule: Schedule, from: Instant, to: Instant): PlannedInstant[] {
  if (!isZone(schedule.zone)) return [];
  const found: PlannedInstant[] = [];
  const last = addDays(localTime(to, schedule.zone).date, 1);
  for (let date = addDays(localTime(from, schedule.zone).date, -1); date <= last; date = addDays(date, 1)) {
    const each = plannedOn(schedule, date);
    if (each !== null && each.at > from && each.at <= to) found.push(each);
  }
  return found;
}

/** Why a call was not made at its time. */
export function missedSentence({ minute, zone }: Pick<Schedule, 'minute' | 'zone'>): string {
  return `Missed: at ${timeText(minute)} (${zone}) Parley was not running, or the computer slept.`;
}

/** Up to where calls were planned before. A first start has missed nothing. */
function seenUntil(db: Db, now: Instant): Instant {
  const until = setting<Instant>(db, 'workspace', PLANNED_UNTIL) ?? now;
  return later(earlier(until, now), after(now, -LOOK_BACK_MS));
}
