import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type {
  GivenFile,
  ImportGroup,
  ImportPreview,
  ImportRow,
  ImportSheet,
  StagedRow,
} from '../../shared/contract/imports.ts';
import { USUAL_POLICY } from '../../shared/domain/list-import.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/* Lists from files, as a screen asks for them. */

const open: TestHouse[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.end();
});

async function practice() {
  const made = await aHouse(instant(Date.UTC(2026, 10, 18, 18)));
  open.push(made);
  return made;
}

type Practice = Awaited<ReturnType<typeof practice>>;

function given({ house, dataDir }: Practice, text: string, name = 'spring.csv'): GivenFile {
  const path = join(dataDir, name);
  writeFileSync(path, text);
  const answer = house.files.offer(path);
  if (!answer.ok) throw new Error(answer.error.sentence);
  return answer.value;
}

/** From the file to the check, with everything as it was guessed. */
async function checked(made: Practice, text: string, more: Record<string, unknown> = {}): Promise<number> {
  const { fileId } = given(made, text);
  const seen = await made.get<ImportPreview>('imports.preview', { fileId });
  const { reading, mapping, signature } = seen;
  const { id } = await made.get<{ id: number }>('imports.check', {
    fileId,
    reading,
    mapping,
    signature,
    policy: USUAL_POLICY,
    listName: 'Spring',
    campaignIds: [],
    ...more,
  });
  await settled(made, id);
  return id;
}

/** Waits until no step of it is under way. */
async function settled(made: Practice, id: number): Promise<ImportSheet> {
  for (;;) {
    const sheet = await made.get<ImportSheet>('imports.get', { id });
    if (!sheet.isRunning) return sheet;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const PEOPLE = 'Name,Phone\nAda,347-555-0161\nBo,347-555-0162\nCy,12\n';
const lists = (made: Practice) => made.get<{ name: string; contacts: number }[]>('contacts.lists');
const campaign = async (made: Practice) =>
  (await made.get<{ id: number; contacts: number; open: number }[]>('campaigns.list'))[0]!;

test('from the file to enrolled and due, and all of it taken back with the list', async () => {
  const made = await practice();
  const before = await campaign(made);
  const id = await checked(made, PEOPLE, { campaignIds: [before.id] });
  expect(await made.get<ImportSheet>('imports.get', { id })).toMatchObject({
    state: 'checked',
    going: 2,
    list: 'Spring',
    listId: null,
    campaigns: ['Practice'],
  });
  expect(await lists(made)).toHaveLength(1);

  await made.get('imports.commit', { id });
  expect(await settled(made, id)).toMatchObject({ state: 'committed', added: 2, called: 0 });
  expect(await lists(made)).toMatchObject([{}, { name: 'Spring', contacts: 2 }]);
  expect(await campaign(made)).toMatchObject({ contacts: before.contacts + 2, open: before.open + 2 });

  await made.get('imports.undo', { id });
  expect(await settled(made, id)).toMatchObject({ state: 'undone', stayed: 0, listId: null });
  expect(await lists(made)).toHaveLength(1);
  expect(await campaign(made)).toMatchObject({ contacts: before.contacts, open: before.open });
});

test('whoever was here before is enrolled by an import that brings them up to date, and only that is undone', async () => {
  const made = await practice();
  const { id: campaignId } = await made.get<{ id: number }>('campaigns.create', {
    name: 'Renewals',
    template: (await made.get<{ id: string }[]>('campaigns.templates'))[0]!.id,
  });
  const people = async () =>
    (await made.get<{ id: number; contacts: number }[]>('campaigns.list')).find(
      (each) => each.id === campaignId,
    )?.contacts;
  const { e164 } = made.db.$client
    .prepare<[], { e164: string }>('SELECT e164 FROM contact_numbers ORDER BY id LIMIT 1')
    .get()!;
  const id = await checked(made, `Name,Phone,Company\nAda,${e164},Globex\n`, {
    policy: { ...USUAL_POLICY, here: 'update' },
    campaignIds: [campaignId],
  });
  await made.get('imports.commit', { id });
  expect(await settled(made, id)).toMatchObject({ added: 0, updated: 1 });
  expect(await people()).toBe(1);
  await made.get('imports.undo', { id });
  await settled(made, id);
  expect(await people()).toBe(0);
  expect(await lists(made)).toMatchObject([{ contacts: 25 }]);
});

test('groups are looked at, mended by cell, left out as a whole, taken back in, and downloaded', async () => {
  const made = await practice();
  const id = await checked(made, PEOPLE);
  const groups = () => made.get<ImportGroup[]>('imports.groups', { id });
  const of = { verdict: 'bad-number', reason: 'too-short' };
  const { rows } = await made.get<{ rows: StagedRow[] }>('imports.rows', { id, of, after: 0, limit: 50 });
  expect(rows).toMatchObject([{ n: 3, line: 4, cells: ['Cy', '12'], column: 1, goes: false }]);
  const change = { id, n: 3, cells: [{ column: 1, text: '347-555-0163' }] };
  expect(await made.get('imports.fixRow', change)).toMatchObject({ verdict: 'ready', goes: true });
  expect(await groups()).toMatchObject([{ verdict: 'ready', n: 3, going: 3 }]);

  const ready = { verdict: 'ready', reason: '' };
  expect(await made.get('imports.exclude', { id, of: ready, is: true })).toEqual({ rows: 3 });
  expect(await groups()).toMatchObject([{ n: 3, going: 0, excluded: 3 }]);
  await made.get('imports.exclude', { id, of: { n: 2 }, is: false });
  expect(await groups()).toMatchObject([{ n: 3, going: 1, excluded: 2 }]);
  await made.get('imports.exclude', { id, of: ready, is: false });
  await made.get('imports.exclude', { id, of: { n: 1 }, is: true });
  expect(await groups()).toMatchObject([{ n: 3, going: 2, excluded: 1 }]);
  const part = await made.get<{ text: string; next: null }>('imports.exportGroup', { id, of: {}, after: 0 });
  expect(part.text.split('\r\n')).toHaveLength(5);
  expect(part.next).toBeNull();

  await made.get('imports.commit', { id });
  expect(await settled(made, id)).toMatchObject({ added: 2 });
  expect(await made.no('imports.fixRow', change)).toContain('no longer waiting');
});

test('a group is fixed all alike, and nothing else is read again', async () => {
  const made = await practice();
  const id = await checked(made, 'Name,Phone\nAda,347-555-0161\nBo,020 7946 0111\nCy,020 7946 0112\n');
  const of = { verdict: 'bad-number' };
  await made.get('imports.fixAlike', { id, of, cells: [], country: 'GB', zoneIfNone: null });
  expect(await settled(made, id)).toMatchObject({ state: 'checked', going: 3 });
  expect(
    await made.no('imports.fixAlike', { id, of, cells: [], country: null, zoneIfNone: 'Mars/Olympus' }),
  ).toContain('not a time zone');
});

test('what cannot be is refused in a sentence', async () => {
  const made = await practice();
  expect(await made.no('imports.preview', { fileId: 'gone' })).toContain('Choose the file once more');
  expect(await made.no('imports.get', { id: 99 })).toContain('This import is gone');
  const { fileId } = given(made, 'Name,Age\nAda,30\n');
  const { reading, mapping, signature } = await made.get<ImportPreview>('imports.preview', { fileId });
  const wish = { fileId, reading, mapping, signature, policy: USUAL_POLICY, listName: 'x', campaignIds: [] };
  expect(await made.no('imports.check', wish)).toContain('No column is a phone number');
  const phone = { ...mapping, columns: mapping.columns.map((each) => ({ ...each, field: 'phone' })) };
  expect(await made.no('imports.check', { ...wish, mapping: phone, campaignIds: [77] })).toContain('is gone');
  const id = await checked(made, PEOPLE);
  expect(await made.no('imports.undo', { id })).toContain('nothing of this import to take back');
  // The file may be mapped again, and what is thrown away leaves no trace.
  const file = await made.get<GivenFile>('imports.again', { id });
  expect(await made.get<ImportPreview>('imports.preview', { fileId: file.fileId })).toMatchObject({
    isRemembered: true,
    file: { name: 'spring.csv' },
  });
  await made.get('imports.drop', { id });
  expect(await made.get<ImportRow[]>('imports.list')).toMatchObject([
    { id, state: 'dropped', hasRows: false },
  ]);
  expect(await lists(made)).toHaveLength(1);
});

test('an agent imports nothing, by no door', async () => {
  const made = await practice();
  await made.get('people.add', { name: 'Bo', role: 'agent' });
  const people = await made.get<{ id: number; name: string }[]>('people.list');
  await made.get('people.signIn', { id: people.find(({ name }) => name === 'Bo')!.id, pin: null });
  expect(await made.no('imports.list')).toContain('Only a supervisor');
  expect(made.house.files.offer(join(made.dataDir, 'workspaces', 'practice', 'parley.db'))).toMatchObject({
    error: { code: 'not-allowed' },
  });
  const nobody = (async function* () {})();
  expect(await made.house.files.receive('a.csv', nobody)).toMatchObject({ error: { code: 'not-allowed' } });
});

test('a fault in the head leaves the menus to change the reading by', async () => {
  const made = await practice();
  const { fileId } = given(made, 'Name,Phone\nAda,"347-555-0161\nBo,347-555-0162\n');
  const seen = await made.get<ImportPreview>('imports.preview', { fileId });
  expect(seen).toMatchObject({ rows: [], trouble: expect.stringContaining('A quote opens on line 2') });
  const { dialect } = seen.reading;
  const again = { fileId, dialect: { ...dialect, hasQuotes: false } };
  expect(await made.get<ImportPreview>('imports.preview', again)).toMatchObject({
    trouble: null,
    rows: [
      ['Ada', '"347-555-0161'],
      ['Bo', '347-555-0162'],
    ],
  });
});

test('a file of 5 GB is refused at the door without being read', async () => {
  const made = await practice();
  const path = join(made.dataDir, 'huge.csv');
  writeFileSync(path, 'Name,Phone\n');
  truncateSync(path, 5 * 1024 ** 3);
  const refusal = made.house.files.offer(path);
  expect(refusal).toMatchObject({
    ok: false,
    error: { sentence: expect.stringContaining('larger than 4 GB') },
  });
});
