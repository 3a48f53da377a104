import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, SECOND_MS } from '../../shared/lib/instants.ts';

/** Lets so many through a second, and as many again at once after a pause. */
export interface Bucket {
  takes(): boolean;
}

export function openBucket(clock: Clock, perSecond: number, burst = 2 * perSecond): Bucket {
  let left = burst;
  let filledAt: Instant = clock.now();
  return {
    takes() {
      const now = clock.now();
      // A clock that was set back gives nothing, and takes nothing away.
      const passedMs = Math.max(0, now - filledAt);
      filledAt = now;
      left = Math.min(burst, left + (passedMs * perSecond) / SECOND_MS);
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
