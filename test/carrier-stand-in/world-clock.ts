import { type Clock, machineClock } from '../../shared/lib/clock.ts';
import { type Instant, instant } from '../../shared/lib/instants.ts';

/** A clock whose pace can be changed while it runs. What waits on it is waited for at the new pace. */
export interface WorldClock extends Clock {
  readonly speed: () => number;
  setSpeed(speed: number): void;
  /** Calls off everything that waits: nothing happens in this world any more. */
  stop(): void;
}

interface Waiting {
  readonly dueAt: number;
  readonly run: () => void;
  cancel: () => void;
}

export function worldClock(under: Clock = machineClock(), firstSpeed = 1): WorldClock {
  let speed = firstSpeed;
  let worldAt: number = under.now();
  let underAt: number = under.now();
  let isStopped = false;
  const waiting = new Set<Waiting>();

  const now = () => instant(Math.round(worldAt + (under.now() - underAt) * speed));
  const arm = (one: Waiting) => {
    one.cancel = under.after(Math.max(0, one.dueAt - now()) / speed, () => {
      waiting.delete(one);
      one.run();
    });
  };

  return {
    now: (): Instant => now(),
    speed: () => speed,
    after(delayMs, run) {
      if (isStopped) return () => {};
      const one: Waiting = { dueAt: now() + Math.max(0, delayMs), run, cancel: () => {} };
      waiting.add(one);
      arm(one);
      return () => {
        waiting.delete(one);
        one.cancel();
      };
    },
    setSpeed(next) {
      worldAt = now();
      underAt = under.now();
      speed = next;
      for (const one of waiting) {
        one.cancel();
        arm(one);
      }
    },
    stop() {
      isStopped = true;
      for (const one of waiting) one.cancel();
      waiting.clear();
    },
  };
}
