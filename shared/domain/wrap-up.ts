import { type Instant, SECOND_MS, after, later } from '../lib/instants.ts';

/** The wrap-up timer never runs out under a typing hand, and stands still this long after the last key. */
export const TYPING_REST_MS = 3 * SECOND_MS;

/** What one press of the key for more time adds. */
export const MORE_TIME_MS = 60 * SECOND_MS;

export interface WrapUpTimer {
  readonly endsAt: Instant;
  /** The timer stands still until then. */
  readonly restsUntil: Instant;
}

/** The timer for a call that ended now; null where the campaign sets no limit. */
export function startWrapUp(now: Instant, wrapUpMs: number): WrapUpTimer | null {
  return wrapUpMs === 0 ? null : { endsAt: after(now, wrapUpMs), restsUntil: now };
}

/** A key was pressed: the end moves by exactly as long as the timer rests because of it. */
export function typed(timer: WrapUpTimer, now: Instant): WrapUpTimer {
  const restsUntil = after(now, TYPING_REST_MS);
  const restMs = restsUntil - later(now, timer.restsUntil);
  return { endsAt: after(timer.endsAt, restMs), restsUntil };
}

export function moreTime(timer: WrapUpTimer, now: Instant): WrapUpTimer {
  return { ...timer, endsAt: after(later(timer.endsAt, now), MORE_TIME_MS) };
}
