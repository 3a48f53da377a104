import { useEffect, useState } from 'react';

/** A value once it has stayed the same for a moment, and whether it is the latest. Compared by what it says. */
export function useSettled<T>(value: T, ms: number): { settled: T; isLatest: boolean } {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (settled === text) return undefined;
    const timer = setTimeout(() => setSettled(text), ms);
    return () => clearTimeout(timer);
  }, [text, settled, ms]);
  return { settled: JSON.parse(settled) as T, isLatest: settled === text };
}
