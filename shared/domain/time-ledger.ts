import { type Instant, SECOND_MS, earlier, later } from '../lib/instants.ts';
import type { SessionKind } from './session.ts';

/** A stretch of an agent's time in one state; without an end it is still going on. */
export interface Stretch {
  readonly kind: SessionKind;
  /** Why they were paused. */
  readonly reason: string | null;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
}

/** All the time of one class. `away` is what no session covers. */
export interface TimeShare {
  readonly kind: SessionKind | 'away';
  readonly reason: string | null;
  readonly ms: number;
}

/**
 * Where the time between two instants went. Every millisecond is in exactly one class, so the shares always add
 * up to the whole: an hour has 3,600 seconds whatever happened in it.
 */
export function timeShares(stretches: readonly Stretch[], from: Instant, until: Instant): TimeShare[] {
  const shares = new Map<string, TimeShare>();
  const add = (kind: TimeShare['kind'], reason: string | null, ms: number) => {
    if (ms <= 0) return;
    const key = `${kind} ${reason ?? ''}`;
    shares.set(key, { kind, reason, ms: (shares.get(key)?.ms ?? 0) + ms });
  };
  let reached = from;
  for (const { kind, reason, fromAt, untilAt } of stretches.toSorted((a, b) => a.fromAt - b.fromAt)) {
    const begins = later(reached, earlier(fromAt, until));
    const ends = later(begins, earlier(untilAt ?? until, until));
    add('away', null, begins - reached);
    add(kind, reason, ends - begins);
    reached = ends;
  }
  add('away', null, until - reached);
  return [...shares.values()];
}

/**
 * The shares in whole seconds that add up to the whole in whole seconds: the largest remainders are rounded up, so
 * that a column of figures and its sum agree to the eye as well.
 */
export function inWholeSeconds(shares: readonly TimeShare[]): (TimeShare & { readonly seconds: number })[] {
  const total = Math.round(shares.reduce((sum, { ms }) => sum + ms, 0) / SECOND_MS);
  const floors = shares.map((share) => ({ ...share, seconds: Math.floor(share.ms / SECOND_MS) }));
  const missing = total - floors.reduce((sum, { seconds }) => sum + seconds, 0);
  const byRemainder = floors.toSorted((a, b) => (b.ms % SECOND_MS) - (a.ms % SECOND_MS));
  const raised = new Set(byRemainder.slice(0, missing));
  return floors.map((share) => (raised.has(share) ? { ...share, seconds: share.seconds + 1 } : share));
}
