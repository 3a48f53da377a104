import type { Ledger } from './ledger.ts';
import { type Life, type PlacedCall, lifeOf } from './life.ts';
import type { World } from './outcomes.ts';

/** More calls than are asked about at the same time; the one that was asked about longest ago is forgotten first. */
const REMEMBERED_MAX = 200;

/** The lives of calls, each worked out once until something is done to it. */
export interface Lives {
  of(call: PlacedCall): Life;
  /** Of a call that has just begun: nothing can have been done to it yet. */
  begun(call: PlacedCall): Life;
  /** Null where it has to be looked up. */
  known(callRef: string): Life | null;
  forget(callRef: string): void;
}

export function openLives(world: World, ledger: Ledger): Lives {
  const kept = new Map<string, Life>();
  let version = ledger.version();

  /** Another process may have done something to any of them. */
  const refresh = () => {
    const now = ledger.version();
    if (now !== version) kept.clear();
    version = now;
  };
  const known = (callRef: string) => {
    refresh();
    return kept.get(callRef) ?? null;
  };

  const remember = (callRef: string, life: Life) => {
    kept.set(callRef, life);
    for (const oldest of kept.keys()) {
      if (kept.size <= REMEMBERED_MAX) break;
      kept.delete(oldest);
    }
    return life;
  };

  return {
    known,
    of: (call) =>
      known(call.callRef) ??
      remember(call.callRef, lifeOf(world, call, ledger.interventionsIn(call.callRef))),
    begun: (call) => remember(call.callRef, lifeOf(world, call, [])),
    forget: (callRef) => void kept.delete(callRef),
  };
}
