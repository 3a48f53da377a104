import type { Answer } from '../../shared/contract/wire.ts';
import { type DispositionKind, enrolmentAfter, restAfter } from '../../shared/domain/disposition.ts';
import type { Attempt } from '../../shared/domain/attempt.ts';
import type { Enrolment } from '../../shared/domain/contact.ts';
import { type FormAnswers, answersKept, whyNotAnswered } from '../../shared/domain/form.ts';
import { type ScriptStep, consentMissing } from '../../shared/domain/script.ts';
import { attemptIn, isInCall } from '../../shared/domain/session.ts';
import { startWrapUp, typed } from '../../shared/domain/wrap-up.ts';
import { type Instant, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import { attemptById, hasLaterAttempt } from '../store/attempts.ts';
import {
  addCallback,
  cancelCallbackMadeBy,
  keepCallbacks,
  reopenCallbacksKeptAt,
} from '../store/callbacks.ts';
import { campaignById } from '../store/campaigns.ts';
import {
  isNumberUsable,
  markNumberUnusable,
  markNumberUsable,
  nameOfContact,
  numbersOf,
} from '../store/contacts.ts';
import { dispositionIn } from '../store/dispositions.ts';
import { addDoNotCall, removeDoNotCallMadeBy } from '../store/do-not-call.ts';
import { type NewDraft, dropDraft, saveDraft } from '../store/drafts.ts';
import {
  enrol,
  enrolmentById,
  enrolmentOf,
  handOf,
  putBack,
  reopenClosedFor,
  restoreEnrolment,
  settleEnrolment,
  takeInHand,
} from '../store/enrolments.ts';
import type { Db } from '../store/open.ts';
import { type Outcome, fileOutcome, outcomeOf, undoOutcome } from '../store/outcomes.ts';
import { noted } from './noted.ts';
import { scriptHeardIn } from './script-heard.ts';
import { type DeskParts, type Undo, type Work, cannot, done, together, turn } from './work.ts';

/** How long an outcome can be taken back: as long as its toast stands. */
export const UNDO_MS = 8 * SECOND_MS;

/** After a wrong number, the contact's next number may be rung this much later. */
const OTHER_NUMBER_MS = 10 * MINUTE_MS;

export interface Filing {
  readonly attemptId: string;
  readonly dispositionId: string;
  readonly note: string;
  readonly callbackAt: Instant | null;
  /** Whoever is free may keep the promise, and not only who made it. */
  readonly anyoneMayCall?: boolean | undefined;
  readonly answers?: FormAnswers | undefined;
  /** The steps of the script whose words they agreed to. */
  readonly ticked?: readonly string[] | undefined;
  /** Another number of the same contact is rung as soon as this is saved. */
  readonly ringsNextNumber?: boolean | undefined;
}

/** Keeps what is typed. On disk when this returns (law 6). */
export function keepDraft(
  parts: DeskParts,
  work: Work,
  draft: Omit<NewDraft, 'savedAt'>,
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
  const now = clock.now();
  const kind = dispositionIn(db, attempt.campaignId ?? work.campaign.id, filing.dispositionId);
  if (kind === null) return cannot('There is no such outcome in this campaign.');
  const script = scriptHeardIn(db, attempt);
  const trouble =
    whyNotFiled(kind, filing, attempt, now) ?? whyNotComplete(kind, filing, script?.steps ?? []);
  if (trouble !== null) return cannot(trouble);
  if (outcomeOf(db, filing.attemptId) !== null) return cannot('This call has its outcome already.');

  const before = enrolmentOfAttempt(db, attempt);
  const wasUsable = isNumberUsable(db, attempt.to);
  together(parts, work, () => {
    const { contactId, campaignId } = attempt;
    const { attemptId, dispositionId, note, callbackAt, ticked = [] } = filing;
    fileOutcome(db, {
      attemptId,
      dispositionId,
      note,
      callbackAt,
      contactId,
      campaignId,
      ticked,
      agentId: work.agentId,
      filedAt: now,
      scriptId: script?.id ?? null,
      answers: answersKept(kind.form, filing.answers ?? {}),
    });
    carryOut(parts, work, { kind, filing, attempt, before });
    noteOutcome(parts, work, 'outcome.file', attempt, kind.label);
    dropDraft(db, filing.attemptId);
    if (isInHand) turn(parts, work, { kind: 'filed' });
  });
  const name = attempt.contactId === null ? attempt.to : nameOfContact(db, attempt.contactId);
  const until = after(now, UNDO_MS);
  work.undo = { attemptId: attempt.id, label: kind.label, name, until, before, wasUsable };
  if (isInHand) work.timer = null;
  return done;
}

/** Takes the last outcome back, with everything it caused, and opens its wrap-up again. */
export function undo(parts: DeskParts, work: Work): Answer<null> {
  const { db, clock } = parts;
  const { undo: last } = work;
  const now = clock.now();
  const attempt = last === null ? null : attemptById(db, last.attemptId);
  const filed = last === null ? null : outcomeOf(db, last.attemptId);
  if (last === null || attempt === null || filed === null || now > last.until)
    return cannot('There is nothing left to undo.');
  if (isInCall(work.face.state)) return cannot('Another call is under way. Undo is not possible any more.');
  if (work.face.state.kind === 'wrap-up') return cannot('File this call first.');
  const hand = last.before === null ? null : handOf(db, last.before.id);
  if ((hand !== null && hand !== work.id) || hasLaterAttempt(db, attempt))
    return cannot(`Somebody else has ${last.name} in hand by now. Undo is not possible any more.`);
  together(parts, work, () => {
    if (work.face.state.kind === 'previewing') putBack(db, work.face.state.enrolmentId);
    takeBack(parts, work, attempt, last, filed);
    noteOutcome(parts, work, 'outcome.undo', attempt, last.label);
    turn(parts, work, { kind: 'put-back' });
    turn(parts, work, { kind: 'reopened', attemptId: last.attemptId, at: now });
  });
  work.undo = null;
  work.timer = startWrapUp(now, work.campaign.rules.wrapUpMs);
  return done;
}

function noteOutcome(parts: DeskParts, work: Work, action: string, attempt: Attempt, outcome: string): void {
  const after = { outcome, contact: attempt.contactId };
  noted(parts, work.agentId, { action, subject: 'attempt', subjectId: attempt.id, before: null, after });
}

/** Everything an outcome had caused, the other way round. */
function takeBack(parts: DeskParts, work: Work, attempt: Attempt, last: Undo, filed: Outcome): void {
  const { db, clock } = parts;
  const now = clock.now();
  undoOutcome(db, attempt.id, now);
  cancelCallbackMadeBy(db, attempt.id, now);
  if (attempt.contactId !== null) reopenCallbacksKeptAt(db, attempt.contactId, filed.filedAt);
  const wasListed = removeDoNotCallMadeBy(db, attempt.id) > 0;
  const becameUnusable = last.wasUsable && !isNumberUsable(db, attempt.to);
  if (becameUnusable) markNumberUsable(db, attempt.to);
  // Other campaigns may have given the contact up in these few seconds, for the reason that is now gone.
  if (attempt.contactId !== null && wasListed) reopenClosedFor(db, attempt.contactId, 'do-not-call');
  if (attempt.contactId !== null && becameUnusable) reopenClosedFor(db, attempt.contactId, 'bad-number');
  const wasOurs = last.before?.state === 'in-hand' && attempt.sessionId === work.id;
  if (last.before?.state === 'in-hand') restoreEnrolment(db, { ...last.before, state: 'open' });
  else if (last.before !== null) restoreEnrolment(db, last.before);
  // It was enrolled for the promise alone.
  else if (attempt.enrolmentId === null) forgetPromised(db, attempt);
  if (last.before !== null && wasOurs) takeInHand(db, last.before.id, work.id);
  saveDraft(db, {
    attemptId: attempt.id,
    note: filed.note,
    dispositionId: filed.dispositionId,
    callback: '',
    answers: filed.answers,
    ticked: filed.ticked,
    savedAt: now,
  });
}

function forgetPromised(db: Db, attempt: Attempt): void {
  const promised = enrolmentOfAttempt(db, attempt);
  if (promised !== null && promised.attempts === 0 && promised.state === 'open')
    settleEnrolment(db, promised.id, { state: 'done' });
}

interface Deed {
  readonly kind: DispositionKind;
  readonly filing: Filing;
  readonly attempt: Attempt;
  /** The contact in its campaign, as it was. */
  readonly before: Enrolment | null;
}

/** What the outcome means for the contact, their number and their promise. */
function carryOut(parts: DeskParts, work: Work, { kind, filing, attempt, before }: Deed): void {
  const { db, clock } = parts;
  const now = clock.now();
  const { consequence } = kind;
  const isLatest = !hasLaterAttempt(db, attempt);
  if (attempt.contactId !== null && isLatest) {
    // Whoever was reached got what this campaign had promised; whom we rang in vain, only what was due.
    const orIn = kind.group === 'not-reached' ? null : attempt.campaignId;
    keepCallbacks(db, attempt.contactId, now, { dueBy: attempt.intendedAt, orIn });
  }
  if (consequence.kind === 'bad-number')
    markNumberUnusable(db, attempt.to, 'An agent found that it is the wrong number.');
  if (consequence.kind === 'stop-calling') stopCalling(parts, work, attempt, now);
  moveEnrolment(parts, work, { kind, filing, attempt, before }, isLatest);
  if (consequence.kind === 'callback' && attempt.contactId !== null && filing.callbackAt !== null) {
    addCallback(db, {
      contactId: attempt.contactId,
      campaignId: attempt.campaignId,
      agentId: filing.anyoneMayCall === true ? null : work.agentId,
      dueAt: filing.callbackAt,
      note: filing.note,
      madeByAttempt: attempt.id,
      createdAt: now,
    });
  }
}

/** Where the contact stands in the campaign from now on. */
function moveEnrolment(
  parts: DeskParts,
  work: Work,
  { kind, filing, attempt, before }: Deed,
  isLatest: boolean,
): void {
  const { db, clock } = parts;
  const now = clock.now();
  const rules = campaignById(db, before?.campaignId ?? 0)?.rules ?? work.campaign.rules;
  const restMs = restAfter(kind, rules);
  const consequence = restMs === null ? kind.consequence : ({ kind: 'retry', afterMs: restMs } as const);
  // A number typed by hand moves nobody in a campaign, but a promise must have somebody who keeps it.
  if (attempt.enrolmentId === null && consequence.kind !== 'callback') return;
  if (before === null) {
    if (consequence.kind === 'callback' && attempt.campaignId !== null && attempt.contactId !== null)
      enrol(db, attempt.campaignId, [attempt.contactId], { dueAt: filing.callbackAt ?? now });
    return;
  }
  // Whoever rang them later, or has them in hand, has the last word, but for an end that is one everywhere. Out of
  // our own hand they have to go in any case, though a colleague rang them by hand meanwhile.
  const hand = handOf(db, before.id);
  const isOurs = hand !== null && (hand === attempt.sessionId || hand === work.id);
  const isTheirs = !isOurs && (hand !== null || !isLatest);
  const isEnd = consequence.kind === 'done' || consequence.kind === 'stop-calling';
  if (isTheirs && !isEnd) return;
  const hasOther =
    consequence.kind === 'bad-number' && numbersOf(db, before.contactId).some((each) => each.isUsable);
  const change = hasOther
    ? ({ state: 'open', dueAt: after(now, OTHER_NUMBER_MS) } as const)
    : enrolmentAfter(consequence, before.attempts, rules.attemptsMax, filing.callbackAt, now);
  const restFrom = consequence.kind === 'retry' ? now : null;
  settleEnrolment(db, before.id, { ...change, lastOutcome: kind.id, restFrom });
}

/** The enrolment an attempt was made for; for a number typed by hand, that of its contact in the campaign. */
function enrolmentOfAttempt(db: Db, { enrolmentId, campaignId, contactId }: Attempt): Enrolment | null {
  if (enrolmentId !== null) return enrolmentById(db, enrolmentId);
  return campaignId === null || contactId === null ? null : enrolmentOf(db, campaignId, contactId);
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

function whyNotFiled(
  kind: DispositionKind,
  filing: Filing,
  { contactId, to }: Attempt,
  now: Instant,
): string | null {
  if (kind.needsNote && filing.note.trim() === '')
    return `“${kind.label}” needs a note. Press N and say why.`;
  if (kind.consequence.kind !== 'callback') return null;
  if (contactId === null)
    return `Nobody here has the number ${to}, so nobody could be rung back. Add a contact first, or choose another outcome.`;
  if (filing.callbackAt === null) return 'Say when to call back.';
  return filing.callbackAt > now ? null : 'That time has passed. Name a later one.';
}

/** A success without what it has to come with is none: nobody could ask for it once they have hung up. */
function whyNotComplete(kind: DispositionKind, filing: Filing, steps: readonly ScriptStep[]): string | null {
  const { consequence } = kind;
  if (filing.ringsNextNumber === true && consequence.kind !== 'retry' && consequence.kind !== 'bad-number')
    return `“${kind.label}” is the last word for now, so their other number is not rung. Press Enter alone to save it.`;
  const unanswered = whyNotAnswered(kind.form, filing.answers ?? {});
  if (unanswered !== null) return unanswered.sentence;
  const missing = kind.isSuccess ? consentMissing(steps, filing.ticked ?? []) : null;
  return missing === null
    ? null
    : `“${kind.label}” counts once they have agreed to “${missing.title}”. Press C if they have, or choose another outcome.`;
}

const notYours = {
  ok: false,
  error: { code: 'not-found', sentence: 'This call is not one of yours.' },
} as const;
