import type { Instant } from '../lib/instants.ts';
import type { E164 } from './phone.ts';

/**
 * Our intent to ring a number once (law 2).
 *
 * intended  committed; no carrier has heard of it
 * sent      the request may have left; from here on only the carrier knows
 * accepted  the carrier has a call for it
 * refused   the carrier said no, or nothing was ever sent
 * unknown   no clear answer: the number stays locked until the carrier has been asked
 * resolved  an accepted call has ended, or an unknown one was found never to have been placed
 */
export type AttemptState = 'intended' | 'sent' | 'accepted' | 'refused' | 'unknown' | 'resolved';

/** Which state may follow which. A state may only move forward; nothing leads back to a dial. */
const FOLLOWS: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  intended: ['sent', 'refused', 'unknown'],
  sent: ['accepted', 'refused', 'unknown'],
  unknown: ['accepted', 'resolved'],
  accepted: ['resolved'],
  refused: [],
  resolved: [],
};

export function mayFollow(from: AttemptState, to: AttemptState): boolean {
  return FOLLOWS[from].includes(to);
}

/** While an attempt is open its number is locked, across everything in the workspace (law 3). */
export function isOpen(state: AttemptState): boolean {
  return FOLLOWS[state].length > 0;
}

export interface Attempt {
  /** A UUID; carriers that take a reference of ours are given this one. */
  readonly id: string;
  readonly campaignId: number | null;
  readonly enrolmentId: number | null;
  readonly contactId: number | null;
  readonly agentId: number | null;
  readonly sessionId: number | null;
  readonly to: E164;
  readonly from: string;
  readonly carrier: string;
  readonly state: AttemptState;
  readonly intendedAt: Instant;
  readonly sentAt: Instant | null;
  readonly closedAt: Instant | null;
  /** Why it was refused or never placed, as a sentence. */
  readonly trouble: string | null;
}
