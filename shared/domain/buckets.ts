import { type Instant, MINUTE_MS, SECOND_MS } from '../lib/instants.ts';

/** How fast something may go: so many a second in the long run, and so many at once after a rest. */
export interface BucketRule {
  readonly perSecond: number;
  readonly burst: number;
}

/** A bucket that fills by itself and is drawn from. Plain data, so that a whole day of it can be replayed. */
export interface Bucket {
  readonly tokens: number;
  readonly at: Instant;
}

/** Thirds of a token do not add up to a whole one in binary. */
const ROUNDING = 1e-9;

export function fullBucket({ burst }: BucketRule, now: Instant): Bucket {
  return { tokens: burst, at: now };
}

/** How long until one more may be taken, in milliseconds; zero is now. */
export function bucketWaitMs(bucket: Bucket, rule: BucketRule, now: Instant): number {
  if (rule.perSecond <= 0 || rule.burst < 1) return MINUTE_MS;
  const { tokens } = filled(bucket, rule, now);
  return tokens >= 1 - ROUNDING ? 0 : Math.ceil(((1 - tokens) / rule.perSecond) * SECOND_MS);
}

/** The bucket after one was taken. Taking what is not there leaves a debt, which is waited for. */
export function bucketAfter(bucket: Bucket, rule: BucketRule, now: Instant): Bucket {
  const { tokens, at } = filled(bucket, rule, now);
  return { tokens: tokens - 1, at };
}

/**
 * The bucket as it is now. However long nobody looked, no more than a burst gathers; a clock that was set back adds
 * nothing. Whoever waits keeps what this returns: else the wait begins anew until the clock has caught up.
 */
export function filled({ tokens, at }: Bucket, { perSecond, burst }: BucketRule, now: Instant): Bucket {
  const grown = (Math.max(0, now - at) / SECOND_MS) * Math.max(0, perSecond);
  return { tokens: Math.min(burst, tokens + grown), at: now };
}
