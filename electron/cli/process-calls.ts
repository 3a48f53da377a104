import { join } from 'node:path';
import { shippedLaw } from '../../shared/domain/law/book.ts';
import { type Clock, sleep } from '../../shared/lib/clock.ts';
import { SECOND_MS } from '../../shared/lib/instants.ts';
import { ok, refused } from '../../shared/lib/result.ts';
import { simulatedCarrier } from '../carriers/simulator/simulator.ts';
import { openJobs } from '../dialer/jobs.ts';
import { planDay } from '../dialer/schedule-planner.ts';
import { applyPending, takeIn } from '../dialer/track.ts';
import { practiceClock } from '../practice-clock.ts';
import { openAttempts } from '../store/attempts.ts';
import { type Db, closeStore, openStore } from '../store/open.ts';
import { dueJobs } from '../store/schedule-jobs.ts';
import type { Workspace } from '../workspaces.ts';
import {
  type Command,
  DATA_OPTION,
  JSON_OPTION,
  type Surroundings,
  WORKSPACE_OPTION,
  isoText,
} from './command.ts';
import { workspaceMeant } from './open-workspace.ts';

/** The longest the carrier is waited for before the tick ends; whoever looks next asks it again. */
const ANSWER_MAX_MS = 30 * SECOND_MS;
const LOOK_MS = 50;
/** Jobs that are due and may not begin yet, by the pace or by a rule, are counted up to here. */
const HELD_MAX = 10_000;

/**
 * One tick of what calls by itself, from outside (row A4). The same transaction and the same unique index keep
 * a running Parley and this tick apart: whoever comes second finds the job taken, or the number held.
 */
export const processCalls: Command = {
  name: 'process-calls',
  usage: '[--workspace W] [--data DIR]',
  about: 'plans the day and begins every call that is due, once; safe beside a running Parley',
  options: [WORKSPACE_OPTION, DATA_OPTION, JSON_OPTION],
  async run(asked, surroundings) {
    const workspace = workspaceMeant(asked, surroundings);
    if (!workspace.ok) return workspace;
    const clock = clockOf(workspace.value, surroundings);
    const opened = openStore(workspace.value.file, { now: () => clock.now() });
    if (!opened.ok) return refused(opened.error.sentence);
    try {
      const summary = await tick(opened.value, workspace.value, { ...surroundings, clock });
      if (summary.troubles.length > 0) return refused(summary.troubles[0]!);
      const { at, planned, missed, begun, held } = summary;
      return ok({
        json: { workspace: workspace.value.id, at, planned, missed, begun, held },
        lines: [`${begun} begun, ${planned} planned, ${missed} missed, ${held} waiting, at ${at}`],
      });
    } finally {
      closeStore(opened.value);
    }
  },
};

async function tick(db: Db, { id, folder }: Workspace, { clock, random }: Surroundings) {
  const file = join(folder, 'simulated-world.db');
  const carrier = simulatedCarrier({ file, clock, seed: id });
  const troubles: string[] = [];
  const log = (line: string, error?: unknown) =>
    troubles.push(`${line}${error instanceof Error ? ` (${error.message})` : ''}`);
  const stopListening = carrier.listen((event) => {
    if (takeIn(db, carrier.name, event, clock)) applyPending(db, clock);
  });
  const jobs = openJobs({ db, carrier, clock, random, law: shippedLaw, log, changed() {} });
  try {
    const now = clock.now();
    const plan = await planDay(db, now, async () => true);
    await jobs.missOverdue(async () => true);
    const before = callsUnderWay(db);
    jobs.run();
    const begun = [...callsUnderWay(db)].filter((each) => !before.has(each)).length;
    await answered(db, jobs, clock);
    jobs.followAll();
    return {
      at: isoText(now),
      planned: plan.planned,
      missed: plan.missed,
      begun,
      held: dueJobs(db, now, HELD_MAX).length,
      troubles,
    };
  } finally {
    await jobs.close();
    stopListening();
    await carrier.close();
  }
}

/** Waits until the carrier has answered every request of this tick: cut off, each would be left in doubt. */
async function answered(db: Db, jobs: ReturnType<typeof openJobs>, clock: Clock): Promise<void> {
  for (let waitedMs = 0; waitedMs < ANSWER_MAX_MS; waitedMs += LOOK_MS) {
    if (!openAttempts(db).some(({ id }) => jobs.isUnderWay(id))) return;
    await sleep(clock, LOOK_MS);
  }
}

function callsUnderWay(db: Db): ReadonlySet<string> {
  return new Set(openAttempts(db).flatMap((each) => (each.agentId === null ? [each.id] : [])));
}

/** Practice has office hours of its own; everybody else goes by the machine. */
function clockOf({ kind, folder }: Workspace, { clock }: Surroundings): Clock {
  return kind === 'practice' ? practiceClock(clock, join(folder, 'clock.json')) : clock;
}
