import type { Attempt } from '../../shared/domain/attempt.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { attemptById, attemptsInDoubt, markAttempt } from '../store/attempts.ts';
import {
  type BegunCall,
  type CallToAskAbout,
  callsFrom,
  callsUnderWay,
  firstCallSince,
  isCallComplete,
} from '../store/calls.ts';
import { keysKept } from '../store/inbox.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { acceptAttempt, closeUnplaced } from './attempts.ts';
import { takeIn } from './track.ts';

/**
 * A live call that has told nothing for this long is asked about: its events may be lost. While asking brings nothing
 * new, because two people simply talk, it is asked less often.
 */
const SILENCE_MS = 10 * SECOND_MS;
const SILENCE_MS_MAX = 30 * SECOND_MS;

/** How long a call may have no trace at a carrier that once accepted it before we believe that it is over. */
const VANISHED_MS = 5 * MINUTE_MS;
/** And how often in a row it has to say so: a machine that slept meanwhile has asked but twice. */
const VANISHED_TIMES_MIN = 5;

/**
 * An ended call is asked about once more when all should be known of it, because any event of its may have got
 * lost; and again, so many times, while its bill or recording is missing. Counted, not timed: a clock that was set
 * meanwhile must not hide a call.
 */
const COMPLETE_AFTER_MS = 4 * MINUTE_MS;
const COMPLETE_EVERY_MS = 2 * MINUTE_MS;
const COMPLETE_TRIES_MAX = 15;
/** Calls that seem complete are not asked about any more when they ended longer ago. */
const CHECKED_WITHIN_MS = 2 * HOUR_MS;
/** So many in one round, so that they never keep a live call waiting. */
const COMPLETE_MAX = 10;
/** No call is longer than this. */
const CALL_MS_MAX = 4 * HOUR_MS;

export interface Inquiry {
  /**
   * Asks the carrier about attempts whose fate is open and about calls that have fallen silent; with
   * `everything` about all that are live, or have ended since yesterday. It only ever asks. Answers go
   * the way all events go; nothing here dials. Returns the attempts it found out about.
   */
  ask(everything: boolean): Promise<string[]>;
  /** At the last look the fate of some attempt was open. */
  isInDoubt(): boolean;
  close(): void;
}

export interface InquiryParts {
  readonly db: Db;
  readonly carrier: Carrier;
  readonly clock: Clock;
  /** Its request is on the wire in this very process: the answer is on its way. */
  readonly isUnderWay: (attemptId: string) => boolean;
}

export function openInquiry(parts: InquiryParts): Inquiry {
  const { db, carrier, clock, isUnderWay } = parts;
  const patience = openPatience(clock);
  /** How often in a row the carrier did not know a call. */
  const absences = new Map<string, number>();
  const asked = new Map<string, Asked>();
  /** By the number of the call. */
  const tries = new Map<number, number>();
  let queue: BegunCall[] = [];
  /** Of the calls before this one nothing more is expected. */
  let doneBefore = 0;
  let isInDoubt = false;
  let soughtAt: Instant | null = null;

  const learnFate = async (attempt: Attempt): Promise<boolean> => {
    switch (attempt.state) {
      case 'intended':
        // The mark "sent" is on disk before any request leaves. Without it nothing left.
        closeUnplaced(db, attempt.id, 'Parley stopped before the carrier was asked.', clock, 'intended');
        return true;
      case 'sent':
        markAttempt(db, attempt.id, 'sent', 'unknown', {
          at: clock.now(),
          trouble: 'Parley stopped before the carrier answered.',
        });
        await look(attempt);
        return true;
      case 'unknown':
        return look(attempt);
      case 'accepted':
      case 'refused':
      case 'resolved':
        return false;
    }
  };

  /** Is there a call for it? Only when the carrier would surely show one by now is "no" believed. */
  const look = async ({ id, to, from, sentAt, intendedAt }: Attempt): Promise<boolean> => {
    const isSure = patience.isOver(id, carrier.can.certaintyMs);
    const found = await carrier.find({ attemptId: id, to, from, sentAt: sentAt ?? intendedAt });
    if (found.kind === 'unreachable' || (found.kind === 'absent' && !isSure)) return false;
    patience.forget(id);
    if (found.kind === 'found') acceptAttempt(db, id, carrier.name, found.callRef, clock);
    // An event may have come in while the carrier was being asked: then this changes nothing.
    else closeUnplaced(db, id, 'The carrier has no call for this attempt: it was never placed.', clock);
    return true;
  };

  /** What asking brought that was not known, or null when the carrier could not be asked. */
  const poll = async ({ callRef, attemptId }: CallToAskAbout): Promise<number | null> => {
    const told = await carrier.fetch(callRef);
    if (told !== null && 'kind' in told) return null;
    if (told === null) return vanished(callRef, attemptId) ? 1 : null;
    patience.forget(callRef);
    absences.delete(callRef);
    // All of it is told again each time, and nearly all is known: that costs one question and no word on the disk.
    const known = keysKept(db, carrier.name, callRef);
    const fresh = told.filter(({ key }) => !known.has(key));
    withTransaction(db, () => {
      for (const event of fresh) takeIn(db, carrier.name, { callRef, attemptId, event }, clock);
    });
    return fresh.length;
  };

  const pollSilent = async (call: CallToAskAbout): Promise<void> => {
    const { waitMs = SILENCE_MS } = asked.get(call.callRef) ?? {};
    asked.set(call.callRef, { at: clock.now(), waitMs });
    const found = await poll(call);
    const nextMs = found === 0 ? Math.min(waitMs + SILENCE_MS, SILENCE_MS_MAX) : SILENCE_MS;
    asked.set(call.callRef, { at: clock.now(), waitMs: nextMs });
  };

  const vanished = (callRef: string, attemptId: string | null): boolean => {
    const times = (absences.get(callRef) ?? 0) + 1;
    absences.set(callRef, times);
    if (!patience.isOver(callRef, VANISHED_MS) || times < VANISHED_TIMES_MIN) return false;
    absences.delete(callRef);
    const facts = {
      status: 'ended',
      end: 'failed',
      endedBy: 'carrier',
      error: { code: 'vanished', sentence: 'The carrier no longer knows this call.' },
    } as const;
    const event = { key: 'vanished', at: clock.now(), facts };
    takeIn(db, carrier.name, { callRef, attemptId, event }, clock);
    return true;
  };

  /** The next few of the ended calls that may have more to tell. */
  const incomplete = (everything: boolean): readonly BegunCall[] => {
    const now = clock.now();
    if (everything) doneBefore = firstCallSince(db, after(now, -DAY_MS - CALL_MS_MAX)) ?? doneBefore;
    const isTime = soughtAt === null || hasPassed(soughtAt, COMPLETE_EVERY_MS, now);
    if (everything || (queue.length === 0 && isTime)) {
      soughtAt = now;
      const begun = callsFrom(db, carrier.name, doneBefore);
      queue = begun.filter((call) => mayHaveMore(call, everything, now));
      const open = begun.filter(({ id }) => (tries.get(id) ?? 0) < COMPLETE_TRIES_MAX);
      const [latest] = begun;
      doneBefore = open.at(-1)?.id ?? (latest === undefined ? doneBefore : latest.id + 1);
      for (const id of tries.keys()) if (id < doneBefore) tries.delete(id);
    }
    return queue.splice(0, COMPLETE_MAX);
  };

  /** Whatever is still to come by itself is given its time, but for the first look after a start or after sleep. */
  const mayHaveMore = ({ id, callRef, endedAt }: BegunCall, everything: boolean, now: Instant): boolean => {
    if (endedAt === null || (tries.get(id) ?? 0) >= COMPLETE_TRIES_MAX) return false;
    const hadTime = hasPassed(endedAt, COMPLETE_AFTER_MS, now);
    if (!everything && !hadTime) return false;
    if (!isCallComplete(db, carrier.name, callRef)) return true;
    if (endedAt > now - CHECKED_WITHIN_MS) return hadTime;
    tries.set(id, COMPLETE_TRIES_MAX);
    return false;
  };

  const complete = async (call: BegunCall): Promise<void> => {
    const hadTime = call.endedAt !== null && hasPassed(call.endedAt, COMPLETE_AFTER_MS, clock.now());
    const isAllTold = hadTime && isCallComplete(db, carrier.name, call.callRef);
    if ((await poll(call)) === null) return;
    tries.set(call.id, isAllTold ? COMPLETE_TRIES_MAX : (tries.get(call.id) ?? 0) + 1);
  };

  return {
    async ask(everything) {
      const learned: string[] = [];
      isInDoubt = false;
      // Where a call is known only its events can close the attempt.
      for (const { id } of attemptsInDoubt(db, carrier.name)) {
        isInDoubt = true;
        // Read again: while the carrier was asked about another, this one's own answer may have come.
        const attempt = attemptById(db, id);
        if (attempt === null || isUnderWay(id)) continue;
        if (await learnFate(attempt)) learned.push(id);
      }
      const live = callsUnderWay(db, carrier.name);
      for (const callRef of asked.keys())
        if (!live.some((call) => call.callRef === callRef)) asked.delete(callRef);
      const silent = live.filter(
        (call) => everything || isSilent(call, asked.get(call.callRef), clock.now()),
      );
      for (const call of silent) await pollSilent(call);
      for (const call of incomplete(everything)) await complete(call);
      return learned;
    },
    isInDoubt: () => isInDoubt,
    close: () => patience.close(),
  };
}

/** When a live call was asked about, and how long it may be silent from then on. */
interface Asked {
  readonly at: Instant;
  readonly waitMs: number;
}

/** Neither told anything nor was asked for a while. */
function isSilent({ heardAt }: CallToAskAbout, asked: Asked | undefined, now: Instant): boolean {
  if (!hasPassed(heardAt, SILENCE_MS, now)) return false;
  if (asked === undefined) return true;
  // Something was heard since: its silence counts anew.
  return hasPassed(asked.at, heardAt > asked.at ? SILENCE_MS : asked.waitMs, now);
}

/** True for what lies ahead as well: the clock was set back since, and nobody knows how long ago it was. */
function hasPassed(at: Instant, spanMs: number, now: Instant): boolean {
  return at > now || now - at >= spanMs;
}

/**
 * Waits that a wall clock cannot cut short: one set forward must not make a call that is only late look as if
 * it had never been. Begins to count when first asked, so a restart waits anew.
 */
function openPatience(clock: Clock) {
  const waits = new Map<string, { isOver: boolean; readonly cancel: () => void }>();
  return {
    isOver(key: string, waitMs: number): boolean {
      const known = waits.get(key);
      if (known !== undefined) return known.isOver;
      const wait = { isOver: false, cancel: clock.after(waitMs, () => void (wait.isOver = true)) };
      waits.set(key, wait);
      return false;
    },
    forget(key: string) {
      waits.get(key)?.cancel();
      waits.delete(key);
    },
    close() {
      for (const { cancel } of waits.values()) cancel();
      waits.clear();
    },
  };
}
