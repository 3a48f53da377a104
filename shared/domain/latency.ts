import type { Instant } from '../lib/instants.ts';

/** The moments of a call that its waiting is measured between, in the order they happen. */
export const LATENCY_STEPS = [
  'wished',
  'requested',
  'ringing',
  'answered',
  'audio',
  'ended',
  'filed',
  'next',
] as const;
export type LatencyStep = (typeof LATENCY_STEPS)[number];

/** What is known of each moment; null where nobody told it, or it never came. */
export type Moments = Readonly<Record<LatencyStep, Instant | null>>;

export interface LedgerRow {
  readonly step: LatencyStep;
  readonly at: Instant | null;
  /** Since the last moment before it that is known; null for the first one, and for one that is not known. */
  readonly sinceMs: number | null;
}

/**
 * How long each step of a call took. The carrier's clock and ours are not the same: a moment that seems to come
 * before the one it follows took no time, and not less than none.
 */
export function latencyLedger(moments: Moments): LedgerRow[] {
  let last: Instant | null = null;
  return LATENCY_STEPS.map((step) => {
    const at = moments[step];
    const sinceMs = at === null || last === null ? null : Math.max(0, at - last);
    if (at !== null) last = last === null || at > last ? at : last;
    return { step, at, sinceMs };
  });
}
