import type { Clock } from '../../../shared/lib/clock.ts';
import type { CallEvent } from '../../../shared/domain/call.ts';
import type { Instant } from '../../../shared/lib/instants.ts';
import type { CarrierEvent } from '../carrier.ts';

/** Brings events to whoever listens, each when it is due. */
export interface Post {
  listen(onEvent: Listener): () => void;
  isHeard(): boolean;
  /** Takes what will arrive from `since` on, in place of what was still to happen in this call. */
  expect(callRef: string, letters: readonly Letter[], since: Instant): void;
  stop(): void;
}

export type Listener = (event: CarrierEvent) => void;

/** One event on its way; `arrivalsAt` is empty when it gets lost. */
export interface Letter {
  readonly callRef: string;
  readonly attemptId: string;
  readonly event: CallEvent;
  readonly arrivalsAt: readonly Instant[];
}

interface Due {
  readonly at: Instant;
  readonly order: string;
  readonly happenedAt: Instant;
  readonly told: CarrierEvent;
}

/** A timer this late means the machine slept. What came meanwhile met nobody; asking the carrier finds it. */
const MISSED_MS = 60_000;

/** One timer for all calls, set to whatever is due next. */
export function openPost(clock: Clock, isCutOff: () => boolean): Post {
  const listeners = new Set<Listener>();
  let waiting: Due[] = [];
  let cancel: (() => void) | null = null;

  const arm = () => {
    cancel?.();
    const next = waiting[0];
    if (next) cancel = clock.after(Math.max(0, next.at - clock.now()), deliver);
  };
  const deliver = () => {
    try {
      for (let next = waiting[0]; next && next.at <= clock.now(); next = waiting[0]) {
        waiting.shift();
        const isMissed = isCutOff() || clock.now() - next.at > MISSED_MS;
        if (!isMissed) for (const listener of listeners) listener(next.told);
      }
    } finally {
      arm();
    }
  };
  const drop = () => {
    waiting = [];
    cancel?.();
  };

  return {
    listen(onEvent) {
      // Each caller gets a listener of its own, so that the same function given twice is stopped once.
      const listener: Listener = (event) => onEvent(event);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) drop();
      };
    },
    isHeard: () => listeners.size > 0,
    expect(callRef, letters, since) {
      const now = clock.now();
      const kept = waiting.filter((due) => due.told.callRef !== callRef || due.happenedAt <= now);
      const fresh = letters.flatMap(duesOf).filter((due) => due.at >= since);
      waiting = [...kept, ...fresh].sort(bySoonest);
      arm();
    },
    stop() {
      listeners.clear();
      drop();
    },
  };
}

function duesOf({ callRef, attemptId, event, arrivalsAt }: Letter): Due[] {
  const told = { callRef, attemptId, event };
  return arrivalsAt.map((at) => ({ at, order: event.key, happenedAt: event.at, told }));
}

function bySoonest(a: Due, b: Due): number {
  return a.at - b.at || (a.order < b.order ? -1 : 1);
}
