import { type Attempt, isOpen } from '../../shared/domain/attempt.ts';
import { type Places, placesFrom } from '../../shared/domain/places/places.ts';
import { type Reason, type Subject, verdictOn } from '../../shared/domain/verdict.ts';
import { type DecisionRecord, recordOf, recordingDecision } from '../../shared/domain/verdict-record.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, MINUTE_MS, after } from '../../shared/lib/instants.ts';
import type { Random } from '../../shared/lib/random.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { uuidAt } from '../../shared/lib/uuid.ts';
import { type Carrier, type Placed, UNREACHABLE_NUMBER, type Spoken } from '../carriers/carrier.ts';
import { placeCall } from '../carriers/placed.ts';
import { attemptById, insertIntent, markAttempt, recordingAllowed } from '../store/attempts.ts';
import { callIdOfAttempt, insertCall } from '../store/calls.ts';
import { consentSince } from '../store/consents.ts';
import { markNumberUnusable } from '../store/contacts.ts';
import { countAttempt, returnEnrolment, uncountAttempt } from '../store/enrolments.ts';
import { type Db, type ReadDb, withTransaction } from '../store/open.ts';
import { cluesTo } from '../store/subjects.ts';

/** Everything an intent remembers, but for what only the transaction can know. */
export type Wish = Pick<
  Attempt,
  'campaignId' | 'enrolmentId' | 'contactId' | 'agentId' | 'sessionId' | 'to' | 'from' | 'carrier'
>;

/** An attempt whose intent has just been written. */
export interface Begun extends Attempt {
  /** Whether the call may be recorded, as it is kept with the intent. */
  readonly mayRecord: boolean;
}

/**
 * Verdict, intent and lock in one transaction, at this very instant (laws 2 to 4). Whatever was thought about
 * the contact before does not count: `subject` is read again inside. What the verdict rests on is kept.
 */
export function beginAttempt(
  db: Db,
  wish: Wish,
  subjectAt: (now: Instant) => Subject,
  clock: Clock,
  random: Random,
  agentIs: Places = placesFrom(''),
): Result<Begun, Reason> {
  return withTransaction(db, () => {
    const now = clock.now();
    const subject = subjectAt(now);
    const verdict = verdictOn(subject, now);
    if (verdict.kind !== 'ring') return refused(verdict.because);
    const attempt: Attempt = {
      ...wish,
      id: uuidAt(now, random),
      state: 'intended',
      intendedAt: now,
      sentAt: null,
      closedAt: null,
      trouble: null,
    };
    // The index has the last word: another process may hold the number since the verdict was reached.
    const record = recordFor(db, wish, subject, agentIs, now);
    if (!insertIntent(db, attempt, record)) return refused(numberInUse);
    if (wish.enrolmentId !== null) countAttempt(db, wish.enrolmentId, now);
    return ok({ ...attempt, mayRecord: record.recording.isAllowed });
  });
}

function recordFor(db: Db, wish: Wish, subject: Subject, agentIs: Places, now: Instant): DecisionRecord {
  const agreedAt = wish.contactId === null ? null : consentSince(db, wish.contactId, 'recording');
  const recording = recordingDecision(subject, agentIs, agreedAt, now);
  return recordOf(subject, now, cluesTo(db, wish.to), recording);
}

/** Whether a call may be recorded, as it was decided with its intent. */
export function mayRecord(db: ReadDb, attemptId: string): boolean {
  return recordingAllowed(db, attemptId);
}

const numberInUse: Reason = {
  rule: 'number-in-use',
  sentence: 'Another call holds this number.',
  values: {},
};

export interface SendOptions {
  readonly ringMs: number;
  readonly record: boolean;
  /** Where the carrier speaks for us: whose voice. Left out is its usual one. */
  readonly voice?: string;
  /** Where the carrier speaks for us: which of its assistants. Left out is the usual one. */
  readonly assistant?: string;
  /** What an AI voice may know of whom it talks to. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What a recorded message says. */
  readonly say?: Spoken;
}

/**
 * Asks the carrier, once. That the request may have left is on disk before it leaves, so a crash on any line
 * here leads to a question at the next start and never to a second dial.
 */
export async function sendAttempt(
  db: Db,
  carrier: Carrier,
  attempt: Attempt,
  options: SendOptions,
  clock: Clock,
  signal: AbortSignal,
): Promise<Placed> {
  if (!isStillIntended(db, attempt.id, clock)) return TAKEN_FOR_LEFT;
  const { id: attemptId, to, from, agentId } = attempt;
  const who = agentId === null ? {} : { agentId };
  const request = { attemptId, to, from, ...who, detectMachine: carrier.can.machineDetection, ...options };
  const placed = await placeCall(carrier, request, signal);
  withTransaction(db, () => settle(db, attempt.id, carrier.name, placed, clock));
  // It is on record what is not known; that a carrier broke down in our hands is for whoever keeps the log.
  if (placed.cause !== undefined) throw placed.cause;
  return placed;
}

/** Marks the attempt as sent. False where another process has taken it for one that was left behind, and closed it. */
function isStillIntended(db: Db, attemptId: string, clock: Clock): boolean {
  return withTransaction(db, () => {
    if (attemptById(db, attemptId)?.state !== 'intended') return false;
    markAttempt(db, attemptId, 'intended', 'sent', { at: clock.now() });
    return true;
  });
}

const TAKEN_FOR_LEFT: Placed = {
  kind: 'refused',
  code: 'taken-for-left',
  sentence: 'Another Parley on this workspace took this call for one that was left behind. Nobody was rung.',
  retry: true,
};

/** The carrier has a call for this attempt: by its answer, by an event that overtook it, or by asking. */
export function acceptAttempt(
  db: Db,
  attemptId: string,
  carrier: string,
  callRef: string,
  clock: Clock,
): number {
  return withTransaction(db, () => {
    const attempt = attemptById(db, attemptId);
    if (attempt === null) throw new Error(`no attempt ${attemptId} to accept a call for`);
    const known = callIdOfAttempt(db, attemptId);
    if (known !== null) return known;
    if (attempt.state === 'intended') markAttempt(db, attemptId, 'intended', 'sent', { at: clock.now() });
    const from = attempt.state === 'intended' ? 'sent' : attempt.state;
    // A call may turn up after its attempt was closed, against all the carrier had said. The call is the fact.
    if (isOpen(from)) markAttempt(db, attemptId, from, 'accepted', { at: clock.now() });
    return insertCall(db, { attempt, carrier, callRef, startedAt: attempt.sentAt ?? attempt.intendedAt });
  });
}

/** A carrier that said no may say yes a little later; nobody gains from asking at once. */
const REFUSED_REST_MS = 10 * MINUTE_MS;

/**
 * Nothing rang, and nothing will: the attempt is closed and does not count, and its contact goes back into the
 * queue, all in one. Whoever had them in hand reads it off the attempt. What was true of the attempt when somebody
 * looked is `onlyIf`: another process may have asked the carrier since, and then this is no longer so.
 */
export function closeUnplaced(
  db: Db,
  attemptId: string,
  trouble: string,
  clock: Clock,
  onlyIf?: Attempt['state'],
): void {
  withTransaction(db, () => {
    const attempt = attemptById(db, attemptId);
    if (attempt === null || !isOpen(attempt.state) || attempt.state === 'accepted') return;
    if (onlyIf !== undefined && attempt.state !== onlyIf) return;
    const at = clock.now();
    const to = attempt.state === 'unknown' ? 'resolved' : 'refused';
    markAttempt(db, attemptId, attempt.state, to, { at, trouble });
    if (attempt.enrolmentId === null) return;
    uncountAttempt(db, attempt.enrolmentId);
    returnEnrolment(db, attempt.enrolmentId, attempt.sessionId, after(at, REFUSED_REST_MS));
  });
}

/** What the answer says, unless an event or a question has told of the call before: then it has nothing to add. */
function settle(db: Db, attemptId: string, carrier: string, placed: Placed, clock: Clock): void {
  const attempt = attemptById(db, attemptId);
  switch (placed.kind) {
    case 'placed':
      acceptAttempt(db, attemptId, carrier, placed.callRef, clock);
      return;
    case 'refused':
      closeUnplaced(db, attemptId, placed.sentence, clock);
      if (attempt !== null && placed.code === UNREACHABLE_NUMBER)
        markNumberUnusable(db, attempt.to, 'The carrier says that this number cannot be rung.');
      return;
    case 'unclear':
      if (attempt?.state === 'sent')
        markAttempt(db, attemptId, 'sent', 'unknown', { at: clock.now(), trouble: placed.sentence });
  }
}
