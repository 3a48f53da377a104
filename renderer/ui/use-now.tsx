import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';

/** One clock for every timer on screen, so that they tick together. */
export interface NowSource {
  latest: () => number;
  subscribe: (listener: () => void) => () => void;
  tick: () => void;
}

export function createNowSource(now: () => number): NowSource {
  const listeners = new Set<() => void>();
  let latest = now();
  return {
    latest: () => latest,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tick: () => {
      latest = now();
      for (const listener of listeners) listener();
    },
  };
}

const NowContext = createContext<NowSource | null>(null);

interface NowProviderProps {
  /** The time, in ms since 1970. It may run faster than the wall clock, so it comes from outside. */
  now: () => number;
  /** How often the screen looks at it, in real ms. */
  everyMs?: number | undefined;
  children: ReactNode;
}

export function NowProvider({ now, everyMs = 250, children }: NowProviderProps) {
  const [source] = useState(() => createNowSource(() => now()));
  useEffect(() => {
    source.tick();
    const timer = setInterval(source.tick, everyMs);
    return () => clearInterval(timer);
  }, [source, everyMs]);
  return <NowContext value={source}>{children}</NowContext>;
}

/** Something read off the clock, such as whole seconds since a start. Renders again only when the answer changes. */
export function useNowValue<T extends string | number | boolean | null>(read: (now: number) => T): T {
  const source = useContext(NowContext);
  if (source === null) throw new Error('useNowValue needs a <NowProvider> around it');
  const subscribe = useCallback((listener: () => void) => source.subscribe(listener), [source]);
  return useSyncExternalStore(subscribe, () => read(source.latest()));
}

/** The time, rounded down to `stepMs`. Ask for the coarsest step that will do. */
export function useNow(stepMs = 1000): number {
  return useNowValue((now) => Math.floor(now / stepMs) * stepMs);
}
