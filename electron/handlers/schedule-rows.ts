import type {
  ConsentRow,
  JobRow,
  ScheduleRow,
  ScheduledPerson,
  ScheduledToday,
} from '../../shared/contract/schedules.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import {
  cadenceInWords,
  cadenceText,
  plannedInstants,
  remarkInWords,
  timeText,
} from '../../shared/domain/cadence.ts';
import { showPhone } from '../../shared/domain/phone.ts';
import type { Consent, JobState, Schedule } from '../../shared/domain/schedule.ts';
import { DAY_MS, type Instant, after } from '../../shared/lib/instants.ts';
import { addDays, firstInstant, isDate, isZone, localTime } from '../../shared/lib/zoned-time.ts';
import type { Kernel } from '../kernel.ts';
import {
  type ListedJob,
  jobCounts,
  jobCountsOf,
  jobsPage,
  lastFailureOf,
  sessionsOf,
} from '../store/schedule-jobs.ts';
import type { ListedSchedule } from '../store/schedules.ts';
import { refuse } from './refusals.ts';

/* Schedules, jobs and figures as the screens show them. */

const SESSIONS_SHOWN = 20;

export function scheduleRow({ home, clock }: Kernel, listed: ListedSchedule): ScheduleRow {
  const { schedule, contact, number } = listed;
  const { id, version, contactId, numberId, zone, minute, cadence, voice, isActive } = schedule;
  return {
    id,
    version,
    contactId,
    name: contact,
    numberId,
    number: number === null ? '' : showPhone(number, home.country),
    zone,
    time: timeText(minute),
    cadence: cadenceText(cadence),
    cadenceInWords: cadenceInWords(cadence),
    voice,
    isActive,
    next: isActive ? nextCall(schedule, listed.nextAt, clock.now()) : null,
    trouble: troubleOf(listed),
  };
}

/** What waits already, else the first call beyond the hours that are planned: whatever is not in them is not to be. */
function nextCall(schedule: Schedule, waiting: Instant | null, now: Instant): ScheduleRow['next'] {
  if (!isZone(schedule.zone)) return null;
  const from = localTime(waiting ?? now, schedule.zone).date;
  const found = plannedInstants(schedule, addDays(from, -1), 10);
  const all = found.ok ? found.value : [];
  const beyond = after(now, DAY_MS);
  const next = all.find(({ at }) => (waiting === null ? at > beyond : at === waiting));
  const remark = next?.remark == null ? null : remarkInWords(next.remark);
  if (waiting !== null) return { at: waiting, remark };
  return next === undefined ? null : { at: next.at, remark };
}

function troubleOf({ number, isUsable, mayBeSpokenTo, schedule }: ListedSchedule): string | null {
  if (number === null) return 'Its number is gone. Choose another one.';
  if (!isUsable) return 'Its number is not in use, or belongs to someone else.';
  if (!mayBeSpokenTo) return 'Not called: no consent to an AI voice.';
  return isZone(schedule.zone) ? null : 'Its time zone is not one this computer knows.';
}

export function consentRow({ contactId: _contactId, ...consent }: Consent): ConsentRow {
  return consent;
}

export function jobRow({ home }: Kernel, { job, contact, zone, number, seconds }: ListedJob): JobRow {
  const { id, contactId, localDate, plannedAt, dueAt, state, attempts, callRef, note, error } = job;
  return {
    id,
    contactId,
    name: contact,
    number: number === null ? '' : showPhone(number, home.country),
    zone,
    localDate,
    plannedAt,
    dueAt,
    state,
    attempts,
    callRef,
    note,
    error,
    seconds,
    mayCancel: (state === 'queued' || state === 'scheduled') && job.attemptId === null,
  };
}

interface JobsAsked {
  readonly day: string | null;
  readonly state: JobState | null;
  readonly after: number | null;
}

export function dayJobs(
  kernel: Kernel,
  { day, state, after: last }: JobsAsked,
  limit: number,
): Answer<{ rows: JobRow[]; next: number | null }> {
  if (day !== null && !isDate(day))
    return refuse('bad-arguments', `“${day}” is not a date. Write it as 2026-11-20.`);
  const { from, to } = dayOf(kernel, day ?? todayIn(kernel));
  const { rows, next } = jobsPage(kernel.db, { from, to, state, limit, after: last });
  return { ok: true, value: { rows: rows.map((row) => jobRow(kernel, row)), next } };
}

/** The workspace's own day: people elsewhere have theirs, and are called in it all the same. */
function dayOf({ home }: Kernel, date: string): { from: Instant; to: Instant } {
  return { from: firstInstant(date, 0, home.zone), to: firstInstant(addDays(date, 1), 0, home.zone) };
}

function todayIn({ clock, home }: Kernel): string {
  return localTime(clock.now(), home.zone).date;
}

export function scheduledToday(kernel: Kernel): ScheduledToday {
  const date = todayIn(kernel);
  const { from, to } = dayOf(kernel, date);
  const { queued, scheduled, started, completed, failed, canceled } = jobCounts(kernel.db, from, to);
  const { zone } = kernel.home;
  return { date, zone, scheduled: queued + scheduled, started, completed, failed, canceled };
}

export function scheduledPerson({ db }: Kernel, contactId: number): ScheduledPerson {
  const { completed, failed } = jobCountsOf(db, contactId);
  const total = completed + failed;
  const last = lastFailureOf(db, contactId);
  return {
    total,
    completed,
    failed,
    successRate: total === 0 ? null : completed / total,
    lastError: last === null ? null : { sentence: last.error ?? 'It failed.', at: last.changedAt },
    sessions: sessionsOf(db, contactId, SESSIONS_SHOWN).map(
      ({ jobId: _jobId, answeredAt: _answeredAt, end: disposition, ...session }) => ({
        ...session,
        disposition,
      }),
    ),
  };
}
