import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, openStore } from '../../electron/store/open.ts';
import { assert } from '../../shared/lib/assert.ts';
import { type Instant, MINUTE_MS, after, instant } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { type SimulatedClock, simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { dumpOf } from './dump.ts';
import { type Journal, newJournal } from './journal.ts';
import { ledgerAddsUp, nothingLeftOpen } from './laws/after-all.ts';
import { mayBePlaced } from './laws/at-the-dial.ts';
import { type Breach, breach } from './laws/breach.ts';
import {
  eventsAreKeptOnce,
  noStrangerMatters,
  sameAsTheCarrier,
  wrapUpsHoldTheirContact,
} from './laws/calls.ts';
import { noContactLost } from './laws/contacts.ts';
import { askedToStopIsListed, noDraftLost, noOutcomeLost, noPromiseLost } from './laws/outcomes.ts';
import { noOverlaps, oneRequestPerIntent } from './laws/requests.ts';
import { noJobLost } from './laws/schedules.ts';
import { openWatch } from './laws/watch.ts';
import { newMachine } from './machine.ts';
import { letTheDeadRest } from './mortal.ts';
import { openProcesses } from './processes.ts';
import { type Robot, robot } from './robot.ts';
import { type Scene, endOf } from './scene.ts';
import { storyOfNumber } from './story.ts';
import { type Tally, addTo, inOrder, met } from './tally.ts';
import { type SimWorld, countEvents, openWorld } from './world.ts';
import { type Seeded, blankWorkspace, seedWorkspace } from './workspace.ts';

export interface Day {
  readonly breaches: readonly Breach[];
  /** The story of the number that the first breach is about. */
  readonly story: string;
  readonly log: string;
  /** What the log comes to: the same seed gives the same hash. */
  readonly hash: string;
  readonly tally: readonly (readonly [string, number])[];
}

/** Lives one day from its seed: agents, calls, faults, crashes, and a dusk in which everything comes to an end. */
export async function liveDay(scene: Scene): Promise<Day> {
  letTheDeadRest();
  const folder = newFolder();
  try {
    return await dayIn(folder, scene);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In memory where the machine has such a place: what is proven here is not the disk. */
function newFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'parley-sim-'));
}

let blank: string | null = null;
function blankFile(): string {
  if (blank === null) {
    const folder = newFolder();
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    blank = blankWorkspace(join(folder, 'blank.db'));
  }
  return blank;
}

/** All calls have ended within this long after dusk, and all that is to be known of them is known. */
const DUSK_MINUTES_MAX = 90;
/** So long is waited after a first breach, so that a seed tells all it has found, and no longer. */
const AFTERMATH_MS = 30 * MINUTE_MS;

async function dayIn(folder: string, scene: Scene): Promise<Day> {
  const { seed, startsAt } = scene;
  const file = join(folder, 'workspace.db');
  const clock = simulatedClock(startsAt);
  const tally: Tally = new Map();
  const world = openWorld(join(folder, 'world.db'), clock, seed, tally);
  const seeded = seedWorkspace(file, seededRandom(`${seed}/workspace`), startsAt, scene, blankFile());
  const db = lookInto(file);
  const machine = newMachine();
  const journal = newJournal();
  const watch = openWatch(world, journal);
  const breaches = new Map<string, Breach>();
  const first = { foundAt: null as Instant | null };
  const note = (found: readonly Breach[]) => {
    if (found.length > 0) first.foundAt ??= clock.now();
    for (const each of found) breaches.set(each.sentence, each);
  };
  let isDusk = false;
  const processes = openProcesses({
    scene,
    file,
    clock,
    world,
    machine,
    tally,
    note,
    seeded,
    isDusk: () => isDusk,
    beforePlace(request, now, { closedStates }) {
      const typedByHand = journal.byHand;
      note(mayBePlaced({ db, world, request, now, trueNow: clock.now(), closedStates, typedByHand }));
    },
  });
  const robots = seeded.people.map((person) =>
    robot({
      person,
      campaignIds: seeded.campaignIds,
      random: seededRandom(`${seed}/robot/${person.id}`),
      journal,
      isDusk: () => isDusk,
      promises: scene.promises,
    }),
  );
  for (const each of robots)
    employ(each, clock, processes, () => note([...wrapUpsHoldTheirContact(db), ...noDraftLost(db, journal)]));

  let commits = -1;
  const pace = openPace();
  const isGoingOn = () => first.foundAt === null || clock.now() < first.foundAt + AFTERMATH_MS;
  const run = async (until: Instant) => {
    while (isGoingOn() && (await clock.step(until))) {
      processes.tend();
      note(pace(clock.now()));
      if (machine.commits === commits) continue;
      commits = machine.commits;
      note(watch.look(db));
    }
  };
  processes.begin();
  await run(endOf(scene));
  isDusk = true;
  processes.dusk();
  const end = () => lawsAtTheEnd({ db, world, seeded, journal, now: clock.now() });
  for (let minute = 0; minute < DUSK_MINUTES_MAX && first.foundAt === null; minute += 3) {
    await run(after(endOf(scene), (minute + 3) * MINUTE_MS));
    if (end().length === 0) break;
  }
  await processes.stop();
  // A day that was broken off has no end to look at.
  if (first.foundAt === null) note(end());
  for (const mistake of machine.mistakes)
    note([breach('no complaint', `a timer threw: ${String((mistake as Error)?.stack ?? mistake)}`)]);
  countEvents(world, tally);
  met(tally, 'disk full met', machine.refusals);
  addTo(tally, journal.wishes);
  const log = dumpOf(db, world);
  const about = [...breaches.values()].find(({ to }) => to !== null)?.to ?? null;
  const story = about === null ? '' : storyOfNumber(db, world, about);
  db.$client.close();
  const hash = createHash('sha256').update(log).digest('hex').slice(0, 16);
  return { breaches: [...breaches.values()], story, log, hash, tally: inOrder(tally) };
}

/** A connection that only reads: what it sees, another process would. */
function lookInto(file: string): Db {
  const opened = openStore(file, { now: () => instant(0), readonly: true });
  assert(opened.ok, opened.ok ? '' : opened.error.sentence);
  return opened.value as Db;
}

interface End {
  readonly db: Db;
  readonly world: SimWorld;
  readonly seeded: Seeded;
  readonly journal: Journal;
  readonly now: Instant;
}

function lawsAtTheEnd({ db, world, seeded, journal, now }: End): Breach[] {
  return [
    ...oneRequestPerIntent(db, world),
    ...noOverlaps(db, world),
    ...noContactLost(db, seeded.enrolled),
    ...noOutcomeLost(db, journal),
    ...noDraftLost(db, journal),
    ...noPromiseLost(db),
    ...askedToStopIsListed(db),
    ...sameAsTheCarrier(db, world),
    ...eventsAreKeptOnce(db),
    ...noStrangerMatters(db, world.strangers),
    ...noJobLost(db, now),
    ...ledgerAddsUp(db),
    ...nothingLeftOpen(db),
  ];
}

/** Whoever gets no answer, because the process died that was to give it, looks at the screen again. */
const NO_ANSWER_MS = MINUTE_MS;

function orGiveUp(clock: SimulatedClock, act: Promise<number>): Promise<number> {
  return new Promise((done, failed) => {
    const cancel = clock.after(NO_ANSWER_MS, () => done(0));
    act.finally(cancel).then(done, failed);
  });
}

/** Nothing runs in circles: so many steps in one minute are more than all of a busy day needs. */
const STEPS_A_MINUTE_MAX = 900;

function openPace(): (now: Instant) => Breach[] {
  let minute = 0;
  let steps = 0;
  return (now) => {
    const isNext = Math.floor(now / MINUTE_MS) !== minute;
    minute = Math.floor(now / MINUTE_MS);
    steps = isNext ? 1 : steps + 1;
    if (steps !== STEPS_A_MINUTE_MAX) return [];
    return [breach('no spinning', `${steps} steps in the minute from ${new Date(now).toISOString()}`)];
  };
}

/** Gives a robot its working day: it acts, rests a while, and acts again, whichever kernel is there. */
function employ(
  each: Robot,
  clock: SimulatedClock,
  processes: Pick<ReturnType<typeof openProcesses>, 'kernelNow' | 'mayFail'>,
  afterwards: () => void,
): void {
  const work = async () => {
    const kernel = processes.kernelNow();
    let restMs = 5_000;
    try {
      if (kernel !== null) restMs = await orGiveUp(clock, each.act(kernel.desk, kernel.clock.now()));
      if (kernel !== null && processes.kernelNow() === kernel) afterwards();
    } catch (error) {
      if (processes.kernelNow() === kernel && !processes.mayFail(error)) throw error;
    }
    clock.after(restMs, () => void work());
  };
  clock.after(1_000, () => void work());
}
