import { type Kernel, createKernel } from '../../electron/kernel.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, SECOND_MS } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { type Breach, type Request, breach } from './laws/breach.ts';
import { type Machine, closeAllOf, owning } from './machine.ts';
import { type Mortal, type Surroundings, mortal } from './mortal.ts';
import { letGo, openSecond } from './second.ts';
import { type Tally, met } from './tally.ts';
import type { SimWorld } from './world.ts';

/** What the processes of one day share. */
export interface Home {
  readonly seed: string;
  readonly file: string;
  readonly clock: Clock;
  readonly world: SimWorld;
  readonly machine: Machine;
  readonly tally: Tally;
  /** The law as whoever starts now knows it. */
  readonly law: () => KnownLaw;
  readonly note: (found: readonly Breach[]) => void;
  readonly beforePlace: (request: Request, now: Instant, law: KnownLaw) => void;
}

export interface KnownLaw {
  book: LawBook;
  /** States in which it forbids calls from today on: `US-FL`. */
  closedStates: ReadonlySet<string>;
}

/** One start of Parley, from its first line to its stop or its death. */
export interface Life {
  readonly self: Mortal;
  /** Null where it died while starting, or the disk was full. */
  readonly kernel: Kernel | null;
  /** Takes an update of the law without a restart. */
  learn(law: KnownLaw): void;
}

/** Starts Parley. `kill` may set how long it lives before it has begun. */
export function beginLife(home: Home, nth: number, kill: (self: Mortal) => void): Life {
  const law = { ...home.law() };
  const learn = (other: KnownLaw) => void Object.assign(law, other);
  const self = mortal(surroundings(home, `kernel/${nth}`, law));
  kill(self);
  met(home.tally, 'lives');
  try {
    const made = owning(self.commits, () =>
      createKernel({
        kind: 'practice',
        file: home.file,
        clock: self.clock,
        random: self.random,
        carrier: self.carrier,
        law: law.book,
        home: { country: 'US', zone: 'America/New_York' },
        tell() {},
        deskChanged() {},
        log: complaints(home, self),
      }),
    );
    if (made.ok) {
      const kernel = made.value;
      return {
        self,
        kernel,
        learn(other) {
          kernel.lawChanged(other.book);
          learn(other);
        },
      };
    }
    if (!home.machine.isDiskFull) home.note([breach('no complaint', made.error.sentence)]);
  } catch (error) {
    if (!self.isDead() && !isExpected(home.machine, error))
      home.note([breach('no complaint', `it could not start: ${String((error as Error).stack)}`)]);
  }
  self.kill();
  return { self, kernel: null, learn };
}

export function endLife({ self }: Life, tally: Tally): void {
  const step = self.diedAt();
  if (step !== null) met(tally, `died at: ${step}`);
  self.kill();
  closeAllOf(self.commits);
}

/** A second process beside the first: one tick, cut short now and then. */
export function beginSecond(home: Home, nth: number, kill: (self: Mortal) => void): { end(): void } {
  const law = home.law();
  const self = mortal(surroundings(home, `second/${nth}`, law));
  kill(self);
  met(home.tally, 'second processes');
  const log = complaints(home, self);
  try {
    const { db, tick } = openSecond({ file: home.file, self, law: law.book, log });
    tick()
      .catch((error: unknown) => log('the tick failed', error))
      .finally(() => {
        letGo(db);
        self.kill();
      });
  } catch (error) {
    log('the tick could not begin', error);
  }
  return {
    end() {
      if (self.diedAt() !== null) met(home.tally, 'second processes killed');
      self.kill();
      closeAllOf(self.commits);
    },
  };
}

function surroundings(home: Home, who: string, law: KnownLaw): Surroundings {
  const { machine, clock, world } = home;
  const random = seededRandom(`${home.seed}/${who}`);
  const beforePlace: Surroundings['beforePlace'] = (request, now) => home.beforePlace(request, now, law);
  return { machine, clock, carrier: world, random, beforePlace };
}

/** What is written to the log of a day is a breach, but for the faults that were put there. */
function complaints({ machine, note }: Home, self: Mortal) {
  return (line: string, error?: unknown) => {
    if (self.isDead() || isExpected(machine, error)) return;
    note([breach('no complaint', `${line} ${String((error as Error | undefined)?.stack ?? error)}`)]);
  };
}

/** A full disk, and nonsense of the carrier. */
export function isExpected(machine: Machine, error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isDisk = 'code' in error && error.code === 'SQLITE_FULL' && machine.refusals > 0;
  return isDisk || error.message.includes('nobody can read');
}

/** How long a machine takes to start Parley again. */
export const START_MS = SECOND_MS;
