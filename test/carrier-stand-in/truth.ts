import type { Instant } from '../../shared/lib/instants.ts';

export type CarrierName = 'twilio' | 'vapi' | 'voipstudio';

/** One call that a carrier took on, whether or not anybody was told of it. */
export interface Ring {
  readonly carrier: CarrierName;
  readonly callRef: string;
  /** As it came along with the request; null where the carrier has no place for it. */
  readonly attemptId: string | null;
  readonly to: string;
  readonly from: string;
  /** A contact's phone, or the phone of one of our own agents. */
  readonly leg: 'contact' | 'agent';
  readonly acceptedAt: Instant;
  /** When a phone first rang; null where none did. */
  rangAt: Instant | null;
  answeredAt: Instant | null;
  endedAt: Instant | null;
  end: string | null;
}

/** What really happened. No fault touches it, and no carrier’s API shows it: it is for the oracle. */
export interface Truth {
  readonly rings: readonly Ring[];
  add(ring: Omit<Ring, 'rangAt' | 'answeredAt' | 'endedAt' | 'end'>): Ring;
  toNumber(to: string): readonly Ring[];
  ofAttempt(attemptId: string): readonly Ring[];
  /** Attempts for which contacts were called more than once. Empty is the law. */
  secondCalls(): readonly { readonly attemptId: string; readonly rings: readonly Ring[] }[];
  /** Numbers that were called while another call to them was still going on. Empty is the law, too. */
  overlaps(): readonly (readonly [Ring, Ring])[];
}

export function openTruth(): Truth {
  const rings: Ring[] = [];
  return {
    rings,
    add(ring) {
      const added: Ring = { ...ring, rangAt: null, answeredAt: null, endedAt: null, end: null };
      rings.push(added);
      return added;
    },
    toNumber: (to) => rings.filter((ring) => ring.to === to),
    ofAttempt: (attemptId) => rings.filter((ring) => ring.attemptId === attemptId),
    secondCalls: () =>
      [...grouped(rings, ({ leg, attemptId }) => (leg === 'contact' ? attemptId : null))]
        .filter(([, all]) => all.length > 1)
        .map(([attemptId, all]) => ({ attemptId, rings: all })),
    overlaps: () =>
      [...grouped(rings, ({ leg, to }) => (leg === 'contact' ? to : null)).values()].flatMap(overlapping),
  };
}

function grouped(rings: readonly Ring[], keyOf: (ring: Ring) => string | null): Map<string, Ring[]> {
  const groups = new Map<string, Ring[]>();
  for (const ring of rings) {
    const key = keyOf(ring);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), ring]);
  }
  return groups;
}

function overlapping(rings: readonly Ring[]): (readonly [Ring, Ring])[] {
  return rings.flatMap((ring, nth) =>
    rings
      .slice(nth + 1)
      .filter((later) => ring.endedAt === null || later.acceptedAt < ring.endedAt)
      .map((later) => [ring, later] as const),
  );
}
