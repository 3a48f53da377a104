import type { Answer } from '../../shared/contract/wire.ts';
import { type E164, readPhone } from '../../shared/domain/phone.ts';
import { type Consult, attemptIn, consultIn } from '../../shared/domain/session.ts';
import { sleep } from '../../shared/lib/clock.ts';
import { SECOND_MS } from '../../shared/lib/instants.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { keepTarget } from '../store/transfer-targets.ts';
import { type TransferWish, isOver, leftTo, oneAtATime, shownTarget, whyNotThere } from './desk-transfer.ts';
import { weighTyped } from './dialing.ts';
import { callInHand, hold, isOnTheLine } from './in-call.ts';
import { noted } from './noted.ts';
import { type DeskParts, type Work, cannot, done, together, turn } from './work.ts';

/** A colleague who does not let themselves be hung up on is tried so often, this far apart. */
const LET_GO_TRIES = 5;
const LET_GO_EVERY_MS = 2 * SECOND_MS;

/**
 * Puts the contact on hold and rings a colleague, to ask them first. Whoever is rung is weighed as any typed number is,
 * at the instant at which it is rung; that somebody is rung is on disk before the carrier is asked.
 */
export function consult(parts: DeskParts, work: Work, wish: TransferWish): Promise<Answer<null>> {
  return oneAtATime(work, () => askColleague(parts, work, wish));
}

async function askColleague(parts: DeskParts, work: Work, wish: TransferWish): Promise<Answer<null>> {
  if (!isOnTheLine(work)) return cannot('Somebody has to be on the line to be handed over.');
  const whyNever = whyNoConsult(parts.carrier);
  if (whyNever !== null) return cannot(whyNever);
  const asked = consultIn(work.face.state);
  if (asked !== null && asked.colleague !== 'gone')
    return cannot(`You are asking ${asked.to} already. Take the contact back first.`);
  const attemptId = attemptIn(work.face.state)!;
  const phone = readPhone(wish.to, parts.home.country);
  if (!phone.ok) return cannot(phone.error.sentence);
  const target = { name: wish.name, to: phone.value };
  const whyNot = whyNotRung(parts, attemptId, target.to);
  if (whyNot !== null) return cannot(whyNot);
  if (work.face.state.kind === 'connected') {
    const held = await hold(parts, work, true);
    if (!held.ok) return held;
  }
  const call = callInHand(parts, work);
  if (call === null || attemptIn(work.face.state) !== attemptId || !isOnTheLine(work)) return isOver;
  const begun = beginAsking(parts, work, attemptId, target);
  if (!begun.ok) return begun;
  const result = await parts.carrier.control(call.callRef, { kind: 'consult', to: target.to });
  switch (result.kind) {
    case 'done':
      return done;
    case 'unreachable':
      return cannot(
        `The carrier did not answer: ${result.sentence} Your colleague may be ringing already; that is being asked.`,
        'carrier',
      );
    case 'gone':
    case 'cannot':
      if (attemptIn(work.face.state) === attemptId) turn(parts, work, { kind: 'consult-ended' });
      return result.kind === 'gone'
        ? isOver
        : cannot(`${result.sentence} The contact is on hold.`, 'carrier');
  }
}

/** The verdict at the instant of the ring, and the word that somebody is rung, in one transaction. */
function beginAsking(
  parts: DeskParts,
  work: Work,
  attemptId: string,
  target: { readonly name: string; readonly to: E164 },
): Answer<null> {
  return together(parts, work, () => {
    const whyNot = whyNotRung(parts, attemptId, target.to);
    if (whyNot !== null) return cannot(`${whyNot} The contact is on hold.`);
    turn(parts, work, { kind: 'consulted', to: shownTarget(parts, target) });
    if (target.name !== '') keepTarget(parts.db, { name: target.name, e164: target.to });
    const about = { action: 'call.consult', subject: 'attempt', subjectId: attemptId };
    noted(parts, work.agentId, { ...about, before: null, after: { ...target } });
    return done;
  });
}

function whyNotRung(parts: DeskParts, attemptId: string, to: E164): string | null {
  const whyNot = whyNotThere(parts, attemptId, to);
  if (whyNot !== null) return whyNot;
  const weighed = weighTyped(parts, to);
  if (!weighed.ok) return weighed.error.sentence;
  const { verdict } = weighed.value;
  return verdict.kind === 'ring' ? null : verdict.because.sentence;
}

/** Why no colleague can be asked with this carrier; null where one can. */
export function whyNoConsult({ can }: Carrier): string | null {
  return can.consult
    ? null
    : 'With this carrier a colleague cannot be asked first. Hand the call over without asking.';
}

/** Leaves contact and colleague to each other. */
export function handOverToColleague(parts: DeskParts, work: Work): Promise<Answer<null>> {
  return oneAtATime(work, async () => {
    const asked = consultIn(work.face.state);
    if (asked === null) return cannot('Nobody has been asked yet. Ask a colleague first.');
    if (asked.colleague !== 'there')
      return cannot(`${asked.to} is not on the line, so nobody is handed over.`);
    const attemptId = attemptIn(work.face.state)!;
    const call = callInHand(parts, work);
    if (call === null) return isOver;
    const result = await parts.carrier.control(call.callRef, { kind: 'transfer', warm: true });
    switch (result.kind) {
      case 'done':
        return leftTo(parts, work, attemptId, asked.to, () => {
          const about = { action: 'call.transfer', subject: 'attempt', subjectId: attemptId };
          noted(parts, work.agentId, { ...about, before: null, after: { to: asked.to, asked: true } });
        });
      case 'gone':
        return isOver;
      case 'cannot':
        return cannot(result.sentence, 'carrier');
      case 'unreachable':
        return cannot(
          `The carrier did not answer: ${result.sentence} They may be together already; if you still hear them, try again.`,
          'carrier',
        );
    }
  });
}

/** Lets the colleague go, and the contact hears the agent again. */
export function takeBack(parts: DeskParts, work: Work): Promise<Answer<null>> {
  return oneAtATime(work, async () => {
    if (consultIn(work.face.state) === null) return cannot('No colleague is being asked.');
    const attemptId = attemptIn(work.face.state)!;
    const call = callInHand(parts, work);
    const result = call === null ? null : await parts.carrier.control(call.callRef, { kind: 'consult-end' });
    if (result !== null && 'sentence' in result)
      return cannot(`${result.sentence} Your colleague may be on the line still; try again.`, 'carrier');
    if (attemptIn(work.face.state) !== attemptId) return isOver;
    turn(parts, work, { kind: 'consult-ended' });
    return work.face.state.kind === 'on-hold' ? hold(parts, work, false) : done;
  });
}

/** Asks where the colleague stands; null where nobody is asked, or nothing can be learned now. */
export async function colleagueNow(parts: DeskParts, work: Work): Promise<Consult['colleague'] | null> {
  const call = consultIn(work.face.state) === null ? null : callInHand(parts, work);
  const told = call === null ? undefined : await parts.carrier.consulted?.(call.callRef);
  return told === undefined || told.kind === 'unreachable' ? null : told.colleague;
}

/** What was learned of the colleague. False where it is nothing new, or where their call is not in hand any more. */
export function followColleague(
  parts: DeskParts,
  work: Work,
  attemptId: string,
  colleague: Consult['colleague'] | null,
): boolean {
  if (colleague === null || colleague === 'rung' || attemptIn(work.face.state) !== attemptId) return false;
  return turn(parts, work, { kind: colleague === 'there' ? 'colleague-came' : 'colleague-left' });
}

/** The call is over: a colleague who is still there must not hear the next one. */
export async function letColleagueGo({ carrier, clock }: DeskParts, callRef: string): Promise<void> {
  for (let tries = 0; tries < LET_GO_TRIES; tries++) {
    const result = await carrier.control(callRef, { kind: 'consult-end' });
    if (result.kind !== 'unreachable') return;
    await sleep(clock, LET_GO_EVERY_MS);
  }
}
