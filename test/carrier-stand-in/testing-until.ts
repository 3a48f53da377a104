const PATIENCE_MS = 10_000;
const SHOWN_MAX = 600;

/** Asks until it is so: the world goes on by itself, faster than the clock. */
export async function until<T>(
  look: () => T | Promise<T>,
  isSo: (value: T) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    const value = await look();
    if (isSo(value)) return value;
    if (performance.now() - startedAt > patienceMs)
      throw new Error(`it never came to that: ${JSON.stringify(value)?.slice(0, SHOWN_MAX)}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}
