import { type Faults, arrivalsOf } from '../../electron/carriers/simulator/faults.ts';
import type { LoggedRequest } from '../../electron/carriers/simulator/ledger.ts';
import { practiceWorld } from '../../electron/carriers/simulator/practice-world.ts';
import { simulatedCarrier } from '../../electron/carriers/simulator/simulator.ts';
import type { CarrierEvent } from '../../electron/carriers/carrier.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Random, between, pick, seededRandom } from '../../shared/lib/random.ts';
import { type Tally, met } from './tally.ts';

export const FAULTS: Faults = {
  timeoutBefore: 0.03,
  timeoutAfter: 0.04,
  http5xx: 0.04,
  rateLimited: 0.03,
  turnsUpLate: 0.3,
  duplicate: 0.1,
  reorder: 0.1,
  late: 0.04,
  lose: 0.06,
};

/** Chances of what no sane carrier does, in a hundred. */
const NONSENSE = { brokenAnswer: 2, forgetsTheCall: 2, stumblesWhenAsked: 2, stranger: 4, goesBack: 4 };

/** A simulated world that talks nonsense now and then, and remembers every request without being read anew. */
export function openWorld(file: string, clock: Clock, seed: string, tally: Tally) {
  const random = seededRandom(`${seed}/world`);
  const isSlow = random.next() < 0.15;
  const world = simulatedCarrier({
    file,
    clock,
    seed,
    faults: FAULTS,
    world: { ...practiceWorld, isWordless: random.next() < 0.85 },
    latencyMs: isSlow ? [40, 20_000] : [40, 120],
  });
  let kept: readonly LoggedRequest[] = [];
  let nth = 0;
  /** Keys of events that belong to nobody here: to be set aside, and nothing else. */
  const strangers = new Set<string>();
  const happens = (what: keyof typeof NONSENSE) => {
    const does = random.next() * 100 < NONSENSE[what];
    if (does) met(tally, `nonsense: ${what}`);
    return does;
  };

  return {
    ...world,
    strangers,
    requests: () => kept,
    async place(...asked: Parameters<typeof world.place>) {
      const answer = world.place(...asked);
      kept = world.requests();
      const breaks = happens('brokenAnswer');
      const placed = await answer;
      met(tally, placed.kind === 'refused' ? `refused: ${placed.code}` : `answer: ${placed.kind}`);
      if (breaks) throw broken();
      return placed;
    },
    async find(...asked: Parameters<typeof world.find>) {
      if (happens('stumblesWhenAsked')) throw broken();
      return world.find(...asked);
    },
    async fetch(callRef: string) {
      if (happens('stumblesWhenAsked')) throw broken();
      const forgets = happens('forgetsTheCall');
      const told = await world.fetch(callRef);
      // Whoever cannot be reached denies nothing.
      return forgets && Array.isArray(told) ? null : told;
    },
    listen(onEvent: (event: CarrierEvent) => void) {
      return world.listen((event) => {
        onEvent(event);
        if (happens('stranger')) {
          const stray = strangerTo(event, ++nth, random);
          strangers.add(stray.event.key);
          onEvent(stray);
        }
        if (happens('goesBack')) onEvent(backFrom(event, ++nth));
      });
    },
  };
}

function broken(): Error {
  return new Error('the carrier answered with something nobody can read');
}

export type SimWorld = ReturnType<typeof openWorld>;

function strangerTo({ event }: CarrierEvent, nth: number, random: Random): CarrierEvent {
  const attemptId = pick(random, [null, `00000000-0000-7000-8000-${String(nth).padStart(12, '0')}`]);
  return {
    callRef: `stranger-${between(random, 1, 5)}`,
    attemptId,
    event: { ...event, key: `stranger-${nth}` },
  };
}

/** A call that is over rings again, says the carrier. */
function backFrom({ event, ...call }: CarrierEvent, nth: number): CarrierEvent {
  return { ...call, event: { key: `back-${nth}`, at: event.at, facts: { status: 'queued' } } };
}

/** What went wrong with the events of all calls, by the world’s own account. */
export function countEvents(world: SimWorld, tally: Tally): void {
  for (const { callRef } of world.requests()) {
    if (callRef === null) continue;
    met(tally, 'calls');
    for (const event of world.lifeOf(callRef)!.events) {
      const [first, second] = arrivalsOf(event, FAULTS);
      if (first === undefined) met(tally, 'event lost');
      else if (first - event.at > 15_000) met(tally, 'event late');
      else if (first > event.at) met(tally, 'event overtaken');
      if (second !== undefined) met(tally, 'event doubled');
    }
  }
}
