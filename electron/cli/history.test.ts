import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineClock } from '../../shared/lib/clock.ts';
import { machineRandom } from '../../shared/lib/random.ts';
import { fakeCarrier } from '../carriers/testing-server.ts';
import { callByRef } from '../store/calls.ts';
import { closeStore, openStore } from '../store/open.ts';
import { keepCarriers } from '../workspace-carriers.ts';
import { createWorkspace } from '../workspaces.ts';
import { parley } from './parley.ts';

test('old calls come in from a shell, with the key of its own, and are brought up to date the next time', async () => {
  const calls = ['old-1', 'old-2'].map((id) => ({
    id,
    status: 'ended',
    endedReason: 'customer-busy',
    createdAt: '2024-03-01T17:00:00Z',
    endedAt: '2024-03-01T17:01:00Z',
    customer: { number: '+12125550101' },
  }));
  const vapi = await fakeCarrier(() => ({ json: calls }));
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-cli-history-'));
  const home = { country: 'US', zone: 'America/New_York' };
  const { file } = createWorkspace(dataDir, { name: 'Acme', kind: 'live', home }, 'acme');
  const opened = openStore(file, { now: () => machineClock().now() });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const db = opened.value;
  keepCarriers(db, { order: ['vapi'], values: { vapi: { baseUrl: vapi.url } }, numbers: {} });
  const run = (key: string, ...args: string[]) =>
    parley(['vapi-import', ...args], {
      clock: machineClock(),
      random: machineRandom(),
      env: { ...process.env, PARLEY_DATA: dataDir, VAPI_API_KEY: key },
      platform: process.platform,
    });
  const year = ['--from', '2024-01-01', '--to', '2024-12-31'];
  expect(await run('', ...year)).toMatchObject({ code: 1, lines: [expect.stringContaining('VAPI_API_KEY')] });
  expect(await run('a-private-key', '--from', '2024-02-30')).toMatchObject({ code: 1 });
  expect(await run('a-private-key', '--go-on')).toMatchObject({ code: 1 });
  expect(vapi.seen).toEqual([]);
  expect((await run('a-private-key', ...year)).lines[0]).toContain('2 calls looked at: 2 new');
  expect(vapi.seen[0]!.headers['authorization']).toBe('Bearer a-private-key');
  expect(callByRef(db, 'carriers', 'vapi:old-1')).toMatchObject({ status: 'ended', end: 'busy' });
  expect((await run('a-private-key', ...year)).lines[0]).toContain('0 new, 0 brought up to date');
  closeStore(db);
  await vapi.close();
  rmSync(dataDir, { recursive: true, force: true });
});
