import type { Kernel } from '../../electron/kernel.ts';
import { appendAudit } from '../../electron/store/audit.ts';
import { setCampaignStatus } from '../../electron/store/campaigns.ts';
import { type LawBook, lawBook, shippedLaw } from '../../shared/domain/law/book.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../shared/lib/instants.ts';
import { type Random, between, pick, seededRandom } from '../../shared/lib/random.ts';
import type { SimulatedClock } from '../../shared/lib/simulated-clock.ts';
import { type Breach, breach } from './laws/breach.ts';
import { dateIn } from './laws/calendar.ts';
import {
  type Home,
  type KnownLaw,
  type Life,
  START_MS,
  beginLife,
  beginSecond,
  endLife,
  isExpected,
} from './life.ts';
import type { Machine } from './machine.ts';
import { type Mortal, STEPS } from './mortal.ts';
import { PLACES } from './places.ts';
import type { Scene } from './scene.ts';
import { supervisor } from './supervisor.ts';
import { type Tally, met } from './tally.ts';
import type { Seeded } from './workspace.ts';
import type { SimWorld } from './world.ts';

export interface ProcessParts {
  readonly scene: Scene;
  readonly file: string;
  readonly clock: SimulatedClock;
  readonly world: SimWorld;
  readonly machine: Machine;
  readonly tally: Tally;
  readonly note: (found: readonly Breach[]) => void;
  readonly seeded: Seeded;
  readonly isDusk: () => boolean;
  readonly beforePlace: Home['beforePlace'];
}

/** Parley and a second process beside it, and everything that befalls them in a day. */
export interface Processes {
  begin(): void;
  /** Buries whoever has died since the last step. */
  tend(): void;
  /** The kernel that agents can talk to; null while it is down, or the computer sleeps. */
  kernelNow(): Kernel | null;
  /** Where it stumbles over a fault that was put there. */
  mayFail(error: unknown): boolean;
  /** No more troubles, and no new calls without an agent. */
  dusk(): void;
  stop(): Promise<void>;
}

const CRASHES = ['crash', 'crash at a step', 'crash at a step'];

export function openProcesses(parts: ProcessParts): Processes {
  const { scene, file, clock, world, machine, tally, note, seeded, isDusk, beforePlace } = parts;
  const { seed } = scene;
  const chance = seededRandom(`${seed}/troubles`);
  let law: KnownLaw = { book: shippedLaw, closedStates: new Set() };
  const home: Home = { seed, file, clock, world, machine, tally, law: () => law, note, beforePlace };
  let life: Life | null = null;
  let seconds: { end(): void }[] = [];
  let lives = 0;
  let secondCount = 0;

  const begin = (kill: (self: Mortal) => void = () => {}) => {
    lives += 1;
    life = beginLife(home, lives, kill);
  };
  const bury = () => {
    endLife(life!, tally);
    life = null;
    const pauseMs = START_MS + between(chance, 0, chance.next() < 0.5 ? 10 : 240) * SECOND_MS;
    // It may die again before it is quite up.
    const dies = !isDusk() && chance.next() < 0.25 ? between(chance, 1, 80) : null;
    clock.after(pauseMs, () => begin((self) => dies !== null && !isDusk() && self.killAfter(dies)));
  };
  const kernelNow = () => {
    const isThere = life !== null && life.kernel !== null && !life.self.isDead() && !machine.isAsleep;
    return isThere ? life!.kernel : null;
  };
  const mayFail = (error: unknown) => life === null || life.self.isDead() || isExpected(machine, error);

  /** Does something on the kernel that is there, or is there next. */
  const later = (afterMs: number, deed: (kernel: Kernel) => unknown) => {
    clock.after(afterMs, () => {
      const kernel = kernelNow();
      if (kernel === null && !isDusk()) return later(30 * SECOND_MS, deed);
      if (kernel !== null && !isDusk()) attempt(kernel, deed);
    });
  };
  const attempt = (kernel: Kernel, deed: (kernel: Kernel) => unknown) => {
    const failed = (error: unknown) => {
      if (kernelNow() === kernel && !mayFail(error))
        note([breach('no complaint', `a deed failed: ${String((error as Error).stack)}`)]);
    };
    try {
      Promise.resolve(deed(kernel)).catch(failed);
    } catch (error) {
      failed(error);
    }
  };

  const restart = async () => {
    const { kernel, self } = life ?? {};
    if (!kernel || self!.isDead() || machine.isAsleep || machine.isDiskFull) return;
    const old = life!;
    life = null;
    await kernel.stop();
    endLife(old, tally);
    clock.after(between(chance, 1, 60) * SECOND_MS, () => begin());
  };

  const troubles: Record<string, () => unknown> = {
    ...deedsOf(parts, later, kernelNow, attempt),
    crash: () => life?.self.killAfter(between(chance, 0, 500)),
    'crash at a step': () => {
      const step = pick(chance, STEPS);
      life?.self.killAfter(between(chance, 0, step === 'time' ? 60 : 8), step);
    },
    'second process': () => {
      if (machine.isAsleep) return;
      secondCount += 1;
      // A tick takes few steps: a later death would be none.
      const dies = chance.next() < 0.5 ? between(chance, 1, 6) : null;
      seconds.push(beginSecond(home, secondCount, (self) => dies !== null && self.killAfter(dies)));
    },
    restart,
    'carrier gone': () => {
      world.unreachable(true);
      clock.after(between(chance, 1, 12) * MINUTE_MS, () => world.unreachable(false));
    },
    sleep: () => {
      const { kernel, self } = life ?? {};
      if (machine.isAsleep || !kernel || self!.isDead()) return;
      // Systems say so in time, or they do not.
      if (chance.next() < 0.6) attempt(kernel, fallAsleep);
      machine.isAsleep = true;
      clock.after(between(chance, 1, 60) * MINUTE_MS, wake);
    },
    'clock set': () => {
      const isDay = chance.next() < 0.2;
      machine.skewMs = isDay ? pick(chance, [-24, 24]) * HOUR_MS : between(chance, -90, 90) * MINUTE_MS;
      clock.after(between(chance, 1, 40) * MINUTE_MS, () => void (machine.skewMs = 0));
    },
    'disk full': () => {
      machine.isDiskFull = true;
      clock.after(between(chance, 2, 90) * SECOND_MS, () => void (machine.isDiskFull = false));
    },
    'law update': () => {
      const { state, zones } = pick(chance, PLACES);
      law = { book: closedToday(state, clock.now(), zones[0]!), closedStates: new Set([state]) };
      if (chance.next() < 0.4) return restart();
      if (kernelNow() !== null) life!.learn(law);
    },
  };

  const wake = () => {
    if (!machine.isAsleep) return;
    machine.isAsleep = false;
    const { self, kernel } = life ?? {};
    self?.wake();
    if (kernel && !self!.isDead()) attempt(kernel, () => kernel.wakeUp());
  };

  const befall = (random: Random) => {
    // What every line of the program has to be prepared for comes as often as half of all else.
    const name =
      random.next() < 0.35 ? pick(random, CRASHES) : pick(random, Object.keys(troubles).toSorted());
    const atMs = between(random, MINUTE_MS, scene.minutes * MINUTE_MS);
    clock.after(atMs, () => {
      if (isDusk()) return;
      met(tally, `trouble: ${name}`);
      const failed = (error: unknown) => {
        if (!mayFail(error))
          note([breach('no complaint', `${name} failed: ${String((error as Error).stack)}`)]);
      };
      try {
        Promise.resolve(troubles[name]!()).catch(failed);
      } catch (error) {
        failed(error);
      }
    });
  };

  return {
    begin() {
      const random = seededRandom(`${seed}/befall`);
      for (let nth = 0; nth < scene.troubles; nth++) befall(random);
      begin();
    },
    tend() {
      if (life?.self.isDead()) bury();
    },
    kernelNow,
    mayFail,
    dusk() {
      world.unreachable(false);
      machine.skewMs = 0;
      machine.isDiskFull = false;
      life?.self.killAfter(Number.POSITIVE_INFINITY);
      wake();
      const kernel = kernelNow();
      if (kernel !== null) goToRest(kernel, seeded);
      else clock.after(START_MS, () => this.dusk());
    },
    async stop() {
      for (const each of seconds) each.end();
      seconds = [];
      await life?.kernel?.stop();
      if (life !== null) endLife(life, tally);
      life = null;
    },
  };
}

function deedsOf(
  { seeded, scene }: ProcessParts,
  later: (afterMs: number, deed: (kernel: Kernel) => unknown) => void,
  kernelNow: () => Kernel | null,
  attempt: (kernel: Kernel, deed: (kernel: Kernel) => unknown) => void,
): Record<string, () => void> {
  const { deeds } = supervisor(seeded, seededRandom(`${scene.seed}/supervisor`), later);
  return Object.fromEntries(
    Object.entries(deeds).map(([name, deed]) => [
      name,
      () => {
        const kernel = kernelNow();
        if (kernel !== null) attempt(kernel, deed);
      },
    ]),
  );
}

function fallAsleep(kernel: Kernel): void {
  kernel.desk.pauseAll('asleep');
  kernel.fallAsleep();
}

/** A disaster closes a state for today: so the book says from now on. */
function closedToday(state: string, now: Instant, zone: string): LawBook {
  const closure = {
    id: 'emergency',
    jurisdiction: state,
    // So that a clock that is set back does not open it again.
    from: dateIn(zone, now - 3 * DAY_MS),
    until: null,
    citation: 'Executive order',
    note: null,
  };
  return lawBook(shippedLaw.rules, [...shippedLaw.closures, closure]);
}

function goToRest(kernel: Kernel, { backgroundIds }: Seeded): void {
  for (const id of backgroundIds) stopForGood(kernel, id);
  kernel.resumeAll({ id: null, name: 'Sam' });
}

/** As a supervisor would: a breaker must not set it going again. */
function stopForGood({ db, background }: Kernel, campaignId: number): void {
  const at = 0 as Instant;
  setCampaignStatus(db, campaignId, 'paused', at);
  const subject = { subject: 'campaign', subjectId: String(campaignId) };
  appendAudit(db, { at, agentId: null, action: 'campaign.stop', ...subject, before: null, after: null });
  background.campaignChanged(campaignId);
}
