import type { Attempt } from '../../shared/domain/attempt.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/lib/instants.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { markAttempt, openAttempts } from '../store/attempts.ts';
import { callOfAttempt } from '../store/calls.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { acceptAttempt } from './attempts.ts';
import { takeIn } from './track.ts';

/** A live call that has told nothing for this long is asked about: its events may be lost. */
const SILENCE_MS = 10 * SECOND_MS;

/** How long a call may have no trace at a carrier that once accepted it before we believe that it is over. */
const VANISHED_MS = 5 * MINUTE_MS;

/**
 * Asks the carrier about every attempt whose fate is open: after a start, after sleep, and when an answer was
 * unclear. It only ever asks. Answers go the way all events go; nothing here dials. Returns the attempts it
 * found out about.
 */
export async function askAbout(
  db: Db,
  carrier: Carrier,
  clock: Clock,
  isUnderWay: (attemptId: string) => boolean,
): Promise<string[]> {
  const learned: string[] = [];
  for (const attempt of openAttempts(db, carrier.name)) {
    // Its request is on the wire in this very process: the answer is on its way.
    if (isUnderWay(attempt.id)) continue;
    if (await learnFate(db, carrier, attempt, clock)) learned.push(attempt.id);
  }
  return learned;
}

async function learnFate(db: Db, carrier: Carrier, attempt: Attempt, clock: Clock): Promise<boolean> {
  switch (attempt.state) {
    case 'intended':
      // The mark "sent" is on disk before any request leaves. Without it nothing left.
      markAttempt(db, attempt.id, 'intended', 'refused', {
        at: clock.now(),
        trouble: 'Parley stopped before the carrier was asked.',
      });
      return true;
    case 'sent':
      markAttempt(db, attempt.id, 'sent', 'unknown', {
        at: clock.now(),
        trouble: 'Parley stopped before the carrier answered.',
      });
      return look(db, carrier, attempt, clock);
    case 'unknown':
      return look(db, carrier, attempt, clock);
    case 'accepted':
      return poll(db, carrier, attempt, clock);
    case 'refused':
    case 'resolved':
      return false;
  }
}

/** Is there a call for it? Only when the carrier would surely show one by now is "no" believed. */
async function look(db: Db, carrier: Carrier, attempt: Attempt, clock: Clock): Promise<boolean> {
  const sentAt = attempt.sentAt ?? attempt.intendedAt;
  const found = await carrier.find({ attemptId: attempt.id, to: attempt.to, from: attempt.from, sentAt });
  if (found.kind === 'unreachable') return false;
  if (found.kind === 'found') {
    acceptAttempt(db, attempt.id, carrier.name, found.callRef, clock);
    await poll(db, carrier, { ...attempt, state: 'accepted' }, clock);
    return true;
  }
  if (clock.now() - sentAt < carrier.can.certaintyMs) return false;
  return withTransaction(db, () => {
    // An event may have come in while the carrier was being asked.
    if (callOfAttempt(db, attempt.id) !== null) return true;
    markAttempt(db, attempt.id, 'unknown', 'resolved', {
      at: clock.now(),
      trouble: 'The carrier has no call for this attempt: it was never placed.',
    });
    return true;
  });
}

async function poll(db: Db, carrier: Carrier, attempt: Attempt, clock: Clock): Promise<boolean> {
  const call = callOfAttempt(db, attempt.id);
  if (call === null) return false;
  const told = await carrier.fetch(call.callRef);
  if (told !== null && 'kind' in told) return false;
  if (told === null) return vanished(db, carrier, attempt, call.callRef, clock);
  for (const event of told)
    takeIn(db, carrier.name, { callRef: call.callRef, attemptId: attempt.id, event }, clock);
  return true;
}

function vanished(db: Db, carrier: Carrier, attempt: Attempt, callRef: string, clock: Clock): boolean {
  if (clock.now() - (attempt.sentAt ?? attempt.intendedAt) < VANISHED_MS) return false;
  const at = clock.now();
  const facts = {
    status: 'ended',
    end: 'failed',
    endedBy: 'carrier',
    error: { code: 'vanished', sentence: 'The carrier no longer knows this call.' },
  } as const;
  takeIn(db, carrier.name, { callRef, attemptId: attempt.id, event: { key: 'vanished', at, facts } }, clock);
  return true;
}

export { SILENCE_MS };
