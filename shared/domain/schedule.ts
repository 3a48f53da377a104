import type { Instant } from '../lib/instants.ts';
import type { Routine } from './cadence.ts';

/** When one person is called by the machine's voice, day after day. */
export interface Schedule extends Routine {
  readonly id: number;
  readonly contactId: number;
  readonly numberId: number;
  /** The voice that speaks; empty is the carrier's usual one. */
  readonly voice: string;
  readonly isActive: boolean;
  /** Rises with every change, so that a second saver is told. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly removedAt: Instant | null;
}

/**
 * One call of a schedule.
 *
 * queued     planned for its time
 * scheduled  its time has come, and it waits its turn, or for the law to allow it
 * started    the carrier has a call for it
 * completed  somebody or something answered, and the call is over
 * failed     missed, not allowed, refused, or not answered: `error` says which
 * canceled   taken back before it began
 */
export const JOB_STATES = ['queued', 'scheduled', 'started', 'completed', 'failed', 'canceled'] as const;
export type JobState = (typeof JOB_STATES)[number];

const FOLLOWS: Readonly<Record<JobState, readonly JobState[]>> = {
  queued: ['scheduled', 'failed', 'canceled'],
  scheduled: ['started', 'completed', 'failed', 'canceled'],
  started: ['completed', 'failed'],
  completed: [],
  // What never called is planned anew where its time lies ahead again: for that day it is the same job.
  failed: ['queued'],
  canceled: ['queued'],
};

export function mayFollow(from: JobState, to: JobState): boolean {
  return FOLLOWS[from].includes(to);
}

/** Who took a job back. Only what a change took back may be planned anew. */
export type CanceledBy = 'person' | 'change';

export interface Job {
  readonly id: number;
  readonly scheduleId: number;
  readonly contactId: number;
  /** The person's own date: one job for each, whatever happens. */
  readonly localDate: string;
  /** When the schedule meant it to be. */
  readonly plannedAt: Instant;
  /** When it is to begin, as things stand: later than planned where a rule moved it. */
  readonly dueAt: Instant;
  readonly state: JobState;
  readonly attempts: number;
  readonly attemptId: string | null;
  readonly callRef: string | null;
  readonly begunAt: Instant | null;
  /** What happened to its time: the clock was changed, a rule moved it. */
  readonly note: string | null;
  /** Why it came to nothing, or was put off. */
  readonly error: string | null;
  readonly canceledBy: CanceledBy | null;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** What somebody agreed to. Without `ai-voice` no machine speaks to them; without `recording` nothing is kept. */
export const CONSENT_KINDS = ['call', 'ai-voice', 'recording'] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

export interface Consent {
  readonly id: number;
  readonly contactId: number;
  readonly kind: ConsentKind;
  /** How it was given: in writing, by a form, by word of mouth. */
  readonly basis: string;
  /** Where it can be looked up. */
  readonly source: string;
  readonly givenAt: Instant;
  readonly revokedAt: Instant | null;
}
