import type { DeskView } from '../../shared/contract/desk.ts';
import type { Enrolment } from '../../shared/domain/contact.ts';
import { type Reason, verdictOnAll } from '../../shared/domain/verdict.ts';
import { MINUTE_MS, after, later } from '../../shared/lib/instants.ts';
import { campaignById } from '../store/campaigns.ts';
import { takeInHand } from '../store/enrolments.ts';
import { campaignToday } from '../store/subjects.ts';
import { carrierTroubleNow } from './carrier-rest.ts';
import { chooseNext, nextLook, weighDue } from './choose.ts';
import { pauseInTheWay } from './pause-all.ts';
import { type DeskParts, type Work, together, turn } from './work.ts';

/** Nearly always one of the first few may be rung, so no more are sought at first. */
const FIRST_FEW = 4;
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
  let count = FIRST_FEW;
  for (let weighed = 0; weighed < STAGE_MAX && taken === null; weighed += WEIGH_MAX) {
    const round = stageOnce(parts, work, count);
    reasons.push(...round.reasons);
    taken = round.taken;
    if (round.weighed < count) break;
    count = WEIGH_MAX;
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
  // Whom an agent dials by hand, one press each, is theirs to decide.
  const pause = work.mode === 'power' ? pauseInTheWay(parts.db) : null;
  const trouble = pause ?? carrierTroubleNow(parts.carrier, work.rest, now);
  const verdict = verdictOnAll(campaign, trouble, parts.law, now);
  if (verdict.kind === 'ring') return null;
  const { rule, sentence } = verdict.because;
  const until = verdict.kind === 'wait' ? verdict.until : null;
  // A carrier’s own sentence says it all.
  return { sentence: rule === 'carrier' ? sentence : `Nobody may be rung right now. ${sentence}`, until };
}

function stageOnce(parts: DeskParts, work: Work, count: number) {
  const { db, clock } = parts;
  return together(parts, work, () => {
    const now = clock.now();
    const { take, weighed, reasons } = chooseNext(parts, work, now, count);
    const taken = take !== null && takeInHand(db, take.id, work.id) ? take.id : null;
    if (taken !== null) {
      const dialAt = work.mode === 'power' ? after(now, work.campaign.rules.leadInMs) : null;
      turn(parts, work, { kind: 'staged', enrolmentId: taken, dialAt });
    }
    return { taken, weighed, reasons };
  });
}

/** The next few who would be rung as things stand: what the strip below the desk shows. */
export function peekNext(parts: DeskParts, work: Work, count: number): Enrolment[] {
  const now = parts.clock.now();
  const next: Enrolment[] = [];
  for (const { enrolment, verdict } of weighDue(parts, work, now, count * 3)) {
    if (verdict.kind === 'ring') next.push(enrolment);
    if (next.length === count) break;
  }
  return next;
}

/** Why nobody is in hand, and when to look again: as soon as somebody falls due where it is day, or day breaks. */
function waitingFor(parts: DeskParts, work: Work, reasons: readonly Reason[]): DeskView['waiting'] {
  const now = parts.clock.now();
  const { at, asleep } = nextLook(parts, work, now);
  if (at === null) {
    return {
      sentence:
        'Everybody in this campaign has been reached or is finished. Choose another campaign, or add contacts.',
      until: null,
    };
  }
  const why = reasons[0]?.sentence ?? asleep ?? 'They are cooling off, or wait for their callback.';
  return { sentence: `Nobody may be rung right now. ${why}`, until: later(at, after(now, IDLE_LOOK_MS)) };
}
