import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineClock } from '../../shared/lib/clock.ts';
import { inFolder } from '../store/testing.ts';
import { givenFiles } from './given-files.ts';

async function* pieces(...texts: string[]) {
  for (const text of texts) yield new TextEncoder().encode(text);
}

test('a file that is sent in pieces is kept whole, and known by an id and its name', () =>
  inFolder(async (folder) => {
    const files = givenFiles(join(folder, 'imports'), machineClock());
    const kept = await files.receive('march.csv', pieces('Name,Pho', 'ne\nAda,1\n'));
    if (!kept.ok) throw new Error(kept.error);
    expect(readFileSync(kept.value.path, 'utf8')).toBe('Name,Phone\nAda,1\n');
    expect(files.byId(kept.value.id)).toMatchObject({ name: 'march.csv', isOurs: true });
    files.forgetPath(kept.value.path);
    expect([existsSync(kept.value.path), files.byId(kept.value.id)]).toEqual([false, null]);
  }));

test('a file that does not arrive whole leaves nothing behind', () =>
  inFolder(async (folder) => {
    const files = givenFiles(join(folder, 'imports'), machineClock());
    const cut = (async function* () {
      yield new Uint8Array(10);
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    })();
    expect(await files.receive('march.csv', cut)).toMatchObject({
      ok: false,
      error: expect.stringContaining('did not arrive whole'),
    });
    expect(readdirSync(join(folder, 'imports'))).toEqual([]);
  }));

test('a folder, and a file of somebody else’s, are never removed by us', () =>
  inFolder((folder) => {
    const files = givenFiles(join(folder, 'imports'), machineClock());
    expect(files.offer(folder)).toMatchObject({ ok: false, error: expect.stringContaining('a folder') });
    const path = join(folder, 'theirs.csv');
    writeFileSync(path, 'Name\n');
    expect(files.offer(path)).toMatchObject({ ok: true, value: { name: 'theirs.csv', isOurs: false } });
    files.forgetPath(path);
    files.sweep(new Set());
    expect(existsSync(path)).toBe(true);
  }));
