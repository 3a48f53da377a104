import type { DialMode } from '../../shared/domain/campaign.ts';
import type { DispositionKind } from '../../shared/domain/disposition.ts';
import type { Person } from '../../shared/domain/people.ts';
import { type SessionState, attemptIn } from '../../shared/domain/session.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import { type Random, between } from '../../shared/lib/random.ts';
import { type Spread, drawMs } from '../carriers/simulator/outcomes.ts';
import type { Desk } from '../dialer/desk.ts';
import { callOfAttempt, courseOfAttempt } from '../store/calls.ts';
import type { Db } from '../store/open.ts';
import { type TalkOutcomes, outcomeFor } from './outcome.ts';

/** How long an agent takes over a contact's card before pressing the key. */
const LOOK: Spread = { medianMs: 8_000, sigma: 0.5, minMs: 2_000, maxMs: 45_000 };
/** From the end of the call to its outcome. After a talk there is something to write down. */
const WRAP_UP: Spread = { medianMs: 22_000, sigma: 0.5, minMs: 5_000, maxMs: 120_000 };
const BRIEF_WRAP_UP: Spread = { medianMs: 5_000, sigma: 0.4, minMs: 2_000, maxMs: 15_000 };
/** How long it takes to hear that nobody is there. */
const HEARS_MACHINE_MS: readonly [number, number] = [1_500, 5_000];
/** An answer of which nobody knows what it is, such as silence. */
const GIVES_UP_MS = 20 * SECOND_MS;
const STUMBLED_MS = 30 * SECOND_MS;
/** Agents sit down one after the other. */
const SITS_DOWN_MS = 20 * SECOND_MS;

export interface RobotParts {
  readonly db: Db;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly random: Random;
  readonly person: Person;
  readonly campaign: { readonly id: number; readonly mode: DialMode; readonly wrapUpMs: number };
  readonly dispositions: readonly DispositionKind[];
  readonly talks: TalkOutcomes;
  readonly write: (line: string) => void;
  /** Nobody new is rung any more: what is under way is finished. */
  readonly isDusk: () => boolean;
}

/** An agent who works as people do: looks, talks, writes up, and files through the desk's own wishes. */
export interface Robot {
  readonly person: Person;
  begin(): void;
  /** The desk changed, or the day is over: sees what there is to do. */
  look(): void;
}

interface Deed {
  readonly inMs: number;
  /** False where the desk would not have it. */
  readonly run: () => boolean | Promise<boolean>;
}

export function robot(parts: RobotParts): Robot {
  const { db, desk, clock, random, person, campaign, write } = parts;
  let seen = '';
  let cancel: (() => void) | null = null;

  const look = () => {
    const state = desk.stateOf(person.id);
    if (state === null) return;
    const now = whatIsSeen(state);
    if (now === seen) return;
    seen = now;
    plan(deedFor(state));
  };

  const plan = (deed: Deed | null) => {
    cancel?.();
    cancel = deed === null ? null : clock.after(deed.inMs, () => void carryOut(deed));
  };

  const carryOut = async (deed: Deed) => {
    cancel = null;
    if (await deed.run()) return;
    // The desk would not have it, because something changed meanwhile: looks again a little later.
    seen = '';
    if (cancel === null) cancel = clock.after(STUMBLED_MS, look);
  };

  /** Everything that may change what is to be done. */
  const whatIsSeen = (state: SessionState) => {
    const attemptId = attemptIn(state);
    const heard =
      state.kind === 'connected' && attemptId !== null
        ? (courseOfAttempt(db, attemptId)?.answeredBy ?? null)
        : null;
    const who = state.kind === 'previewing' ? state.enrolmentId : attemptId;
    return `${state.kind} ${who} ${heard} ${parts.isDusk()}`;
  };

  const deedFor = (state: SessionState): Deed | null => {
    switch (state.kind) {
      case 'ready':
        return parts.isDusk() ? goHome : null;
      case 'previewing':
        if (parts.isDusk()) return goHome;
        return state.dialAt === null ? { inMs: drawMs(random, LOOK), run: dialOrSkip } : null;
      case 'connected':
        return inTalk(state.attemptId);
      case 'wrap-up':
        return { inMs: wrapUpMs(state.attemptId), run: () => fileOutcome(state.attemptId) };
      case 'paused':
        return parts.isDusk() ? goHome : { inMs: MINUTE_MS, run: comeBack };
      case 'on-hold':
      case 'dialing':
      case 'ringing':
      case 'trouble':
        return null;
    }
  };

  const goHome: Deed = { inMs: 0, run: () => desk.stop(person).ok };

  const dialOrSkip = () =>
    desk.dial(person, null).ok || desk.skip(person, 'could not be dialed in the rehearsal').ok;

  const inTalk = (attemptId: string): Deed | null => {
    const heard = courseOfAttempt(db, attemptId)?.answeredBy ?? null;
    if (heard === null || heard === 'human') return null;
    const inMs = heard === 'unknown' ? GIVES_UP_MS : between(random, ...HEARS_MACHINE_MS);
    return { inMs, run: async () => (await desk.hangUp(person)).ok };
  };

  /** Whoever has a limit keeps to it, with a second to spare. */
  const wrapUpMs = (attemptId: string) => {
    const call = callOfAttempt(db, attemptId);
    const isTalk = call !== null && call.answeredAt !== null && !call.answeredBy?.startsWith('machine');
    const ms = drawMs(random, isTalk ? WRAP_UP : BRIEF_WRAP_UP);
    return campaign.wrapUpMs > 0 ? Math.max(0, Math.min(ms, campaign.wrapUpMs - SECOND_MS)) : ms;
  };

  const fileOutcome = (attemptId: string): boolean => {
    const kind = outcomeFor(callOfAttempt(db, attemptId), parts.dispositions, parts.talks, random);
    const callbackAt = kind.consequence.kind === 'callback' ? after(clock.now(), promisedInMs()) : null;
    const note = kind.needsNote ? 'Rehearsed.' : '';
    const filed = desk.file(person, { attemptId, dispositionId: kind.id, note, callbackAt });
    if (filed.ok) write(`${person.name} files “${kind.label}”`);
    return filed.ok;
  };

  /** Some later today, most on one of the next days. */
  const promisedInMs = () =>
    random.next() < 0.4
      ? between(random, 30, 6 * 60) * MINUTE_MS
      : between(random, 1, 3) * 24 * HOUR_MS + between(random, -120, 120) * MINUTE_MS;

  /** A pause that the desk began by itself: what is missing is filed, and work goes on. */
  const comeBack = () => {
    for (const { attemptId } of desk.view(person).missing) fileOutcome(attemptId);
    return desk.resume(person).ok;
  };

  return {
    person,
    look,
    begin() {
      clock.after(between(random, 0, SITS_DOWN_MS), () => {
        const started = desk.start(person, campaign.id, campaign.mode);
        write(`${person.name} ${started.ok ? 'starts' : `cannot start: ${started.error.sentence}`}`);
      });
    },
  };
}
