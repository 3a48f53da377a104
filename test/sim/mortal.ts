import type { Carrier, CarrierEvent, SimulatedCarrier } from '../../electron/carriers/carrier.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, after } from '../../shared/lib/instants.ts';
import type { Random } from '../../shared/lib/random.ts';

/** What comes over a kernel that is killed: from then on it gets neither time nor chance nor an answer. */
export class Killed extends Error {}

/** All a kernel lives on, made so that it can be taken away at any step, as a power cut would. */
export interface Mortal {
  readonly clock: Clock;
  readonly random: Random;
  readonly carrier: SimulatedCarrier;
  isDead(): boolean;
  /** Kills at the step that comes after this many others: a look at the clock, a draw, a word with the carrier. */
  killAfter(steps: number): void;
  kill(): void;
  /** The machine sleeps: timers wait, events of the carrier meet nobody, answers lie on the wire. */
  sleep(is: boolean): void;
  /** Sets the kernel's wall clock this far from the true one. */
  setSkew(ms: number): void;
}

export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly carrier: SimulatedCarrier;
  /** Told at the last instant before the carrier hears of a request. */
  readonly beforePlace: (request: Parameters<Carrier['place']>[0], now: Instant) => void;
}

export function mortal({ clock, random, carrier, beforePlace }: Surroundings): Mortal {
  let isDead = false;
  let isAsleep = false;
  let skewMs = 0;
  let stepsLeft = Number.POSITIVE_INFINITY;
  let late: (() => void)[] = [];
  const pending = new Set<() => void>();

  const kill = () => {
    isDead = true;
    late = [];
    for (const cancel of pending) cancel();
    pending.clear();
  };
  const step = () => {
    if (!isDead && stepsLeft-- > 0) return;
    if (!isDead) kill();
    throw new Killed('the kernel was killed');
  };
  /** Runs a piece of the kernel; only being killed may end it early. Anything else it throws is a mistake. */
  const live = (run: () => void) => {
    if (isDead) return;
    try {
      if (isAsleep) late.push(run);
      else run();
    } catch (error) {
      if (!isDead) throw error;
    }
  };
  /** An answer the kernel hears once it is awake, and never once it is dead. */
  const heard = <T>(answer: Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      answer.then(
        (value) =>
          live(() => {
            step();
            resolve(value);
          }),
        (error: unknown) => live(() => reject(error)),
      );
    });

  const ownClock: Clock = {
    now() {
      step();
      return after(clock.now(), skewMs);
    },
    after(delayMs, run) {
      if (isDead) return () => {};
      const cancel = clock.after(delayMs, () => {
        pending.delete(cancel);
        live(run);
      });
      pending.add(cancel);
      return () => {
        pending.delete(cancel);
        late = late.filter((each) => each !== run);
        cancel();
      };
    },
  };

  const ownCarrier: SimulatedCarrier = {
    ...carrier,
    place(request, signal) {
      step();
      beforePlace(request, after(clock.now(), skewMs));
      const placed = carrier.place(request, signal);
      step();
      return heard(placed);
    },
    find: (attempt) => ask(() => carrier.find(attempt)),
    fetch: (callRef) => ask(() => carrier.fetch(callRef)),
    control: (callRef, action) => ask(() => carrier.control(callRef, action)),
    listen(onEvent) {
      const stop = carrier.listen((event: CarrierEvent) => {
        if (!isAsleep) live(() => onEvent(event));
      });
      pending.add(stop);
      return stop;
    },
    // The world outlives its kernels.
    close: () => Promise.resolve(),
  };

  function ask<T>(question: () => Promise<T>): Promise<T> {
    step();
    return heard(question());
  }

  return {
    clock: ownClock,
    carrier: ownCarrier,
    random: {
      next() {
        step();
        return random.next();
      },
    },
    isDead: () => isDead,
    killAfter: (steps) => void (stepsLeft = steps),
    kill,
    sleep(is) {
      isAsleep = is;
      const missed = is ? [] : late.splice(0);
      for (const run of missed) live(run);
    },
    setSkew: (ms) => void (skewMs = ms),
  };
}
