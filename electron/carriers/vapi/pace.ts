import type { Clock } from '../../../shared/lib/clock.ts';
import { type Instant, MINUTE_MS } from '../../../shared/lib/instants.ts';

/** How many requests go out in any minute. Calls never wait for it; whatever may take its time does. */
export interface Pace {
  /** A request goes out now. */
  asked(): void;
  /** Waits until one more leaves a fifth of the minute’s requests to those that cannot wait. */
  turn(): Promise<void>;
}

const SHARE = 0.8;

export function openPace(clock: Clock, perMinute: number): Pace {
  const most = Math.max(1, Math.floor(perMinute * SHARE));
  const askedAt: Instant[] = [];
  const forget = () => {
    const now = clock.now();
    // A clock that was set back must not hold anybody up for longer than a minute.
    while (askedAt.length > 0 && (askedAt[0]! <= now - MINUTE_MS || askedAt[0]! > now)) askedAt.shift();
  };
  return {
    asked() {
      forget();
      askedAt.push(clock.now());
    },
    async turn() {
      for (forget(); askedAt.length >= most; forget()) {
        const waitMs = askedAt[0]! + MINUTE_MS - clock.now();
        await new Promise<void>((go) => clock.after(Math.max(1, waitMs), go));
      }
    },
  };
}
