import type { Db } from '../../../electron/store/open.ts';
import { type Instant, MINUTE_MS } from '../../../shared/lib/instants.ts';
import type { AttemptRow, Dial, Say } from './at-the-dial.ts';
import { type Breach, ask, askOne, breach } from './breach.ts';
import { dateIn } from './calendar.ts';

/** A call that begins this long after it was due was slept through, and should have been missed. */
const LATE_MS_MAX = 11 * MINUTE_MS;

interface DueJob {
  readonly id: number;
  readonly localDate: string;
  readonly plannedAt: number;
  readonly dueAt: number;
  readonly zone: string;
  readonly isActive: number;
  readonly removedAt: number | null;
}

/** A person is called on their own day, once, at their time or where a rule moved it, and never to make up for it. */
export function mayBeRungBySchedule({ db, now }: Dial, { id, contactId }: AttemptRow, say: Say): void {
  const job = askOne<DueJob>(
    db,
    `SELECT j.id, j.local_date AS localDate, j.planned_at AS plannedAt, j.due_at AS dueAt, s.zone,
       s.is_active AS isActive, s.removed_at AS removedAt
     FROM schedule_jobs j JOIN schedules s ON s.id = j.schedule_id WHERE j.attempt_id = ?`,
    [id],
  );
  if (job === undefined) return say('schedules', 'by nobody, for no campaign and no schedule');
  if (job.isActive === 0 || job.removedAt !== null) say('schedules', 'by a schedule that was switched off');
  const today = dateIn(job.zone, now);
  if (today !== job.localDate) say('schedules', `on ${today}, for the call of ${job.localDate}`);
  if (now < job.plannedAt) say('schedules', `${job.plannedAt - now} ms before its time`);
  if (now - job.dueAt > LATE_MS_MAX) say('no burst', `${now - job.dueAt} ms after it was due`);
  const earlier = ask<{ at: number }>(
    db,
    `SELECT c.started_at AS at FROM attempts a JOIN calls c ON c.attempt_id = a.id
     WHERE a.contact_id = ? AND a.agent_id IS NULL AND a.enrolment_id IS NULL AND a.id <> ?`,
    [contactId, id],
  );
  if (earlier.some(({ at }) => dateIn(job.zone, at) === today))
    say('schedules', 'twice on one of their days');
}

interface JobRow {
  readonly id: number;
  readonly to: string | null;
  readonly state: string;
  readonly dueAt: number;
  readonly attemptId: string | null;
  readonly attempt: string | null;
  readonly ending: string | null;
  readonly status: string | null;
}

/** Every job stands where its call stands, and none was forgotten. */
export function noJobLost(db: Db, now: Instant): Breach[] {
  const jobs = ask<JobRow>(
    db,
    `SELECT j.id, a.to_e164 AS "to", j.state, j.due_at AS dueAt, j.attempt_id AS attemptId, a.state AS attempt,
       c.ending, c.status FROM schedule_jobs j
     LEFT JOIN attempts a ON a.id = j.attempt_id LEFT JOIN calls c ON c.attempt_id = j.attempt_id`,
  );
  return jobs.flatMap((job) => {
    const wrong = whatIsWrong(job, now);
    return wrong === null ? [] : [breach('schedules', `job ${job.id} ${wrong}`, job.to)];
  });
}

function whatIsWrong(
  { state, dueAt, attemptId, attempt, ending, status }: JobRow,
  now: Instant,
): string | null {
  const isWaiting = (state === 'queued' || state === 'scheduled') && attemptId === null;
  if (isWaiting && dueAt < now - LATE_MS_MAX) return 'was due long ago, and neither called nor missed';
  if (attemptId === null) return state === 'started' ? 'is started without an attempt' : null;
  if (attempt === null) return `has attempt ${attemptId}, which nobody remembers`;
  if (status !== 'ended') return state === 'completed' ? 'is completed, and its call is not over' : null;
  const should = ending === 'completed' ? 'completed' : 'failed';
  return state === should ? null : `is ${state}, and its call ended as ${ending}`;
}
