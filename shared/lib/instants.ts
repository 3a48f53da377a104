/** Milliseconds since 1970 in UTC. Branded, so that a span is never handed in where an instant is meant. */
export type Instant = number & { readonly __instant: unique symbol };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export function instant(ms: number): Instant {
  return ms as Instant;
}

export function after(at: Instant, spanMs: number): Instant {
  return (at + spanMs) as Instant;
}

export function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

export function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}
