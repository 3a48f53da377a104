import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatedCarrier } from '../../electron/carriers/simulator/simulator.ts';
import { type Kernel, createKernel } from '../../electron/kernel.ts';
import { appendAudit } from '../../electron/store/audit.ts';
import { setCampaignStatus } from '../../electron/store/campaigns.ts';
import { type Db, closeStore, openStore } from '../../electron/store/open.ts';
import { assert } from '../../shared/lib/assert.ts';
import { type Instant, HOUR_MS, MINUTE_MS, SECOND_MS, after, instant } from '../../shared/lib/instants.ts';
import { between, pick, seededRandom } from '../../shared/lib/random.ts';
import { type SimulatedClock, simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { dumpOf } from './dump.ts';
import { type Journal, newJournal } from './journal.ts';
import {
  askedToStopIsListed,
  ledgerAddsUp,
  liveCallsAreInHand,
  mayBePlaced,
  noContactLost,
  noDraftLost,
  noOutcomeLost,
  noOverlaps,
  noPromiseLost,
  nothingLeftOpen,
  oneRequestPerIntent,
  sameAsTheCarrier,
  wrapUpsHoldTheirContact,
} from './laws.ts';
import { type Mortal, mortal } from './mortal.ts';
import { type Robot, robot } from './robot.ts';
import { seedWorkspace } from './workspace.ts';

export interface DayOptions {
  readonly seed: string;
  readonly startsAt: Instant;
  readonly hours: number;
  readonly contacts: number;
  readonly agents: number;
  /** How many of each kind of trouble befall the day. */
  readonly troubles: number;
  /** With campaigns that need no agent. */
  readonly background?: boolean;
}

export interface Day {
  readonly breaches: readonly string[];
  readonly log: string;
  readonly tally: Readonly<Record<string, number>>;
}

/** Lives one day from its seed: agents, calls, faults, crashes, and a dusk in which everything comes to an end. */
export async function liveDay(options: DayOptions): Promise<Day> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'parley-sim-'));
  try {
    return await dayIn(folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const FAULTS = {
  timeoutBefore: 0.03,
  timeoutAfter: 0.03,
  http5xx: 0.03,
  rateLimited: 0.03,
  turnsUpLate: 0.3,
  duplicate: 0.1,
  reorder: 0.1,
  late: 0.04,
  lose: 0.06,
};

async function dayIn(folder: string, options: DayOptions): Promise<Day> {
  const { seed, startsAt } = options;
  const file = join(folder, 'workspace.db');
  const clock = simulatedClock(startsAt);
  const world = simulatedCarrier({ file: join(folder, 'world.db'), clock, seed, faults: FAULTS });
  const seeded = seedWorkspace(file, seededRandom(`${seed}/workspace`), startsAt, options);
  const enrolled = countIn(file, 'enrolments');
  const duskAt = after(startsAt, options.hours * HOUR_MS);
  const journal = newJournal();
  const breaches = new Set<string>();
  const chance = seededRandom(`${seed}/troubles`);
  let lives = 0;
  let isDusk = false;
  let life: { self: Mortal; kernel: Kernel | null } | null = null;

  const note = (found: readonly string[]) => found.forEach((each) => breaches.add(each));

  const begin = (killAfter = Number.POSITIVE_INFINITY) => {
    lives += 1;
    const self = mortal({
      clock,
      carrier: world,
      random: seededRandom(`${seed}/kernel/${lives}`),
      beforePlace: (request, now) => {
        if (life?.kernel) note(mayBePlaced(life.kernel.db, world, request, now, clock.now()));
      },
    });
    life = { self, kernel: null };
    self.killAfter(killAfter);
    try {
      const made = createKernel({
        kind: 'practice',
        file,
        clock: self.clock,
        random: self.random,
        carrier: self.carrier,
        home: { country: 'US', zone: 'America/New_York' },
        tell() {},
        deskChanged() {},
        log(line, error) {
          if (!self.isDead())
            breaches.add(`the kernel complained: ${line} ${String((error as Error)?.stack)}`);
        },
      });
      assert(made.ok, made.ok ? '' : made.error.sentence);
      life.kernel = made.value;
      note(liveCallsAreInHand(made.value.db));
    } catch (error) {
      if (!self.isDead()) throw error;
    }
  };

  const bury = () => {
    const { kernel, self } = life!;
    self.kill();
    kernel?.db.$client.close();
    life = null;
    const pauseMs = between(chance, 1, chance.next() < 0.5 ? 10 : 300) * SECOND_MS;
    clock.after(pauseMs, () => begin(!isDusk && chance.next() < 0.2 ? between(chance, 5, 60) : undefined));
  };

  const robots = seeded.people.map((person) =>
    robot({
      person,
      campaignIds: seeded.campaignIds,
      random: seededRandom(`${seed}/robot/${person.id}`),
      journal,
      isDusk: () => isDusk,
    }),
  );
  let isAsleep = false;
  for (const each of robots)
    employ(
      each,
      clock,
      () => (life === null || life.self.isDead() || isAsleep ? null : life.kernel),
      (kernel) => note(wrapUpsHoldTheirContact(kernel.db)),
    );

  const troubles = {
    crash: () => life?.self.killAfter(between(chance, 0, 400)),
    restart: async () => {
      const { kernel, self } = life ?? {};
      if (!kernel || self!.isDead() || isAsleep) return;
      life = null;
      await kernel.stop();
      clock.after(between(chance, 1, 60) * SECOND_MS, () => begin());
    },
    'carrier gone': () => {
      world.unreachable(true);
      clock.after(between(chance, 1, 12) * MINUTE_MS, () => world.unreachable(false));
    },
    sleep: () => {
      const sleeper = life;
      if (isAsleep || sleeper === null || sleeper.self.isDead()) return;
      if (chance.next() < 0.5) sleeper.kernel?.desk.pauseAll('the computer went to sleep');
      if (sleeper.self.isDead()) return;
      isAsleep = true;
      sleeper.self.sleep(true);
      const wakeMs = Math.min(between(chance, 1, 90) * MINUTE_MS, Math.max(0, duskAt - clock.now()));
      clock.after(wakeMs, () => {
        isAsleep = false;
        sleeper.self.sleep(false);
        if (!sleeper.self.isDead())
          sleeper.kernel?.lookAround().catch((error: unknown) => {
            if (!sleeper.self.isDead()) breaches.add(`looking around failed: ${String(error)}`);
          });
      });
    },
    'clock set': () => {
      const self = life?.self;
      const skewMs = between(chance, -90, 90) * MINUTE_MS;
      self?.setSkew(skewMs);
      clock.after(between(chance, 1, 60) * MINUTE_MS, () => self?.setSkew(0));
    },
    'campaign paused': () => {
      const kernel = life?.kernel;
      if (!kernel || life!.self.isDead() || isAsleep) return;
      const campaignId = pick(chance, [...seeded.campaignIds, ...seeded.backgroundIds]);
      const set = (status: 'paused' | 'active') => {
        if (isDusk && seeded.backgroundIds.includes(campaignId)) return;
        const now = life?.kernel;
        if (!now || life!.self.isDead())
          return withStore(file, (db) => setCampaignStatus(db, campaignId, status, clock.now()));
        setCampaignStatus(now.db, campaignId, status, clock.now());
        now.campaignChanged(campaignId, false);
      };
      set('paused');
      clock.after(between(chance, 1, 30) * MINUTE_MS, () => tolerant(() => set('active')));
    },
  };
  const tolerant = (deed: () => unknown) => {
    try {
      void deed();
    } catch (error) {
      if (life !== null && !life.self.isDead()) throw error;
    }
  };
  for (const [name, befall] of Object.entries(troubles)) {
    const own = seededRandom(`${seed}/${name}`);
    for (let nth = 0; nth < options.troubles; nth++)
      clock.after(between(own, 5 * MINUTE_MS, options.hours * HOUR_MS), () => tolerant(befall));
  }

  begin();
  let lookAt = after(startsAt, HOUR_MS);
  const run = async (until: Instant) => {
    while (await clock.step(until)) {
      const { self } = life ?? {};
      if (self?.isDead()) bury();
      if (clock.now() < lookAt) continue;
      lookAt = after(clock.now(), HOUR_MS);
      withStore(file, (db) =>
        note([...noContactLost(db, enrolled), ...noDraftLost(db, journal), ...liveCallsAreInHand(db)]),
      );
    }
    await clock.advance(Math.max(0, until - clock.now()));
  };
  await run(duskAt);
  isDusk = true;
  world.unreachable(false);
  (life as { self: Mortal } | null)?.self.setSkew(0);
  (life as { self: Mortal } | null)?.self.killAfter(Number.POSITIVE_INFINITY);
  withStore(file, (db) => seeded.backgroundIds.forEach((id) => stopForGood(db, id, clock.now())));
  await run(after(duskAt, HOUR_MS));
  await (life as { kernel: Kernel | null } | null)?.kernel?.stop();
  return withStore(file, (db) => {
    note([
      ...oneRequestPerIntent(db, world),
      ...noOverlaps(db, world),
      ...noContactLost(db, enrolled),
      ...noOutcomeLost(db, journal),
      ...noDraftLost(db, journal),
      ...noPromiseLost(db),
      ...askedToStopIsListed(db),
      ...sameAsTheCarrier(db, world),
      ...ledgerAddsUp(db),
      ...nothingLeftOpen(db),
    ]);
    return { breaches: [...breaches], log: dumpOf(db, world), tally: tallyOf(journal, world, lives) };
  });
}

/** As a supervisor would: a breaker must not set it going again. */
function stopForGood(db: Db, campaignId: number, at: Instant): void {
  setCampaignStatus(db, campaignId, 'paused', at);
  const subject = { subject: 'campaign', subjectId: String(campaignId) };
  appendAudit(db, { at, agentId: null, action: 'campaign.stop', ...subject, before: null, after: null });
}

/** Gives a robot its working day: it acts, rests a while, and acts again, whichever kernel is there. */
function employ(
  each: Robot,
  clock: SimulatedClock,
  kernelNow: () => Kernel | null,
  afterwards: (kernel: Kernel) => void,
): void {
  const work = async () => {
    const kernel = kernelNow();
    let restMs = 5 * SECOND_MS;
    try {
      if (kernel !== null) restMs = await each.act(kernel.desk, kernel.clock.now());
      if (kernel !== null && kernelNow() === kernel) afterwards(kernel);
    } catch (error) {
      if (kernelNow() === kernel) throw error;
    }
    rest(restMs);
  };
  const rest = (ms: number) => void clock.after(ms, () => void work());
  rest(SECOND_MS);
}

export function withStore<T>(file: string, ask: (db: Db) => T): T {
  const opened = openStore(file, { now: () => instant(0) });
  assert(opened.ok, opened.ok ? '' : opened.error.sentence);
  try {
    return ask(opened.value);
  } finally {
    closeStore(opened.value);
  }
}

function countIn(file: string, table: string): number {
  return withStore(
    file,
    (db) => (db.$client.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n,
  );
}

function tallyOf(
  journal: Journal,
  world: { requests(): readonly { callRef: string | null }[] },
  lives: number,
) {
  const requests = world.requests();
  return {
    lives,
    requests: requests.length,
    calls: requests.filter((each) => each.callRef !== null).length,
    outcomes: journal.filed.size,
    ...Object.fromEntries([...journal.wishes].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}
