import type { Attempt } from '../../shared/domain/attempt.ts';
import {
  type DispositionKind,
  UNATTENDED_DISPOSITIONS,
  enrolmentAfter,
  restAfter,
} from '../../shared/domain/disposition.ts';
import { present } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { hasLaterAttempt, openAttempts } from '../store/attempts.ts';
import { type Call, callOfAttempt } from '../store/calls.ts';
import { campaignById } from '../store/campaigns.ts';
import { keepCallbacks } from '../store/callbacks.ts';
import { addDispositions, dispositionIn } from '../store/dispositions.ts';
import { NO_SESSION, enrolmentById, handOf, settleEnrolment } from '../store/enrolments.ts';
import type { Db, ReadDb } from '../store/open.ts';
import { fileOutcome, outcomeOf } from '../store/outcomes.ts';

/* Calls of campaigns that Parley makes by itself: nobody sits there to file an outcome, so it is filed here. */

/** Made for a contact of a campaign, and by no agent. */
export function isUnattended({ agentId, enrolmentId }: Attempt): boolean {
  return agentId === null && enrolmentId !== null;
}

/** Those whose fate is open: never more than there are lines. */
export function unattendedNow(db: ReadDb): Attempt[] {
  return openAttempts(db).filter(isUnattended);
}

/**
 * Files what an ended call came to and moves its contact on, in the transaction that learns of the end: there is
 * no line between them on which a crash could lose a contact. Asked again it does nothing.
 */
export function settleUnattended(db: Db, attempt: Attempt, now: Instant): void {
  if (!isUnattended(attempt) || outcomeOf(db, attempt.id) !== null) return;
  const call = callOfAttempt(db, attempt.id);
  if (call === null) return;
  const kind = kindOf(db, attempt, dispositionFor(call));
  const { contactId, campaignId } = attempt;
  const note = call.errorSentence ?? '';
  fileOutcome(db, {
    attemptId: attempt.id,
    dispositionId: kind.id,
    note,
    callbackAt: null,
    contactId,
    campaignId,
    agentId: call.agentId,
    filedAt: now,
  });
  if (hasLaterAttempt(db, attempt)) return;
  if (contactId !== null) {
    const orIn = kind.group === 'not-reached' ? null : campaignId;
    keepCallbacks(db, contactId, now, { dueBy: attempt.intendedAt, orIn });
  }
  moveOn(db, attempt, kind, now);
}

/** What a call came to, as the outcome an agent would have filed. */
export function dispositionFor({ end, answeredBy }: Pick<Call, 'end' | 'answeredBy'>): string {
  switch (end) {
    case 'completed':
      if (answeredBy?.startsWith('machine')) return 'voicemail';
      return answeredBy === 'fax' ? 'failed' : 'answered';
    case 'busy':
      return 'busy';
    case 'no-answer':
    case 'canceled':
      return 'no-answer';
    case 'failed':
    case null:
      return 'failed';
  }
}

function kindOf(db: Db, { campaignId }: Attempt, id: string): DispositionKind {
  const find = () => dispositionIn(db, campaignId, id);
  const known = find();
  if (known !== null) return known;
  // A workspace from before there were calls without an agent.
  addDispositions(db, null, UNATTENDED_DISPOSITIONS);
  return present(find() ?? dispositionIn(db, null, 'failed'), `outcome ${id}`);
}

/** Where the contact stands from now on, unless somebody else has them in hand by now, or finished with them. */
function moveOn(db: Db, { enrolmentId, campaignId }: Attempt, kind: DispositionKind, now: Instant): void {
  const enrolment = enrolmentId === null ? null : enrolmentById(db, enrolmentId);
  const rules = campaignId === null ? undefined : campaignById(db, campaignId)?.rules;
  if (enrolment === null || rules === undefined) return;
  const hand = handOf(db, enrolment.id);
  const isTheirs = hand !== null && hand !== NO_SESSION;
  const isFinished = enrolment.state === 'done' || enrolment.state === 'never';
  if (isTheirs || isFinished) return;
  const restMs = restAfter(kind, rules);
  const usual = restMs === null ? kind.consequence : ({ kind: 'retry', afterMs: restMs } as const);
  // Where a machine is hung up on for good there is nothing left to do for them.
  const isLeftAlone = kind.id === 'voicemail' && rules.voicemail === 'hang-up';
  const consequence = isLeftAlone ? ({ kind: 'done' } as const) : usual;
  const change = enrolmentAfter(consequence, enrolment.attempts, rules.attemptsMax, null, now);
  const restFrom = consequence.kind === 'retry' ? now : null;
  settleEnrolment(db, enrolment.id, { ...change, lastOutcome: kind.id, restFrom });
}
