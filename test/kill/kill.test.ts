import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { machineRandom, between, seededRandom } from '../../shared/lib/random.ts';
import { withStore } from '../sim/day.ts';
import {
  LATE_FACTS,
  askedToStopIsListed,
  ledgerAddsUp,
  noContactLost,
  noDraftLost,
  noOutcomeLost,
  noOverlaps,
  noPromiseLost,
  nothingLeftOpen,
  oneRequestPerIntent,
  sameAsTheCarrier,
} from '../sim/laws.ts';
import { seedWorkspace } from '../sim/workspace.ts';
import { NOON, STEPS, type Setting, journalKept, workspaceOf, worldOf } from './setting.ts';

const BUILT = join(import.meta.dirname, '../../node_modules/.cache/kill');
const HARNESS = join(BUILT, 'harness.js');
const folders: string[] = [];

/** In one piece: read file by file it would spend most of its short lives on starting. */
beforeAll(() =>
  build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: join(import.meta.dirname, 'harness.ts'), outDir: BUILT, minify: false, target: 'node24' },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  }),
);

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function newSetting(seed: string, size: { contacts: number; agents: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-kill-'));
  folders.push(folder);
  const setting: Setting = {
    folder,
    beganAt: Date.now(),
    speed: 120,
    people: [],
    campaignIds: [],
    seed,
    dieAt: null,
    isDusk: false,
  };
  const { people, campaignIds } = seedWorkspace(workspaceOf(setting), seededRandom(seed), NOON, size);
  const enrolled = withStore(
    workspaceOf(setting),
    (db) => (db.$client.prepare('SELECT count(*) AS n FROM enrolments').get() as { n: number }).n,
  );
  return { setting: { ...setting, people: people.map((each) => each.id), campaignIds }, enrolled };
}

interface Child {
  readonly process: ChildProcess;
  readonly ready: Promise<unknown>;
  readonly ended: Promise<{ signal: string | null; errors: string }>;
}

function live(setting: Setting): Child {
  const child = spawn(process.execPath, [HARNESS, JSON.stringify(setting)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => void (errors += text.toString()));
  const ended = once(child, 'exit').then(([, signal]) => ({ signal: signal as string | null, errors }));
  return { process: child, ready: Promise.race([once(child.stdout, 'data'), ended]), ended };
}

async function liveFor(setting: Setting, ms: number): Promise<string> {
  const child = live(setting);
  await child.ready;
  await new Promise((go) => setTimeout(go, ms));
  child.process.kill('SIGKILL');
  const { signal, errors } = await child.ended;
  return signal === 'SIGKILL' ? '' : `it ended by itself: ${errors}`;
}

/** Dies at the step it was told to, all by itself; after some seconds it is helped. */
async function liveUntil(setting: Setting): Promise<string> {
  const child = live(setting);
  let isHelped = false;
  const help = setTimeout(() => {
    isHelped = true;
    child.process.kill('SIGKILL');
  }, 8_000);
  const { signal, errors } = await child.ended;
  clearTimeout(help);
  return signal === 'SIGKILL' && !isHelped ? '' : `${setting.dieAt} was never reached: ${errors}`;
}

function lawsAt(setting: Setting, enrolled: number): string[] {
  const world = worldOf(setting);
  const journal = journalKept(setting.folder, `journal-${setting.people.join('-')}`);
  return withStore(workspaceOf(setting), (db) => [
    ...oneRequestPerIntent(db, world),
    ...noOverlaps(db, world),
    ...noContactLost(db, enrolled),
    ...noOutcomeLost(db, journal),
    ...noDraftLost(db, journal),
    ...noPromiseLost(db),
    ...askedToStopIsListed(db),
    ...sameAsTheCarrier(db, world, LATE_FACTS),
    ...ledgerAddsUp(db),
    ...nothingLeftOpen(db),
  ]);
}

test('a kernel killed thirty times and at every step of a call breaks no law', async () => {
  const { setting, enrolled } = newSetting('kills', { contacts: 400, agents: 3 });
  const random = machineRandom();
  const complaints: string[] = [];
  for (const dieAt of STEPS) complaints.push(await liveUntil({ ...setting, dieAt }));
  // A busy machine gets less done in each of its lives: then it takes a few more of them, each longer than the last.
  const isEnough = () => worldOf(setting).requests().length > 12;
  for (let nth = 0; nth < 24 || (nth < 80 && !isEnough()); nth++)
    complaints.push(await liveFor(setting, between(random, 20, 450 + 60 * Math.max(0, nth - 24))));
  const dusk = await live({ ...setting, isDusk: true }).ended;
  expect(complaints.filter(Boolean)).toEqual([]);
  expect(dusk).toEqual({ signal: null, errors: '' });
  expect(lawsAt(setting, enrolled)).toEqual([]);
  expect(isEnough()).toBe(true);
}, 120_000);

test('two kernels at work in one workspace never ring a number at the same time', async () => {
  const { setting } = newSetting('two', { contacts: 12, agents: 4 });
  const [one, two, three, four] = setting.people as [number, number, number, number];
  const both = [live({ ...setting, people: [one, two] }), live({ ...setting, people: [three, four] })];
  await Promise.all(both.map((each) => each.ready));
  await new Promise((go) => setTimeout(go, 5_000));
  for (const each of both) each.process.kill('SIGKILL');
  const ends = await Promise.all(both.map((each) => each.ended));
  expect(ends.map((each) => each.signal)).toEqual(['SIGKILL', 'SIGKILL']);
  const world = worldOf(setting);
  const found = withStore(workspaceOf(setting), (db) => [
    ...oneRequestPerIntent(db, world),
    ...noOverlaps(db, world).filter((each) => each.startsWith('to ')),
  ]);
  expect(found).toEqual([]);
  expect(world.requests().filter((each) => each.callRef !== null).length).toBeGreaterThan(5);
}, 60_000);
