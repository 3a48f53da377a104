import type { Attempt } from '../../shared/domain/attempt.ts';
import { timeText } from '../../shared/domain/cadence.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import type { Job, Schedule } from '../../shared/domain/schedule.ts';
import { type Reason, type Subject, type Verdict, verdictOn } from '../../shared/domain/verdict.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import type { Random } from '../../shared/lib/random.ts';
import { isZone, localTime } from '../../shared/lib/zoned-time.ts';
import type { Carrier, Placed } from '../carriers/carrier.ts';
import { callerIdsOf, campaignsOf } from '../store/campaigns.ts';
import { consentSince } from '../store/consents.ts';
import { numbersOf } from '../store/contacts.ts';
import { type Db, withTransaction } from '../store/open.ts';
import {
  beginJob,
  begunSince,
  callingJobs,
  cancelJob,
  dueJobs,
  jobById,
  jobOfAttempt,
  moveJob,
} from '../store/schedule-jobs.ts';
import { scheduleById } from '../store/schedules.ts';
import { setting } from '../store/settings.ts';
import { subjectOfPhone } from '../store/subjects.ts';
import { storeTrouble } from '../store/trouble.ts';
import { variablesFor } from './assistant.ts';
import { type SendOptions, beginAttempt, sendAttempt } from './attempts.ts';
import { followJob, isSameDay } from './job-ends.ts';
import type { Gate } from './gate.ts';
import { openPace } from './pace.ts';
import { pauseOf } from './pause-all.ts';
import { missedSentence } from './schedule-planner.ts';

export interface JobParts {
  readonly db: Db;
  readonly carrier: Carrier;
  readonly clock: Clock;
  readonly random: Random;
  /** The law that every call goes by. */
  readonly law: LawBook;
  readonly log: (line: string, error?: unknown) => void;
  /** Told after jobs changed. */
  readonly changed: () => void;
  /** The door they share with others who call by themselves; left out, they are alone. */
  readonly gate?: Gate;
}

/** The calls of the schedules, from the instant they fall due to their end. */
export interface Jobs {
  /** Begins what is due and may be. Returns in how many ms there is more to begin; null when nothing waits. */
  run(): number | null;
  /** After a gap in time: what should have been called while nobody was there is missed, not made up for. */
  missOverdue(rest: () => Promise<boolean>): Promise<void>;
  /** Brings all calling jobs in line with what is known of their attempts. */
  followAll(): void;
  learned(attemptIds: readonly string[]): void;
  /** Attempts whose request is on the wire in this process. */
  isUnderWay(attemptId: string): boolean;
  close(): Promise<void>;
}

/** A call that begins this much after its time is still that call; later it is missed. */
export const LATE_MS_MAX = 10 * MINUTE_MS;

/** Jobs looked at in one go. */
const BATCH = 50;
/** Where nobody can say when a reason lifts, such as a number in use. */
const LOOK_AGAIN_MS = MINUTE_MS;
/** While all calling is paused. */
const PAUSED_LOOK_MS = 30 * SECOND_MS;
/** How long it rings. */
const RING_MS = 25_000;

/** Settings of a workspace: its calls a minute at most, and the number it shows. */
export const PER_MINUTE = 'schedules.calls-per-minute';
export const CALLER_ID = 'schedules.caller-id';
export const USUAL_PER_MINUTE = 30;

export function openJobs(parts: JobParts): Jobs {
  const { db, carrier, clock } = parts;
  const underWay = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const startedAt = clock.now();
  const pace = openPace(begunSince(db, after(startedAt, -MINUTE_MS), after(startedAt, -2 * DAY_MS)));

  const send = (attempt: Attempt, options: SendOptions) => {
    const sent = sendAttempt(db, carrier, attempt, options, clock, stopping.signal)
      .catch((error: unknown): Placed | null => {
        parts.log(`asking the carrier about attempt ${attempt.id} failed`, error);
        return null;
      })
      .then((placed) => {
        underWay.delete(attempt.id);
        follow([attempt.id], placed?.kind === 'refused' && !placed.retry);
      });
    underWay.set(attempt.id, sent);
  };

  const follow = (attemptIds: readonly string[], isFinal = false) => {
    if (stopping.signal.aborted) return;
    try {
      // Read under the lock: another process may be following the same call.
      const moved = attemptIds.filter((id) =>
        withTransaction(db, () => {
          const job = jobOfAttempt(db, id);
          return job !== null && followJob(db, job, clock.now(), isFinal);
        }),
      );
      if (moved.length > 0) parts.changed();
    } catch (error) {
      parts.log('a call of a schedule could not be followed; it is looked at again', error);
    }
  };

  /** Read again under the lock: another process may have begun it, or a person taken it back. */
  const pending = (id: number): Job | null => {
    const job = jobById(db, id);
    const isPending = job?.attemptId === null && (job.state === 'queued' || job.state === 'scheduled');
    return isPending ? job : null;
  };

  const runOne = ({ id }: Job) => {
    const begun = withTransaction(db, () => {
      const job = pending(id);
      // Another process may have paused everything since the batch was read.
      return job === null || pauseOf(db) !== null ? null : takeUp(parts, job);
    });
    if (begun === null) return;
    pace.took(clock.now());
    parts.gate?.passed();
    send(begun.attempt, begun.options);
  };

  /** One job that we stumble over must not hold up all others. */
  const runOrFail = (job: Job) => {
    try {
      runOne(job);
    } catch (error) {
      // A full disk is no fault of the job: it waits.
      if (storeTrouble('', error) !== null) throw error;
      parts.log(`a call of schedule ${job.scheduleId} could not be begun`, error);
      const kept = jobById(db, job.id);
      if (kept?.attemptId === null)
        fail(db, kept, 'Parley stumbled over this call. Nobody was rung.', clock.now());
    }
  };

  return {
    run() {
      let isChanged = false;
      try {
        for (let batch = due(); batch.length > 0; batch = due()) {
          if (pauseOf(db) !== null) {
            isChanged = missWhilePaused() || isChanged;
            return PAUSED_LOOK_MS;
          }
          for (const job of batch) {
            const perMinute = perMinuteIn(db);
            const ownMs = pace.waitMs(clock.now(), { perSecond: carrier.can.callsPerSecond, perMinute });
            const waitMs = Math.max(ownMs, parts.gate?.waitMs() ?? 0);
            withTransaction(db, () => {
              const kept = pending(job.id);
              if (kept?.state === 'queued') moveJob(db, kept, { state: 'scheduled' }, clock.now());
            });
            isChanged ||= job.state === 'queued' || waitMs === 0;
            if (waitMs > 0) return waitMs;
            runOrFail(job);
          }
        }
        return null;
      } finally {
        if (isChanged) parts.changed();
      }
    },
    async missOverdue(rest) {
      for (;;) {
        const now = clock.now();
        const overdue = dueJobs(db, after(now, -LATE_MS_MAX - 1), 500);
        if (overdue.length === 0) return;
        withTransaction(db, () => {
          for (const job of overdue) miss(db, job, now);
        });
        parts.changed();
        if (!(await rest())) return;
      }
    },
    followAll: () => follow(callingJobs(db).map((job) => job.attemptId!)),
    learned: (attemptIds) => follow(attemptIds),
    isUnderWay: (attemptId) => underWay.has(attemptId),
    async close() {
      stopping.abort();
      await Promise.all(underWay.values());
    },
  };

  /** A pause is no queue: what it outlasts is missed, and never made up for in a burst. */
  function missWhilePaused(): boolean {
    const now = clock.now();
    let isAny = false;
    for (;;) {
      const overdue = dueJobs(db, after(now, -LATE_MS_MAX - 1), BATCH);
      if (overdue.length === 0) return isAny;
      isAny = true;
      withTransaction(db, () => {
        for (const job of overdue)
          fail(db, job, 'Missed: all calling was paused when its time came, and for too long after it.', now);
      });
    }
  }

  function due(): Job[] {
    return stopping.signal.aborted ? [] : dueJobs(db, clock.now(), BATCH);
  }
}

export function perMinuteIn(db: Db): number {
  const set = setting(db, 'workspace', PER_MINUTE);
  return typeof set === 'number' && set >= 1 ? set : USUAL_PER_MINUTE;
}

/** The number that is shown to whoever is called; null where the workspace has none. */
function callerIdOf(db: Db): string | null {
  const set = setting(db, 'workspace', CALLER_ID);
  if (typeof set === 'string' && set !== '') return set;
  return callerIdsOf(db)[0]?.number ?? campaignsOf(db).find((each) => each.callerId !== '')?.callerId ?? null;
}

interface Begun {
  readonly attempt: Attempt;
  readonly options: SendOptions;
}

/**
 * One job whose time has come: the intent is on disk with it, or it is moved, or it fails with its reason. The
 * verdict is reached at this very instant, in the transaction of the intent (law 4).
 */
function takeUp(parts: JobParts, job: Job): Begun | null {
  const { db, clock } = parts;
  const now = clock.now();
  const schedule = scheduleById(db, job.scheduleId);
  if (schedule === null || !schedule.isActive || schedule.removedAt !== null) {
    cancelJob(db, job.id, 'change', now);
    return null;
  }
  if (!isZone(schedule.zone))
    return fail(db, job, 'The time zone of this schedule is not one this computer knows.', now);
  if (!isSameDay(job, schedule, now)) return fail(db, job, 'The day it was planned for is over there.', now);
  const number = numbersOf(db, schedule.contactId).find((each) => each.id === schedule.numberId);
  if (number === undefined)
    return fail(db, job, 'The number of this schedule is gone. Choose another one.', now);
  const from = callerIdOf(db);
  if (from === null)
    return fail(db, job, 'This workspace has no caller ID. Add one, and it goes on tomorrow.', now);
  if (!parts.carrier.can.speaks)
    return fail(db, job, 'The carrier that is set up cannot speak by itself. Choose one that can.', now);
  const readiness = parts.carrier.readiness();
  if (readiness.kind === 'in-trouble') return putOff(db, job, schedule, readiness.sentence, now);
  if (readiness.kind === 'not-set-up') return fail(db, job, readiness.sentence, now);
  // A machine speaks to nobody who did not agree to it (row B8).
  if (consentSince(db, schedule.contactId, 'ai-voice') === null)
    return fail(db, job, 'They have not agreed to be called by an AI voice.', now);
  return begin(parts, job, schedule, number.e164, from);
}

function begin(parts: JobParts, job: Job, schedule: Schedule, to: E164, from: string): Begun | null {
  const { db, clock, random, carrier } = parts;
  const now = clock.now();
  const subject = (at: Instant) => subjectOf(parts, schedule, to, at);
  const verdict = verdictOn(subject(now), now);
  if (verdict.kind !== 'ring') return obey(db, job, schedule, verdict, now);
  const { contactId } = schedule;
  const nobody = { campaignId: null, enrolmentId: null, agentId: null, sessionId: null };
  const wish = { ...nobody, contactId, to, from, carrier: carrier.name };
  const begun = beginAttempt(db, wish, subject, clock, random);
  if (!begun.ok) return putOff(db, job, schedule, begun.error.sentence, now);
  beginJob(db, job.id, begun.value.id, now);
  // Nothing is kept of a talk with somebody who did not agree to it (row B8).
  const record = consentSince(db, contactId, 'recording') !== null;
  const voice = schedule.voice === '' ? {} : { voice: schedule.voice };
  return {
    attempt: begun.value,
    options: { ringMs: RING_MS, record, variables: variablesFor(db, contactId), ...voice },
  };
}

/** What a verdict depends on, all read now. The person’s own zone counts beside those the number may be in. */
function subjectOf({ db, law }: JobParts, { contactId, zone }: Schedule, to: E164, now: Instant): Subject {
  return subjectOfPhone(db, to, { law, now, voice: 'ai', contactId, zone }).subject;
}

/** Waits where waiting helps on the same day there; fails with the reason where it does not. */
function obey(
  db: Db,
  job: Job,
  schedule: Schedule,
  verdict: Exclude<Verdict, { kind: 'ring' }>,
  now: Instant,
): null {
  const { rule, sentence }: Reason = verdict.because;
  if (verdict.kind === 'never') return fail(db, job, sentence, now);
  if (rule === 'number-in-use') return putOff(db, job, schedule, sentence, now);
  const { until } = verdict;
  if (until === null || !isSameDay(job, schedule, until)) return fail(db, job, sentence, now);
  const shown = timeText(localTime(until, schedule.zone).minute);
  const note = `Moved to ${shown} (${schedule.zone}). ${sentence}`;
  moveJob(db, job, { state: job.state, dueAt: until, note }, now);
  return null;
}

/** Looks again a little later, on the same day. */
function putOff(db: Db, job: Job, schedule: Schedule, sentence: string, now: Instant): null {
  const dueAt = after(now, LOOK_AGAIN_MS);
  if (!isSameDay(job, schedule, dueAt)) return fail(db, job, sentence, now);
  moveJob(db, job, { state: job.state, dueAt, error: sentence }, now);
  return null;
}

function fail(db: Db, job: Job, error: string, now: Instant): null {
  moveJob(db, job, { state: 'failed', error }, now);
  return null;
}

function miss(db: Db, job: Job, now: Instant): void {
  const schedule = scheduleById(db, job.scheduleId);
  fail(db, job, schedule === null ? 'Missed: its schedule is gone.' : missedSentence(schedule), now);
}
