import type { Clock } from '../../shared/lib/clock.ts';

/** A wait that somebody may cut short: what loops do between two looks. */
export interface Nap {
  /** Waits, unless somebody wakes us before. */
  pause(ms: number): Promise<void>;
  wakeAll(): void;
}

export function openNap(clock: Clock): Nap {
  const sleepers = new Set<() => void>();
  return {
    pause: (ms) =>
      new Promise<void>((resolve) => {
        const wake = () => {
          cancel();
          sleepers.delete(wake);
          resolve();
        };
        const cancel = clock.after(ms, wake);
        sleepers.add(wake);
      }),
    wakeAll: () => [...sleepers].forEach((wake) => wake()),
  };
}
