import type { Clock } from '../../shared/lib/clock.ts';
import type { CarrierEvent } from '../carriers/carrier.ts';
import { attemptById, markAttempt } from '../store/attempts.ts';
import { addEvent, callIdByRef } from '../store/calls.ts';
import {
  type KeptEvent,
  deadLetter,
  keepEvent,
  keepFor,
  markApplied,
  pendingEvents,
} from '../store/inbox.ts';
import { type Db, prepared, withTransaction } from '../store/open.ts';
import { storeTrouble } from '../store/trouble.ts';
import { acceptAttempt } from './attempts.ts';
import { openStories } from './story.ts';
import { settleUnattended } from './unattended.ts';

/** Events applied in one transaction: enough to be quick, few enough not to hold up a dial. */
const BATCH = 100;

/** A call that moved, for whoever shows it. */
export interface Moved {
  readonly callId: number;
  readonly attemptId: string | null;
  /** An agent made it; all others are made by Parley itself. */
  readonly hasAgent: boolean;
  readonly hasEnded: boolean;
}

/** Writes down what a carrier told (law 5), to be acted on by `applyPending`. False when it had told it before. */
export function takeIn(db: Db, carrier: string, event: CarrierEvent, clock: Clock): boolean {
  return keepEvent(db, { carrier, ...event, receivedAt: clock.now() });
}

/**
 * Writes down what a carrier told, and acts on it in the same transaction: what counts is on the disk with what it
 * rests on, and the disk is waited for once for all that came together. Throws where nothing could be kept.
 */
export function takeInAll(
  db: Db,
  carrier: string,
  events: readonly CarrierEvent[],
  clock: Clock,
): readonly Moved[] {
  return inOneCommit(db, (act) => {
    const now = clock.now();
    for (const event of events) {
      const kept = keepFor(db, { carrier, ...event, receivedAt: now }, now);
      if (kept !== null) act(kept, clock);
    }
  });
}

/** Acts on what was written down. Safe to call at any time, and to be cut off at any line. */
export function applyPending(db: Db, clock: Clock): readonly Moved[] {
  const moved: Moved[] = [];
  for (let isMore = true; isMore; ) {
    const batch = pendingEvents(db, BATCH);
    // Nothing else is written down while we act: fewer than were asked for are the last.
    isMore = batch.length === BATCH;
    if (batch.length === 0) break;
    const more = inOneCommit(db, (act) => {
      for (const kept of batch) {
        act(kept, clock);
        markApplied(db, kept.id, clock.now());
      }
    });
    moved.push(...more);
  }
  return moved;
}

const storiesOf = prepared((_db: Db) => openStories());

type Act = (kept: KeptEvent, clock: Clock) => void;

/**
 * All of it in one commit. Nearly always every event can be acted on; where one cannot, all are done anew, each so
 * that it can fail alone.
 */
function inOneCommit(db: Db, work: (act: Act) => void): readonly Moved[] {
  try {
    return together(db, work, apply);
  } catch (error) {
    // A full disk is no fault of any event: they wait.
    if (storeTrouble('', error) !== null) throw error;
    return together(db, work, applyOrSetAside);
  }
}

/** The last that is known of each call that moved. */
function together(db: Db, work: (act: Act) => void, how: typeof apply): readonly Moved[] {
  const moved = new Map<number, Moved>();
  try {
    withTransaction(db, () =>
      work((kept, clock) => {
        const change = how(db, kept, clock);
        if (change !== null) moved.set(change.callId, change);
      }),
    );
    return [...moved.values()];
  } catch (error) {
    // What was remembered on the way to a commit that failed never happened.
    storiesOf(db).forget();
    throw error;
  }
}

/** One event that we stumble over must not hold up all others: it is set aside, and a person can look at it. */
function applyOrSetAside(db: Db, kept: KeptEvent, clock: Clock): Moved | null {
  try {
    return withTransaction(db, () => apply(db, kept, clock));
  } catch (error) {
    storiesOf(db).forget();
    if (storeTrouble('', error) !== null) throw error;
    deadLetter(db, kept.id, `Acting on it failed: ${String(error)}`, clock.now());
    return null;
  }
}

function apply(db: Db, kept: KeptEvent, clock: Clock): Moved | null {
  const callId = callFor(db, kept, clock);
  if (callId === null) {
    deadLetter(db, kept.id, 'No call and no attempt of ours belongs to this event.', clock.now());
    return null;
  }
  if (!addEvent(db, callId, kept.event, kept.receivedAt)) return null;
  const { story, owner, hadEnded } = storiesOf(db).goOn(db, callId, kept.event);
  const { attemptId, agentId } = owner;
  const hasEnded = story.status === 'ended';
  if (hasEnded && !hadEnded && attemptId !== null) release(db, attemptId, clock);
  return { callId, attemptId, hasAgent: agentId !== null, hasEnded };
}

/** The call an event is about. It may be the first we hear of it: then its attempt is accepted here. */
function callFor(db: Db, { carrier, callRef, attemptId }: KeptEvent, clock: Clock): number | null {
  const known = callIdByRef(db, carrier, callRef);
  if (known !== null) return known;
  if (attemptId === null || attemptById(db, attemptId) === null) return null;
  return acceptAttempt(db, attemptId, carrier, callRef, clock);
}

/** The call is over: the number is free again, and where no agent files its outcome it is filed here. */
function release(db: Db, attemptId: string, clock: Clock): void {
  const attempt = attemptById(db, attemptId);
  if (attempt?.state === 'accepted') {
    markAttempt(db, attemptId, 'accepted', 'resolved', { at: clock.now() });
  }
  if (attempt !== null) settleUnattended(db, attempt, clock.now());
}
