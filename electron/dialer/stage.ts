import type { DeskView } from '../../shared/contract/desk.ts';
import type { Reason } from '../../shared/domain/verdict.ts';
import type { Enrolment } from '../../shared/domain/contact.ts';
import { verdictOn } from '../../shared/domain/verdict.ts';
import { openingIn, openingInAll } from '../../shared/domain/calling-window.ts';
import { type Instant, MINUTE_MS, after, earlier, later } from '../../shared/lib/instants.ts';
import { type Zone, isZone } from '../../shared/lib/zoned-time.ts';
import { campaignById } from '../store/campaigns.ts';
import {
  dueEnrolments,
  nextDueAt,
  postponeEnrolment,
  settleEnrolment,
  takeInHand,
} from '../store/enrolments.ts';
import { subjectOfEnrolment } from '../store/subjects.ts';
import { legalHours } from './legal-hours.ts';
import { type Candidate, planStaging } from './plan.ts';
import { type DeskParts, type Work, together, turn } from './work.ts';

/** Candidates weighed in one go, and in one staging. A list nobody of which may be rung is left after these. */
const WEIGH_MAX = 25;
const STAGE_MAX = 500;

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
function waitingForAll(parts: DeskParts, { campaign, rest }: Work): DeskView['waiting'] {
  const now = parts.clock.now();
  const { name, status, rules } = campaign;
  if (status !== 'active')
    return { sentence: `“${name}” is ${status}. Once a supervisor starts it, it goes on.`, until: null };
  const restMs = rest === null ? 0 : rest.until - now;
  if (rest !== null && restMs > 0 && restMs <= rest.ms) return { sentence: rest.sentence, until: rest.until };
  const opening = isZone(rules.zone) ? openingIn(rules.windows, rules.zone, now) : null;
  if (opening === null || opening.open) return null;
  return { sentence: 'Nobody may be rung right now. Outside the campaign’s hours.', until: opening.opensAt };
}

function stageOnce(parts: DeskParts, work: Work) {
  const { db, clock } = parts;
  return together(parts, work, () => {
    const now = clock.now();
    const due = whoIsDue(parts, work, now, WEIGH_MAX);
    const plan = planStaging(weigh(parts, due, now), now);
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
  for (const { enrolment, verdict } of weigh(parts, whoIsDue(parts, work, now, count * 3), now)) {
    if (verdict.kind === 'ring') next.push(enrolment);
    if (next.length === count) break;
  }
  return next;
}

/**
 * Who is due. Where it is night for a whole set of zones nobody in it is looked at: the verdict on all of them
 * is known, and a million sleepers cost one question.
 */
function whoIsDue(parts: DeskParts, work: Work, now: Instant, count: number): Enrolment[] {
  const areOpen = (zones: readonly Zone[]) => zones.length === 0 || openingInAll(legalHours, zones, now).open;
  return dueEnrolments(parts.db, work.campaign.id, now, count, areOpen);
}

/** The verdict on each, as it is asked for. */
function* weigh(parts: DeskParts, due: readonly Enrolment[], now: Instant): Generator<Candidate> {
  for (const enrolment of due)
    yield {
      enrolment,
      verdict: verdictOn(subjectOfEnrolment(parts.db, enrolment.id, null, legalHours), now),
    };
}

/** Why nobody is in hand, and when to look again: as soon as somebody falls due where it is day, or day breaks. */
function waitingFor(parts: DeskParts, work: Work, reasons: readonly Reason[]): DeskView['waiting'] {
  const now = parts.clock.now();
  const daybreaks: Instant[] = [];
  const due = nextDueAt(parts.db, work.campaign.id, (zones) => {
    const opening = openingInAll(legalHours, zones, now);
    if (!opening.open && opening.opensAt !== null) daybreaks.push(opening.opensAt);
    return opening.open;
  });
  const next = [...(due === null ? [] : [due]), ...daybreaks].reduce<Instant | null>(
    (a, b) => (a === null ? b : earlier(a, b)),
    null,
  );
  if (next === null) {
    return {
      sentence:
        'Everybody in this campaign has been reached or is finished. Choose another campaign, or add contacts.',
      until: null,
    };
  }
  const why =
    reasons[0]?.sentence ??
    (due === null
      ? 'It is too early or too late where they are.'
      : 'They are cooling off, or wait for their callback.');
  return { sentence: `Nobody may be rung right now. ${why}`, until: later(next, after(now, IDLE_LOOK_MS)) };
}
