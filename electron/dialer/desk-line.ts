import type { DeskView } from '../../shared/contract/desk.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Carrier } from '../carriers/carrier.ts';

/** What stands between a call on the screen and the truth about it. */
export interface CarrierLine {
  /** Null where all is well. */
  now(): DeskView['line'];
  /** The computer woke up, and the carrier is being asked what became of each call; or it has been. */
  asks(is: boolean): void;
  /** Whether it is another than at the last look: nobody tells us when a carrier is lost, or is back. */
  hasTurned(): boolean;
}

const SLEPT = 'The computer slept. The carrier is being asked what became of this call meanwhile.';

export function openCarrierLine(carrier: Carrier, clock: Clock): CarrierLine {
  let askedSince: Instant | null = null;
  let seen: 'lost' | 'asking' | null = null;
  const now = (): DeskView['line'] => {
    const state = carrier.readiness();
    if (state.kind === 'in-trouble') return { kind: 'lost', sentence: state.sentence, since: state.since };
    return askedSince === null ? null : { kind: 'asking', sentence: SLEPT, since: askedSince };
  };
  return {
    now,
    asks(is) {
      askedSince = is ? (askedSince ?? clock.now()) : null;
    },
    hasTurned() {
      const kind = now()?.kind ?? null;
      const isOther = kind !== seen;
      seen = kind;
      return isOther;
    },
  };
}
