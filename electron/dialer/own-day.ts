import type { OwnDay } from '../../shared/contract/desk.ts';
import type { Person } from '../../shared/domain/people.ts';
import { timeShares } from '../../shared/domain/time-ledger.ts';
import { later } from '../../shared/lib/instants.ts';
import { ledgerOfAgentSince } from '../store/sessions.ts';
import { dayOf, outcomesOfDay } from '../store/today.ts';
import { startOfDay } from './desk-view.ts';
import type { DeskParts } from './work.ts';

/** An agent's own day: where its time went since they first sat down, and what came of it. */
export function ownDayOf(parts: DeskParts, person: Person): OwnDay {
  const now = parts.clock.now();
  const midnight = startOfDay(now, parts.home.zone);
  const stretches = ledgerOfAgentSince(parts.db, person.id, midnight);
  const beganAt = stretches[0] === undefined ? now : later(midnight, stretches[0].fromAt);
  return {
    from: beganAt,
    until: later(now, beganAt),
    shares: timeShares(stretches, beganAt, later(now, beganAt)).map((share) => ({ ...share })),
    outcomes: outcomesOfDay(parts.db, person.id, midnight),
    ...dayOf(parts.db, person.id, midnight),
  };
}
