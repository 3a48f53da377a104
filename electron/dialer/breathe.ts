/** Lets everybody else have a turn between two slices of long work: screens, events, timers. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
