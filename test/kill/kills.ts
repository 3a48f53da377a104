import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { setCampaignStatus } from '../../electron/store/campaigns.ts';
import { between, machineRandom, seededRandom } from '../../shared/lib/random.ts';
import { ledgerAddsUp, nothingLeftOpen } from '../sim/laws/after-all.ts';
import { type Breach, ask } from '../sim/laws/breach.ts';
import { LATE_FACTS, eventsAreKeptOnce, sameAsTheCarrier } from '../sim/laws/calls.ts';
import { noContactLost } from '../sim/laws/contacts.ts';
import { askedToStopIsListed, noDraftLost, noOutcomeLost, noPromiseLost } from '../sim/laws/outcomes.ts';
import { noOverlaps, oneRequestPerIntent } from '../sim/laws/requests.ts';
import { noJobLost } from '../sim/laws/schedules.ts';
import { type Seeded, seedWorkspace, withStore } from '../sim/workspace.ts';
import { NOON, STEPS, type Setting, clockOf, journalKept, workspaceOf, worldOf } from './setting.ts';

/* A day in which Parley is killed over and over, beside a carrier in another process that keeps the truth. */

const HERE = import.meta.dirname;
const BUILT = join(HERE, '../../node_modules/.cache/kill');
const PARTS = ['harness', 'second-harness', 'carrier-process'] as const;
type Part = (typeof PARTS)[number];

/** In one piece each: read file by file they would spend most of their short lives on starting. */
export async function buildParts(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: true,
      rolldownOptions: { input: Object.fromEntries(PARTS.map((part) => [part, join(HERE, `${part}.ts`)])) },
      outDir: BUILT,
      minify: false,
      target: 'node24',
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  });
}

export interface Place {
  readonly setting: Setting;
  readonly seeded: Seeded;
  /** The one process that nobody kills. */
  readonly carrier: Child;
  end(): void;
}

/** A workspace with agents' campaigns, some that need no agent, and personal schedules; and its carrier, running. */
export async function newPlace(
  seed: string,
  size: { contacts: number; agents: number; background: boolean; schedules: number },
): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-kill-'));
  const began = { folder, beganAt: Date.now(), speed: 120, people: [], campaignIds: [], seed };
  const bare: Setting = { ...began, dieAt: null, isDusk: false };
  const seeded = seedWorkspace(workspaceOf(bare), seededRandom(seed), NOON, size);
  const { campaignIds } = seeded;
  const setting = { ...bare, people: seeded.people.map(({ id }) => id), campaignIds };
  const carrier = live('carrier-process', setting);
  await carrier.ready;
  return {
    setting,
    seeded,
    carrier,
    end() {
      carrier.process.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface Child {
  readonly process: ChildProcess;
  readonly ready: Promise<unknown>;
  readonly ended: Promise<{ readonly signal: string | null; readonly errors: string }>;
}

export function live(part: Part, setting: Setting): Child {
  const child = spawn(process.execPath, [join(BUILT, `${part}.js`), JSON.stringify(setting)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => void (errors += text.toString()));
  const ended = once(child, 'exit').then(([, signal]) => ({ signal: signal as string | null, errors }));
  return { process: child, ready: Promise.race([once(child.stdout, 'data'), ended]), ended };
}

/** Lives until it is killed. What went wrong, or nothing. */
async function liveFor(part: Part, setting: Setting, ms: number): Promise<string> {
  const child = live(part, setting);
  await child.ready;
  await new Promise((go) => setTimeout(go, ms));
  child.process.kill('SIGKILL');
  const { signal, errors } = await child.ended;
  return signal === 'SIGKILL' ? '' : `${part} ended by itself: ${errors}`;
}

/** Dies at the step it was told to, all by itself; after half a minute it is helped. */
async function liveUntil(setting: Setting): Promise<string> {
  const child = live('harness', setting);
  let isHelped = false;
  const help = setTimeout(() => {
    isHelped = true;
    child.process.kill('SIGKILL');
  }, 30_000);
  const { signal, errors } = await child.ended;
  clearTimeout(help);
  return signal === 'SIGKILL' && !isHelped ? '' : `${setting.dieAt} was never reached: ${errors}`;
}

export interface Killed {
  readonly kills: number;
  readonly secondKills: number;
  readonly calls: number;
  readonly unattended: number;
  readonly complaints: readonly string[];
  readonly breaches: readonly Breach[];
}

/** Kills Parley at every step of a call, then so many times at any moment, and a second process beside it. */
export async function killManyTimes(
  kills: number,
  place: Place,
  tell: (done: number) => void = () => {},
): Promise<Killed> {
  const { setting } = place;
  const random = machineRandom();
  const complaints: string[] = [];
  let done = 0;
  let secondKills = 0;
  const second = async () => {
    secondKills += 1;
    complaints.push(await liveFor('second-harness', setting, between(random, 20, 900)));
  };
  for (const dieAt of STEPS) {
    complaints.push(await liveUntil({ ...setting, dieAt }));
    tell(++done);
  }
  // A busy machine gets less done in each life: then they take a few more, each longer than the last.
  const calls = () => callsIn(setting);
  for (; done < kills || (calls() < 12 && done < kills + 50); tell(++done)) {
    const besides = random.next() < 0.3 ? second() : null;
    const ms = between(random, 20, 450 + 60 * Math.max(0, done - kills));
    complaints.push(await liveFor('harness', setting, ms));
    await besides;
  }
  complaints.push(...(await goHome(place)));
  if (place.carrier.process.exitCode !== null) complaints.push((await place.carrier.ended).errors);
  return {
    kills: done,
    secondKills,
    calls: calls(),
    unattended: unattendedIn(setting),
    complaints: complaints.filter(Boolean),
    breaches: lawsAt(place),
  };
}

async function goHome({ setting, seeded }: Place): Promise<string[]> {
  withStore(workspaceOf(setting), (db) => {
    for (const id of seeded.backgroundIds) setCampaignStatus(db, id, 'completed', NOON);
    db.$client.prepare('UPDATE schedules SET is_active = 0').run();
  });
  const { signal, errors } = await live('harness', { ...setting, isDusk: true }).ended;
  return signal === null && errors === '' ? [] : [`the dusk ended by ${signal}: ${errors}`];
}

/** How many calls the carrier has had. */
export function callsIn(setting: Setting): number {
  return withWorld(setting, (world) => world.requests().filter(({ callRef }) => callRef !== null).length);
}

function unattendedIn(setting: Setting): number {
  return withStore(workspaceOf(setting), (db) => {
    const sql =
      'SELECT count(*) AS n FROM attempts a JOIN calls c ON c.attempt_id = a.id WHERE a.agent_id IS NULL';
    return ask<{ n: number }>(db, sql)[0]!.n;
  });
}

function withWorld<T>(setting: Setting, look: (world: ReturnType<typeof worldOf>) => T): T {
  const world = worldOf(setting);
  const seen = look(world);
  void world.close();
  return seen;
}

/** The same questions as after a simulated day. */
export function lawsAt({ setting, seeded }: Place): Breach[] {
  const journal = journalKept(setting.folder, `journal-${setting.people.join('-')}`);
  return withWorld(setting, (world) =>
    withStore(workspaceOf(setting), (db) => [
      ...oneRequestPerIntent(db, world),
      ...noOverlaps(db, world),
      ...noContactLost(db, seeded.enrolled),
      ...noOutcomeLost(db, journal),
      ...noDraftLost(db, journal),
      ...noPromiseLost(db),
      ...askedToStopIsListed(db),
      ...eventsAreKeptOnce(db),
      ...sameAsTheCarrier(db, world, LATE_FACTS),
      ...noJobLost(db, clockOf(setting).now()),
      ...ledgerAddsUp(db),
      ...nothingLeftOpen(db),
    ]),
  );
}

/** No number was rung twice at once, whoever did it. */
export function overlapsAt({ setting }: Place): Breach[] {
  return withWorld(setting, (world) =>
    withStore(workspaceOf(setting), (db) => [
      ...oneRequestPerIntent(db, world),
      ...noOverlaps(db, world).filter(({ law }) => law === 'one call per number'),
    ]),
  );
}
