import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { machineClock } from '../../shared/lib/clock.ts';
import { machineRandom } from '../../shared/lib/random.ts';
import { PRACTICE_HOME, fillPractice } from '../practice.ts';
import { practiceClock } from '../practice-clock.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import { listsOf } from '../store/lists.ts';
import { type Db, closeStore, openStore } from '../store/open.ts';
import { createWorkspace } from '../workspaces.ts';
import { parley } from './parley.ts';

let dataDir: string;
let db: Db;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-cli-import-'));
  const card = { name: 'Practice', kind: 'practice', home: PRACTICE_HOME } as const;
  const workspace = createWorkspace(dataDir, card, 'practice');
  const now = practiceClock(machineClock(), join(workspace.folder, 'clock.json')).now();
  const opened = openStore(workspace.file, { now: () => now });
  if (!opened.ok) throw new Error(opened.error.sentence);
  db = opened.value;
  fillPractice(db, now);
});

afterAll(() => {
  closeStore(db);
  rmSync(dataDir, { recursive: true, force: true });
});

function run(...args: string[]) {
  const env = { ...process.env, PARLEY_DATA: dataDir };
  const { platform } = process;
  return parley(['import', ...args], { clock: machineClock(), random: machineRandom(), env, platform });
}

function aFile(text: string, name = 'march.csv'): string {
  const path = join(dataDir, name);
  writeFileSync(path, text);
  return path;
}

const PEOPLE = 'Who,Reach,Since\nAda,347-555-0161,3/4/2026\nBo,347-555-0162,\nCy,12,\n';

test('a dry run says what would become of every row, and leaves nothing', async () => {
  const said = await run(
    aFile(PEOPLE),
    '--list',
    'March',
    '--map',
    'Who=name',
    '--map',
    'reach=phone:mobile',
    '--dry-run',
  );
  expect(said).toMatchObject({ code: 0 });
  expect(said.lines[0]).toBe('2 of 3 rows of march.csv would go into March. Nothing was imported.');
  expect(said.lines.join('\n')).toContain('1  bad-number: too-short');
  expect(listsOf(db)).toHaveLength(1);
});

test('a list goes in and into a campaign, told for programs', async () => {
  const before = enrolmentCounts(db, 1).open;
  const file = aFile(PEOPLE);
  const said = await run(
    file,
    '--list',
    'March',
    '--map',
    'Who=name',
    '--map',
    'Reach=phone',
    '--map',
    'Since=custom:date',
    '--campaign',
    'practice',
    '--json',
  );
  expect(said.code).toBe(0);
  expect(JSON.parse(said.lines.join('\n'))).toMatchObject({ list: 'March', rows: 3, going: 2, added: 2 });
  expect(listsOf(db)).toMatchObject([{}, { name: 'March', contacts: 2 }]);
  expect(enrolmentCounts(db, 1).open).toBe(before + 2);
  const again = await run(file, '--list', 'Again');
  expect(again).toMatchObject({ code: 1 });
  expect(again.lines[0]).toContain('No row of march.csv can go in: 2 already-here (number)');
});

test.each([
  [[], 'Say which file'],
  [['nowhere.csv'], 'There is no file'],
  [['FILE', '--map', 'Nobody=name'], 'There are: Who, Reach, Since'],
  [['FILE', '--map', 'Who=shoe size'], 'is no field'],
  [['FILE', '--campaign', 'Nope'], 'There is no campaign'],
  [['FILE', '--here', 'maybe'], '--here takes one of'],
  [['FILE', '--country', 'Mars'], 'two letters'],
  [['FILE', '--map', 'Reach=ignore'], 'No column is a phone number'],
])('what is wrong on the line is one sentence and code 1: %j', async (args, words) => {
  const file = aFile(PEOPLE, 'wrong.csv');
  const said = await run(...args.map((each) => (each === 'FILE' ? file : each)));
  expect([said.code, said.lines[0]]).toEqual([1, expect.stringContaining(words)]);
});
