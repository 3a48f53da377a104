import type { CallEnd } from '../../shared/domain/call.ts';
import type { Job, Schedule } from '../../shared/domain/schedule.ts';
import { type Instant, MINUTE_MS, after } from '../../shared/lib/instants.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import { attemptById } from '../store/attempts.ts';
import { type Call, callOfAttempt } from '../store/calls.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { moveJob, putJobBack } from '../store/schedule-jobs.ts';
import { scheduleById } from '../store/schedules.ts';

/** A carrier that refused for now is asked so often at most, and so much later each time. */
const ATTEMPTS_MAX = 3;
const REFUSED_REST_MS = MINUTE_MS;
/** After this long a refused call is not tried anew: somebody who was away must not come back to a burst. */
const RETRY_WITHIN_MS = 10 * MINUTE_MS;

/**
 * Brings a job in line with what is known of its attempt. Asks nothing and dials nobody. False when nothing
 * changed. `isFinal` says that the carrier will not change its mind.
 */
export function followJob(db: Db, job: Job, now: Instant, isFinal: boolean): boolean {
  if (job.attemptId === null) return false;
  const { attemptId } = job;
  return withTransaction(db, () => {
    const call = callOfAttempt(db, attemptId);
    if (call !== null) return followCall(db, job, call, now);
    const attempt = attemptById(db, attemptId);
    const trouble = attempt?.trouble ?? 'The call was not placed.';
    switch (attempt?.state) {
      case 'refused':
        return afterRefusal(db, job, trouble, isFinal, now);
      case 'resolved':
        moveJob(db, job, { state: 'failed', error: trouble }, now);
        return true;
      case 'unknown':
        if (job.error === trouble) return false;
        moveJob(db, job, { state: job.state, error: trouble }, now);
        return true;
      case undefined:
      case 'intended':
      case 'sent':
      case 'accepted':
        return false;
    }
  });
}

function followCall(db: Db, job: Job, call: Call, now: Instant): boolean {
  const { callRef } = call;
  if (call.status !== 'ended') {
    if (job.state === 'started') return false;
    moveJob(db, job, { state: 'started', callRef, error: null }, now);
    return true;
  }
  if (call.end === 'completed') moveJob(db, job, { state: 'completed', callRef, error: null }, now);
  else moveJob(db, job, { state: 'failed', callRef, error: endSentence(call) }, now);
  return true;
}

/** Certainly nobody rang: it may be tried anew on the same day there, a few times. */
function afterRefusal(db: Db, job: Job, trouble: string, isFinal: boolean, now: Instant): boolean {
  const schedule = scheduleById(db, job.scheduleId);
  const dueAt = after(now, REFUSED_REST_MS * job.attempts);
  const isRecent = job.begunAt !== null && now - job.begunAt <= RETRY_WITHIN_MS;
  const isToday = schedule !== null && isSameDay(job, schedule, dueAt);
  if (isFinal || !isRecent || !isToday || job.attempts >= ATTEMPTS_MAX)
    moveJob(db, job, { state: 'failed', error: trouble }, now);
  else putJobBack(db, job.id, dueAt, trouble, now);
  return true;
}

/** Whether it is still the day there that the job was planned for. A changed clock may have moved it past midnight. */
export function isSameDay(job: Job, { zone }: Schedule, at: Instant): boolean {
  const { date } = localTime(at, zone);
  return date === job.localDate || date === localTime(job.plannedAt, zone).date;
}

const ENDS: Readonly<Record<Exclude<CallEnd, 'completed'>, string>> = {
  busy: 'The line was busy.',
  'no-answer': 'Nobody answered.',
  failed: 'The call failed.',
  canceled: 'The call was called off before anybody answered.',
};

function endSentence({ end, errorSentence }: Call): string {
  if (errorSentence !== null) return errorSentence;
  return end === null || end === 'completed' ? 'The call ended, and the carrier did not say how.' : ENDS[end];
}
