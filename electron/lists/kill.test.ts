import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messyList } from '../../test/fixtures/make-messy-list.ts';
import { machineClock } from '../../shared/lib/clock.ts';
import { between, seededRandom } from '../../shared/lib/random.ts';
import { openStaging } from '../store/import-staging.ts';
import { addImport, changeImport, importById, moveImport } from '../store/imports.ts';
import { type Db, closeStore } from '../store/open.ts';
import { NOON, aContact, aStore, inFolder } from '../store/testing.ts';
import { checkFile } from './check.ts';
import { beginCommit, beginUndo } from './commit.ts';
import { USUAL_POLICY } from '../../shared/domain/list-import.ts';
import type { ImportSettings } from './settings.ts';
import { previewFile } from './source.ts';

const ROWS = 12_000;
/** Twenty processes are started, and a busy machine takes seconds for each. */
const LIMIT_MS = 400_000;

interface Counted {
  readonly contacts: number;
  readonly numbers: number;
  readonly told: number;
}

/** Everything an import writes to, counted row by row. */
function counted(db: Db): Counted {
  const one = (sql: string) => db.$client.prepare(sql).pluck().get() as number;
  return {
    contacts: one('SELECT count(*) FROM contacts'),
    numbers: one('SELECT count(*) FROM contact_numbers'),
    told: one("SELECT ifnull(sum(n), 0) FROM tallies WHERE what = 'contact'"),
  };
}

/**
 * The file itself, and that the index of names knows exactly the contacts that it should: all of them, or those
 * that an import has come to. Asked of a connection of its own: one that lay idle while others wrote takes its
 * old picture of the index for damage.
 */
function expectWhole(file: string, isInTheMiddle: boolean): void {
  const db = aStore(file);
  const sqlite = db.$client;
  expect(sqlite.pragma('quick_check(1)', { simple: true })).toBe('ok');
  // With the rank 1 the contacts themselves are compared, which fits only where all of them have been come to.
  const rank = isInTheMiddle ? 0 : 1;
  sqlite.exec(`INSERT INTO contact_search (contact_search, rank) VALUES ('integrity-check', ${rank})`);
  const found = sqlite.prepare("SELECT rowid AS id FROM contact_search WHERE contact_search MATCH 'example'");
  const there = sqlite.prepare(`SELECT c.id FROM contacts c LEFT JOIN imports i ON i.id = c.import_id
    WHERE c.email LIKE '%.example' AND (i.id IS NULL OR c.id <= i.searched_through) ORDER BY c.id`);
  expect(found.all()).toEqual(there.all());
  closeStore(db);
}

/** Runs a step and kills it after so long of it; true when it had come to its end. */
async function ranUntil(killAfterMs: number | null, args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing-step.ts'), ...args]);
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    if (killAfterMs !== null && said.startsWith('ready') && !child.killed) {
      setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    }
  });
  await once(child, 'close');
  return said.includes('done');
}

test(
  'killed at any moment, an import has whole slices and goes on; an undo gives back equal counts',
  { timeout: LIMIT_MS },
  () =>
    inFolder(async (folder) => {
      const file = join(folder, 'parley.db');
      const list = join(folder, 'messy.csv');
      const staged = join(folder, 'imports', '1.db');
      mkdirSync(join(folder, 'imports'));
      writeFileSync(list, [...messyList({ rows: ROWS, doubles: 5 })].join(''));
      const db = aStore(file);
      aContact(db);
      const before = counted(db);

      const seen = previewFile(list, 'US');
      if (!seen.ok) throw new Error(seen.error);
      const { encoding, dialect, mapping, signature } = seen.value;
      // Doubles are kept here, because there are more rows than numbers set aside for fiction.
      const policy = { ...USUAL_POLICY, duplicates: 'keep-both' as const, here: 'keep-both' as const };
      const settings: ImportSettings = {
        file: list,
        reading: { encoding, dialect, sheet: null },
        mapping,
        policy,
        signature,
        checkedMark: 0,
      };
      const staging = openStaging(staged);
      const found = await checkFile({ db, staging, settings, source: 'messy.csv', clock: machineClock() });
      if (!found.ok) throw new Error(found.error);
      const going = staging.groups().reduce((sum, group) => sum + group.going, 0);
      staging.close();
      expect(going).toBeGreaterThan(ROWS / 2);
      const id = addImport(db, { listId: null, fileName: 'messy.csv', settings, createdAt: NOON });
      changeImport(db, id, { settings: { ...settings, checkedMark: found.value.checkedMark } });
      moveImport(db, id, ['checking'], 'checked');

      const random = seededRandom('kill');
      expect(beginCommit(db, id, NOON)).toBe(true);
      let inTheMiddle = 0;
      // A busy machine comes less far in each life: then there are a few more, each longer than the last.
      for (let kill = 0; kill < 12 || (inTheMiddle <= 3 && kill < 40); kill++) {
        const longest = 110 + 40 * Math.max(0, kill - 12);
        const isDone = await ranUntil(between(random, 0, longest), ['commit', file, staged, `${id}`]);
        const { added, state } = importById(db, id)!;
        const now = counted(db);
        expect(now.contacts - before.contacts).toBe(added);
        expect(now.told).toBe(now.contacts);
        expectWhole(file, state === 'committing');
        // A kill may fall on either side of the word that the last slice was the last; all of it is there then.
        if (added < going) expect(state).toBe('committing');
        if (!isDone && added > 0 && added < going) inTheMiddle += 1;
      }
      expect(inTheMiddle).toBeGreaterThan(3);
      await ranUntil(null, ['commit', file, staged, `${id}`]);
      expect(importById(db, id)).toMatchObject({ state: 'committed', added: going });
      expect(counted(db).contacts - before.contacts).toBe(going);

      expect(beginUndo(db, id)).toBe(true);
      for (let kill = 0; kill < 8; kill++) {
        const [step, withinMs]: [string, number] = kill % 2 === 0 ? ['undo-whole', 150] : ['undo', 250];
        const isDone = await ranUntil(between(random, 0, withinMs), [step, file, staged, `${id}`]);
        const now = counted(db);
        expect(now.told).toBe(now.contacts);
        if (isDone || importById(db, id)?.state === 'undone') break;
      }
      if (importById(db, id)?.state === 'undoing') await ranUntil(null, ['undo', file, staged, `${id}`]);
      expect(importById(db, id)).toMatchObject({ state: 'undone', stayed: 0 });
      expect(counted(db)).toEqual(before);
      expectWhole(file, false);
      closeStore(db);
    }),
);
