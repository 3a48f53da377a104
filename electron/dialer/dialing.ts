import type { Answer } from '../../shared/contract/wire.ts';
import type { Attempt } from '../../shared/domain/attempt.ts';
import { countryOf, readPhone, showPhone } from '../../shared/domain/phone.ts';
import { type Subject, type Verdict, verdictOn } from '../../shared/domain/verdict.ts';
import { MINUTE_MS, after } from '../../shared/lib/instants.ts';
import { zonesOfCountry } from '../../shared/lib/zoned-time.ts';
import type { Placed } from '../carriers/carrier.ts';
import { appendAudit } from '../store/audit.ts';
import { markNumberUnusable } from '../store/contacts.ts';
import { postponeEnrolment, putBack, uncountAttempt } from '../store/enrolments.ts';
import { withTransaction } from '../store/open.ts';
import { chosenNumber, subjectOfEnrolment, subjectOfPhone } from '../store/subjects.ts';
import { type Wish, beginAttempt, sendAttempt } from './attempts.ts';
import { legalHours } from './legal-hours.ts';
import { type DeskParts, type Work, cannot, done, turn } from './work.ts';

/** A carrier that said no may say yes a little later; nobody gains from asking at once. */
const REFUSED_REST_MS = 10 * MINUTE_MS;

/** Begins an attempt on the contact in hand. The carrier is asked by `send`, once this has answered. */
export function dialStaged(parts: DeskParts, work: Work, numberId: number | null): Answer<Attempt> {
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
  return begin(parts, work, wish, () =>
    subjectOfEnrolment(parts.db, state.enrolmentId, number.id, legalHours),
  );
}

/** Begins an attempt on a number typed by hand. Whoever was in hand goes back to the queue. */
export function dialTyped(parts: DeskParts, work: Work, text: string): Answer<Attempt> {
  const phone = readPhone(text, parts.home.country);
  if (!phone.ok) return no(phone.error.sentence);
  const { state } = work.face;
  if (state.kind !== 'ready' && state.kind !== 'previewing') return no('Finish this call first; then dial.');
  const zones = zonesOfCountry(countryOf(phone.value));
  const { contactId } = subjectOfPhone(parts.db, phone.value, legalHours, zones);
  const wish = { ...wishOf(parts, work), enrolmentId: null, contactId, to: phone.value };
  const begun = begin(
    parts,
    work,
    wish,
    () => subjectOfPhone(parts.db, phone.value, legalHours, zones).subject,
  );
  if (begun.ok && state.kind === 'previewing') putBack(parts.db, state.enrolmentId);
  return begun;
}

/** What would be said if it were dialed now. */
export function weighTyped(
  parts: DeskParts,
  text: string,
): Answer<{ shown: string; verdict: Verdict; name: string | null }> {
  const phone = readPhone(text, parts.home.country);
  if (!phone.ok) return no(phone.error.sentence);
  const { subject, name } = subjectOfPhone(
    parts.db,
    phone.value,
    legalHours,
    zonesOfCountry(countryOf(phone.value)),
  );
  return {
    ok: true,
    value: {
      shown: showPhone(phone.value, parts.home.country),
      verdict: verdictOn(subject, parts.clock.now()),
      name,
    },
  };
}

/** Puts the contact in hand back for a while. Why is kept, for whoever looks after the list. */
export function skipStaged(parts: DeskParts, work: Work, restMs: number, reason: string): Answer<null> {
  const { state } = work.face;
  if (state.kind !== 'previewing') return cannot('There is nobody in hand to skip.');
  withTransaction(parts.db, () => {
    putBack(parts.db, state.enrolmentId);
    postponeEnrolment(parts.db, state.enrolmentId, after(parts.clock.now(), restMs));
    appendAudit(parts.db, {
      at: parts.clock.now(),
      agentId: work.agentId,
      action: 'contact.skip',
      subject: 'enrolment',
      subjectId: String(state.enrolmentId),
      before: null,
      after: { reason },
    });
    turn(parts, work, { kind: 'put-back' });
  });
  return done;
}

/** The intent, and the session that dials, in one transaction: neither is ever on disk without the other. */
function begin(parts: DeskParts, work: Work, wish: Wish, subject: () => Subject): Answer<Attempt> {
  return withTransaction(parts.db, () => {
    const begun = beginAttempt(parts.db, wish, subject, parts.clock, parts.random);
    if (!begun.ok) return no(begun.error.sentence);
    turn(parts, work, { kind: 'dialed', attemptId: begun.value.id });
    work.hangUpWanted = false;
    work.isMuted = false;
    return begun;
  });
}

/** Asks the carrier, and says what the session should make of a refusal. */
export async function send(
  parts: DeskParts,
  work: Work,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Placed> {
  const { ringMs } = work.campaign.rules;
  const placed = await sendAttempt(
    parts.db,
    parts.carrier,
    attempt,
    { ringMs, record: true },
    parts.clock,
    signal,
  );
  if (placed.kind === 'refused') giveBack(parts, attempt, placed.retry);
  return placed;
}

/** Nothing rang: the attempt does not count, and the contact waits. */
export function giveBack(parts: DeskParts, attempt: Attempt, mayRetry: boolean): void {
  withTransaction(parts.db, () => {
    if (!mayRetry)
      markNumberUnusable(parts.db, attempt.to, 'The carrier says that this number cannot be rung.');
    if (attempt.enrolmentId === null) return;
    uncountAttempt(parts.db, attempt.enrolmentId);
    putBack(parts.db, attempt.enrolmentId);
    postponeEnrolment(parts.db, attempt.enrolmentId, after(parts.clock.now(), REFUSED_REST_MS));
  });
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
