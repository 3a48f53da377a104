import { HOUR_MS, type Instant, MINUTE_MS, after, instant } from '../../shared/lib/instants.ts';
import { between, pick, seededRandom } from '../../shared/lib/random.ts';

/** What kind of day a seed stands for, all of it drawn from the seed. */
export interface Scene {
  readonly seed: string;
  readonly kind: 'dense' | 'night' | 'day' | 'week';
  readonly startsAt: Instant;
  readonly minutes: number;
  readonly contacts: number;
  readonly agents: number;
  /** With campaigns that need no agent: an AI voice, and a recorded one. */
  readonly background: boolean;
  /** People who are called at their own time, day after day. */
  readonly schedules: number;
  /** How many troubles befall the day, of whatever kind. */
  readonly troubles: number;
  /** The share of outcomes by which agents promise to ring back soon; at nought they come as they may. */
  readonly promises: number;
}

/** Wednesday, Thursday and Friday, and a Saturday. */
const DAYS = [18, 19, 20, 21];
/** Midnight in New York as its clocks change, at two in the morning. */
const NIGHTS = [Date.UTC(2026, 10, 1, 4), Date.UTC(2027, 2, 14, 5)];

/** Most are short and dense; every so many is a night in which clocks change, a whole day, a week. */
export function sceneOf(seed: string, minutes?: number): Scene {
  const random = seededRandom(`${seed}/scene`);
  const number = Number(seed);
  const kind = kindOf(number);
  const agents = between(random, 0, 9) === 0 ? 0 : between(random, 1, 4);
  const background = agents === 0 || random.next() < 0.75;
  const day = pick(random, DAYS);
  const usual = {
    seed,
    kind,
    agents,
    background,
    contacts: between(random, 8, 26),
    schedules: random.next() < 0.7 ? between(random, 1, 6) : 0,
    // From before eight in New York until nearly nine in Denver: both ends of the day matter.
    startsAt: instant(Date.UTC(2026, 10, day, 0, between(random, 12 * 60 + 30, 28 * 60))),
    minutes: minutes ?? between(random, 25, 60),
    troubles: between(random, 4, 11),
    promises: 0,
  };
  const midnight = instant(pick(random, NIGHTS));
  switch (kind) {
    case 'dense':
      return number % 10 === 7 ? { ...usual, ...edgeOf(seed, day), minutes: minutes ?? 60 } : usual;
    case 'night':
      return {
        ...usual,
        startsAt: after(midnight, -HOUR_MS),
        minutes: minutes ?? 11 * 60,
        agents: Math.min(1, agents),
        background: true,
      };
    case 'day':
      return {
        ...usual,
        startsAt: instant(Date.UTC(2026, 10, day, 12)),
        minutes: minutes ?? 5 * 60,
        contacts: 32,
        troubles: 14,
      };
    case 'week':
      return {
        ...usual,
        startsAt: instant(Date.UTC(2026, 10, 16, 12)),
        minutes: minutes ?? 5 * 24 * 60,
        agents: 1,
        contacts: 30,
        troubles: 40,
        background: true,
        schedules: 8,
      };
  }
}

/** Hours, by UTC, at which a day ends in one of the states or begins: 20:00 and 21:00 in the East, and so on. */
const EDGES = [13, 16, 25, 25, 26, 26, 27, 28];

/** A day around one of its edges, with agents who promise to ring back beyond it. */
function edgeOf(seed: string, day: number): Pick<Scene, 'startsAt' | 'agents' | 'contacts' | 'promises'> {
  const random = seededRandom(`${seed}/edge`);
  const minute = pick(random, EDGES) * 60 - between(random, 12, 30);
  return { startsAt: instant(Date.UTC(2026, 10, day, 0, minute)), agents: 4, contacts: 24, promises: 0.5 };
}

function kindOf(number: number): Scene['kind'] {
  if (number % 250 === 249) return 'week';
  if (number % 50 === 24) return 'day';
  return number % 50 === 49 ? 'night' : 'dense';
}

export function endOf({ startsAt, minutes }: Scene): Instant {
  return after(startsAt, minutes * MINUTE_MS);
}
