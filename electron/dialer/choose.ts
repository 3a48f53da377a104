import type { Campaign, DialMode } from '../../shared/domain/campaign.ts';
import type { Enrolment } from '../../shared/domain/contact.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import type { Places } from '../../shared/domain/places/places.ts';
import { isKnownPlace, lawMode, lawThere } from '../../shared/domain/verdict-law.ts';
import { closedInWords } from '../../shared/domain/verdict-words.ts';
import { type Reason, verdictOn } from '../../shared/domain/verdict.ts';
import { HOUR_MS, type Instant, after, earlier } from '../../shared/lib/instants.ts';
import { nextDueAt } from '../store/due-by-places.ts';
import { dueInOrder } from '../store/due.ts';
import { postponeEnrolment, settleEnrolment } from '../store/enrolments.ts';
import { frontOf } from '../store/line-front.ts';
import { makeReady } from '../store/list-order.ts';
import type { Db } from '../store/open.ts';
import { type CampaignToday, campaignToday, subjectOfEnrolment } from '../store/subjects.ts';
import { type Candidate, planStaging } from './plan.ts';
import { isSavedForAnother } from './saved-promise.ts';

/* Whom to ring next in a campaign, whoever rings: an agent in a session, or Parley by itself. */

export interface Choosing {
  readonly db: Db;
  readonly law: LawBook;
}

/** A campaign as somebody dials it. */
export interface Dialed {
  readonly campaign: Campaign;
  readonly mode: DialMode;
  /** Who dials it. Left out where nobody does: Parley itself keeps any promise. */
  readonly agentId?: number;
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
  makeReady(db, id, rules.order, now, READY_MAX);
  const plan = planStaging(weighDue(parts, dialed, now, count), now);
  for (const each of plan.postpone) postponeEnrolment(db, each.enrolmentId, each.until);
  for (const each of plan.close)
    settleEnrolment(db, each.enrolmentId, { state: 'never', dueAt: null, lastOutcome: each.because.rule });
  return {
    take: plan.take,
    weighed: plan.postpone.length + plan.close.length + (plan.take === null ? 0 : 1),
    reasons: [...plan.postpone, ...plan.close].map((each) => each.because),
  };
}

/**
 * The first few who are due, each with the verdict on them, read as they are asked for. Where the law is closed for
 * a whole set of places nobody there is looked at: the verdict on all of them is known, and a million sleepers cost
 * one question. The campaign is read once for all.
 */
export function* weighDue(
  { db, law }: Choosing,
  dialed: Dialed,
  now: Instant,
  count: number,
): Generator<Candidate> {
  const { mode, agentId } = dialed;
  const { id } = dialed.campaign;
  const call = callOf(dialed);
  const front = frontOf(db, id, { law: law.kept, call: `${call.mode} ${call.purpose}`, now });
  const areOpen = (places: Places) => {
    if (!isKnownPlace(places)) return true;
    const { isOpen, changesAt } = lawThere(law, places, now, call);
    if (!isOpen) front.until = earlier(front.until, changesAt ?? after(now, HOUR_MS));
    return isOpen;
  };
  let campaign: CampaignToday | null = null;
  let left = count;
  for (const enrolment of dueInOrder(db, id, now, areOpen, front)) {
    campaign ??= campaignToday(db, id, now);
    const subject = subjectOfEnrolment(db, enrolment.id, null, { law, now, mode, campaign });
    const verdict = verdictOn(subject, now);
    // Asked last: of those who may be rung only the first is ever taken.
    const isPromised = subject.enrolment !== null && subject.enrolment.promisedFor !== null;
    if (verdict.kind === 'ring' && isPromised && agentId !== undefined)
      if (isSavedForAnother(db, agentId, enrolment, now)) continue;
    yield { enrolment, verdict };
    left -= 1;
    if (left === 0) return;
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
