import { join } from 'node:path';
import { type Clock, sleep } from '../../shared/lib/clock.ts';
import { SECOND_MS } from '../../shared/lib/instants.ts';
import { ok, refused } from '../../shared/lib/result.ts';
import { simulatedCarrier } from '../carriers/simulator/simulator.ts';
import { openBackgroundCalls } from '../dialer/background-calls.ts';
import { openGate } from '../dialer/gate.ts';
import { openJobs } from '../dialer/jobs.ts';
import { pauseOf, pausedInWords } from '../dialer/pause-all.ts';
import { planDay } from '../dialer/schedule-planner.ts';
import { applyPending, takeIn } from '../dialer/track.ts';
import { practiceClock } from '../practice-clock.ts';
import { openAttempts } from '../store/attempts.ts';
import { type Db, closeStore, openStore } from '../store/open.ts';
import { dueJobs } from '../store/schedule-jobs.ts';
import { keptCarriers } from '../workspace-carriers.ts';
import type { Workspace } from '../workspaces.ts';
import {
  type Command,
  DATA_OPTION,
  JSON_OPTION,
  type Surroundings,
  WORKSPACE_OPTION,
  isoText,
} from './command.ts';
import { lawHere } from './law-here.ts';
import { workspaceMeant } from './open-workspace.ts';

/** The longest the carrier is waited for before the tick ends; whoever looks next asks it again. */
const ANSWER_MAX_MS = 30 * SECOND_MS;
const LOOK_MS = 50;
/** What is to be looked at again sooner than this still belongs to this tick. */
const AT_ONCE_MS = 2 * SECOND_MS;
/** Jobs that are due and may not begin yet, by the pace or by a rule, are counted up to here. */
const HELD_MAX = 10_000;

/**
 * One tick of what calls by itself, from outside (row A4). The same transaction and the same unique index keep
 * a running Parley and this tick apart: whoever comes second finds the job taken, or the number held.
 */
export const processCalls: Command = {
  name: 'process-calls',
  usage: '[--workspace W] [--data DIR]',
  about:
    'plans the day and begins every call that is due and needs no agent, once; safe beside a running Parley',
  options: [WORKSPACE_OPTION, DATA_OPTION, JSON_OPTION],
  async run(asked, surroundings) {
    const workspace = workspaceMeant(asked, surroundings);
    if (!workspace.ok) return workspace;
    const clock = clockOf(workspace.value, surroundings);
    const opened = openStore(workspace.value.file, { now: () => clock.now() });
    if (!opened.ok) return refused(opened.error.sentence);
    try {
      // What the simulator made up would be filed as what people said.
      if (keptCarriers(opened.value).order.length > 0) return refused(REAL);
      const summary = await tick(opened.value, workspace.value, { ...surroundings, clock });
      if (summary.troubles.length > 0) return refused(summary.troubles[0]!);
      const { at, planned, missed, begun, held, paused } = summary;
      const counts = `${begun} begun, ${planned} planned, ${missed} missed, ${held} waiting, at ${at}`;
      return ok({
        json: { workspace: workspace.value.id, at, planned, missed, begun, held, paused },
        lines: paused === null ? [counts] : [pausedInWords(paused), counts],
      });
    } finally {
      closeStore(opened.value);
    }
  },
};

const REAL =
  'This workspace calls through carriers whose credentials only Parley itself can read. Open it: its calls begin by themselves. Nothing was done.';

async function tick(db: Db, { id, folder, kind }: Workspace, { clock, random }: Surroundings) {
  const file = join(folder, 'simulated-world.db');
  const world = simulatedCarrier({ file, clock, seed: id });
  // Counted where they leave: one that is refused at once was begun as well, and another process’s was not.
  const begun = new Set<string>();
  const carrier: typeof world = {
    ...world,
    place(request, signal) {
      begun.add(request.attemptId);
      return world.place(request, signal);
    },
  };
  const troubles: string[] = [];
  const log = (line: string, error?: unknown) =>
    troubles.push(`${line}${error instanceof Error ? ` (${error.message})` : ''}`);
  const gate = openGate(clock, carrier);
  const shared = { db, carrier, clock, random, law: lawHere(db, { folder, kind }), gate, log, changed() {} };
  // What a breaker has to say is in the campaign's own log as well, where whoever looks finds it.
  const background = openBackgroundCalls({ ...shared, note() {}, notify() {} }, () => {});
  const jobs = openJobs(shared);
  const stopListening = carrier.listen((event) => {
    if (!takeIn(db, carrier.name, event, clock)) return;
    background.learned(applyPending(db, clock).flatMap(({ attemptId }) => attemptId ?? []));
  });
  try {
    const now = clock.now();
    const plan = await planDay(db, now, async () => true);
    await jobs.missOverdue(async () => true);
    jobs.run();
    await runCampaigns(background, clock);
    await answered(db, (id) => jobs.isUnderWay(id) || background.isUnderWay(id), clock);
    jobs.followAll();
    return {
      at: isoText(now),
      planned: plan.planned,
      missed: plan.missed,
      begun: begun.size,
      paused: pauseOf(db),
      held: dueJobs(db, now, HELD_MAX).length,
      troubles,
    };
  } finally {
    await Promise.all([jobs.close(), background.close()]);
    stopListening();
    await carrier.close();
  }
}

/** One call after the other, as fast as the carrier takes them, until nobody is left who may be rung now. */
async function runCampaigns(background: ReturnType<typeof openBackgroundCalls>, clock: Clock): Promise<void> {
  for (let waitedMs = 0; waitedMs < ANSWER_MAX_MS; ) {
    const waitMs = background.run();
    if (waitMs > AT_ONCE_MS) return;
    await sleep(clock, waitMs);
    waitedMs += waitMs;
  }
}

/** Waits until the carrier has answered every request of this tick: cut off, each would be left in doubt. */
async function answered(db: Db, isUnderWay: (id: string) => boolean, clock: Clock): Promise<void> {
  for (let waitedMs = 0; waitedMs < ANSWER_MAX_MS; waitedMs += LOOK_MS) {
    if (!openAttempts(db).some(({ id }) => isUnderWay(id))) return;
    await sleep(clock, LOOK_MS);
  }
}

/** Practice has office hours of its own; everybody else goes by the machine. */
function clockOf({ kind, folder }: Workspace, { clock }: Surroundings): Clock {
  return kind === 'practice' ? practiceClock(clock, join(folder, 'clock.json')) : clock;
}
