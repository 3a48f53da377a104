import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { USUAL_POLICY } from '../../shared/domain/list-import.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { machineClock } from '../../shared/lib/clock.ts';
import { after } from '../../shared/lib/instants.ts';
import { type StagedRow, openStaging } from '../store/import-staging.ts';
import { closeStore } from '../store/open.ts';
import { NOON, aStore, inFolder } from '../store/testing.ts';
import { checkFile } from './check.ts';
import { csvLine } from './csv-write.ts';
import type { ImportSettings } from './settings.ts';
import { type PreviewWish, previewFile } from './source.ts';

/* Files as they should not be: each is told in a sentence, and nothing of it is imported. */

interface Tried {
  /** The sentence of whichever step refused it; null when every row has a verdict. */
  readonly refusal: string | null;
  readonly rows: readonly StagedRow[];
}

interface How {
  readonly chosen?: PreviewWish;
  /** Happens once, while the file is being read. */
  readonly meanwhile?: (path: string) => void;
  readonly pagesMax?: number;
}

async function tried(
  content: string | Uint8Array,
  { chosen, meanwhile, pagesMax }: How = {},
): Promise<Tried> {
  return inFolder(async (folder) => {
    const path = join(folder, 'list.csv');
    writeFileSync(path, content);
    const seen = previewFile(path, 'US', chosen);
    if (!seen.ok) return { refusal: seen.error, rows: [] };
    const { encoding, dialect, sheet, mapping, signature } = seen.value;
    const settings: ImportSettings = {
      file: path,
      reading: { encoding, dialect, sheet },
      mapping,
      policy: USUAL_POLICY,
      signature,
      checkedMark: 0,
    };
    const db = aStore();
    const staging = openStaging(join(folder, 'staged.db'), pagesMax);
    let isDone = false;
    const tell = () => {
      if (!isDone) meanwhile?.(path);
      isDone = true;
    };
    const found = await checkFile({ db, staging, settings, source: 'list.csv', clock: hasty(), tell });
    const rows = found.ok ? staging.page({}, 0, 100) : [];
    staging.close();
    closeStore(db);
    return { refusal: found.ok ? null : found.error, rows };
  });
}

/** A clock on which so much time passes that every step is worth a word. */
function hasty(): Clock {
  let now = NOON;
  return { now: () => (now = after(now, 200)), after: machineClock().after };
}

const PEOPLE = 'Name,Phone\nAda,212-555-0101\n';
const safe = expect.stringContaining('Nothing was imported');

test.each<[name: string, content: string | Uint8Array, words: string]>([
  ['nothing in it', '', 'This file is empty'],
  ['a header and nothing else', 'Name,Phone\n', 'a header and no rows'],
  ['a program', Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7) % 32), 'not text'],
  ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'a picture'],
  ['half a ZIP file', 'PK\u0003\u0004 and so on', 'a ZIP file or an Excel workbook'],
  ['ten thousand columns', `${'a,'.repeat(9_999)}z\n${'1,'.repeat(9_999)}2\n`, 'has 10000 columns'],
  ['a row that never ends', `Name,Phone\n"${'x'.repeat(1_100_000)}",1\n`, 'longer than a row can be'],
])('%s is told as such, and what is safe', async (_name, content, words) => {
  const { refusal } = await tried(content);
  expect(refusal).toContain(words);
  expect(refusal).toEqual(safe);
});

test('a file of 5 GB is refused by its size, without a look inside', () =>
  inFolder((folder) => {
    const path = join(folder, 'huge.csv');
    writeFileSync(path, PEOPLE);
    truncateSync(path, 5 * 1024 ** 3);
    const startedAt = performance.now();
    expect(previewFile(path, 'US')).toMatchObject({
      ok: false,
      error: expect.stringContaining('larger than 4 GB'),
    });
    expect(performance.now() - startedAt).toBeLessThan(500);
  }));

test('one column of numbers is a list', async () => {
  const { refusal, rows } = await tried('Phone\n212-555-0101\n212-555-0102\n');
  expect([refusal, rows.map(({ verdict }) => verdict)]).toEqual([null, ['ready', 'ready']]);
});

test('an unclosed quote is told by line and byte, and can be read as text', async () => {
  const text = `${PEOPLE}Zoë,"212-555-0102\nBo,212-555-0103\n`;
  const { refusal } = await tried(text);
  expect(refusal).toContain('A quote opens on line 3');
  expect(refusal).toContain('read quotes as text');
  const dialect = { delimiter: ',', hasQuotes: false, hasHeader: true, hasSepLine: false };
  expect((await tried(text, { chosen: { dialect } })).rows).toHaveLength(3);
  // Too far down for a preview, the byte of the file is told, too.
  const far = `Name,Phone\n${'Zoë,212-555-0101\n'.repeat(40_000)}Bo,"212-555-0102\n`;
  const byte = Buffer.byteLength(far.slice(0, far.indexOf('"'))) + 1;
  expect((await tried(far)).refusal).toContain(`on line 40002 (byte ${byte})`);
});

test('NUL bytes and other marks that nobody typed are taken out, and told', async () => {
  const { rows } = await tried(`Name,Phone\nA\u0000da\u0007,212-555-0101\n${'Bo,212-555-0102\n'.repeat(30)}`);
  expect(rows[0]).toMatchObject({ verdict: 'repaired', made: { name: 'Ada' } });
  expect(rows[0]?.why).toContain('cannot be shown');
});

test('a cell of almost a megabyte is kept in the file, and cut in the contact', async () => {
  const { refusal, rows } = await tried(`Name,Phone,Notes\nAda,212-555-0101,"${'x'.repeat(1_000_000)}"\n`);
  expect(refusal).toBeNull();
  const { fields } = rows[0]!.made as { fields: Record<string, string> };
  expect(fields['Notes']).toHaveLength(2_000);
});

test('names from right to left and with pictures are kept as they are', async () => {
  const { rows } = await tried(
    'Name,Phone\nمريم خان,212-555-0101\nMax 😀👩‍👩‍👧,212-555-0102\nשרה,212-555-0103\n',
  );
  expect(rows.map(({ made }) => (made as { name: string }).name)).toEqual([
    'مريم خان',
    'Max 😀👩‍👩‍👧',
    'שרה',
  ]);
});

test('headers that are there twice are told apart, and no field swallows the other', async () => {
  const { rows } = await tried('Name,Phone,Plan,Plan,\nAda,212-555-0101,gold,yearly,x\n');
  expect((rows[0]!.made as { fields: unknown }).fields).toEqual({
    Plan: 'gold',
    'Plan (4)': 'yearly',
    'Column 5': 'x',
  });
});

test('a formula is text to us, and can do nothing in a spreadsheet afterwards', async () => {
  const { rows } = await tried(`Name,Phone\n"=cmd|'/c calc'!A1",212-555-0101\n@SUM(A1),212-555-0102\n`);
  expect(rows.map(({ made }) => (made as { name: string }).name)).toEqual(["=cmd|'/c calc'!A1", '@SUM(A1)']);
  expect(rows.map(({ cells }) => csvLine([cells[0]!])[0])).toEqual(["'", "'"]);
});

test('a file that grows while it is read is not half imported', async () => {
  const { refusal } = await tried(PEOPLE, { meanwhile: (path) => appendFileSync(path, 'Bo,212-555-0102\n') });
  expect(refusal).toContain('was changed while it was being read');
  expect(refusal).toEqual(safe);
});

test('a file that is taken away while it is read is not half imported', async () => {
  const { refusal } = await tried(PEOPLE, { meanwhile: (path) => rmSync(path) });
  expect(refusal).toContain('not there any more');
  expect(refusal).toEqual(safe);
});

test('a disk that fills up on the way imports nothing, and says what is safe', async () => {
  const many = `Name,Phone\n${'Ada,212-555-0101\n'.repeat(20_000)}`;
  const { refusal } = await tried(many, { pagesMax: 40 });
  expect(refusal).toContain('The disk is full');
  expect(refusal).toContain('everything that was here is safe');
});
