import { type Instant, HOUR_MS, MINUTE_MS, after, instant } from '../lib/instants.ts';

export interface BreakerRules {
  /** So many failures within the window, and such a share of all results in it, are a burst. */
  readonly failuresMax: number;
  readonly shareMin: number;
  readonly windowMs: number;
  /** One call is tried so long after; each time it fails too the next one waits twice as long, up to the most. */
  readonly probeAfterMs: number;
  readonly probeAfterMsMax: number;
}

export const USUAL_BREAKER: BreakerRules = {
  failuresMax: 5,
  shareMin: 0.5,
  windowMs: 10 * MINUTE_MS,
  probeAfterMs: 15 * MINUTE_MS,
  probeAfterMsMax: 4 * HOUR_MS,
};

/** What came of one call: whether anybody answered does not matter, only whether calling worked. */
export interface CallResult {
  readonly at: Instant;
  /** Why it did not work; null where it did. */
  readonly trouble: string | null;
  /** Every other call would meet the same: a wrong password, a closed account. */
  readonly isHopeless?: boolean;
}

export type Breaker =
  | { readonly kind: 'closed'; readonly results: readonly CallResult[] }
  | {
      readonly kind: 'open';
      readonly reason: string;
      readonly evidence: readonly CallResult[];
      readonly restMs: number;
      readonly probeAt: Instant;
    }
  /** One call at a time is let through, to see whether calling works again. */
  | { readonly kind: 'probing'; readonly restMs: number; readonly evidence: readonly CallResult[] };

export const closedBreaker: Breaker = { kind: 'closed', results: [] };

/** The breaker after a result. What comes in while it is open was begun before, and says nothing new. */
export function breakerAfter(breaker: Breaker, result: CallResult, rules: BreakerRules): Breaker {
  switch (breaker.kind) {
    case 'open':
      return breaker;
    case 'probing':
      if (result.trouble === null) return closedBreaker;
      return opened(result, [result], Math.min(rules.probeAfterMsMax, breaker.restMs * 2));
    case 'closed': {
      const results = [...lately(breaker.results, result.at, rules.windowMs), result];
      const failures = results.filter((each) => each.trouble !== null);
      const isBurst =
        failures.length >= rules.failuresMax && failures.length >= results.length * rules.shareMin;
      const trips = result.trouble !== null && (result.isHopeless === true || isBurst);
      return trips ? opened(result, failures, rules.probeAfterMs) : { kind: 'closed', results };
    }
  }
}

/** Lets one call through once it is time; anything else stays as it is. */
export function breakerAt(breaker: Breaker, now: Instant): Breaker {
  if (breaker.kind !== 'open') return breaker;
  const { probeAt, restMs, evidence } = breaker;
  // Further off than it ever was: the clock was set back, and nobody knows how long it has been.
  const isTime = now >= probeAt || probeAt - now > restMs;
  return isTime ? { kind: 'probing', restMs, evidence } : breaker;
}

/** Whether one more call may begin, with so many under way. */
export function breakerLets(breaker: Breaker, underWay: number): boolean {
  return breaker.kind === 'closed' || (breaker.kind === 'probing' && underWay === 0);
}

function opened(last: CallResult, evidence: readonly CallResult[], restMs: number): Breaker {
  return {
    kind: 'open',
    reason: last.trouble ?? '',
    evidence,
    restMs,
    probeAt: after(last.at, restMs),
  };
}

/** Results of the future were found before the clock was set back; they count as found just now. */
function lately(results: readonly CallResult[], now: Instant, windowMs: number): CallResult[] {
  return results
    .map((each) => (each.at > now ? { ...each, at: instant(now) } : each))
    .filter((each) => now - each.at < windowMs);
}
