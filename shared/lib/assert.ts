/** Stops at a mistake of ours. What the world may do is never asserted; it is answered with a value. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Parley is wrong about itself: ${message}`);
}

/** Makes the compiler name the case that was forgotten. */
export function never(value: never): never {
  throw new Error(`Parley met a case it has no words for: ${JSON.stringify(value)}`);
}

/** The value, where only a mistake of ours could have left it out. */
export function present<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `${what} is missing`);
  return value;
}
