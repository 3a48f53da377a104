import type { Attempt } from '../../shared/domain/attempt.ts';
import { attemptIn, consultIn, isInCall } from '../../shared/domain/session.ts';
import { startWrapUp } from '../../shared/domain/wrap-up.ts';
import { attemptById } from '../store/attempts.ts';
import { courseOfAttempt } from '../store/calls.ts';
import { letColleagueGo } from './desk-consult.ts';
import { callInHand, hangUpAtLast } from './in-call.ts';
import { type DeskParts, type Work, turn } from './work.ts';

/** Brings the session in line with what is known of its attempt. Asks nothing and dials nobody. */
export function follow(parts: DeskParts, work: Work): void {
  const attemptId = attemptIn(work.face.state);
  if (attemptId === null || !isInCall(work.face.state)) return;
  const call = courseOfAttempt(parts.db, attemptId);
  const attempt = call === null ? attemptById(parts.db, attemptId) : null;
  if (attempt !== null) followAttempt(parts, work, attempt);
  if (call === null) return;

  if (work.face.state.kind === 'trouble' && call.status === 'queued') turn(parts, work, { kind: 'rang' });
  if (call.ringingAt !== null || call.status === 'ringing') turn(parts, work, { kind: 'rang' });
  if (call.status === 'in-progress') turn(parts, work, { kind: 'answered' });
  if (call.status === 'ended') {
    const at = call.endedAt ?? parts.clock.now();
    if (consultIn(work.face.state) !== null) freeColleague(parts, work);
    if (turn(parts, work, { kind: 'ended', at }))
      work.timer = startWrapUp(parts.clock.now(), work.campaign.rules.wrapUpMs);
    return;
  }
  if (work.hangUpWanted) hangUpAtLast(parts, work);
}

function freeColleague(parts: DeskParts, work: Work): void {
  const call = callInHand(parts, work);
  if (call === null) return;
  letColleagueGo(parts, call.callRef).catch((error: unknown) =>
    parts.log('letting a colleague go after the call failed', error),
  );
}

/** No call yet: refused, in doubt, or found never to have been placed. */
function followAttempt(parts: DeskParts, work: Work, attempt: Attempt): void {
  switch (attempt.state) {
    case 'intended':
    case 'sent':
    case 'accepted':
      return;
    case 'unknown':
      turn(parts, work, { kind: 'in-doubt', what: attempt.trouble ?? 'The carrier gave no clear answer.' });
      return;
    case 'refused':
    case 'resolved':
      // It never rang, and the contact is back in the queue already.
      turn(parts, work, { kind: 'not-dialed' });
  }
}
