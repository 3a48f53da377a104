import { type DispositionKind, enrolmentAfter, restAfter } from '../../shared/domain/disposition.ts';
import type { Attempt } from '../../shared/domain/attempt.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { attemptById, hasLaterAttempt } from '../store/attempts.ts';
import { appendAudit } from '../store/audit.ts';
import { addCallback, cancelCallbackMadeBy } from '../store/callbacks.ts';
import { campaignById } from '../store/campaigns.ts';
import { rewriteNote } from '../store/call-details.ts';
import { markNumberUnusable, numbersOf } from '../store/contacts.ts';
import { dispositionsOf } from '../store/dispositions.ts';
import { addDoNotCall } from '../store/do-not-call.ts';
import { enrol, enrolmentById, enrolmentOf, handOf, settleEnrolment } from '../store/enrolments.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { fileOutcome, outcomeOf, undoOutcome } from '../store/outcomes.ts';

/* What is said of a call afterwards, when its wrap-up is long over: each change with its line in the audit trail. */

export interface CorrectParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly byAgent: number | null;
}

export interface Correction {
  readonly attemptId: string;
  readonly dispositionId: string;
  readonly callbackAt: Instant | null;
}

/**
 * Puts another outcome in the place of the one that stands; the old one stays as history. The new one keeps the
 * day and the agent of the old one, so that figures of that day are corrected and not those of today. Answers what
 * it came to, in a sentence. What somebody asked for is never loosened here: do-not-call entries stay.
 */
export function correctOutcome(parts: CorrectParts, correction: Correction): Result<string, string> {
  const { db, clock, byAgent } = parts;
  const now = clock.now();
  const attempt = attemptById(db, correction.attemptId);
  if (attempt === null) return refused('No attempt of ours led to this call, so it has no outcome.');
  const kinds = dispositionsOf(db, attempt.campaignId);
  const kind = kinds.find(({ id }) => id === correction.dispositionId);
  if (kind === undefined) return refused('There is no such outcome in this campaign. Nothing was changed.');
  const old = outcomeOf(db, attempt.id);
  if (old?.dispositionId === kind.id) return refused(`It is “${kind.label}” already.`);
  const { callbackAt } = correction;
  const trouble = whyNot(kind, attempt, callbackAt, old?.note ?? '', now);
  if (trouble !== null) return refused(trouble);

  const was = old === null ? null : kinds.find(({ id }) => id === old.dispositionId);
  withTransaction(db, () => {
    if (old !== null) undoOutcome(db, attempt.id, now);
    cancelCallbackMadeBy(db, attempt.id, now);
    fileOutcome(db, {
      attemptId: attempt.id,
      dispositionId: kind.id,
      note: old?.note ?? '',
      callbackAt: kind.consequence.kind === 'callback' ? callbackAt : null,
      contactId: attempt.contactId,
      campaignId: attempt.campaignId,
      agentId: old === null ? byAgent : old.agentId,
      filedAt: old?.filedAt ?? now,
      answers: old?.answers ?? {},
      ticked: old?.ticked ?? [],
      scriptId: old?.scriptId ?? null,
    });
    carryOut(parts, attempt, kind, callbackAt, now);
    appendAudit(db, {
      at: now,
      agentId: byAgent,
      action: 'call.outcome',
      subject: 'attempt',
      subjectId: attempt.id,
      before: { outcome: was?.label ?? old?.dispositionId ?? null },
      after: { outcome: kind.label, contact: attempt.contactId },
    });
  });
  const stays = was?.consequence.kind === 'stop-calling' && kind.consequence.kind !== 'stop-calling';
  const kept = stays
    ? ' Their numbers stay on the do-not-call list: take them off there if that was a mistake.'
    : '';
  return ok(`The outcome is now “${kind.label}”.${kept}`);
}

function whyNot(
  kind: DispositionKind,
  { contactId, closedAt }: Attempt,
  callbackAt: Instant | null,
  note: string,
  now: Instant,
): string | null {
  if (closedAt === null) return 'This call is not over yet. Its outcome can be changed once it is.';
  if (kind.needsNote && note.trim() === '') return `“${kind.label}” needs a note. Write it first.`;
  if (kind.consequence.kind !== 'callback') return null;
  if (contactId === null) return 'Nobody here has this number, so nobody could be rung back.';
  if (callbackAt === null) return 'Say when to call back.';
  return callbackAt > now ? null : 'That time has passed. Name a later one.';
}

function carryOut(
  { db, byAgent }: CorrectParts,
  attempt: Attempt,
  kind: DispositionKind,
  callbackAt: Instant | null,
  now: Instant,
): void {
  const { contactId, campaignId } = attempt;
  if (kind.consequence.kind === 'bad-number')
    markNumberUnusable(db, attempt.to, 'It was found to be the wrong number.');
  if (kind.consequence.kind === 'stop-calling') {
    const numbers = contactId === null ? [] : numbersOf(db, contactId).map(({ e164 }) => e164);
    const reason = 'asked not to be called';
    for (const value of new Set([...numbers, attempt.to]))
      addDoNotCall(db, {
        kind: 'number',
        value,
        reason,
        since: now,
        byAgent,
        madeByAttempt: attempt.id,
      });
  }
  if (kind.consequence.kind === 'callback' && contactId !== null && callbackAt !== null)
    addCallback(db, {
      contactId,
      campaignId,
      agentId: attempt.agentId,
      dueAt: callbackAt,
      note: '',
      madeByAttempt: attempt.id,
      createdAt: now,
    });
  moveEnrolment(db, attempt, kind, callbackAt, now);
}

/** Whoever rang them later, or has them in hand, has the last word, but for an end that is one everywhere. */
function moveEnrolment(
  db: Db,
  attempt: Attempt,
  kind: DispositionKind,
  callbackAt: Instant | null,
  now: Instant,
): void {
  const enrolment = attempt.enrolmentId === null ? null : enrolmentById(db, attempt.enrolmentId);
  const rules = enrolment === null ? undefined : campaignById(db, enrolment.campaignId)?.rules;
  if (enrolment === null || rules === undefined) return;
  const isEnd = kind.consequence.kind === 'done' || kind.consequence.kind === 'stop-calling';
  const isTheirs = hasLaterAttempt(db, attempt) || handOf(db, enrolment.id) !== null;
  // One who is in hand now is asked about anew by the verdict before anybody dials.
  if (handOf(db, enrolment.id) !== null || (isTheirs && !isEnd)) return;
  const restMs = restAfter(kind, rules);
  const consequence = restMs === null ? kind.consequence : ({ kind: 'retry', afterMs: restMs } as const);
  const change = enrolmentAfter(consequence, enrolment.attempts, rules.attemptsMax, callbackAt, now);
  const restFrom = consequence.kind === 'retry' ? now : null;
  settleEnrolment(db, enrolment.id, { ...change, lastOutcome: kind.id, restFrom });
}

/** Writes the note of the outcome that stands anew. */
export function correctNote(
  { db, clock, byAgent }: CorrectParts,
  attemptId: string,
  note: string,
): Result<null, string> {
  const old = outcomeOf(db, attemptId);
  if (old === null) return refused('This call has no outcome yet. Choose one first, then write its note.');
  if (old.note === note) return ok(null);
  withTransaction(db, () => {
    rewriteNote(db, attemptId, note);
    appendAudit(db, {
      at: clock.now(),
      agentId: byAgent,
      action: 'call.note',
      subject: 'attempt',
      subjectId: attemptId,
      before: { note: old.note },
      after: { note },
    });
  });
  return ok(null);
}

export interface FollowUp {
  readonly attemptId: string;
  readonly at: Instant;
  readonly anyoneMayCall: boolean;
  readonly note: string;
}

/** Promises the contact of a call another one. Somebody who was finished in the campaign is opened again for it. */
export function promiseFollowUp(
  { db, clock, byAgent }: CorrectParts,
  { attemptId, at, anyoneMayCall, note }: FollowUp,
): Result<null, string> {
  const now = clock.now();
  const attempt = attemptById(db, attemptId);
  const contactId = attempt?.contactId ?? null;
  if (attempt === null || contactId === null)
    return refused('Nobody here has this number. Add a contact first, then promise them a call.');
  if (at <= now) return refused('That time has passed. Name a later one.');
  const { campaignId } = attempt;
  if (campaignId === null)
    return refused(
      'This call belongs to no campaign, so nobody would keep the promise. Add them to one first.',
    );
  const before = enrolmentOf(db, campaignId, contactId);
  if (before !== null && handOf(db, before.id) !== null)
    return refused('Somebody has this contact in hand right now. Try again when their call is over.');
  withTransaction(db, () => {
    if (before === null) enrol(db, campaignId, [contactId], { dueAt: at });
    else settleEnrolment(db, before.id, { state: 'open', dueAt: at });
    const agentId = anyoneMayCall ? null : byAgent;
    addCallback(db, { contactId, campaignId, agentId, dueAt: at, note, madeByAttempt: null, createdAt: now });
    appendAudit(db, {
      at: now,
      agentId: byAgent,
      action: 'callback.promise',
      subject: 'attempt',
      subjectId: attemptId,
      before: null,
      after: { at, note },
    });
  });
  return ok(null);
}
