import type { Answer } from '../../shared/contract/wire.ts';
import { type DispositionKind, enrolmentAfter } from '../../shared/domain/disposition.ts';
import type { Attempt } from '../../shared/domain/attempt.ts';
import type { Enrolment } from '../../shared/domain/contact.ts';
import { attemptIn, isInCall } from '../../shared/domain/session.ts';
import { startWrapUp, typed } from '../../shared/domain/wrap-up.ts';
import { type Instant, SECOND_MS, after } from '../../shared/lib/instants.ts';
import { attemptById } from '../store/attempts.ts';
import { addCallback, cancelCallbackMadeBy, keepCallbacks } from '../store/callbacks.ts';
import { markNumberUnusable, nameOfContact, numbersOf } from '../store/contacts.ts';
import { addDoNotCall, removeDoNotCallMadeBy } from '../store/do-not-call.ts';
import { type Draft, dropDraft, saveDraft } from '../store/drafts.ts';
import { enrolmentById, putBack, restoreEnrolment, settleEnrolment } from '../store/enrolments.ts';
import { withTransaction } from '../store/open.ts';
import { fileOutcome, outcomeOf, undoOutcome } from '../store/outcomes.ts';
import { type DeskParts, type Work, cannot, done, turn } from './work.ts';

/** How long an outcome can be taken back: as long as its toast stands. */
export const UNDO_MS = 8 * SECOND_MS;

export interface Filing {
  readonly attemptId: string;
  readonly dispositionId: string;
  readonly note: string;
  readonly callbackAt: Instant | null;
}

/** Keeps what is typed. On disk when this returns (law 6). */
export function keepDraft(
  parts: DeskParts,
  work: Work,
  draft: Omit<Draft, 'savedAt'>,
): Answer<{ savedAt: Instant }> {
  const attempt = attemptById(parts.db, draft.attemptId);
  if (attempt === null || attempt.agentId !== work.agentId) return notYours;
  const savedAt = parts.clock.now();
  saveDraft(parts.db, { ...draft, savedAt });
  if (work.timer !== null && attemptIn(work.face.state) === draft.attemptId)
    work.timer = typed(work.timer, savedAt);
  return { ok: true, value: { savedAt } };
}

/** Files an outcome and carries out what it means, in one transaction. */
export function file(parts: DeskParts, work: Work, filing: Filing): Answer<null> {
  const { db, clock } = parts;
  const attempt = attemptById(db, filing.attemptId);
  if (attempt === null || attempt.agentId !== work.agentId) return notYours;
  const isInHand = attemptIn(work.face.state) === filing.attemptId;
  if (isInHand && work.face.state.kind !== 'wrap-up')
    return cannot('The call is still going. Hang up first, then file its outcome.');
  const kind = work.dispositions.find((each) => each.id === filing.dispositionId);
  const trouble =
    whyNotFiled(kind, filing, clock.now()) ??
    (outcomeOf(db, filing.attemptId) ? 'This call has its outcome already.' : null);
  if (kind === undefined || trouble !== null)
    return cannot(trouble ?? 'There is no such outcome in this campaign.');

  const now = clock.now();
  const before = attempt.enrolmentId === null ? null : enrolmentById(db, attempt.enrolmentId);
  withTransaction(db, () => {
    fileOutcome(db, {
      ...filing,
      contactId: attempt.contactId,
      campaignId: attempt.campaignId,
      agentId: work.agentId,
      filedAt: now,
    });
    carryOut(parts, work, kind, filing, attempt, before);
    dropDraft(db, filing.attemptId);
    if (isInHand) turn(parts, work, { kind: 'filed' });
  });
  const name = attempt.contactId === null ? attempt.to : nameOfContact(db, attempt.contactId);
  work.undo = { attemptId: attempt.id, label: kind.label, name, until: after(now, UNDO_MS), before };
  if (isInHand) work.timer = null;
  return done;
}

/** Takes the last outcome back, with everything it caused, and opens its wrap-up again. */
export function undo(parts: DeskParts, work: Work): Answer<null> {
  const { db, clock } = parts;
  const { undo: last } = work;
  const now = clock.now();
  if (last === null || now > last.until) return cannot('There is nothing left to undo.');
  if (isInCall(work.face.state)) return cannot('Another call is under way. Undo is not possible any more.');
  if (work.face.state.kind === 'wrap-up') return cannot('File this call first.');
  withTransaction(db, () => {
    const filed = outcomeOf(db, last.attemptId);
    undoOutcome(db, last.attemptId, now);
    if (last.before !== null) restoreEnrolment(db, last.before);
    cancelCallbackMadeBy(db, last.attemptId, now);
    removeDoNotCallMadeBy(db, last.attemptId);
    if (filed !== null)
      saveDraft(db, {
        attemptId: last.attemptId,
        note: filed.note,
        dispositionId: filed.dispositionId,
        callback: '',
        savedAt: now,
      });
    if (work.face.state.kind === 'previewing') putBack(db, work.face.state.enrolmentId);
    turn(parts, work, { kind: 'put-back' });
    turn(parts, work, { kind: 'reopened', attemptId: last.attemptId, at: now });
  });
  work.undo = null;
  work.timer = startWrapUp(now, work.campaign.rules.wrapUpMs);
  return done;
}

/** What the outcome means for the contact, their number and their promise. */
function carryOut(
  parts: DeskParts,
  work: Work,
  kind: DispositionKind,
  filing: Filing,
  attempt: Attempt,
  before: Enrolment | null,
): void {
  const { db, clock } = parts;
  const now = clock.now();
  const { consequence } = kind;
  if (attempt.contactId !== null) keepCallbacks(db, attempt.contactId, now);
  if (before !== null) {
    const { attemptsMax } = work.campaign.rules;
    const change = enrolmentAfter(consequence, before.attempts, attemptsMax, filing.callbackAt, now);
    settleEnrolment(db, before.id, { ...change, lastOutcome: kind.id });
  }
  if (consequence.kind === 'callback' && attempt.contactId !== null && filing.callbackAt !== null) {
    addCallback(db, {
      contactId: attempt.contactId,
      campaignId: attempt.campaignId,
      agentId: work.agentId,
      dueAt: filing.callbackAt,
      note: filing.note,
      madeByAttempt: attempt.id,
      createdAt: now,
    });
  }
  if (consequence.kind === 'bad-number')
    markNumberUnusable(db, attempt.to, 'An agent found that it is the wrong number.');
  if (consequence.kind === 'stop-calling') stopCalling(parts, work, attempt, now);
}

/** "Stop calling me" means all of their numbers, in every campaign, from this second on. */
function stopCalling(parts: DeskParts, work: Work, attempt: Attempt, now: Instant): void {
  const numbers =
    attempt.contactId === null
      ? [attempt.to]
      : numbersOf(parts.db, attempt.contactId).map((each) => each.e164);
  for (const value of new Set([...numbers, attempt.to])) {
    addDoNotCall(parts.db, {
      kind: 'number',
      value,
      reason: 'asked not to be called',
      since: now,
      byAgent: work.agentId,
      madeByAttempt: attempt.id,
    });
  }
}

function whyNotFiled(kind: DispositionKind | undefined, filing: Filing, now: Instant): string | null {
  if (kind === undefined) return 'There is no such outcome in this campaign.';
  if (kind.needsNote && filing.note.trim() === '')
    return `“${kind.label}” needs a note. Press N and say why.`;
  if (kind.consequence.kind !== 'callback') return null;
  if (filing.callbackAt === null) return 'Say when to call back.';
  return filing.callbackAt > now ? null : 'That time has passed. Name a later one.';
}

const notYours = {
  ok: false,
  error: { code: 'not-found', sentence: 'This call is not one of yours.' },
} as const;
