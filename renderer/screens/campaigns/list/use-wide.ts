import { useSyncExternalStore } from 'react';

/** The width from which the frame shows three columns; see `--breakpoint-three`. */
const WIDE = '(width >= 1200px)';

/** Whether there is room for everything, for what a style sheet alone cannot leave out. */
export function useWide(): boolean {
  return useSyncExternalStore(watch, () => matchMedia(WIDE).matches);
}

function watch(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
