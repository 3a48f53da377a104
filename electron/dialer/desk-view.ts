import type { ContactCard, DeskView } from '../../shared/contract/desk.ts';
import type { CampaignRules, DialMode } from '../../shared/domain/campaign.ts';
import { consequenceInWords } from '../../shared/domain/disposition.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import type { Person } from '../../shared/domain/people.ts';
import { showPhone } from '../../shared/domain/phone.ts';
import type { Places } from '../../shared/domain/places/places.ts';
import { fillIn, scriptFields } from '../../shared/domain/script.ts';
import { attemptIn, isInCall } from '../../shared/domain/session.ts';
import { isKnownPlace, lawMode, lawThere } from '../../shared/domain/verdict-law.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { firstInstant, localTime } from '../../shared/lib/zoned-time.ts';
import { attemptById, attemptsWithoutOutcome } from '../store/attempts.ts';
import { callOfAttempt, transcriptOf } from '../store/calls.ts';
import { promiseTo } from '../store/callbacks.ts';
import {
  contactById,
  historyOf,
  nameOfContact,
  numbersWithResults,
  placesOfNumber,
} from '../store/contacts.ts';
import { type Draft, draftFor } from '../store/drafts.ts';
import { enrolmentById } from '../store/enrolments.ts';
import { inOneReading } from '../store/open.ts';
import { dayOf } from '../store/today.ts';
import { mayRecord } from './attempts.ts';
import { whyNoConsult } from './desk-consult.ts';
import { scriptHeard } from './script-heard.ts';
import { peekNext } from './stage.ts';
import type { DeskParts, Work } from './work.ts';

/** Names on the strip below the desk. */
const NEXT_UP = 3;
const HISTORY = 20;

/** Everything the agent's screen shows, in one piece: a reload needs nothing else. */
export function viewOf(
  parts: DeskParts,
  person: Person,
  work: Work | null,
  line: DeskView['line'] = null,
): DeskView {
  return inOneReading(parts.db, () => readView(parts, person, work, line));
}

function readView(parts: DeskParts, person: Person, work: Work | null, line: DeskView['line']): DeskView {
  const now = parts.clock.now();
  const inHand = work === null ? null : whoIsInHand(parts, work);
  const contact = inHand === null || work === null ? null : cardOf(parts, inHand, work, now);
  return {
    session: work === null ? null : sessionOf(work),
    contact,
    call: work === null ? null : callOf(parts, work, inHand),
    line: work !== null && isInCall(work.face.state) ? line : null,
    can: {
      hold: parts.carrier.can.hold,
      mute: parts.carrier.can.mute,
      tones: parts.carrier.can.tones,
      transfer: parts.carrier.can.transfer,
      noConsult: whyNoConsult(parts.carrier),
      voicemailDrop: parts.carrier.can.voicemailDrop,
      noPower: parts.carrier.can.onlyByHand ?? null,
    },
    script: work === null || inHand?.contactId == null ? [] : scriptFor(parts, work, inHand.contactId),
    dispositions: (work?.dispositions ?? []).map(({ consequence, form, ...kind }) => ({
      ...kind,
      form: form.map((field) => ({ ...field, options: [...field.options] })),
      does: consequenceInWords(consequence),
      asksForTime: consequence.kind === 'callback',
    })),
    draft: inHand?.attemptId == null ? null : shownDraft(draftFor(parts.db, inHand.attemptId)),
    nextUp: work === null ? [] : nextUp(parts, work),
    waiting: work?.face.state.kind === 'ready' ? work.waiting : null,
    undo: work?.undo == null || now > work.undo.until ? null : shownUndo(work.undo),
    missing: missingOf(parts, person, work),
    today: dayOf(parts.db, person.id, startOfDay(now, parts.home.zone)),
  };
}

interface InHand {
  readonly attemptId: string | null;
  readonly enrolmentId: number | null;
  readonly contactId: number | null;
}

function whoIsInHand(parts: DeskParts, work: Work): InHand | null {
  const { state } = work.face;
  if (state.kind === 'previewing') {
    const enrolment = enrolmentById(parts.db, state.enrolmentId);
    return enrolment === null
      ? null
      : { attemptId: null, enrolmentId: enrolment.id, contactId: enrolment.contactId };
  }
  const attemptId = attemptIn(state);
  const attempt = attemptId === null ? null : attemptById(parts.db, attemptId);
  return attempt === null
    ? null
    : { attemptId: attempt.id, enrolmentId: attempt.enrolmentId, contactId: attempt.contactId };
}

function sessionOf(work: Work): DeskView['session'] {
  return {
    id: work.id,
    campaignId: work.campaign.id,
    campaign: work.campaign.name,
    mode: work.mode,
    state: work.face.state,
    since: work.since,
    pauseAfter: work.face.pauseAfter,
    wrapUpEndsAt: work.face.state.kind === 'wrap-up' ? (work.timer?.endsAt ?? null) : null,
  };
}

function cardOf(parts: DeskParts, inHand: InHand, work: Work, now: Instant): ContactCard | null {
  const { rules } = work.campaign;
  const contact = inHand.contactId === null ? null : contactById(parts.db, inHand.contactId);
  if (contact === null) return null;
  const numbers = numbersWithResults(parts.db, contact.id);
  const starred =
    numbers.find((each) => each.isStarred && each.isUsable) ??
    numbers.find((each) => each.isUsable) ??
    numbers[0];
  const places = starred === undefined ? null : placesOfNumber(starred, contact.place);
  const zones = places?.zones ?? [];
  const enrolment = inHand.enrolmentId === null ? null : enrolmentById(parts.db, inHand.enrolmentId);
  return {
    ...contact,
    numbers: numbers.map(({ id, kind, e164, isStarred, isUsable, lastResult }) => ({
      id,
      kind,
      isStarred,
      isUsable,
      lastResult,
      shown: showPhone(e164, parts.home.country),
    })),
    history: historyOf(parts.db, contact.id, HISTORY),
    promise: promiseTo(parts.db, contact.id),
    // The clock on show is the one somebody named for them; the law goes by all the zones they may be in.
    zone: starred?.zones[0] ?? zones[0] ?? null,
    zones: [...zones],
    mayRingUntil: places === null ? null : lawfulUntil(parts.law, places, now, rules, work.mode),
    attempts: enrolment?.attempts ?? 0,
    attemptsMax: rules.attemptsMax,
  };
}

/** Until when the law allows a call that is made like this one; null where it does not now. */
function lawfulUntil(law: LawBook, places: Places, now: Instant, rules: CampaignRules, dialMode: DialMode) {
  if (!isKnownPlace(places)) return null;
  const call = { mode: lawMode(rules.voice, dialMode), purpose: rules.purpose };
  const { isOpen, changesAt } = lawThere(law, places, now, call);
  return isOpen ? changesAt : null;
}

function callOf(parts: DeskParts, work: Work, inHand: InHand | null): DeskView['call'] {
  const attempt = inHand?.attemptId == null ? null : attemptById(parts.db, inHand.attemptId);
  if (attempt === null) return null;
  const call = callOfAttempt(parts.db, attempt.id);
  const enrolment = attempt.enrolmentId === null ? null : enrolmentById(parts.db, attempt.enrolmentId);
  return {
    attemptId: attempt.id,
    nth: enrolment?.attempts ?? 1,
    number: showPhone(attempt.to, parts.home.country),
    ringingAt: call?.ringingAt ?? null,
    answeredAt: call?.answeredAt ?? null,
    endedAt: call?.endedAt ?? null,
    end: call?.end ?? null,
    endedBy: call?.endedBy ?? null,
    answeredBy: call?.answeredBy ?? null,
    isMuted: work.isMuted,
    isRecorded: parts.carrier.can.recording && isInCall(work.face.state) && mayRecord(parts.db, attempt.id),
    transcript: call === null ? [] : transcriptOf(parts.db, call.id),
  };
}

function scriptFor(parts: DeskParts, work: Work, contactId: number): DeskView['script'] {
  const script = scriptHeard(parts.db, work.campaign, contactId);
  const contact = contactById(parts.db, contactId);
  if (script === null || contact === null) return [];
  const fields = scriptFields(contact, work.agentName);
  return script.steps.map(({ text, branches, ...step }) => ({
    ...step,
    branches: [...branches],
    runs: fillIn(text, fields),
  }));
}

function nextUp(parts: DeskParts, work: Work): DeskView['nextUp'] {
  return peekNext(parts, work, NEXT_UP).map(({ id, contactId, attempts, priority }) => ({
    enrolmentId: id,
    name: nameOfContact(parts.db, contactId),
    why: whyThisOrder(attempts, priority),
  }));
}

function whyThisOrder(attempts: number, priority: number): string {
  if (priority > 0) return `priority ${priority}`;
  return attempts === 0
    ? 'not tried yet'
    : `tried ${attempts === 1 ? 'once' : `${attempts} times`}, due again`;
}

function shownDraft(draft: Draft | null): DeskView['draft'] {
  return draft === null ? null : { ...draft, answers: { ...draft.answers }, ticked: [...draft.ticked] };
}

function shownUndo({ attemptId, label, name, until }: NonNullable<Work['undo']>): DeskView['undo'] {
  return { attemptId, label, name, until };
}

/** Calls that still wait for an outcome, the one in hand left out: it is on the screen already. */
function missingOf(parts: DeskParts, person: Person, work: Work | null): DeskView['missing'] {
  const inHand = work === null ? null : attemptIn(work.face.state);
  return attemptsWithoutOutcome(parts.db, person.id).filter((each) => each.attemptId !== inHand);
}

/** When the day of the workspace began. */
export function startOfDay(now: Instant, zone: string): Instant {
  return firstInstant(localTime(now, zone).date, 0, zone);
}
