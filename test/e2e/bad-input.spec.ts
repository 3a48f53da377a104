import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startBrowserHost } from './browser-host.ts';
import { beInCall, expectState, note, showMe } from './desk.ts';
import { startDesktop } from './desktop-host.ts';
import { expect, test } from './fixtures.ts';
import { endOf, outputOf } from './processes.ts';
import { practiceRecords } from './records.ts';
import { type Ended, HOSTS, type HostKind } from './running.ts';

// What is found in a data folder is put there by each test.
test.use({ isMovedIn: false });

// What may be wrong with the place Parley is started in: told in plain words, with nothing lost.

const start = { desktop: startDesktop, 'browser host': startBrowserHost };

/** Ended by itself, said one thing a person can read, and showed nobody where in the code it happened. */
function expectPlainly({ code, stdout, stderr }: Ended, kind: HostKind, words: RegExp): void {
  expect(code).toBe(1);
  const said = stderr.split('\n').filter((line) => line !== '' && !isOfElectron(line));
  if (kind === 'desktop') expect(said.shift()).toBe('Parley cannot open');
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(words);
  expect(stdout + stderr).not.toMatch(/^\s+at /m);
}

/** Chromium's own chatter, which is no part of Parley. */
function isOfElectron(line: string): boolean {
  return /^\[|^DevTools listening|^Debugger|^For help, see|dbus|Fontconfig/.test(line);
}

/** The bytes of a workspace's own files, to see that none of them moved. The simulated world keeps its own. */
function bytesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => /^(parley|workspace)/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file).toString('base64')]),
  );
}

/** A practice workspace that was open last, with `database` in the place of its database. */
function putWorkspace(dataDir: string, database: Buffer): string {
  const folder = join(dataDir, 'workspaces/practice');
  mkdirSync(folder, { recursive: true });
  const card = { name: 'Practice', kind: 'practice', home: { country: 'US', zone: 'America/New_York' } };
  writeFileSync(join(folder, 'workspace.json'), JSON.stringify(card));
  writeFileSync(join(dataDir, 'last.json'), JSON.stringify({ last: 'practice' }));
  writeFileSync(join(folder, 'parley.db'), database);
  return folder;
}

function aDatabase(folder: string, sql: string): Buffer {
  const file = join(folder, 'made-up.db');
  const db = new Database(file);
  db.exec(sql);
  db.close();
  const bytes = readFileSync(file);
  rmSync(file);
  return bytes;
}

for (const host of HOSTS) {
  test(`${host}: a folder that cannot be written to is refused in one line`, async ({ dataDir }) => {
    // A file in the way stops root as well, whom permissions do not.
    writeFileSync(join(dataDir, 'in-the-way'), 'a file');
    const place = join(dataDir, 'in-the-way/data');
    const ended = await start[host](place);
    expectPlainly(ended, host, /may not write to its data folder .*Nothing was lost\..*--data/);
    expect(readdirSync(dataDir)).toEqual(['in-the-way']);
  });

  test(`${host}: a damaged database is left as it is, and the backups are named`, async ({ dataDir }) => {
    const folder = putWorkspace(dataDir, Buffer.from('this was a database once. '.repeat(400)));
    const before = bytesOf(folder);
    expectPlainly(await start[host](dataDir), host, /is damaged\. Parley has not touched it.*[Rr]estore/);
    expect(bytesOf(folder)).toEqual(before);
  });

  test(`${host}: a database of a newer Parley is left byte for byte`, async ({ open, dataDir }) => {
    const first = await open(host);
    await showMe(first.page);
    await first.close();
    const { file } = practiceRecords(dataDir);
    const db = new Database(file);
    db.exec(`UPDATE migrations SET version = 9000 WHERE version = (SELECT max(version) FROM migrations)`);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
    db.close();
    const folder = join(dataDir, 'workspaces/practice');
    const before = bytesOf(folder);
    expectPlainly(
      await start[host](dataDir),
      host,
      /newer Parley .*9000.*Nothing was changed\. Update Parley/,
    );
    expect(bytesOf(folder)).toEqual(before);
  });

  test(`${host}: somebody else’s database is not taken over`, async ({ dataDir }) => {
    const database = aDatabase(dataDir, 'CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES (1)');
    const before = bytesOf(putWorkspace(dataDir, database));
    expectPlainly(await start[host](dataDir), host, /not one of Parley’s\. It was left as it was/);
    expect(bytesOf(join(dataDir, 'workspaces/practice'))).toEqual(before);
  });

  test(`${host}: a disk that fills up in mid-call says so, loses nothing, and heals`, async ({
    open,
    dataDir,
  }) => {
    const { page, pid } = await open(host, { speed: 10 });
    await beInCall(page);
    await page.keyboard.press('n');
    await page.keyboard.type('Before the disk was full. ');
    await expect(page.getByText(/^saved /)).toBeVisible();

    // No write of the process may reach beyond one byte: what a full disk does, to this process alone.
    execFileSync('prlimit', [`--pid=${pid}`, '--fsize=1:']);
    await page.keyboard.type('While it was full.');
    await expect(page.getByText('Not saved yet, trying again')).toBeVisible();
    await expect(page.getByRole('contentinfo')).toContainText(/not saved.*safe/i);
    await expectState(page, 'Connected');

    execFileSync('prlimit', [`--pid=${pid}`, '--fsize=unlimited:']);
    await expect(page.getByText(/^saved /)).toBeVisible();
    await expect(note(page)).toHaveValue('Before the disk was full. While it was full.');
    expect(
      practiceRecords(dataDir)
        .drafts()
        .map((draft) => draft.note),
    ).toEqual(['Before the disk was full. While it was full.']);
    expect(practiceRecords(dataDir).requests()).toHaveLength(1);
  });
}

test('browser host: on a disk that is full from the start nothing is begun, and it says why', async ({
  page,
  dataDir,
}) => {
  const serve = join(import.meta.dirname, '../../out/main/serve.js');
  const run = `exec ${process.execPath} ${serve} --no-open --data ${dataDir}`;
  // A small disk of its own, filled to the brim; where we may not mount one, no file may grow beyond nothing.
  const fill = `mount -t tmpfs -o size=16k tmpfs ${dataDir} && cat /dev/zero > ${dataDir}/ballast`;
  const mayMount = spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'true']).status === 0;
  const child = mayMount
    ? spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', `${fill} 2>/dev/null; ${run}`])
    : spawn('sh', ['-c', `ulimit -f 0; ${run}`]);
  const output = outputOf(child);
  const ended = endOf(child);
  await expect.poll(() => output.stdout + output.stderr).toMatch(/\n/);
  const address = /http:\S+ticket=\S+/.exec(output.stdout)?.[0];
  if (address === undefined) {
    await ended;
    expect(output.stderr).toMatch(/^The disk (is full|did not take).* Nothing was lost\..*\n$/);
    return;
  }
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'What brings you here?' })).toBeVisible();
  await page.keyboard.press('3');
  await expect(page.getByRole('alert')).toContainText(/The disk (is full|did not)/);
  child.kill('SIGTERM');
  await ended;
  expect(output.stderr).not.toMatch(/^\s+at /m);
});

test('browser host: a port in use is refused, and another one named', async ({ dataDir }) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const ended = await startBrowserHost(dataDir, { args: ['--port', String(port)] });
  expectPlainly(ended, 'browser host', new RegExp(`Port ${port} is in use.*--port ${port + 1}`));
  other.close();
});

for (const port of ['70000', 'telephone', '-1'])
  test(`browser host: ${port} is no port`, async ({ dataDir }) => {
    const ended = await startBrowserHost(dataDir, { args: [`--port=${port}`] });
    expectPlainly(ended, 'browser host', /port must be a number/);
    expect(existsSync(join(dataDir, 'workspaces'))).toBe(false);
  });

test('browser host: a second one on the same folder is told where the first one is', async ({
  open,
  dataDir,
}) => {
  const { port, page } = await open('browser host');
  await showMe(page);
  const ended = await startBrowserHost(dataDir);
  expectPlainly(ended, 'browser host', new RegExp(`open already .*http://127\\.0\\.0\\.1:${port}`));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Ready when you are' })).toBeVisible();
});

test('a browser host and a window never share a folder', async ({ open, dataDir }) => {
  const desktop = await open('desktop');
  await showMe(desktop.page);
  expectPlainly(await startBrowserHost(dataDir), 'browser host', /open already .*window of its own/);
  await desktop.close();
  await open('browser host');
  expectPlainly(await startDesktop(dataDir), 'desktop', /open already .*http:\/\/127/);
});
