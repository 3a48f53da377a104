import type { DeskView } from '../../shared/contract/desk.ts';
import { isInCall } from '../../shared/domain/session.ts';

/** How much was done on this day. */
export interface Tally {
  readonly calls: number;
  readonly talks: number;
  readonly callbacks: number;
}

/** So many calls are the whole tour: one that nobody answers, one talk, one machine. */
const CALLS = 3;

export const NOTHING_YET: Tally = { calls: 0, talks: 0, callbacks: 0 };

/** What was done since the tour began. A new day counts from nothing again. */
export function doneSince(begun: Tally, now: Tally): Tally {
  if (now.calls < begun.calls) return now;
  return {
    calls: now.calls - begun.calls,
    talks: Math.max(0, now.talks - begun.talks),
    callbacks: Math.max(0, now.callbacks - begun.callbacks),
  };
}

/** The card is for the moment after the third outcome, and never in a call or over one that waits for its outcome. */
export function isTourOver(
  { session, missing }: Pick<DeskView, 'session' | 'missing'>,
  done: Tally,
): boolean {
  const isBusy = session !== null && (isInCall(session.state) || session.state.kind === 'wrap-up');
  return done.calls >= CALLS && !isBusy && missing.length === 0;
}

/** `3 calls, 1 talk, 1 callback.` */
export function tallyInWords({ calls, talks, callbacks }: Tally): string {
  return `${[counted(calls, 'call'), counted(talks, 'talk'), counted(callbacks, 'callback')].join(', ')}.`;
}

function counted(n: number, what: string): string {
  return `${n === 0 ? 'no' : n} ${n === 1 ? what : `${what}s`}`;
}
