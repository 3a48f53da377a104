import type { Answer } from '../../shared/contract/wire.ts';
import { attemptIn, isInCall } from '../../shared/domain/session.ts';
import type { CallAction, Capabilities } from '../carriers/carrier.ts';
import { campaignById } from '../store/campaigns.ts';
import { type Call, callOfAttempt, liveCalls } from '../store/calls.ts';
import { openSessions, saveMuted } from '../store/sessions.ts';
import { messageForMachine, noteGiven } from './recorded-message.ts';
import { type DeskParts, type Work, cannot, done, turn } from './work.ts';

/** Hangs up, or remembers to as soon as the carrier has named the call. */
export async function hangUp(parts: DeskParts, work: Work): Promise<Answer<null>> {
  if (!isInCall(work.face.state)) return cannot('There is no call to hang up.');
  const attemptId = attemptIn(work.face.state);
  work.hangUpWanted = callInHand(parts, work) === null;
  const answer = await act(parts, work, { kind: 'hang-up' });
  if (answer.ok || attemptIn(work.face.state) !== attemptId || !isInCall(work.face.state)) return answer;
  work.hangUpWanted = true;
  return cannot(`${answer.error.sentence} It is hung up as soon as the carrier can be asked.`, 'carrier');
}

/** The call has a name now: what was asked before is done. Where it cannot be done it stays wanted. */
export function hangUpAtLast(parts: DeskParts, work: Work): void {
  const attemptId = attemptIn(work.face.state);
  work.hangUpWanted = false;
  act(parts, work, { kind: 'hang-up' })
    .then((answer) => {
      if (!answer.ok && attemptIn(work.face.state) === attemptId) work.hangUpWanted = true;
    })
    .catch((error: unknown) => parts.log('hanging up a call that was wanted gone failed', error));
}

export async function hold(parts: DeskParts, work: Work, on: boolean): Promise<Answer<null>> {
  if (work.face.state.kind !== (on ? 'connected' : 'on-hold')) {
    return cannot(on ? 'Only somebody on the line can be put on hold.' : 'Nobody is on hold.');
  }
  if (!parts.carrier.can.hold) return cannot('This carrier cannot hold a call.');
  const answer = await act(parts, work, { kind: 'hold', on });
  if (answer.ok) turn(parts, work, { kind: on ? 'held' : 'taken-back' });
  return answer;
}

export async function mute(parts: DeskParts, work: Work, on: boolean): Promise<Answer<null>> {
  if (!isOnTheLine(work)) return cannot('You can mute yourself once somebody has picked up.');
  const answer = await act(parts, work, { kind: 'mute', on }, 'mute');
  if (answer.ok) {
    work.isMuted = on;
    saveMuted(parts.db, work.id, on ? attemptIn(work.face.state) : null);
  }
  return answer;
}

export async function tones(parts: DeskParts, work: Work, digits: string): Promise<Answer<null>> {
  if (!isOnTheLine(work)) return cannot('Tones can be sent once somebody has picked up.');
  return act(parts, work, { kind: 'tones', digits }, 'tones');
}

export async function dropVoicemail(parts: DeskParts, work: Work): Promise<Answer<null>> {
  const call = callInHand(parts, work);
  if (work.face.state.kind !== 'connected' || call === null)
    return cannot('A message can be left once a machine has picked up.');
  if (!call.answeredBy?.startsWith('machine'))
    return cannot('A person picked up, so no recorded message is left.');
  const { campaignId, contactId, attemptId } = call;
  const rules = campaignId === null ? null : (campaignById(parts.db, campaignId)?.rules ?? null);
  const say =
    rules === null || attemptId === null
      ? null
      : messageForMachine(parts.db, rules, { contactId, attemptId });
  const words = say === null ? {} : { say };
  const wish = { kind: 'drop-voicemail', sound: 'standard', ...words } as const;
  const answer = await act(parts, work, wish, 'voicemailDrop');
  if (answer.ok) noteGiven(parts.db, say, 'left', parts.clock.now());
  return answer;
}

/** Hangs up the calls of a campaign that no session has on the line. What went wrong, a sentence for each. */
export async function hangUpUnheld({ db, carrier }: DeskParts, campaignId: number): Promise<string[]> {
  const inSessions = new Set<string | null>(
    openSessions(db).flatMap(({ state }) => (isInCall(state) ? state.attemptId : [])),
  );
  const left = liveCalls(db).filter(
    ({ call }) =>
      call.campaignId === campaignId && call.carrier === carrier.name && !inSessions.has(call.attemptId),
  );
  const results = await Promise.all(
    left.map(({ call }) => carrier.control(call.callRef, { kind: 'hang-up' })),
  );
  return results.flatMap((result) => ('sentence' in result ? [result.sentence] : []));
}

export function isOnTheLine(work: Work): boolean {
  return work.face.state.kind === 'connected' || work.face.state.kind === 'on-hold';
}

export function callInHand(parts: DeskParts, work: Work): Call | null {
  const attemptId = attemptIn(work.face.state);
  return attemptId === null ? null : callOfAttempt(parts.db, attemptId);
}

async function act(
  parts: DeskParts,
  work: Work,
  action: CallAction,
  needs?: keyof Capabilities,
): Promise<Answer<null>> {
  if (needs !== undefined && !parts.carrier.can[needs]) return cannot('This carrier cannot do that.');
  const call = callInHand(parts, work);
  // Asked for before the carrier answered: `follow` does it once the call has a name.
  if (call === null) return done;
  const result = await parts.carrier.control(call.callRef, action);
  switch (result.kind) {
    case 'done':
    case 'gone':
      return done;
    case 'cannot':
      return cannot(result.sentence, 'carrier');
    case 'unreachable':
      return cannot(`The carrier did not answer: ${result.sentence} The call itself goes on.`, 'carrier');
  }
}
