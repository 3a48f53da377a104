import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedLaw } from '../../shared/domain/law/book.ts';
import { machineClock } from '../../shared/lib/clock.ts';
import { instant } from '../../shared/lib/instants.ts';
import { machineRandom } from '../../shared/lib/random.ts';
import { BUILT_IN } from '../../shared/lib/zones/table.ts';
import { PRACTICE_HOME } from '../practice.ts';
import { addAgent } from '../store/agents.ts';
import { addOverride } from '../store/law-overrides.ts';
import { closeStore, openStore } from '../store/open.ts';
import { inFolder } from '../store/testing.ts';
import { goByZones } from '../store/zones-here.ts';
import { CLOSURES_FILE } from '../workspace-law.ts';
import { type Workspace, createWorkspace, rememberWorkspace } from '../workspaces.ts';
import { parley } from './parley.ts';

/* Every door of a workspace obeys the same law: the command line reads what its kernel reads. */

const NOW = instant(Date.UTC(2026, 10, 20, 14, 30));

interface Told {
  readonly verdict: { readonly kind: string; readonly sentence: string };
  readonly rules: readonly { readonly rule: string; readonly law: readonly { readonly id: string }[] }[];
  readonly zoneData: { readonly release: string; readonly doubt: string | null };
}

async function ask(dataDir: string, ...args: string[]): Promise<Told> {
  const surroundings = {
    clock: machineClock(),
    random: machineRandom(),
    env: { PARLEY_DATA: dataDir },
    platform: process.platform,
  };
  const { code, lines } = await parley(['can-i-call', ...args, '--json'], surroundings);
  expect([code, lines.length]).toEqual([0, 1]);
  return JSON.parse(lines[0]!) as Told;
}

function aWorkspace(
  dataDir: string,
  kind: Workspace['kind'],
  work: (workspace: Workspace, open: () => ReturnType<typeof openStore>) => void,
) {
  const workspace = createWorkspace(dataDir, { name: 'Office', kind, home: PRACTICE_HOME }, 'main');
  rememberWorkspace(dataDir, workspace);
  work(workspace, () => openStore(workspace.file, { now: () => NOW }));
}

const INDIANA = ['+13175550100', '--at', '2026-11-20T08:30:00-05:00'];

test('can-i-call knows the closed days of the workspace that was open last', () =>
  inFolder(async (dataDir) => {
    const louisiana = ['+15045550100', '--at', '2026-11-20T12:00:00-06:00'];
    expect((await ask(dataDir, ...louisiana)).verdict.kind).toBe('ring');
    aWorkspace(dataDir, 'practice', ({ folder }) => {
      const closure = {
        id: 'storm',
        jurisdiction: 'US-LA',
        from: '2026-11-19',
        until: null,
        citation: 'Proclamation',
        note: null,
      };
      writeFileSync(join(folder, CLOSURES_FILE), JSON.stringify([closure]));
    });
    const told = await ask(dataDir, ...louisiana);
    expect(told.verdict).toMatchObject({
      kind: 'wait',
      sentence: expect.stringContaining('forbidden') as string,
    });
    expect(told.rules.flatMap(({ law }) => law.map(({ id }) => id))).toContain('storm');
  }));

test('can-i-call goes by the rules that somebody has taken out in that workspace', () =>
  inFolder(async (dataDir) => {
    expect((await ask(dataDir, ...INDIANA)).verdict.kind).toBe('wait');
    aWorkspace(dataDir, 'practice', (_, open) => {
      const opened = open();
      if (!opened.ok) throw new Error(opened.error.sentence);
      const ada = addAgent(opened.value, { name: 'Ada', role: 'supervisor', createdAt: NOW });
      const override = { rule: 'us-in-hours', by: 'Ada', reason: 'counsel, 3 March', at: NOW };
      expect(addOverride(opened.value, shippedLaw, override, ada.id)).toMatchObject({ ok: true });
      closeStore(opened.value);
    });
    expect((await ask(dataDir, ...INDIANA)).verdict.kind).toBe('ring');
    expect((await ask(dataDir, ...INDIANA, '--workspace', 'main')).verdict.kind).toBe('ring');
  }));

test('can-i-call asks for the registers of a live workspace, and no practice is compared with any', () =>
  inFolder(async (dataDir) => {
    const newYork = ['+12125550100', '--at', '2026-11-20T12:00:00-05:00'];
    expect((await ask(dataDir, ...newYork)).verdict.kind).toBe('ring');
    aWorkspace(dataDir, 'live', (_, open) => {
      const opened = open();
      if (opened.ok) closeStore(opened.value);
    });
    expect((await ask(dataDir, ...newYork)).verdict).toMatchObject({
      kind: 'wait',
      sentence: expect.stringContaining('National Do Not Call Registry') as string,
    });
    expect((await ask(dataDir, ...newYork, '--mode', 'manual')).verdict.kind).toBe('ring');
  }));

test('can-i-call says which zone data it went by', () =>
  inFolder(async (dataDir) => {
    const told = await ask(dataDir, ...INDIANA);
    expect(told.zoneData).toEqual({ release: BUILT_IN.version, doubt: null });
    goByZones(BUILT_IN, NOW);
  }));
