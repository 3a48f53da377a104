/** Whole seconds until then, rounded up, so that `3` is shown for a full second and `0` is the moment itself. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** How much of a span is still to come, from 1 down to 0. */
export function shareLeft(from: number, until: number, now: number): number {
  if (until <= from) return 0;
  return Math.min(1, Math.max(0, (until - now) / (until - from)));
}

/** In the last quarter of an hour the end of their calling hours is worth a colour. */
export const CLOSING_SOON_MS = 15 * 60_000;

export type Closing = 'open' | 'soon' | 'closed';

export function closingOf(mayRingUntil: number, now: number): Closing {
  if (now >= mayRingUntil) return 'closed';
  return mayRingUntil - now <= CLOSING_SOON_MS ? 'soon' : 'open';
}
