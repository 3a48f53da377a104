import { useEffect, useState } from 'react';
import { later } from './later.ts';

/** True for so many real ms after `what` became something else: keys pressed then were meant for what was before. */
export function useRest(what: string, ms: number): boolean {
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => (ms === 0 ? undefined : later(() => setRested(what), ms)), [what, ms]);
  return ms > 0 && rested !== what;
}
