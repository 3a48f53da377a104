const TRIES_MAX = 600;

/** Asks until it is so: the world goes on by itself, faster than the clock. */
export async function until<T>(look: () => T | Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const value = await look();
    if (isSo(value)) return value;
    await new Promise((done) => setTimeout(done, 5));
  }
  throw new Error(`it never came to that: ${JSON.stringify(await look())}`);
}
