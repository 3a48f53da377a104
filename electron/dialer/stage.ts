import type { DeskView } from '../../shared/contract/desk.ts';
import type { Enrolment } from '../../shared/domain/contact.ts';
import type { Places } from '../../shared/domain/places/places.ts';
import { isKnownPlace, lawMode, lawThere } from '../../shared/domain/verdict-law.ts';
import { closedInWords } from '../../shared/domain/verdict-words.ts';
import { type Reason, type Subject, verdictOn, verdictOnAll } from '../../shared/domain/verdict.ts';
import { type Instant, MINUTE_MS, after, earlier, later } from '../../shared/lib/instants.ts';
import { campaignById } from '../store/campaigns.ts';
import {
  dueEnrolments,
  nextDueAt,
  placesIn,
  postponeEnrolment,
  settleEnrolment,
  takeInHand,
} from '../store/enrolments.ts';
import { makeReady } from '../store/list-order.ts';
import { campaignToday, subjectOfEnrolment } from '../store/subjects.ts';
import { type Candidate, planStaging } from './plan.ts';
import { type DeskParts, type Work, together, turn } from './work.ts';

/** Candidates weighed in one go, and in one staging. A list nobody of which may be rung is left after these. */
const WEIGH_MAX = 25;
const STAGE_MAX = 500;

/** Contacts who fell due since the last look and are given their rank in the campaign’s order. */
const READY_MAX = 100;

/** While nobody may be rung, looks no more often than this. */
const IDLE_LOOK_MS = MINUTE_MS;

/** Takes the next contact in hand, or says why there is none. Called whenever the session is ready. */
export function stageNext(parts: DeskParts, work: Work): void {
  if (work.face.state.kind !== 'ready') return;
  work.campaign = campaignById(parts.db, work.campaign.id) ?? work.campaign;
  work.waiting = waitingForAll(parts, work);
  if (work.waiting !== null) return;
  const reasons: Reason[] = [];
  let taken: number | null = null;
  for (let weighed = 0; weighed < STAGE_MAX && taken === null; weighed += WEIGH_MAX) {
    const round = stageOnce(parts, work);
    reasons.push(...round.reasons);
    taken = round.taken;
    if (round.weighed < WEIGH_MAX) break;
  }
  work.waiting = taken === null ? waitingFor(parts, work, reasons) : null;
}

/** What holds everybody up at once is not asked about each of them. */
function waitingForAll(parts: DeskParts, work: Work): DeskView['waiting'] {
  const now = parts.clock.now();
  const { name, status } = work.campaign;
  if (status !== 'active')
    return { sentence: `“${name}” is ${status}. Once a supervisor starts it, it goes on.`, until: null };
  const campaign = campaignToday(parts.db, work.campaign.id, now);
  if (campaign === null) return null;
  const verdict = verdictOnAll(campaign, carrierNow(parts, work, now), parts.law, now);
  if (verdict.kind === 'ring') return null;
  const { rule, sentence } = verdict.because;
  const until = verdict.kind === 'wait' ? verdict.until : null;
  // A carrier’s own sentence says it all.
  return { sentence: rule === 'carrier' ? sentence : `Nobody may be rung right now. ${sentence}`, until };
}

/** What keeps the carrier from taking calls: it said so a moment ago, or nobody has set it up. */
function carrierNow({ carrier }: DeskParts, { rest }: Work, now: Instant): Subject['carrier'] {
  const readiness = carrier.readiness();
  if (readiness.kind === 'not-set-up') return { sentence: readiness.sentence, until: null };
  const restMs = rest === null ? 0 : rest.until - now;
  return rest !== null && restMs > 0 && restMs <= rest.ms ? rest : null;
}

function stageOnce(parts: DeskParts, work: Work) {
  const { db, clock } = parts;
  return together(parts, work, () => {
    const now = clock.now();
    const { id, rules } = work.campaign;
    makeReady(db, id, rules.order, placesIn(db, id), now, READY_MAX);
    const due = whoIsDue(parts, work, now, WEIGH_MAX);
    const plan = planStaging(weigh(parts, work, due, now), now);
    for (const each of plan.postpone) postponeEnrolment(db, each.enrolmentId, each.until);
    for (const each of plan.close)
      settleEnrolment(db, each.enrolmentId, { state: 'never', dueAt: null, lastOutcome: each.because.rule });
    const taken = plan.take !== null && takeInHand(db, plan.take.id, work.id) ? plan.take.id : null;
    if (taken !== null) {
      const dialAt = work.mode === 'power' ? after(now, work.campaign.rules.leadInMs) : null;
      turn(parts, work, { kind: 'staged', enrolmentId: taken, dialAt });
    }
    return {
      taken,
      weighed: due.length,
      reasons: [...plan.postpone, ...plan.close].map((each) => each.because),
    };
  });
}

/** The next few who would be rung as things stand: what the strip below the desk shows. */
export function peekNext(parts: DeskParts, work: Work, count: number): Enrolment[] {
  const now = parts.clock.now();
  const next: Enrolment[] = [];
  for (const { enrolment, verdict } of weigh(parts, work, whoIsDue(parts, work, now, count * 3), now)) {
    if (verdict.kind === 'ring') next.push(enrolment);
    if (next.length === count) break;
  }
  return next;
}

/**
 * Who is due. Where the law is closed for a whole set of places nobody there is looked at: the verdict on all of
 * them is known, and a million sleepers cost one question.
 */
function whoIsDue(parts: DeskParts, work: Work, now: Instant, count: number): Enrolment[] {
  const call = callOf(work);
  const areOpen = (places: Places) => !isKnownPlace(places) || lawThere(parts.law, places, now, call).isOpen;
  return dueEnrolments(parts.db, work.campaign.id, now, count, areOpen);
}

function callOf({ campaign: { rules }, mode }: Work) {
  return { mode: lawMode(rules.voice, mode), purpose: rules.purpose };
}

/** The verdict on each, as it is asked for. The campaign is read once for all of them. */
function* weigh(
  { db, law }: DeskParts,
  work: Work,
  due: readonly Enrolment[],
  now: Instant,
): Generator<Candidate> {
  const campaign = campaignToday(db, work.campaign.id, now);
  for (const enrolment of due) {
    const subject = subjectOfEnrolment(db, enrolment.id, null, { law, now, mode: work.mode, campaign });
    yield { enrolment, verdict: verdictOn(subject, now) };
  }
}

/** Why nobody is in hand, and when to look again: as soon as somebody falls due where it is day, or day breaks. */
function waitingFor(parts: DeskParts, work: Work, reasons: readonly Reason[]): DeskView['waiting'] {
  const now = parts.clock.now();
  const call = callOf(work);
  let first: { readonly opensAt: Instant; readonly places: Places } | null = null;
  const due = nextDueAt(parts.db, work.campaign.id, (places) => {
    if (!isKnownPlace(places)) return true;
    const { isOpen, changesAt } = lawThere(parts.law, places, now, call);
    if (!isOpen && changesAt !== null && (first === null || changesAt < first.opensAt))
      first = { opensAt: changesAt, places };
    return isOpen;
  });
  const daybreak = first as { readonly opensAt: Instant; readonly places: Places } | null;
  if (due === null && daybreak === null) {
    return {
      sentence:
        'Everybody in this campaign has been reached or is finished. Choose another campaign, or add contacts.',
      until: null,
    };
  }
  const next = [due, daybreak?.opensAt ?? null].filter((at) => at !== null).reduce(earlier);
  const asleep = daybreak === null ? null : closedInWords(parts.law, daybreak.places, call, now).sentence;
  const why =
    reasons[0]?.sentence ??
    (due === null && asleep !== null ? asleep : 'They are cooling off, or wait for their callback.');
  return { sentence: `Nobody may be rung right now. ${why}`, until: later(next, after(now, IDLE_LOOK_MS)) };
}
