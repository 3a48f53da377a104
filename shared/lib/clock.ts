import { type Instant, instant } from './instants.ts';

/** Where the kernel gets its time. The only way to wait, too, so that a simulated day needs no real one. */
export interface Clock {
  now(): Instant;
  /** Calls back once, `delayMs` of this clock's time later. Returns the way to call it off. */
  after(delayMs: number, run: () => void): () => void;
}

/** The longest delay a timer takes; beyond it Node fires at once. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/**
 * The machine's own clock, run at `speed` times its pace from the moment it was made.
 * Anything but 1 is for practice and rehearsal: a live workspace is never given another speed.
 */
export function machineClock(speed = 1): Clock {
  const startedAt = Date.now();
  return {
    now: () => instant(speed === 1 ? Date.now() : Math.round(startedAt + (Date.now() - startedAt) * speed)),
    after(delayMs, run) {
      const timer = setTimeout(run, Math.min(Math.max(0, delayMs / speed), TIMER_MS_MAX));
      return () => clearTimeout(timer);
    },
  };
}

/** Waits on the clock, and no longer than the signal allows. Never rejects: the caller looks at the signal. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(ms, done);
    signal?.addEventListener('abort', done, { once: true });
  });
}
