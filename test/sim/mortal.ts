import type { Carrier, CarrierEvent, SimulatedCarrier } from '../../electron/carriers/carrier.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, after } from '../../shared/lib/instants.ts';
import type { Random } from '../../shared/lib/random.ts';
import { type CommitGuard, type Machine, diskFull } from './machine.ts';

/** What comes over a process that is killed: from then on it gets neither time nor chance nor an answer. */
export class Killed extends Error {}

let isQuiet = false;

/**
 * What a dead process had begun in the background fails with its death, and nobody is there to hear it. All else that
 * nobody hears goes on to whoever listened before.
 */
export function letTheDeadRest(): void {
  if (isQuiet) return;
  isQuiet = true;
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (error, promise) => {
    if (error instanceof Killed) return;
    if (others.length === 0) throw error;
    for (const hear of others) hear.call(process, error, promise);
  });
}

/** The lines at which a process may end: each of them is one of these, or lies between two. */
export const STEPS = ['time', 'chance', 'commit', 'committed', 'asking', 'asked', 'answer'] as const;
export type Step = (typeof STEPS)[number];

/** All a process lives on, made so that it can be taken away at any step, as a power cut would. */
export interface Mortal {
  readonly clock: Clock;
  readonly random: Random;
  readonly carrier: SimulatedCarrier;
  readonly commits: CommitGuard;
  isDead(): boolean;
  /** Where it was killed; null while it lives, or where it was killed from outside. */
  diedAt(): Step | null;
  /** Kills at the step that comes after this many others, of any kind or of one. */
  killAfter(steps: number, kind?: Step): void;
  kill(): void;
  /** The machine has woken: what fell due while it slept is run now. */
  wake(): void;
}

export interface Surroundings {
  readonly machine: Machine;
  readonly clock: Clock;
  readonly random: Random;
  readonly carrier: SimulatedCarrier;
  /** Told at the last instant before the carrier hears of a request. */
  readonly beforePlace: (request: Parameters<Carrier['place']>[0], now: Instant) => void;
}

export function mortal({ machine, clock, random, carrier, beforePlace }: Surroundings): Mortal {
  let isDead = false;
  let diedAt: Step | null = null;
  let stepsLeft = Number.POSITIVE_INFINITY;
  let killKind: Step | null = null;
  let late: (() => void)[] = [];
  const pending = new Set<() => void>();

  const kill = () => {
    isDead = true;
    late = [];
    for (const cancel of pending) cancel();
    pending.clear();
  };
  const step = (kind: Step) => {
    if (!isDead && ((killKind !== null && killKind !== kind) || stepsLeft-- > 0)) return;
    if (!isDead) {
      diedAt = kind;
      kill();
    }
    throw new Killed('the process was killed');
  };
  /** Runs a piece of the process; only being killed may end it early. Anything else it throws nobody would catch. */
  const live = (run: () => void) => {
    if (isDead) return;
    try {
      if (machine.isAsleep) late.push(run);
      else run();
    } catch (error) {
      if (!isDead) machine.mistakes.push(error);
    }
  };
  /** An answer the process hears once it is awake, and never once it is dead. */
  const heard = <T>(answer: Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      answer.then(
        (value) =>
          live(() => {
            step('answer');
            resolve(value);
          }),
        (error: unknown) => live(() => reject(error)),
      );
    });
  const ask = <T>(question: () => Promise<T>): Promise<T> => {
    step('asking');
    const answer = question();
    // Whoever dies right here hears nothing of it, and nobody else does.
    answer.catch(() => {});
    step('asked');
    return heard(answer);
  };

  const ownClock: Clock = {
    now() {
      step('time');
      return after(clock.now(), machine.skewMs);
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
    place: (request, signal) =>
      ask(() => {
        beforePlace(request, after(clock.now(), machine.skewMs));
        return carrier.place(request, signal);
      }),
    find: (attempt) => ask(() => carrier.find(attempt)),
    fetch: (callRef) => ask(() => carrier.fetch(callRef)),
    control: (callRef, action) => ask(() => carrier.control(callRef, action)),
    listen(onEvent) {
      const stop = carrier.listen((event: CarrierEvent) => {
        if (!machine.isAsleep) live(() => onEvent(event));
      });
      pending.add(stop);
      return stop;
    },
    // The world outlives those who live in it.
    close: () => Promise.resolve(),
  };

  return {
    clock: ownClock,
    carrier: ownCarrier,
    random: {
      next() {
        step('chance');
        return random.next();
      },
    },
    commits: {
      before() {
        step('commit');
        if (!machine.isDiskFull) return;
        machine.refusals += 1;
        throw diskFull();
      },
      after() {
        machine.commits += 1;
        step('committed');
      },
    },
    isDead: () => isDead,
    diedAt: () => diedAt,
    killAfter(steps, kind) {
      stepsLeft = steps;
      killKind = kind ?? null;
    },
    kill,
    wake() {
      for (const run of late.splice(0)) live(run);
    },
  };
}
