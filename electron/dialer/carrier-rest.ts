import type { Subject } from '../../shared/domain/verdict.ts';
import { type Instant, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import type { Carrier } from '../carriers/carrier.ts';

/** Grows from refusal to refusal, so that a carrier in trouble is not asked for the whole list. */
export interface Rest {
  readonly until: Instant;
  readonly ms: number;
  readonly sentence: string;
}

/** From five seconds to a minute. */
export function restAfterRefusal(before: Rest | null, sentence: string, now: Instant): Rest {
  const ms = Math.min(MINUTE_MS, before === null ? 5 * SECOND_MS : before.ms * 2);
  return { until: after(now, ms), ms, sentence };
}

/** What keeps the carrier from taking calls: it said so a moment ago, or nobody has set it up. */
export function carrierTroubleNow(carrier: Carrier, rest: Rest | null, now: Instant): Subject['carrier'] {
  const readiness = carrier.readiness();
  if (readiness.kind === 'not-set-up') return { sentence: readiness.sentence, until: null };
  const restMs = rest === null ? 0 : rest.until - now;
  return rest !== null && restMs > 0 && restMs <= rest.ms ? rest : null;
}
