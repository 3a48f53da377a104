import { type Instant, MINUTE_MS, SECOND_MS, after, instant } from '../../shared/lib/instants.ts';

export interface PaceLimits {
  /** What the carrier takes. */
  readonly perSecond: number;
  /** What the workspace wants at most. */
  readonly perMinute: number;
}

/** Spreads calls over time. Remembers a minute of them, so a start begins with those made just before it. */
export interface Pace {
  /** How long until one more call may begin; zero is now. */
  waitMs(now: Instant, limits: PaceLimits): number;
  took(now: Instant): void;
}

export function openPace(begun: readonly Instant[]): Pace {
  let lately: Instant[] = [...begun];

  return {
    waitMs(now, { perSecond, perMinute }) {
      // A clock that was set back shows calls of the future; when they were is not known, so they count as now.
      lately = lately.filter((at) => now - at < MINUTE_MS).map((at) => instant(Math.min(at, now)));
      if (perMinute < 1 || perSecond <= 0) return MINUTE_MS;
      const last = lately.at(-1);
      const spacing = last === undefined ? 0 : after(last, SECOND_MS / perSecond) - now;
      const oldest = lately.at(-Math.floor(perMinute));
      const window = oldest === undefined ? 0 : after(oldest, MINUTE_MS) - now;
      return Math.ceil(Math.max(0, spacing, window));
    },
    took: (now) => void lately.push(now),
  };
}
