import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFolder, folderTrouble } from './claim.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-claim-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a second Parley on the same folder is told where the first one is', () => {
  const first = claimFolder(folder);
  if (!first.ok) throw new Error(first.error);
  const second = claimFolder(folder);
  expect(second).toMatchObject({ ok: false, error: expect.stringContaining('in a window of its own') });
  first.value.announce(4100);
  expect(claimFolder(folder)).toMatchObject({
    ok: false,
    error: expect.stringContaining('http://127.0.0.1:4100'),
  });
  first.value.release();
});

test('a folder that was let go of can be claimed again', () => {
  const first = claimFolder(folder);
  if (first.ok) first.value.release();
  const again = claimFolder(folder);
  expect(again.ok).toBe(true);
  if (again.ok) again.value.release();
});

test('a Parley that was killed holds nothing, whatever its note says', async () => {
  const script = `
    import { claimFolder } from ${JSON.stringify(join(import.meta.dirname, 'claim.ts'))};
    const claim = claimFolder(process.argv[1]);
    claim.value.announce(4100);
    console.log('claimed');
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script, folder]);
  await new Promise((resolve) => other.stdout.once('data', resolve));
  expect(claimFolder(folder).ok).toBe(false);
  const gone = new Promise((resolve) => other.once('exit', resolve));
  other.kill('SIGKILL');
  await gone;
  const claim = claimFolder(folder);
  expect(claim.ok).toBe(true);
  if (claim.ok) claim.value.release();
});

test('a folder that cannot be made is refused in one plain sentence, and nothing appears', () => {
  const blocked = join(folder, 'a-file');
  writeFileSync(blocked, 'not a folder');
  const inside = join(blocked, 'data');
  expect(claimFolder(inside)).toMatchObject({
    ok: false,
    error: expect.stringContaining(`may not write to its data folder ${inside}`),
  });
  expect(folderTrouble(inside)).toContain('Nothing was lost');
  expect(folderTrouble(folder)).toBeNull();
  expect(readdirSync(folder)).toEqual(['a-file']);
});
