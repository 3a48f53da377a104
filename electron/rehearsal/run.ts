import { lawBook } from '../../shared/domain/law/book.ts';
import type { Rehearsal } from '../../shared/contract/rehearsal.ts';
import { HOUR_MS, type Instant, MINUTE_MS, after } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { type SimulatedClock, simulatedClock } from '../../shared/lib/simulated-clock.ts';
import type { SimulatedCarrier } from '../carriers/carrier.ts';
import { simulatedCarrier } from '../carriers/simulator/simulator.ts';
import { type Kernel, createKernel } from '../kernel.ts';
import { keptCampaign } from '../store/campaigns.ts';
import { dispositionsOf } from '../store/dispositions.ts';
import { type Stretch, beginStretch } from '../store/open.ts';
import { openSessions } from '../store/sessions.ts';
import { openLog, watched } from './log.ts';
import type { Progress, RehearsalOrder } from './order.ts';
import { talkOutcomesOf } from './outcome.ts';
import { type Stage, prepareStage } from './prepare.ts';
import { reportOn } from './report.ts';
import { type Robot, robot } from './robot.ts';
import { rehearsalWorld } from './world.ts';

/** Who follows a rehearsal while it runs. */
export interface Audience {
  readonly progress?: (progress: Progress) => void;
  readonly line?: (line: string) => void;
}

/** How often progress is told, in the rehearsal's own time. */
const TELL_MS = 10 * MINUTE_MS;
/** Whoever is in a talk at the end finishes it; no longer than this. */
const OVERTIME_MS = HOUR_MS;
/** The bill of the last call comes within so long. */
const BILL_MS = 5 * MINUTE_MS;

/**
 * Lives the hours of a campaign on a copy of its workspace: the real kernel, the real verdict, a clock that is
 * moved by hand, and a carrier that by its type reaches nobody. Refused with a sentence where it cannot begin,
 * and where it was called off.
 */
export async function runRehearsal(
  order: RehearsalOrder,
  audience: Audience,
  signal: AbortSignal,
): Promise<Result<Rehearsal, string>> {
  const law = lawBook(order.rules, order.closures);
  const stage = await prepareStage(order, law, signal);
  if (!stage.ok) return stage;
  if (signal.aborted) return calledOff;

  const clock = simulatedClock(order.from);
  const { world, ...basis } = rehearsalWorld(stage.value.past, order.isPractice);
  const log = openLog(clock, (line) => audience.line?.(line));
  // Named by its type, so that nothing that could ring a phone is ever handed in here.
  const carrier: SimulatedCarrier = watched(
    simulatedCarrier({ file: ':memory:', clock, seed: order.seed, world, latencyMs: [0, 0] }),
    log.write,
  );
  const robots = new Map<number, Robot>();
  const stumbles: string[] = [];
  const made = createKernel({
    kind: 'practice',
    isThrowaway: true,
    file: stage.value.file,
    clock,
    random: seededRandom(`${order.seed}/kernel`),
    carrier,
    home: order.home,
    law,
    tell() {},
    deskChanged: (agentId) => robots.get(agentId)?.look(),
    log: (line, error) => stumbles.push(`${line} (${String(error)})`),
  });
  if (!made.ok) return refused(made.error.sentence);
  const kernel = made.value;
  const duskAt = after(order.from, order.hours * HOUR_MS);
  for (const each of robotsFor(order, stage.value, kernel, clock, duskAt, log.write))
    robots.set(each.person.id, each);
  for (const each of robots.values()) each.begin();

  const stretch = beginStretch(kernel.db);
  await live(clock, stretch, duskAt, order, audience, signal);
  for (const each of robots.values()) each.look();
  await finish(clock, kernel, duskAt, signal);
  const told = signal.aborted ? calledOff : ok(reportOn(order, stage.value, kernel, basis, log.kept()));
  stretch.end();
  await stopped(kernel, clock);
  if (stretch.failure() !== null) stumbles.push(String(stretch.failure()));
  return stumbles.length > 0
    ? refused(`The rehearsal stumbled, and its figures would be wrong: ${stumbles[0]}`)
    : told;
}

const calledOff = refused('The rehearsal was called off.');

function robotsFor(
  { campaignId, seed }: RehearsalOrder,
  { people, past }: Stage,
  { db, desk }: Kernel,
  clock: SimulatedClock,
  duskAt: Instant,
  write: (line: string) => void,
): Robot[] {
  const campaign = keptCampaign(db, campaignId)!;
  const talks = talkOutcomesOf(past);
  return people.map((person) =>
    robot({
      db,
      desk,
      clock,
      person,
      write,
      talks,
      random: seededRandom(`${seed}/${person.name}`),
      campaign: { id: campaign.id, mode: campaign.mode, wrapUpMs: campaign.rules.wrapUpMs },
      dispositions: dispositionsOf(db, campaign.id),
      isDusk: () => clock.now() >= duskAt,
    }),
  );
}

/**
 * A stretch of time after the other, each in a transaction: the copy is thrown away, so nobody gains from a commit
 * for each event. Whatever fails in it spoils the rehearsal, and is told.
 */
async function live(
  clock: SimulatedClock,
  stretch: Stretch,
  duskAt: Instant,
  { from }: RehearsalOrder,
  { progress }: Audience,
  signal: AbortSignal,
): Promise<void> {
  let tellAt: Instant = from;
  while (!signal.aborted && (await clock.step(duskAt))) {
    const now = clock.now();
    if (now < tellAt) continue;
    tellAt = after(now, TELL_MS);
    stretch.goOn();
    progress?.({ share: (now - from) / (duskAt - from), at: now });
  }
  if (!signal.aborted) await clock.advance(Math.max(0, duskAt - clock.now()));
}

/** Talks that go on are ended, outcomes are filed, the last bill comes in. */
async function finish(
  clock: SimulatedClock,
  { db }: Kernel,
  duskAt: Instant,
  signal: AbortSignal,
): Promise<void> {
  const until = after(duskAt, OVERTIME_MS);
  while (!signal.aborted && openSessions(db).length > 0 && (await clock.step(until)));
  if (!signal.aborted) await clock.advance(BILL_MS);
}

/** The kernel waits on the clock for its last deeds, and nobody else moves it. */
async function stopped(kernel: Kernel, clock: SimulatedClock): Promise<void> {
  const stopping = kernel.stop().then(() => true);
  const goOn = async () => ((await clock.step()) ? false : stopping);
  while (!(await Promise.race([stopping, goOn()])));
}
