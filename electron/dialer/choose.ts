import type { Campaign, DialMode } from '../../shared/domain/campaign.ts';
import type { Enrolment } from '../../shared/domain/contact.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import type { Places } from '../../shared/domain/places/places.ts';
import { isKnownPlace, lawMode, lawThere } from '../../shared/domain/verdict-law.ts';
import { closedInWords } from '../../shared/domain/verdict-words.ts';
import { type Reason, verdictOn } from '../../shared/domain/verdict.ts';
import { type Instant, earlier } from '../../shared/lib/instants.ts';
import { dueEnrolments, nextDueAt, placesIn } from '../store/due.ts';
import { postponeEnrolment, settleEnrolment } from '../store/enrolments.ts';
import { makeReady } from '../store/list-order.ts';
import type { Db } from '../store/open.ts';
import { campaignToday, subjectOfEnrolment } from '../store/subjects.ts';
import { type Candidate, planStaging } from './plan.ts';

/* Whom to ring next in a campaign, whoever rings: an agent in a session, or Parley by itself. */

export interface Choosing {
  readonly db: Db;
  readonly law: LawBook;
}

/** A campaign as somebody dials it. */
export interface Dialed {
  readonly campaign: Campaign;
  readonly mode: DialMode;
}

export interface Choice {
  readonly take: Enrolment | null;
  /** Fewer than were asked for means that nobody else is due. */
  readonly weighed: number;
  /** What holds up those who may not be rung. */
  readonly reasons: readonly Reason[];
}

/** Contacts who fell due since the last look and are given their rank in the campaign’s order. */
const READY_MAX = 100;

/**
 * The first who may be rung of the next few who are due. The others are moved out of the way until that can
 * change, or closed. In a transaction of the caller’s, who takes the chosen one in hand.
 */
export function chooseNext(parts: Choosing, dialed: Dialed, now: Instant, count: number): Choice {
  const { db } = parts;
  const { id, rules } = dialed.campaign;
  makeReady(db, id, rules.order, placesIn(db, id), now, READY_MAX);
  const due = whoIsDue(parts, dialed, now, count);
  const plan = planStaging(weighEach(parts, dialed, due, now), now);
  for (const each of plan.postpone) postponeEnrolment(db, each.enrolmentId, each.until);
  for (const each of plan.close)
    settleEnrolment(db, each.enrolmentId, { state: 'never', dueAt: null, lastOutcome: each.because.rule });
  return {
    take: plan.take,
    weighed: due.length,
    reasons: [...plan.postpone, ...plan.close].map((each) => each.because),
  };
}

/**
 * Who is due. Where the law is closed for a whole set of places nobody there is looked at: the verdict on all of
 * them is known, and a million sleepers cost one question.
 */
export function whoIsDue({ db, law }: Choosing, dialed: Dialed, now: Instant, count: number): Enrolment[] {
  const call = callOf(dialed);
  const areOpen = (places: Places) => !isKnownPlace(places) || lawThere(law, places, now, call).isOpen;
  return dueEnrolments(db, dialed.campaign.id, now, count, areOpen);
}

/** The verdict on each, as it is asked for. The campaign is read once for all of them. */
export function* weighEach(
  { db, law }: Choosing,
  { campaign: { id }, mode }: Dialed,
  due: readonly Enrolment[],
  now: Instant,
): Generator<Candidate> {
  const campaign = campaignToday(db, id, now);
  for (const enrolment of due) {
    const subject = subjectOfEnrolment(db, enrolment.id, null, { law, now, mode, campaign });
    yield { enrolment, verdict: verdictOn(subject, now) };
  }
}

/** When the next may be rung as things stand. */
export interface NextLook {
  /** Somebody falls due where it is day, or day breaks where somebody waits. Null where nobody is left. */
  readonly at: Instant | null;
  /** Why everybody waits, where all of them are asleep. */
  readonly asleep: string | null;
}

export function nextLook({ db, law }: Choosing, dialed: Dialed, now: Instant): NextLook {
  const call = callOf(dialed);
  let first: { readonly opensAt: Instant; readonly places: Places } | null = null;
  const due = nextDueAt(db, dialed.campaign.id, (places) => {
    if (!isKnownPlace(places)) return true;
    const { isOpen, changesAt } = lawThere(law, places, now, call);
    if (!isOpen && changesAt !== null && (first === null || changesAt < first.opensAt))
      first = { opensAt: changesAt, places };
    return isOpen;
  });
  const daybreak = first as { readonly opensAt: Instant; readonly places: Places } | null;
  const times = [due, daybreak?.opensAt ?? null].filter((at) => at !== null);
  return {
    at: times.length === 0 ? null : times.reduce(earlier),
    asleep:
      due === null && daybreak !== null ? closedInWords(law, daybreak.places, call, now).sentence : null,
  };
}

function callOf({ campaign: { rules }, mode }: Dialed) {
  return { mode: lawMode(rules.voice, mode), purpose: rules.purpose };
}
