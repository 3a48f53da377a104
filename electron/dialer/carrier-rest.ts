import type { Subject } from '../../shared/domain/verdict.ts';
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import type { Carrier, Refused } from '../carriers/carrier.ts';

/** Grows from refusal to refusal, so that a carrier in trouble is not asked for the whole list. */
export interface Rest {
  readonly until: Instant;
  readonly ms: number;
  readonly sentence: string;
}

/** A carrier that wants to be left alone for longer than this has said something else than it meant. */
const RETRY_AFTER_MS_MAX = HOUR_MS;

/** From five seconds to a minute, or as long as the carrier wishes. */
export function restAfterRefusal(before: Rest | null, refusal: Refused, now: Instant): Rest {
  const { sentence, retryAfterMs = 0 } = refusal;
  const growingMs = Math.min(MINUTE_MS, before === null ? 5 * SECOND_MS : before.ms * 2);
  const wishedMs = Number.isFinite(retryAfterMs) ? Math.min(retryAfterMs, RETRY_AFTER_MS_MAX) : 0;
  const ms = Math.max(growingMs, wishedMs);
  return { until: after(now, ms), ms, sentence };
}

/** What keeps the carrier from taking calls: it said so a moment ago, or nobody has set it up. */
export function carrierTroubleNow(carrier: Carrier, rest: Rest | null, now: Instant): Subject['carrier'] {
  const readiness = carrier.readiness();
  if (readiness.kind === 'not-set-up') return { sentence: readiness.sentence, until: null };
  const restMs = rest === null ? 0 : rest.until - now;
  return rest !== null && restMs > 0 && restMs <= rest.ms ? rest : null;
}
