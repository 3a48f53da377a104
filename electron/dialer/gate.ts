import { type Bucket, bucketAfter, bucketWaitMs, filled, fullBucket } from '../../shared/domain/buckets.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Carrier } from '../carriers/carrier.ts';

/** The door to a carrier, for all that calls by itself: together they ask for no more a second than it takes. */
export interface Gate {
  /** How long until one more call may begin, in milliseconds; zero is now. */
  waitMs(): number;
  passed(): void;
}

export function openGate(clock: Clock, carrier: Carrier): Gate {
  const rule = { perSecond: carrier.can.callsPerSecond, burst: 1 };
  let bucket: Bucket = fullBucket(rule, clock.now());
  return {
    waitMs() {
      const now = clock.now();
      // Kept, so that a clock set back by a day does not hold the door shut for a day.
      bucket = filled(bucket, rule, now);
      return bucketWaitMs(bucket, rule, now);
    },
    passed: () => {
      bucket = bucketAfter(bucket, rule, clock.now());
    },
  };
}
