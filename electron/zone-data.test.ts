import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { instant } from '../shared/lib/instants.ts';
import { withOldClocks } from '../shared/lib/zones/testing-zones.ts';
import {
  BUILT_IN,
  type ZoneTable,
  installZones,
  zoneRelease,
  zonesInUse,
} from '../shared/lib/zones/table.ts';
import { seededRandom } from '../shared/lib/random.ts';
import { simulatedClock } from '../shared/lib/simulated-clock.ts';
import { sessionSecrets } from './host.ts';
import { openHouse } from './house.ts';
import { inFolder } from './store/testing.ts';
import { goByZones } from './store/zones-here.ts';
import { ZONES_FILE, checksumOf, readZones, settleZones } from './zone-data.ts';

const NOW = instant(Date.UTC(2026, 10, 20, 12));

afterEach(() => goByZones(BUILT_IN, NOW));

function fileOf(table: ZoneTable, but: object = {}): string {
  const { version: release, since, clocks, countries } = table;
  return JSON.stringify({
    format: 'parley-zones-1',
    release,
    since,
    clocks,
    countries,
    sha256: checksumOf(table),
    ...but,
  });
}

/** Starts with this file in the data folder. */
function startWith(text: string | null): { release: string; doubt: string | null; said: string[] } {
  const said: string[] = [];
  return inFolder((folder) => {
    if (text !== null) writeFileSync(join(folder, ZONES_FILE), text);
    const doubt = settleZones(folder, NOW, (line) => void said.push(line));
    return { release: zoneRelease(), doubt, said };
  });
}

test('without a file the zone data that came with Parley are used, and nothing is said', () => {
  expect(startWith(null)).toEqual({ release: BUILT_IN.version, doubt: null, said: [] });
});

test('newer zone data in the data folder are used from the next start on', () => {
  expect(startWith(fileOf({ ...BUILT_IN, version: '2026g' }))).toEqual({
    release: '2026g',
    doubt: null,
    said: [],
  });
  for (const version of ['2027a', '2026za'])
    expect(startWith(fileOf({ ...BUILT_IN, version })).release).toBe(version);
});

test('a file of last year does not undo what came with an update of Parley', () => {
  for (const version of ['2025z', '2026a', BUILT_IN.version])
    expect(startWith(fileOf({ ...BUILT_IN, version }))).toMatchObject({
      release: BUILT_IN.version,
      said: [],
    });
});

test('a file that calls itself newer and misses the laws of 2026 is used in doubt only', () => {
  const { release, doubt } = startWith(fileOf(withOldClocks('2026g')));
  expect(release).toBe('2026g');
  expect(doubt).toContain('out of date');
  expect(zonesInUse().doubt).toBe(doubt);
});

const NEWER: ZoneTable = { ...BUILT_IN, version: '2026g' };
const without = (zone: string): ZoneTable => ({ ...NEWER, clocks: NEWER.clocks.replace(` ${zone} `, ' ') });
const firstLine = NEWER.clocks.slice(0, NEWER.clocks.indexOf('\n'));

test.each([
  ['nothing', '', 'not a file of time zone data'],
  ['no JSON', 'zones', 'not a file of time zone data'],
  ['another format', fileOf(NEWER, { format: 'parley-zones-2' }), 'not a file of time zone data'],
  ['a changed line', fileOf(NEWER, { clocks: `${NEWER.clocks} ` }), 'not a file of time zone data'],
  ['no release', fileOf({ ...NEWER, version: 'latest' }), 'not a file of time zone data'],
  ['a missing zone', fileOf(without('America/Toronto')), 'America/Toronto is missing'],
  ['missing years', fileOf({ ...NEWER, since: NEWER.since + 1 }), 'its first years are missing'],
  [
    'a clock that is none',
    fileOf({ ...NEWER, clocks: NEWER.clocks.replace(firstLine, `${firstLine} 1`) }),
    'line 1 is no clock',
  ],
  ['a clock two days off', fileOf({ ...NEWER, clocks: `${NEWER.clocks}\nMars/Base|28x` }), 'is no clock'],
  [
    'a country nowhere',
    fileOf({ ...NEWER, countries: `${NEWER.countries}\nXX Mars/Base` }),
    'countries cannot be read',
  ],
])(
  'a file with %s is refused with a sentence, and the data that came with Parley are used',
  (_, text, why) => {
    const { release, doubt, said } = startWith(text);
    expect([release, doubt]).toEqual([BUILT_IN.version, null]);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(why);
    expect(said[0]).toContain('The time zone data that came with Parley are in use.');
  },
);

test('the script writes a file that Parley reads, and that says what Parley was built with', () => {
  inFolder((folder) => {
    const out = join(folder, ZONES_FILE);
    execFileSync(process.execPath, ['scripts/build-zones.mjs', '--out', out], { timeout: 30_000 });
    expect(readZones(readFileSync(out, 'utf8'))).toEqual({ ok: true, value: { ...BUILT_IN } });
  });
});

test('a house whose zone data are doubted says so to every screen, and hands them the table it goes by', async () =>
  inFolder(async (dataDir) => {
    const table = withOldClocks('2026g');
    writeFileSync(join(dataDir, ZONES_FILE), fileOf(table));
    const clock = simulatedClock(NOW);
    const opened = await openHouse({
      dataDir,
      clock,
      practicePace: clock,
      practiceSpeed: 1,
      random: seededRandom('zones'),
      host: { kind: 'test', version: '0', showDesk() {}, showStanding() {}, notify() {}, loginItem: null },
      secrets: sessionSecrets(),
      log() {},
      push() {},
    });
    if (!opened.ok) throw new Error(opened.error.sentence);
    const hello = await opened.value.answer('app.hello', undefined);
    expect(hello).toMatchObject({
      value: { zones: { release: '2026g', doubt: expect.stringContaining('out of date') as string } },
    });
    expect(await opened.value.answer('app.zoneTable', undefined)).toEqual({ ok: true, value: { ...table } });
    await opened.value.stop();
  }));

test('every thread goes by the same zone data, and asks its canaries itself', async () => {
  const seen = () =>
    new Promise((resolve, reject) => {
      const here = new URL('./store/zones-here.ts', import.meta.url).href;
      const table = new URL('../shared/lib/zones/table.ts', import.meta.url).href;
      const code = `
        const { parentPort } = require('node:worker_threads');
        Promise.all([import(${JSON.stringify(here)}), import(${JSON.stringify(table)})]).then(([{ goByZonesOfMain }, table]) => {
          goByZonesOfMain();
          parentPort.postMessage({ release: table.zoneRelease(), doubt: table.zonesInUse().doubt });
        });`;
      const worker = new Worker(code, { eval: true });
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  expect(await seen()).toEqual({ release: BUILT_IN.version, doubt: null });
  const doubt = goByZones(withOldClocks('2026g'), NOW);
  expect(doubt).not.toBeNull();
  expect(await seen()).toEqual({ release: '2026g', doubt });
  installZones(BUILT_IN, null);
});
