import type { Answer } from '../../shared/contract/wire.ts';
import type { Person } from '../../shared/domain/people.ts';
import { type E164, readPhone, showPhone, whyUnringable } from '../../shared/domain/phone.ts';
import { attemptIn, consultIn } from '../../shared/domain/session.ts';
import { startWrapUp } from '../../shared/domain/wrap-up.ts';
import { attemptById } from '../store/attempts.ts';
import { leftAloneAt } from '../store/do-not-call.ts';
import { withTransaction } from '../store/open.ts';
import { forgetTarget, keepTarget, targetsKept } from '../store/transfer-targets.ts';
import { callInHand, hold, isOnTheLine } from './in-call.ts';
import { noted } from './noted.ts';
import { type DeskParts, type Work, cannot, done, together, turn } from './work.ts';

/** To whom, as typed or picked. Under a name it is offered the next time. */
export interface TransferWish {
  readonly to: string;
  readonly name: string;
}

export interface TransferTarget {
  readonly name: string;
  /** As people write it. */
  readonly number: string;
}

/**
 * Hands the contact over without a word between the two, and leaves: for the agent the talk is over and waits for
 * its outcome, while the call goes on and keeps its number.
 */
export async function transfer(parts: DeskParts, work: Work, wish: TransferWish): Promise<Answer<null>> {
  return oneAtATime(work, () => handOver(parts, work, wish));
}

/** Two keys at once must not ring two colleagues. */
export async function oneAtATime(work: Work, deed: () => Promise<Answer<null>>): Promise<Answer<null>> {
  if (underWay.has(work)) return cannot('The carrier is being asked already. Wait for its answer.');
  underWay.add(work);
  try {
    return await deed();
  } finally {
    underWay.delete(work);
  }
}

const underWay = new WeakSet<Work>();

async function handOver(parts: DeskParts, work: Work, wish: TransferWish): Promise<Answer<null>> {
  if (!isOnTheLine(work)) return cannot('Somebody has to be on the line to be transferred.');
  const asked = consultIn(work.face.state);
  if (asked !== null && asked.colleague !== 'gone')
    return cannot('A colleague is being asked. Hand over to them, or take the contact back first.');
  if (!parts.carrier.can.transfer) return cannot('This carrier cannot transfer a call.');
  const attemptId = attemptIn(work.face.state)!;
  const phone = readPhone(wish.to, parts.home.country);
  if (!phone.ok) return cannot(phone.error.sentence);
  const trouble = whyNotThere(parts, attemptId, phone.value);
  if (trouble !== null) return cannot(trouble);
  // Whoever is on hold hears music, and so would the colleague.
  if (work.face.state.kind === 'on-hold') {
    const back = await hold(parts, work, false);
    if (!back.ok) return back;
  }
  const call = callInHand(parts, work);
  if (call === null) return isOver;
  const result = await parts.carrier.control(call.callRef, {
    kind: 'transfer',
    to: phone.value,
    warm: false,
  });
  switch (result.kind) {
    case 'done':
      return handedOver(parts, work, attemptId, { name: wish.name, to: phone.value });
    case 'gone':
      return isOver;
    case 'cannot':
      return cannot(result.sentence, 'carrier');
    case 'unreachable':
      return cannot(
        `The carrier did not answer: ${result.sentence} The contact may be handed over already; if you still hear them, try again.`,
        'carrier',
      );
  }
}

/** Everybody calls are handed over to here, by name. */
export function transferTargets({ db, home }: DeskParts): TransferTarget[] {
  return targetsKept(db)
    .map(({ name, e164 }) => ({ name, number: showPhone(e164 as E164, home.country) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export function forgetTransferTarget(parts: DeskParts, person: Person, number: string): Answer<null> {
  const phone = readPhone(number, parts.home.country);
  if (!phone.ok) return cannot(phone.error.sentence);
  withTransaction(parts.db, () => {
    const gone = forgetTarget(parts.db, phone.value);
    if (gone === null) return;
    const about = { action: 'transfer.forget', subject: 'workspace', subjectId: null };
    noted(parts, person.id, { ...about, before: gone, after: null });
  });
  return done;
}

/** To whom, as people write it. */
export function shownTarget({ home }: DeskParts, { name, to }: HandedTo): string {
  return name === '' ? showPhone(to, home.country) : name;
}

interface HandedTo {
  readonly name: string;
  readonly to: E164;
}

function handedOver(parts: DeskParts, work: Work, attemptId: string, target: HandedTo): Answer<null> {
  return leftTo(parts, work, attemptId, shownTarget(parts, target), () => {
    if (target.name !== '') keepTarget(parts.db, { name: target.name, e164: target.to });
    const about = { action: 'call.transfer', subject: 'attempt', subjectId: attemptId };
    noted(parts, work.agentId, { ...about, before: null, after: { to: target.to, name: target.name } });
  });
}

/** The talk is over for the agent, and the call goes on with somebody else. */
export function leftTo(
  parts: DeskParts,
  work: Work,
  attemptId: string,
  to: string,
  note: () => void,
): Answer<null> {
  // The call may have ended while the carrier was asked: then it is in wrap-up already, and nobody was handed over.
  if (attemptIn(work.face.state) !== attemptId || !isOnTheLine(work)) return isOver;
  const at = parts.clock.now();
  together(parts, work, () => {
    turn(parts, work, { kind: 'transferred', at, to });
    note();
  });
  work.timer = startWrapUp(at, work.campaign.rules.wrapUpMs);
  return done;
}

/** Somebody is rung there: not whoever asked to be left alone, and no number that must never be rung. */
export function whyNotThere({ db }: DeskParts, attemptId: string, to: E164): string | null {
  if (attemptById(db, attemptId)?.to === to) return 'That is the number you are talking to.';
  if (whyUnringable(to) !== null)
    return 'A call cannot be handed over to this number: it is an emergency, premium or unused number.';
  return leftAloneAt(db, to, {}) === null
    ? null
    : 'This number is on the do-not-call list, so nobody is handed over to it.';
}

export const isOver = cannot('The call is over already, so nobody was handed over.');
