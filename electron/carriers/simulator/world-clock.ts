import type { Clock } from '../../../shared/lib/clock.ts';
import { after, later } from '../../../shared/lib/instants.ts';

/** Less than this is a timer being early or a clock being trimmed, not a clock set back. */
const SET_BACK_MS = 5_000;

/**
 * The world's own time. Setting our clock back does not turn the world back: its time stands still until a timer
 * shows how long it stood, and goes on from there, ahead of ours. Setting it forward looks like having slept.
 */
export function worldClock(clock: Clock): Clock {
  let latest = clock.now();
  let aheadMs = 0;
  const now = () => {
    latest = later(latest, after(clock.now(), aheadMs));
    return latest;
  };
  return {
    now,
    after(delayMs, run) {
      const dueAt = after(now(), delayMs);
      return clock.after(delayMs, () => {
        const behindMs = dueAt - after(clock.now(), aheadMs);
        if (behindMs > SET_BACK_MS) aheadMs += behindMs;
        run();
      });
    },
  };
}
