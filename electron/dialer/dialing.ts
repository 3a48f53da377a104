import type { Answer } from '../../shared/contract/wire.ts';
import { type E164, readPhone, showPhone } from '../../shared/domain/phone.ts';
import type { Person } from '../../shared/domain/people.ts';
import type { Places } from '../../shared/domain/places/places.ts';
import { attemptIn } from '../../shared/domain/session.ts';
import { type SetAside, setAside } from '../../shared/domain/verdict-override.ts';
import { type Subject, type Verdict, verdictOn } from '../../shared/domain/verdict.ts';
import { type Instant, after } from '../../shared/lib/instants.ts';
import { type Placed, UNREACHABLE_NUMBER } from '../carriers/carrier.ts';
import { type KeptNumber, numbersOf } from '../store/contacts.ts';
import {
  enrolmentById,
  enrolmentOf,
  putBack,
  restEnrolment,
  restoreEnrolment,
  takeInHand,
} from '../store/enrolments.ts';
import { attemptById } from '../store/attempts.ts';
import { chosenNumber, subjectOfEnrolment, subjectOfPhone } from '../store/subjects.ts';
import { type Begun, type Wish, beginAttempt, sendAttempt } from './attempts.ts';
import { noted } from './noted.ts';
import { restAfterRefusal } from './carrier-rest.ts';
import { type DeskParts, type Home, type Work, cannot, done, together, turn } from './work.ts';

/** Begins an attempt on the contact in hand. The carrier is asked by `send`, once this has answered. */
export function dialStaged(parts: DeskParts, work: Work, numberId: number | null): Answer<Begun> {
  const { state } = work.face;
  if (state.kind !== 'previewing') return no('There is nobody in hand to dial.');
  const number = chosenNumber(parts.db, state.enrolmentId, numberId);
  if (number === null) return no('This contact has no number that can be rung. Skip them.');
  const wish = {
    ...wishOf(parts, work),
    enrolmentId: state.enrolmentId,
    contactId: number.contactId,
    to: number.e164,
  };
  const { law } = parts;
  return begin(parts, work, wish, (now) =>
    subjectOfEnrolment(parts.db, state.enrolmentId, number.id, { law, now, mode: work.mode }),
  );
}

/**
 * Begins an attempt on a number typed by hand. Whoever was in hand goes back to the queue. Where the number
 * belongs to somebody of this campaign the call is theirs: it counts, and its outcome moves them.
 */
export function dialTyped(
  parts: DeskParts,
  work: Work,
  text: string,
  override: Override | null = null,
): Answer<Begun> {
  const phone = readPhone(text, parts.home.country);
  if (!phone.ok) return no(phone.error.sentence);
  const { state } = work.face;
  if (state.kind !== 'ready' && state.kind !== 'previewing') return no('Finish this call first; then dial.');
  const { law } = parts;
  const { contactId } = subjectOfPhone(parts.db, phone.value, { law, now: parts.clock.now() });
  return together(parts, work, () => {
    const staged = state.kind === 'previewing' ? state.enrolmentId : null;
    const enrolmentId = enrolmentToCount(parts, work, contactId, staged);
    const wish = { ...wishOf(parts, work), enrolmentId, contactId, to: phone.value };
    const subject = (now: Instant) => {
      const asItIs = subjectOfPhone(parts.db, phone.value, { law, now }).subject;
      return override === null ? asItIs : letThrough(asItIs, override, now);
    };
    const begun = begin(parts, work, wish, subject);
    if (begun.ok && override !== null) noteOverride(parts, work, begun.value.id, override);
    if (!begun.ok || staged === enrolmentId) return begun;
    if (staged !== null) putBack(parts.db, staged);
    if (enrolmentId !== null) takeInHand(parts.db, enrolmentId, work.id);
    return begun;
  });
}

/** A supervisor lets one call through that our own rules, and no law, would hold up. */
export interface Override {
  readonly by: Person;
  readonly reason: string;
}

/** Weighed again at the dial instant: what may not be set aside stays in the way, whoever gave a PIN. */
function letThrough(subject: Subject, { by, reason }: Override, now: Instant): Subject {
  const found = setAside(subject, now);
  if (found === null) return subject;
  return { ...found.subject, setAside: { rules: found.rules, by: by.name, reason } };
}

/** In the supervisor’s name, because it is theirs to answer for. */
function noteOverride(parts: DeskParts, work: Work, id: string, { by, reason }: Override): void {
  const about = { action: 'call.override', subject: 'attempt', subjectId: id };
  noted(parts, by.id, { ...about, before: null, after: { reason, dialedBy: work.agentName } });
}

/**
 * Rings another number of the contact whose outcome was just filed. The rest that the outcome asked for was
 * meant for the number that was tried; every other rule is asked as always.
 */
export function dialNextNumber(parts: DeskParts, work: Work, attemptId: string): Answer<Begun> {
  const { db, law } = parts;
  const { kind } = work.face.state;
  if (kind !== 'ready' && kind !== 'previewing')
    return no('It is saved. You are paused, so nobody was rung.');
  const last = attemptById(db, attemptId);
  if (last?.state === 'accepted')
    return no('It is saved. They are on the line still, with whoever you handed them to.');
  const before = last?.enrolmentId == null ? null : enrolmentById(db, last.enrolmentId);
  const number = last?.contactId == null ? null : numberAfter(numbersOf(db, last.contactId), last.to);
  if (before === null || number === null)
    return no('It is saved. They have no other number that can be rung.');
  if (before.state !== 'open') return no('It is saved. They are finished in this campaign.');
  const wish = {
    ...wishOf(parts, work),
    enrolmentId: before.id,
    contactId: before.contactId,
    to: number.e164,
  };
  return together(parts, work, () => {
    restEnrolment(db, before.id, parts.clock.now());
    const begun = begin(parts, work, wish, (now) =>
      subjectOfEnrolment(db, before.id, number.id, { law, now, mode: work.mode }),
    );
    if (!begun.ok) {
      restoreEnrolment(db, before);
      return no(`It is saved. Their other number was not rung: ${begun.error.sentence}`);
    }
    takeInHand(db, before.id, work.id);
    return begun;
  });
}

/** The usable number after the one that was rung, round to the first. */
function numberAfter(numbers: readonly KeptNumber[], rung: E164): KeptNumber | null {
  const at = numbers.findIndex(({ e164 }) => e164 === rung);
  const inTurn = [...numbers.slice(at + 1), ...numbers.slice(0, Math.max(0, at))];
  return inTurn.find(({ isUsable, e164 }) => isUsable && e164 !== rung) ?? null;
}

/** Their place in this campaign, where they have one that is open, or are in hand here. */
function enrolmentToCount(
  parts: DeskParts,
  work: Work,
  contactId: number | null,
  staged: number | null,
): number | null {
  const enrolment = contactId === null ? null : enrolmentOf(parts.db, work.campaign.id, contactId);
  return enrolment !== null && (enrolment.state === 'open' || enrolment.id === staged) ? enrolment.id : null;
}

/** What would be said if it were dialed now. */
export function weighTyped(
  parts: DeskParts,
  text: string,
): Answer<{ shown: string; verdict: Verdict; name: string | null; override: SetAside | null }> {
  const phone = readPhone(text, parts.home.country);
  if (!phone.ok) return no(phone.error.sentence);
  const now = parts.clock.now();
  const { subject, name } = subjectOfPhone(parts.db, phone.value, { law: parts.law, now });
  const shown = showPhone(phone.value, parts.home.country);
  const value = { shown, verdict: verdictOn(subject, now), name, override: setAside(subject, now) };
  return { ok: true, value };
}

/** Puts the contact in hand back for a while. Why is kept, for whoever looks after the list. */
export function skipStaged(parts: DeskParts, work: Work, restMs: number, reason: string): Answer<null> {
  const { state } = work.face;
  if (state.kind !== 'previewing') return cannot('There is nobody in hand to skip.');
  together(parts, work, () => {
    putBack(parts.db, state.enrolmentId);
    restEnrolment(parts.db, state.enrolmentId, after(parts.clock.now(), restMs));
    const about = { subject: 'enrolment', subjectId: String(state.enrolmentId) };
    noted(parts, work.agentId, { action: 'contact.skip', ...about, before: null, after: { reason } });
    turn(parts, work, { kind: 'put-back' });
  });
  return done;
}

/** The intent, and the session that dials, in one transaction: neither is ever on disk without the other. */
function begin(parts: DeskParts, work: Work, wish: Wish, subject: (now: Instant) => Subject): Answer<Begun> {
  return together(parts, work, () => {
    const begun = beginAttempt(parts.db, wish, subject, parts.clock, parts.random, homePlaces(parts.home));
    if (!begun.ok) return no(begun.error.sentence);
    turn(parts, work, { kind: 'dialed', attemptId: begun.value.id });
    work.hangUpWanted = false;
    work.isMuted = false;
    return begun;
  });
}

/** Asks the carrier, and lets a refusal that would meet every other contact too slow the session down, or stop it. */
export async function send(
  parts: DeskParts,
  work: Work,
  attempt: Begun,
  signal: AbortSignal,
): Promise<Placed> {
  const { ringMs } = work.campaign.rules;
  const options = { ringMs, record: attempt.mayRecord };
  const placed = await sendAttempt(parts.db, parts.carrier, attempt, options, parts.clock, signal);
  if (attemptIn(work.face.state) !== attempt.id) return placed;
  if (placed.kind === 'placed') work.rest = null;
  if (placed.kind !== 'refused' || placed.code === UNREACHABLE_NUMBER) return placed;
  if (placed.retry) work.rest = restAfterRefusal(work.rest, placed, parts.clock.now());
  // Asking again will not help, and it is not the number: somebody has to look at the settings first.
  else turn(parts, work, { kind: 'pause-asked', reason: placed.sentence });
  return placed;
}

/** Where our end of the call is: the law of its country counts, and of its state where somebody named it. */
function homePlaces({ country, zone, state = null }: Home): Places {
  return { zones: [zone], countries: [country], states: state === null ? [] : [state] };
}

function wishOf(parts: DeskParts, work: Work) {
  return {
    campaignId: work.campaign.id,
    agentId: work.agentId,
    sessionId: work.id,
    from: work.campaign.callerId,
    carrier: parts.carrier.name,
  };
}

function no(sentence: string): { ok: false; error: { code: 'not-now'; sentence: string } } {
  return { ok: false, error: { code: 'not-now', sentence } };
}
