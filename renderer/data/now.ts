import { createContext, useContext } from 'react';
import { type Instant, instant } from '../../shared/lib/instants.ts';

/** The kernel's clock as this screen keeps it: set at every hello, and run on by the time since. */
export interface KernelClock {
  now(): Instant;
  /** True once the kernel has told the time; before that `now` is not to be shown. */
  isSet(): boolean;
  set(told: { readonly now: Instant; readonly speed: number }): void;
}

/** `elapsed` counts real ms from any beginning and never goes back, as performance.now() does. */
export function createKernelClock(elapsed: () => number): KernelClock {
  let told: { at: Instant; speed: number; since: number } | null = null;
  return {
    now: () =>
      told === null ? instant(0) : instant(Math.round(told.at + (elapsed() - told.since) * told.speed)),
    isSet: () => told !== null,
    set: ({ now, speed }) => {
      told = { at: now, speed, since: elapsed() };
    },
  };
}

export const ClockContext = createContext<KernelClock | null>(null);

/** For a moment read in an event. What is drawn reads `useNow` of ui/use-now instead, which ticks. */
export function useClock(): KernelClock {
  const clock = useContext(ClockContext);
  if (clock === null) throw new Error('useClock needs a ClockContext around it');
  return clock;
}
