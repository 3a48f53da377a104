import { type Instant, instant } from './instants.ts';

/** Where the kernel gets its time. The only way to wait, too, so that a simulated day needs no real one. */
export interface Clock {
  now(): Instant;
  /** Calls back once, `delayMs` of this clock's time later. Returns the way to call it off. */
  after(delayMs: number, run: () => void): () => void;
}

/** The longest delay a timer takes, some 24 days; beyond it Node fires at once, so longer ones are waited in parts. */
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
      let leftMs = Math.max(0, delayMs / speed);
      let timer: ReturnType<typeof setTimeout>;
      const wait = () => {
        const partMs = Math.min(leftMs, TIMER_MS_MAX);
        leftMs -= partMs;
        timer = setTimeout(() => (leftMs > 0 ? wait() : run()), partMs);
      };
      wait();
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
