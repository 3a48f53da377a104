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
}

/**
 * However busy the machine is, and however fast the world: what is due happens in the order in which it is due, and at
 * its own instant. Until all that is overdue has happened, it is no later than that in this world.
 */
export function worldClock(
  under: Clock = machineClock(),
  firstSpeed = 1,
  // So that whatever waits for one thing goes on before the next thing happens.
  turn: (run: () => void) => void = setImmediate,
): WorldClock {
  let speed = firstSpeed;
  let worldAt: number = under.now();
  let underAt: number = under.now();
  let heldAt: number | null = null;
  let isStopped = false;
  let cancel = () => {};
  /** The first that is due comes first. */
  const waiting: Waiting[] = [];

  const shown = () => worldAt + (under.now() - underAt) * speed;
  const now = (): Instant => instant(Math.round(heldAt ?? shown()));
  const arm = () => {
    cancel();
    const [next] = waiting;
    cancel = next === undefined ? () => {} : under.after(Math.max(0, next.dueAt - shown()) / speed, pump);
  };
  const pump = () => {
    const [next] = waiting;
    if (next === undefined || next.dueAt > shown()) {
      heldAt = null;
      return arm();
    }
    waiting.shift();
    heldAt = next.dueAt;
    next.run();
    turn(pump);
  };
  const forget = (one: Waiting) => {
    const place = waiting.indexOf(one);
    if (place >= 0) waiting.splice(place, 1);
  };

  return {
    now,
    speed: () => speed,
    after(delayMs, run) {
      if (isStopped) return () => {};
      const one: Waiting = { dueAt: (heldAt ?? shown()) + Math.max(0, delayMs), run };
      const behind = waiting.findLastIndex(({ dueAt }) => dueAt <= one.dueAt);
      waiting.splice(behind + 1, 0, one);
      if (behind < 0 && heldAt === null) arm();
      return () => forget(one);
    },
    setSpeed(next) {
      worldAt = shown();
      underAt = under.now();
      speed = next;
      if (heldAt === null) arm();
    },
    stop() {
      isStopped = true;
      waiting.length = 0;
      cancel();
    },
  };
}
