import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assert } from '../../shared/lib/assert.ts';
import { type Db, closeStore } from '../store/open.ts';
import { putTag, tagNamed } from '../store/tags.ts';
import { NOON, aContact, aNumber, aStore } from '../store/testing.ts';
import { type Exports, XLSX_ROWS_MAX, openExports } from './exports.ts';

/* Files of contacts, written by the real thread from a real database. */

let folder: string;
let db: Db;
let exports: Exports;
const ids: number[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-export-'));
  db = aStore(join(folder, 'parley.db'));
  const phone = (nth: number) =>
    ({ e164: aNumber(nth), kind: 'mobile', zones: [], isStarred: false }) as const;
  ids.push(
    aContact(db, {
      name: '=cmd|calc',
      company: 'Globex, "Inc"',
      fields: { Interest: '+1+1' },
      numbers: [phone(1), phone(2)],
    }),
    aContact(db, { name: 'Zoé Moreau', company: 'line\nbreak', fields: { Age: '41' }, numbers: [] }),
  );
  putTag(db, tagNamed(db, 'vip', NOON), [ids[1]!]);
  exports = openExports(folder, join(folder, 'parley.db'), () => {});
});
afterAll(async () => {
  await exports.close();
  closeStore(db);
  rmSync(folder, { recursive: true, force: true });
});

async function written(all: readonly number[], format: 'csv' | 'xlsx') {
  const begun = exports.begin('contacts', Int32Array.from(all), format, '2026-11-18');
  assert(begun.ok, 'begun');
  while (exports.get(begun.value.id)!.state === 'writing')
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(exports.get(begun.value.id)).toMatchObject({ state: 'ready', trouble: '' });
  return { id: begun.value.id, ...exports.pathOf(begun.value.id)! };
}

test('a CSV holds everybody in order, every field, and nothing that a spreadsheet would run', async () => {
  const { id, path, name } = await written([ids[1]!, ids[0]!, 99_999], 'csv');
  expect(name).toBe('contacts-2026-11-18.csv');
  const text = readFileSync(path, 'utf8');
  expect(text.startsWith('\ufeffName,Company,')).toBe(true);
  expect(text.split('\r\n')[0]!.endsWith('Last outcome,Age,Interest')).toBe(true);
  expect(text).toContain('Zoé Moreau,"line\nbreak"');
  expect(text).toContain('vip');
  expect(text).toContain(`'=cmd|calc,"Globex, ""Inc"""`);
  expect(text).toContain(`${aNumber(1)},${aNumber(2)}`);
  expect(text.indexOf('Zoé')).toBeLessThan(text.indexOf('cmd'));
  // The word for it fetches it once.
  const ticket = exports.ticketFor(id)!;
  expect(exports.redeem('another')).toBeNull();
  expect(exports.redeem(ticket)).toMatchObject({ path });
  expect(exports.redeem(ticket)).toBeNull();
});

test('a workbook holds the same cells, each of them as text', async () => {
  const { path } = await written(ids, 'xlsx');
  const files = unzipSync(readFileSync(path));
  const all = Object.entries(files)
    .map(([, bytes]) => strFromU8(bytes))
    .join('');
  for (const cell of ['=cmd|calc', 'Zoé Moreau', 'Globex, ', '41']) expect(all).toContain(cell);
  expect(all).not.toContain('<f>');
});

test('a workbook of more than fifty thousand is refused in a sentence that says what to do', () => {
  const refused = exports.begin('contacts', new Int32Array(XLSX_ROWS_MAX + 1), 'xlsx', '2026-11-18');
  expect(refused).toMatchObject({ ok: false });
  assert(!refused.ok, 'refused');
  expect(refused.error).toContain('Export them as CSV');
});

test('what was stopped leaves no file', async () => {
  const begun = exports.begin('contacts', Int32Array.from(ids), 'csv', '2026-11-18');
  assert(begun.ok, 'begun');
  exports.stop(begun.value.id);
  expect(exports.get(begun.value.id)?.state).toBe('stopped');
  expect(exports.pathOf(begun.value.id)).toBeNull();
  expect(exports.ticketFor(begun.value.id)).toBeNull();
});
