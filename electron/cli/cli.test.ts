import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { E164 } from '../../shared/domain/phone.ts';
import { machineClock } from '../../shared/lib/clock.ts';
import { HOUR_MS, SECOND_MS, after, instant } from '../../shared/lib/instants.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import { fillPractice, PRACTICE_HOME } from '../practice.ts';
import { machineRandom } from '../../shared/lib/random.ts';
import { parley as answer } from './parley.ts';
import { practiceClock } from '../practice-clock.ts';
import { giveConsent } from '../store/consents.ts';
import { addContact, numbersOf } from '../store/contacts.ts';
import { type Db, closeStore, openStore } from '../store/open.ts';
import { planJob } from '../store/schedule-jobs.ts';
import { addSchedule } from '../store/schedules.ts';
import { createWorkspace } from '../workspaces.ts';

/* The command line as a person or a shell script has it: a process with its arguments, words and exit code. */

let dataDir: string;
let db: Db;
let now: ReturnType<typeof instant>;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-cli-'));
  const card = { name: 'Practice', kind: 'practice', home: PRACTICE_HOME } as const;
  const workspace = createWorkspace(dataDir, card, 'practice');
  now = practiceClock(machineClock(), join(workspace.folder, 'clock.json')).now();
  const opened = openStore(workspace.file, { now: () => now });
  if (!opened.ok) throw new Error(opened.error.sentence);
  db = opened.value;
  fillPractice(db, now);
});

afterAll(() => {
  closeStore(db);
  rmSync(dataDir, { recursive: true, force: true });
});

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** In this process: the words and the code are the same, and no Node has to start for each of them. */
async function parley(...args: string[]): Promise<Said> {
  const env = { ...process.env, PARLEY_DATA: dataDir };
  const { platform } = process;
  const said = await answer(args, { clock: machineClock(), random: machineRandom(), env, platform });
  const text = `${said.lines.join('\n')}\n`;
  return said.code === 0 ? { code: 0, out: text, err: '' } : { code: 1, out: '', err: text };
}

/** As a shell starts it. */
function spawned(...args: string[]): Promise<Said> {
  const file = join(import.meta.dirname, '..', 'cli.ts');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { env: { ...process.env, PARLEY_DATA: dataDir } });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

async function json<T>(...args: string[]): Promise<T> {
  return parsed(await parley(...args, '--json'));
}

function parsed<T>({ code, out, err }: Said): T {
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as T;
}

test('the help names every command, and each tells its options', async () => {
  const { code, out } = await parley('--help');
  expect(code).toBe(0);
  for (const name of ['can-i-call', 'when', 'explain', 'rehearse', 'process-calls']) {
    expect(out).toContain(`  ${name} `);
    expect((await parley(name, '--help')).out).toContain('--json');
  }
});

test('a shell gets the words on the one output, a sentence on the other, and the exit code', async () => {
  const { code, out, err } = await spawned(
    'when',
    '--cadence',
    'daily',
    '--time',
    '9:00',
    '--zone',
    'Mars/Olympus',
  );
  expect([code, out]).toEqual([1, '']);
  expect(err).toBe('There is no time zone “Mars/Olympus”. Write a place, such as America/New_York.\n');
  expect((await spawned('--help')).code).toBe(0);
});

test('what cannot be understood is one plain sentence and exit code 1', async () => {
  const tries: [string[], string][] = [
    [['dial'], '“dial” is not something Parley does here. `parley --help` lists what is.'],
    [['can-i-call'], 'Say which number: `parley can-i-call "+1 212 555 0100"`.'],
    [['can-i-call', '12'], '“12” is too short for a phone number.'],
    [['can-i-call', '+12125550100', '--at', 'noon'], '“noon” is not an instant.'],
    [['can-i-call', '+12125550100', '--at', '2026-02-30T10:00:00Z'], 'is not on the calendar or the clock.'],
    [['can-i-call', '+12125550100', '--fast'], '“--fast” is not an option of can-i-call.'],
    [['when', '--cadence', 'daily', '--time', '2:30', '--zone', 'EST'], 'Write America/New_York if'],
    [['when', '--cadence', 'soon', '--time', '2:30', '--zone', 'UTC'], '“soon” is not a day of the week.'],
    [['when', '--cadence', 'daily', '--time', '25:00', '--zone', 'UTC'], '“25:00” is not a time of day.'],
    [
      ['when', '--cadence', 'daily', '--time', '2:30', '--zone', 'UTC', '--count', '-1'],
      '--count must be a whole number',
    ],
    [['explain', '--campaign', 'Nothing'], 'There is no campaign “Nothing”. There are: 1 (Practice).'],
    [['explain', '--campaign', '1', '--contact', 'Nobody'], 'Nobody in this campaign is “Nobody”.'],
    [['explain', '--campaign', '1', '--workspace', 'mine'], 'There is no workspace “mine”'],
    [['rehearse', '--campaign', '1'], 'Say how many agents: --agents takes a number such as 4.'],
    [['rehearse', '--campaign', '1', '--agents', '0'], '--agents must be a whole number from 1 to 200'],
    [['rehearse', '--campaign', 'Nothing', '--agents', '1'], 'There is no campaign “Nothing”.'],
    [['process-calls', '--data', join(tmpdir(), 'parley-nothing-here')], 'There is no workspace in'],
  ];
  for (const [args, sentence] of tries) {
    const { code, out, err } = await parley(...args);
    expect([args, code, out]).toEqual([args, 1, '']);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  }
});

interface Told {
  zones: { zone: string }[];
  provenance: { from: string }[];
  verdict: { kind: string };
  rules: { rule: string; passed: boolean; law: { citation: string }[] }[];
  nextAt: string | null;
}

test('can-i-call tells every zone with where it comes from, each rule with its citation, and the next legal instant', async () => {
  // 21:30 in Florida’s east and 20:30 in its west: open in one of the zones is not enough.
  const late = ['can-i-call', '(850) 555-0100', '--state', 'FL', '--at', '2026-11-19T20:30:00-06:00'];
  const told = await json<Told>(...late);
  expect(told.zones.map(({ zone }) => zone)).toEqual(['America/Chicago', 'America/New_York']);
  expect(told.provenance.map(({ from }) => from)).toEqual(['area-code', 'state']);
  expect(told.verdict.kind).toBe('wait');
  const hours = told.rules.find(({ rule }) => rule === 'legal-hours');
  expect(hours).toMatchObject({ passed: false });
  expect(hours?.law.map(({ citation }) => citation)).toContain('Fla. Stat. 501.616(6)(a)');
  expect(told.nextAt).toBe('2026-11-20T14:00:00.000Z');
  const { out } = await parley(...late);
  expect(out).toMatch(/^No\. /);
  const open = await json<Told>('can-i-call', '(850) 555-0100', '--at', '2026-11-19T12:00:00-06:00');
  expect(open.verdict.kind).toBe('ring');
});

test('when tells the planned instants, with what a gap and a doubled hour do to them', async () => {
  const nights = (from: string) =>
    json<{ planned: { date: string; at: string; remark: string | null }[] }>(
      'when',
      '--cadence',
      'daily',
      '--time',
      '01:30',
      '--zone',
      'Europe/London',
      '--from',
      from,
      '--count',
      '2',
    );
  expect((await nights('2026-03-28')).planned).toMatchObject([
    { at: '2026-03-28T01:30:00.000Z', remark: null },
    { date: '2026-03-29', remark: 'gap' },
  ]);
  expect((await nights('2026-10-24')).planned).toMatchObject([
    { at: '2026-10-24T00:30:00.000Z', remark: null },
    { at: '2026-10-25T00:30:00.000Z', remark: 'twice' },
  ]);
});

test('explain counts everybody once by reason, and tells one contact in full', async () => {
  const all = await json<{ total: number; mayBeRung: number; reasons: { count: number }[] }>(
    'explain',
    '--campaign',
    'practice',
    '--at',
    new Date(now).toISOString(),
  );
  expect(all.total).toBe(25);
  expect(all.mayBeRung + all.reasons.reduce((sum, { count }) => sum + count, 0)).toBe(25);
  const one = await json<{ name: string; findings: { rule: string; passed: boolean }[] }>(
    'explain',
    '--campaign',
    '1',
    '--contact',
    'maria lopez',
  );
  expect(one.name).toBe('Maria Lopez');
  expect(one.findings.map(({ rule }) => rule)).toContain('legal-hours');
});

/** Somebody whose call is due this very second. */
function aDueJob(): void {
  const contactId = addContact(db, {
    listId: null,
    name: 'Hana Sato',
    company: '',
    title: '',
    place: '',
    email: '',
    fields: {},
    createdAt: now,
    numbers: [{ e164: '+12125550102' as E164, kind: 'mobile', zones: [], isStarred: true }],
  });
  giveConsent(db, { contactId, kind: 'ai-voice', basis: 'in writing', source: 'form', givenAt: now });
  const zone = 'America/New_York';
  const { date, minute } = localTime(now, zone);
  const wish = { numberId: numbersOf(db, contactId)[0]!.id, zone, minute, voice: '', isActive: true };
  const { id } = addSchedule(db, contactId, { ...wish, cadence: { kind: 'daily' } }, after(now, -HOUR_MS));
  const plannedAt = after(now, -SECOND_MS);
  planJob(db, { scheduleId: id, contactId, localDate: date, plannedAt, note: null, missed: null }, plannedAt);
}

test('process-calls begins what is due, once, however many of them run at a time', async () => {
  aDueJob();
  const ticks = await Promise.all(Array.from({ length: 3 }, () => spawned('process-calls', '--json')));
  const begun = ticks.map((said) => parsed<{ begun: number }>(said).begun);
  expect(begun.toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
  const rows = db.$client.prepare("SELECT state FROM attempts WHERE to_e164 = '+12125550102'").all();
  expect(rows).toHaveLength(1);
  expect(await json('process-calls')).toMatchObject({ workspace: 'practice', begun: 0 });
});

interface Rehearsed {
  dials: number;
  contacts: number;
  sentences: string[];
  log: string[];
  logHash: string;
}

test('rehearse gives the same seed the same day, and leaves the workspace as it was', async () => {
  const asked = ['rehearse', '--campaign', 'Practice', '--agents', '2', '--hours', '2', '--seed', 'x'];
  // Tomorrow, ten or eleven in the morning in New York: everybody is due, and most of the country is awake.
  const at = ['--at', `${new Date(after(now, 24 * HOUR_MS)).toISOString().slice(0, 10)}T15:00:00Z`];
  const rows = () => db.$client.prepare('SELECT count(*) AS n FROM attempts').get();
  const before = rows();
  const [first, again] = [await json<Rehearsed>(...asked, ...at), await json<Rehearsed>(...asked, ...at)];
  expect(first.dials).toBeGreaterThan(5);
  expect(again).toEqual(first);
  expect(rows()).toEqual(before);
  const { out } = await parley(...asked, ...at);
  expect(out).toContain('Practice, rehearsed. Nobody was rung.');
  expect(out).toContain(first.logHash);
});
