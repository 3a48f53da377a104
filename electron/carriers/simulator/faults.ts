import type { CallEvent } from '../../../shared/domain/call.ts';
import { type Instant, after } from '../../../shared/lib/instants.ts';
import { type Random, between, seededRandom } from '../../../shared/lib/random.ts';

/** What may go wrong with one request. `before` and `after` say whether the carrier had taken the call by then. */
export type PlaceFault = 'timeout-before' | 'timeout-after' | '5xx-before' | '5xx-after' | 'rate-limited';

/** How often things go wrong, each from 0 (never) to 1 (always). */
export interface Faults {
  readonly timeoutBefore: number;
  readonly timeoutAfter: number;
  /** Half of them had taken the call. */
  readonly http5xx: number;
  readonly rateLimited: number;
  /** The call exists, but looking for it finds nothing at first. */
  readonly turnsUpLate: number;
  /** Of one event: it arrives twice, after later ones, minutes late, or never. */
  readonly duplicate: number;
  readonly reorder: number;
  readonly late: number;
  readonly lose: number;
}

export const NO_FAULTS: Faults = {
  timeoutBefore: 0,
  timeoutAfter: 0,
  http5xx: 0,
  rateLimited: 0,
  turnsUpLate: 0,
  duplicate: 0,
  reorder: 0,
  late: 0,
  lose: 0,
};

/** The longest an event is under way, late and doubled. */
export const ARRIVAL_MS_MAX = 300_000;

/** What goes wrong with one request, if anything does. */
export function placeFaultOf(faults: Faults, random: Random): PlaceFault | null {
  const isTaken = random.next() < 0.5;
  const shares: readonly (readonly [PlaceFault, number])[] = [
    ['timeout-before', faults.timeoutBefore],
    ['timeout-after', faults.timeoutAfter],
    [isTaken ? '5xx-after' : '5xx-before', faults.http5xx],
    ['rate-limited', faults.rateLimited],
  ];
  let chance = random.next();
  for (const [fault, share] of shares) {
    if (chance < share) return fault;
    chance -= share;
  }
  return null;
}

/** How long a new call stays out of sight of `find` and `history`, always less than `certaintyMs`. */
export function hiddenMsOf(faults: Faults, random: Random): number {
  const hiddenMs = between(random, 5_000, 45_000);
  return random.next() < faults.turnsUpLate ? hiddenMs : 0;
}

/** The instants at which an event reaches us: once, at its own, unless something goes wrong. */
export function arrivalsOf(event: CallEvent, faults: Faults): readonly Instant[] {
  const random = seededRandom(`${event.key}/arrival`);
  const [isLost, isLate, isReordered, isDoubled] = [
    random.next() < faults.lose,
    random.next() < faults.late,
    random.next() < faults.reorder,
    random.next() < faults.duplicate,
  ];
  if (isLost) return [];
  const lateMs = isLate ? between(random, 20_000, 240_000) : 0;
  const reorderMs = isReordered ? between(random, 200, 8_000) : 0;
  const first = after(event.at, lateMs + reorderMs);
  return isDoubled ? [first, after(first, between(random, 0, 30_000))] : [first];
}
