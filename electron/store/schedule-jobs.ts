import type { E164 } from '../../shared/domain/phone.ts';
import { type CanceledBy, type Job, type JobState, mayFollow } from '../../shared/domain/schedule.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, writing } from './open.ts';
import { type Page, pageOf } from './page.ts';

/** One call as the planner wishes it. A missed one is written down as failed at once, with its sentence. */
export type PlannedJob = Pick<Job, 'scheduleId' | 'contactId' | 'localDate' | 'plannedAt' | 'note'> & {
  readonly missed: string | null;
};

/**
 * Puts a job on its day. False when that day has one: there is no second. Only what never called, and no person
 * took back, is planned anew where its time still lies ahead: a changed schedule, a clock that was set back.
 */
export function planJob(db: Db, { missed, ...job }: PlannedJob, at: Instant): boolean {
  const state = missed === null ? 'queued' : 'failed';
  return plan(db).run({ ...job, state, error: missed, at }).changes === 1;
}

const plan = writing(`
  INSERT INTO schedule_jobs (schedule_id, contact_id, local_date, planned_at, due_at, state, attempts, note, error,
    created_at, changed_at)
  VALUES (:scheduleId, :contactId, :localDate, :plannedAt, :plannedAt, :state, 0, :note, :error, :at, :at)
  ON CONFLICT (schedule_id, local_date) DO UPDATE SET planned_at = excluded.planned_at, due_at = excluded.due_at,
    state = excluded.state, note = excluded.note, error = excluded.error, canceled_by = NULL,
    changed_at = excluded.changed_at
  WHERE attempts = 0 AND excluded.state = 'queued'
    AND (state = 'failed' OR (state = 'canceled' AND canceled_by = 'change'))`);

const COLUMNS = `
  j.id, j.schedule_id AS scheduleId, j.contact_id AS contactId, j.local_date AS localDate,
  j.planned_at AS plannedAt, j.due_at AS dueAt, j.state, j.attempts, j.attempt_id AS attemptId,
  j.call_ref AS callRef, j.begun_at AS begunAt, j.note, j.error, j.canceled_by AS canceledBy,
  j.created_at AS createdAt, j.changed_at AS changedAt`;

export function jobById(db: ReadDb, id: number): Job | null {
  return byId(db).get(id) ?? null;
}

const byId = reading<Job>(`SELECT ${COLUMNS} FROM schedule_jobs j WHERE j.id = +?`);

/** What moves a job. Left out is kept. */
export interface JobChange {
  readonly state: JobState;
  readonly dueAt?: Instant;
  readonly note?: string | null;
  readonly error?: string | null;
  readonly callRef?: string | null;
}

/** Moves a job on. Staying where it is, with another time or sentence, is a move too. */
export function moveJob(db: Db, job: Job, change: JobChange, at: Instant): void {
  const { state } = change;
  assert(state === job.state || mayFollow(job.state, state), `a job goes from ${job.state} to ${state}`);
  const after = { ...job, ...change };
  const { changes } = moved(db).run({ ...after, from: job.state, at });
  assert(changes === 1, `job ${job.id} was not ${job.state} when it was to become ${state}`);
}

const moved = writing(`
  UPDATE schedule_jobs SET state = :state, due_at = :dueAt, note = :note, error = :error, call_ref = :callRef,
    changed_at = :at
  WHERE id = +:id AND state = +:from`);

/** The job calls: its attempt is on disk in the same transaction. */
export function beginJob(db: Db, id: number, attemptId: string, at: Instant): void {
  const { changes } = begun(db).run({ id, attemptId, at });
  assert(changes === 1, `job ${id} was not waiting when it began`);
}

const begun = writing(`
  UPDATE schedule_jobs SET attempt_id = :attemptId, attempts = attempts + 1, begun_at = :at, changed_at = :at
  WHERE id = +:id AND state = 'scheduled' AND attempt_id IS NULL`);

/** Nothing rang: the job waits again, and may call once more. */
export function putJobBack(db: Db, id: number, dueAt: Instant, error: string, at: Instant): void {
  const { changes } = putBack(db).run({ id, dueAt, error, at });
  assert(changes === 1, `job ${id} was not calling when it was put back`);
}

const putBack = writing(`
  UPDATE schedule_jobs SET attempt_id = NULL, due_at = :dueAt, error = :error, changed_at = :at
  WHERE id = +:id AND state = 'scheduled' AND attempt_id IS NOT NULL`);

/** Takes one job back. False when it calls or is over. */
export function cancelJob(db: Db, id: number, by: CanceledBy, at: Instant): boolean {
  return canceled(db).run({ id, by, at }).changes === 1;
}

const canceled = writing(`
  UPDATE schedule_jobs SET state = 'canceled', canceled_by = :by, changed_at = :at
  WHERE id = +:id AND state IN ('queued', 'scheduled') AND attempt_id IS NULL`);

/** Takes back everything of a schedule that has not begun. A call under way ends by itself. */
export function cancelPending(db: Db, scheduleId: number, at: Instant): number {
  return canceledAll(db).run({ scheduleId, at }).changes;
}

const canceledAll = writing(`
  UPDATE schedule_jobs SET state = 'canceled', canceled_by = 'change', changed_at = :at
  WHERE schedule_id = +:scheduleId AND state IN ('queued', 'scheduled') AND attempt_id IS NULL`);

/** Jobs whose time has come, the longest due first. */
export function dueJobs(db: ReadDb, now: Instant, limit: number): Job[] {
  return due(db).all(now, limit);
}

// Named, because SQLite knows nothing of how many jobs are over and would walk through the states.
const due = reading<Job>(`
  SELECT ${COLUMNS} FROM schedule_jobs j INDEXED BY schedule_jobs_due
  WHERE j.state IN ('queued', 'scheduled') AND j.attempt_id IS NULL AND j.due_at <= +?
  ORDER BY j.due_at LIMIT +?`);

/** When the next job falls due; null when none waits. */
export function nextJobAt(db: ReadDb): Instant | null {
  return next(db).get()?.dueAt ?? null;
}

const next = reading<{ dueAt: Instant }>(`
  SELECT due_at AS dueAt FROM schedule_jobs INDEXED BY schedule_jobs_due
  WHERE state IN ('queued', 'scheduled') AND attempt_id IS NULL ORDER BY due_at LIMIT 1`);

/** Jobs that call: never more than there are lines. */
export function callingJobs(db: ReadDb): Job[] {
  return calling(db).all();
}

const calling = reading<Job>(`
  SELECT ${COLUMNS} FROM schedule_jobs j INDEXED BY schedule_jobs_open
  WHERE j.state IN ('scheduled', 'started') AND j.attempt_id IS NOT NULL`);

/** The job that calls with this attempt. */
export function jobOfAttempt(db: ReadDb, attemptId: string): Job | null {
  return ofAttempt(db).get(attemptId) ?? null;
}

const ofAttempt = reading<Job>(`
  SELECT ${COLUMNS} FROM schedule_jobs j WHERE j.state IN ('scheduled', 'started') AND j.attempt_id = +?`);

/** When calls began lately: what a limit per minute is counted from after a start. */
export function begunSince(db: ReadDb, since: Instant, plannedSince: Instant): Instant[] {
  return begunLately(db)
    .all(plannedSince, since)
    .map((row) => row.begunAt);
}

const begunLately = reading<{ begunAt: Instant }>(`
  SELECT begun_at AS begunAt FROM schedule_jobs WHERE planned_at >= +? AND begun_at >= +? ORDER BY begun_at`);

export interface ListedJob {
  readonly job: Job;
  readonly contact: string;
  readonly zone: string;
  readonly number: E164 | null;
  readonly seconds: number | null;
}

export interface JobsWanted {
  readonly from: Instant;
  readonly to: Instant;
  readonly state: JobState | null;
  readonly limit: number;
  /** The last page's `next`. */
  readonly after: number | null;
}

/** The jobs planned for a stretch of time, the earliest first. */
export function jobsPage(db: ReadDb, { from, to, state, limit, after }: JobsWanted): Page<ListedJob> {
  const place = after === null ? null : jobById(db, after);
  const wanted = { plannedAt: place?.plannedAt ?? from, id: place?.id ?? 0, to, limit: limit + 1 };
  const rows = state === null ? dayPage(db).all(wanted) : statePage(db).all({ ...wanted, state });
  return pageOf(rows.map(listed), limit, (row) => row.job.id);
}

type ListedRow = Job & Omit<ListedJob, 'job'>;

const LISTED = `
  SELECT ${COLUMNS}, c.name AS contact, s.zone, n.e164 AS number, k.seconds
  FROM schedule_jobs j
  CROSS JOIN schedules s ON s.id = j.schedule_id
  CROSS JOIN contacts c ON c.id = j.contact_id
  LEFT JOIN contact_numbers n ON n.id = s.number_id
  LEFT JOIN calls k ON k.attempt_id = j.attempt_id`;
const WITHIN = '(j.planned_at, j.id) > (:plannedAt, :id) AND j.planned_at < +:to';

const dayPage = reading<ListedRow>(`${LISTED} WHERE ${WITHIN} ORDER BY j.planned_at, j.id LIMIT +:limit`);
const statePage = reading<ListedRow>(
  `${LISTED} WHERE j.state = +:state AND ${WITHIN} ORDER BY j.planned_at, j.id LIMIT +:limit`,
);

export function listedJob(db: ReadDb, id: number): ListedJob | null {
  const row = oneListed(db).get(id);
  return row === undefined ? null : listed(row);
}

const oneListed = reading<ListedRow>(`${LISTED} WHERE j.id = +?`);

function listed({ contact, zone, number, seconds, ...job }: ListedRow): ListedJob {
  return { job, contact, zone, number, seconds };
}

export type JobCounts = Readonly<Record<JobState, number>>;

/** How the jobs of a stretch of time stand. */
export function jobCounts(db: ReadDb, from: Instant, to: Instant): JobCounts {
  return tallied(counts(db).all(from, to));
}

const counts = reading<{ state: JobState; n: number }>(`
  SELECT state, count(*) AS n FROM schedule_jobs WHERE planned_at >= +? AND planned_at < +? GROUP BY state`);

/** How all jobs of a contact stand. */
export function jobCountsOf(db: ReadDb, contactId: number): JobCounts {
  return tallied(countsOf(db).all(contactId));
}

const countsOf = reading<{ state: JobState; n: number }>(`
  SELECT state, count(*) AS n FROM schedule_jobs WHERE contact_id = +? GROUP BY state`);

function tallied(rows: readonly { state: JobState; n: number }[]): JobCounts {
  const none = { queued: 0, scheduled: 0, started: 0, completed: 0, failed: 0, canceled: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
}

/** The last job of a contact that came to nothing. */
export function lastFailureOf(db: ReadDb, contactId: number): Job | null {
  return lastFailure(db).get(contactId) ?? null;
}

const lastFailure = reading<Job>(`
  SELECT ${COLUMNS} FROM schedule_jobs j WHERE j.contact_id = +? AND j.state = 'failed'
  ORDER BY j.planned_at DESC LIMIT 1`);

/** One call that a job made, as the carrier told it (row B4). */
export interface JobSession {
  readonly jobId: number;
  readonly callId: number;
  readonly startedAt: Instant;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly seconds: number | null;
  readonly end: string | null;
  readonly answeredBy: string | null;
  readonly carrier: string;
  readonly callRef: string;
  readonly rawStatus: string | null;
  readonly costMicros: number | null;
  readonly currency: string | null;
}

/** The latest calls that a contact's jobs made. */
export function sessionsOf(db: ReadDb, contactId: number, limit: number): JobSession[] {
  return sessions(db).all(contactId, limit);
}

const sessions = reading<JobSession>(`
  SELECT j.id AS jobId, k.id AS callId, k.started_at AS startedAt, k.answered_at AS answeredAt,
    k.ended_at AS endedAt, k.seconds, k.ending AS "end", k.answered_by AS answeredBy, k.carrier,
    k.call_ref AS callRef, k.raw_status AS rawStatus, k.cost_micros AS costMicros, k.currency
  FROM schedule_jobs j CROSS JOIN calls k ON k.attempt_id = j.attempt_id
  WHERE j.contact_id = +? ORDER BY j.planned_at DESC LIMIT +?`);
