import { type Bucket, bucketAfter, bucketWaitMs, filled, fullBucket } from '../../shared/domain/buckets.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { SECOND_MS } from '../../shared/lib/instants.ts';
import type { Carrier } from '../carriers/carrier.ts';

/**
 * The door to a carrier, for all that calls by itself: together they ask for no more a second than it takes, and
 * nothing while it is shut.
 */
export interface Gate {
  /** Nothing begins until it is opened again: the computer goes to sleep. */
  shut(): void;
  open(): void;
  /** How long until one more call may begin, in milliseconds; zero is now. */
  waitMs(): number;
  passed(): void;
}

/** How often those before a shut door look whether it is open. */
const SHUT_LOOK_MS = SECOND_MS;

export function openGate(clock: Clock, carrier: Carrier): Gate {
  const rule = { perSecond: carrier.can.callsPerSecond, burst: 1 };
  let bucket: Bucket = fullBucket(rule, clock.now());
  let isShut = false;
  return {
    shut: () => void (isShut = true),
    open: () => void (isShut = false),
    waitMs() {
      if (isShut) return SHUT_LOOK_MS;
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
