import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { usualRules } from '../../shared/domain/campaign.ts';
import { STANDARD_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { type Clock, machineClock, sleep } from '../../shared/lib/clock.ts';
import { type Instant, instant } from '../../shared/lib/instants.ts';
import { machineRandom } from '../../shared/lib/random.ts';
import { simulatedCarrier } from '../carriers/simulator/simulator.ts';
import { pauseCalling, resumeCalling } from '../dialer/pause-all.ts';
import { createKernel } from '../kernel.ts';
import { PRACTICE_HOME } from '../practice.ts';
import { practiceClock } from '../practice-clock.ts';
import { giveConsent } from '../store/consents.ts';
import { addDispositions } from '../store/dispositions.ts';
import { type Db, closeStore, openStore } from '../store/open.ts';
import { setSetting } from '../store/settings.ts';
import { aCampaign, aContact, anEnrolment } from '../store/testing.ts';
import { type Workspace, createWorkspace } from '../workspaces.ts';
import { parley } from './parley.ts';

/* The tick from outside, alone and beside a running Parley. Everything here is on the machine's clock. */

let dataDir: string;
let workspace: Workspace;
let clock: Clock;
let now: Instant;
let db: Db;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-tick-'));
  const card = { name: 'Practice', kind: 'practice', home: PRACTICE_HOME } as const;
  workspace = createWorkspace(dataDir, card, 'practice');
  clock = practiceClock(machineClock(), join(workspace.folder, 'clock.json'));
  now = clock.now();
  const opened = openStore(workspace.file, { now: () => now });
  if (!opened.ok) throw new Error(opened.error.sentence);
  db = opened.value;
  addDispositions(db, null, STANDARD_DISPOSITIONS);
});

afterEach(() => {
  closeStore(db);
  rmSync(dataDir, { recursive: true, force: true });
});

interface Tick {
  readonly begun: number;
  readonly paused: { readonly by: string } | null;
}

async function tick(): Promise<Tick> {
  const said = await run();
  expect(said.code).toBe(0);
  return JSON.parse(said.lines.join('\n')) as Tick;
}

function run(...args: string[]) {
  const env = { ...process.env, PARLEY_DATA: dataDir };
  const asked = ['process-calls', ...(args.length === 0 ? ['--json'] : args)];
  return parley(asked, { clock: machineClock(), random: machineRandom(), env, platform: process.platform });
}

/** A campaign that needs no agent. `ends` say what happens at each number. */
function aList(ends: readonly string[]): void {
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 24 * 60 }));
  const rules = { ...usualRules('America/New_York'), windows: always, voice: 'ai' as const };
  const campaignId = aCampaign(db, { rules });
  const areas = ['212', '718', '917', '646', '347', '516', '914', '585'];
  for (const [nth, end] of ends.entries()) {
    const e164 = `+1${areas[nth]}55501${end}` as E164;
    const numbers = [{ e164, kind: 'mobile' as const, zones: ['America/New_York'], isStarred: true }];
    const contactId = aContact(db, { name: `Contact ${nth}`, numbers });
    giveConsent(db, {
      contactId,
      kind: 'ai-voice',
      basis: 'in writing',
      source: 'form',
      givenAt: instant(0),
    });
    anEnrolment(db, { campaignId, contactId, dueAt: instant(0) });
  }
}

/** Every number that the world was asked to ring, as often as it was. */
function rung(): string[] {
  const world = new Database(join(workspace.folder, 'simulated-world.db'), { readonly: true });
  try {
    const rows = world.prepare<[], { to_number: string }>('SELECT to_number FROM requests').all();
    return rows.map(({ to_number: to }) => to);
  } finally {
    world.close();
  }
}

test('the summary counts what the tick began, calls that were refused at once among them', async () => {
  aList(['30', '21', '20']);
  expect(await tick()).toMatchObject({ begun: 3, paused: null });
  expect(rung()).toHaveLength(3);
  expect(await tick()).toMatchObject({ begun: 0 });
});

test('while all calling is paused it begins nothing and says who paused it', async () => {
  aList(['21']);
  pauseCalling(db, { id: null, name: 'Ann' }, now);
  expect(await tick()).toMatchObject({ begun: 0, paused: { by: 'Ann' } });
  expect((await run('--data', dataDir)).lines[0]).toMatch(/^All calling was paused by Ann\./);
  resumeCalling(db, { id: null, name: 'Ann' }, now);
  expect(await tick()).toMatchObject({ begun: 1, paused: null });
});

test('beside a running Parley nobody is rung twice, and what that one began is not counted', async () => {
  aList(['21', '21', '21', '21', '21', '21', '21', '21']);
  const made = createKernel({
    kind: 'practice',
    file: workspace.file,
    clock,
    random: machineRandom(),
    carrier: simulatedCarrier({
      file: join(workspace.folder, 'simulated-world.db'),
      clock,
      seed: 'practice',
    }),
    home: PRACTICE_HOME,
    tell: () => {},
    deskChanged: () => {},
    log: (line, error) => expect.unreachable(`${line} ${String(error)}`),
  });
  if (!made.ok) throw new Error(made.error.sentence);
  const ticks = await Promise.all([tick(), tick()]);
  await sleep(machineClock(), 1_000);
  await made.value.stop();
  const numbers = rung();
  expect(new Set(numbers).size).toBe(numbers.length);
  const begun = ticks.reduce((sum, each) => sum + each.begun, 0);
  expect(begun).toBeLessThanOrEqual(numbers.length);
  // Five lines for all of them together.
  expect(numbers.length).toBe(5);
});

test('where calls go through real carriers the tick does nothing: the simulator would make up what people said', async () => {
  setSetting(db, 'workspace', 'carriers', { order: ['twilio'], values: {}, numbers: {} });
  aList(['00']);
  const said = await run();
  expect(said.code).not.toBe(0);
  expect(said.lines.join(' ')).toContain('only Parley itself can read');
});
