import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, after } from '../../shared/lib/instants.ts';
import { type Random, seededRandom } from '../../shared/lib/random.ts';
import { type Fates, type Mix, openFates } from './fates.ts';
import { type Faults, openFaults } from './faults.ts';
import { type Hooks, openHooks } from './hooks.ts';
import { type Truth, openTruth } from './truth.ts';
import { type Violations, openViolations } from './violations.ts';
import { type WorldClock, worldClock } from './world-clock.ts';

/** All that the three carriers share: people with phones, time, chance, and what goes wrong. */
export interface World {
  readonly clock: WorldClock;
  readonly random: Random;
  readonly fates: Fates;
  readonly truth: Truth;
  readonly faults: Faults;
  readonly hooks: Hooks;
  readonly violations: Violations;
  /** What a carrier’s clock shows, which need not be right. */
  carrierNow(): Instant;
  /** Where this stand-in answers, without a slash at the end. */
  url: string;
}

export function openWorld({
  seed,
  clock,
  speed,
  mix,
}: {
  seed: string;
  clock?: Clock;
  speed?: number;
  mix?: Mix;
}): World {
  const worlds = worldClock(clock, speed);
  const random = seededRandom(`${seed}/stand-in`);
  const faults = openFaults(seededRandom(`${seed}/faults`));
  return {
    clock: worlds,
    random,
    fates: openFates(seed, mix),
    truth: openTruth(),
    faults,
    hooks: openHooks(worlds, faults),
    violations: openViolations(),
    carrierNow: () => after(worlds.now(), faults.skewMs),
    url: '',
  };
}

/** A number with as many hex digits as asked for. */
export function hexOf(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits) text += Math.floor(random.next() * 16).toString(16);
  return text;
}
