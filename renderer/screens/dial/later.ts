/** Runs it so many real ms from now; returns how to call it off. For hands on keys, not for calls. */
export function later(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
