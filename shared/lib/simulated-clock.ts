import type { Clock } from './clock.ts';
import { type Instant, after, instant } from './instants.ts';

export interface SimulatedClock extends Clock {
  /** Moves time on, firing what falls due in the order it falls due, and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Fires what falls due next, at its own instant. False when nothing is waiting. */
  step(until?: Instant): Promise<boolean>;
  /** Sets the wall clock, as a person or a time server would: nothing fires because of it. */
  jump(to: Instant): void;
}

interface Timer {
  readonly dueAt: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told otherwise. Timers due at the same instant keep their order. */
export function simulatedClock(startAt: Instant): SimulatedClock {
  let wall: number = startAt;
  // Timers wait on elapsed time, as the machine's do: setting the wall clock must not fire them.
  let elapsed = 0;
  let order = 0;
  const timers = new Set<Timer>();

  const next = () => {
    let first: Timer | null = null;
    for (const timer of timers) {
      const sooner = first === null || timer.dueAt < first.dueAt;
      if (sooner || (timer.dueAt === first?.dueAt && timer.order < first.order)) first = timer;
    }
    return first;
  };
  const moveTo = (at: number) => {
    wall += at - elapsed;
    elapsed = at;
  };
  const fire = async (timer: Timer) => {
    timers.delete(timer);
    moveTo(Math.max(elapsed, timer.dueAt));
    timer.run();
    await settle();
  };

  return {
    now: () => instant(wall),
    after(delayMs, run) {
      const timer = { dueAt: elapsed + Math.max(0, delayMs), order: order++, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const end = elapsed + ms;
      await settle();
      for (let timer = next(); timer !== null && timer.dueAt <= end; timer = next()) await fire(timer);
      moveTo(end);
    },
    async step(until) {
      const timer = next();
      if (timer === null || (until !== undefined && after(instant(wall), timer.dueAt - elapsed) > until))
        return false;
      await fire(timer);
      return true;
    },
    jump: (to) => {
      wall = to;
    },
  };
}

// Node's, named here because the renderer's types know nothing of it. Only the kernel's side simulates.
declare const setImmediate: (run: () => void) => void;

/** Lets every promise chain that is ready run to its end. One turn of the event loop drains the microtasks. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
