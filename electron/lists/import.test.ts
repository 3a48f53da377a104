import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { E164 } from '../../shared/domain/phone.ts';
import { machineClock } from '../../shared/lib/clock.ts';
import { insertIntent } from '../store/attempts.ts';
import { contactById, contactCount, numbersOf, ownersOf } from '../store/contacts.ts';
import { consentsOf } from '../store/consents.ts';
import { addDoNotCall } from '../store/do-not-call.ts';
import { addList, listsOf } from '../store/lists.ts';
import { type Db, closeStore } from '../store/open.ts';
import { addRegistry, addRegistryNumbers, useRegistry } from '../store/registries.ts';
import { searchContacts } from '../store/search.ts';
import { scheduleOfContact } from '../store/schedules.ts';
import { NOON, aContact, aNumber, aStore, anAttempt, inFolder } from '../store/testing.ts';
import { MESSY_HEADER, messyList } from '../../test/fixtures/make-messy-list.ts';
import { type DedupePolicy, type ImportProgress, USUAL_POLICY } from '../../shared/domain/list-import.ts';
import { type Imports, openImports } from './import.ts';
import { importInWorker } from './import-aside.ts';
import { takeStep } from './import-step.ts';
import { readCsv } from './csv.ts';

interface Room {
  readonly db: Db;
  readonly imports: Imports;
  readonly folder: string;
  readonly told: ImportProgress[];
  write(text: string, name?: string): string;
}

/** On the thread of the test, with a connection of its own as on any: to start one takes longer than most steps. */
const onThisThread: typeof importInWorker = (order, tell, signal) =>
  takeStep(order, { clock: machineClock(), tell, signal });

/** A workspace with a file of its own, because each step of an import has a connection of its own. */
function inWorkspace(
  work: (room: Room) => Promise<void>,
  runStep: typeof importInWorker = onThisThread,
): Promise<void> {
  return inFolder(async (folder) => {
    const file = join(folder, 'parley.db');
    const db = aStore(file);
    const told: ImportProgress[] = [];
    const tell = (_id: number, progress: ImportProgress) => void told.push(progress);
    const imports = openImports({ db, file, clock: machineClock(), country: 'US', tell, runStep });
    const write = (text: string, name = 'spring.csv') => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    try {
      await work({ db, imports, folder, told, write });
    } finally {
      await imports.close();
      closeStore(db);
    }
  });
}

async function checked({ db, imports }: Room, path: string, policy: Partial<DedupePolicy> = {}) {
  const seen = imports.preview(path);
  if (!seen.ok) throw new Error(seen.error);
  const { encoding, dialect, mapping, signature } = seen.value;
  const listId = addList(db, { name: 'Spring', source: 'spring.csv', createdAt: NOON });
  const wish = {
    file: path,
    listId,
    reading: { encoding, dialect, sheet: null },
    mapping,
    signature,
    policy: { ...USUAL_POLICY, ...policy },
  };
  const found = await imports.check(wish);
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

async function committed(room: Room, path: string, policy: Partial<DedupePolicy> = {}) {
  const { id } = await checked(room, path, policy);
  const done = await room.imports.commit(id);
  if (!done.ok) throw new Error(done.error);
  return done.value;
}

const PEOPLE = 'Name,Phone\nAda,212-555-0101\nBo,212-555-0102\nCy,212-555-0103\n';

test('a file goes in as it was previewed, and each contact can be found, with its number and its list', () =>
  inWorkspace(async (room) => {
    const { db, told } = room;
    const done = await committed(room, room.write(PEOPLE));
    expect(done).toMatchObject({ state: 'committed', added: 3, counts: { ready: 3 } });
    expect(listsOf(db)).toMatchObject([{ name: 'Spring', contacts: 3 }]);
    const [owner] = ownersOf(db, '+12125550102' as E164);
    expect(owner).toMatchObject({
      contact: { name: 'Bo' },
      number: { isStarred: true, places: 'America/New_York|US|US-NY' },
    });
    expect(searchContacts(db, { search: 'cy', after: null, limit: 5 }).rows).toHaveLength(1);
    expect(told.map((each) => each.step)).toEqual(expect.arrayContaining(['reading', 'committing']));
    expect(told.at(-1)?.part).toBe(1);
  }));

test('nothing is in the workspace before the commit', () =>
  inWorkspace(async (room) => {
    const { id } = await checked(room, room.write(PEOPLE));
    expect(contactCount(room.db)).toBe(0);
    room.imports.drop(id);
    expect(await room.imports.commit(id)).toMatchObject({ ok: false });
  }));

test('every row of a messy file has a verdict, and the groups add up to the file', () =>
  inWorkspace(async (room) => {
    const rows = 2_000;
    const { id, counts } = await checked(room, room.write([...messyList({ rows })].join('')));
    const groups = room.imports.groups(id);
    expect(groups.reduce((sum, group) => sum + group.n, 0)).toBe(rows);
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(rows);
    expect(counts['duplicate']).toBeGreaterThan(200);
    expect(groups.find((group) => group.reason === 'scientific')?.n).toBeGreaterThan(5);
    const going = groups.reduce((sum, group) => sum + group.going, 0);
    const done = await room.imports.commit(id);
    expect(done).toMatchObject({ ok: true, value: { added: going } });
    expect(contactCount(room.db)).toBe(going);
    const undone = await room.imports.undo(id);
    expect(undone).toMatchObject({ ok: true, value: { state: 'undone', stayed: 0 } });
    expect(contactCount(room.db)).toBe(0);
  }));

test('an undo leaves whoever was called, says how many, and takes the rest', () =>
  inWorkspace(async (room) => {
    const { id } = await committed(room, room.write(PEOPLE));
    const called = ownersOf(room.db, '+12125550102' as E164)[0]!.contact.id;
    insertIntent(room.db, anAttempt({ contactId: called, to: '+12125550102' as E164 }), {
      kind: 'ring',
    } as never);
    expect(await room.imports.undo(id)).toMatchObject({ ok: true, value: { state: 'undone', stayed: 1 } });
    expect(contactCount(room.db)).toBe(1);
    expect(contactById(room.db, called)?.name).toBe('Bo');
  }));

test('whoever is here already is skipped, brought up to date, or kept beside, as the policy says', () =>
  inWorkspace(async (room) => {
    const { db } = room;
    const here = aContact(db, {
      company: '',
      numbers: [{ e164: aNumber(1), kind: 'mobile', zones: [], isStarred: true }],
    });
    const path = room.write(
      'Name,Phone,Phone 2,Company,Plan\nMaria L.,212-555-0101,212-555-0188,Initech,gold\n',
    );
    expect(await committed(room, path)).toMatchObject({
      added: 0,
      updated: 0,
      counts: { 'already-here': 1 },
    });
    const update = await committed(room, path, { here: 'update' });
    expect(update).toMatchObject({ added: 0, updated: 1 });
    expect(contactById(db, here)).toMatchObject({
      name: 'Maria L.',
      company: 'Initech',
      fields: { Plan: 'gold' },
    });
    expect(numbersOf(db, here)).toHaveLength(2);
    await room.imports.undo(update.id);
    expect(contactById(db, here)).toMatchObject({ name: 'Maria Lopez', company: '', fields: {} });
    expect(numbersOf(db, here)).toHaveLength(1);
    expect(await committed(room, path, { here: 'keep-both' })).toMatchObject({ added: 1 });
    expect(contactCount(db)).toBe(2);
  }));

test('an undo does not take back what somebody changed by hand since', () =>
  inWorkspace(async (room) => {
    const { db } = room;
    const here = aContact(db, {
      numbers: [{ e164: aNumber(1), kind: 'mobile', zones: [], isStarred: true }],
    });
    const path = room.write('Name,Phone,Company\nMaria L.,212-555-0101,Initech\n');
    const { id } = await committed(room, path, { here: 'update' });
    db.$client.prepare("UPDATE contacts SET company = 'Hooli' WHERE id = ?").run(here);
    await room.imports.undo(id);
    expect(contactById(db, here)).toMatchObject({ name: 'Maria Lopez', company: 'Hooli' });
  }));

test('doubles in the file go in once, across all their numbers, and the report names the row', () =>
  inWorkspace(async (room) => {
    const path = room.write('Name,Phone,Phone 2\nAda,212-555-0101,212-555-0109\nA. Byron,212-555-0109,\n');
    const done = await committed(room, path);
    expect(done).toMatchObject({ added: 1, counts: { ready: 1, duplicate: 1 } });
    expect(room.imports.rows(done.id, { verdict: 'duplicate' }, 0, 10)[0]?.why).toContain('row 1');
  }));

test('e-mail decides only where it is asked to', () =>
  inWorkspace(async (room) => {
    const path = room.write(
      'Name,Phone,Email\nAda,212-555-0101,ada@globex.example\nAda B,212-555-0102,Ada@globex.example\n',
    );
    const matchBy = { numbers: true, emails: true };
    expect((await checked(room, path, { matchBy })).counts).toEqual({ ready: 1, duplicate: 1 });
    expect((await checked(room, path)).counts).toEqual({ ready: 2 });
  }));

test('nobody on the do-not-call list comes in, by number, area code, company or mail domain', () =>
  inWorkspace(async (room) => {
    const entry = { reason: '', since: NOON, byAgent: null };
    addDoNotCall(room.db, { ...entry, kind: 'number', value: '+12125550101' });
    addDoNotCall(room.db, { ...entry, kind: 'area-code', value: '1415' });
    addDoNotCall(room.db, { ...entry, kind: 'company', value: 'Hush Ltd' });
    addDoNotCall(room.db, { ...entry, kind: 'domain', value: 'quiet.example' });
    const rows = [
      'Ada,212-555-0101,,',
      'Bo,415-555-0102,,',
      'Cy,212-555-0103,hush  LTD,',
      'Di,212-555-0104,,di@quiet.example',
      'Ed,212-555-0105,Loud,ed@loud.example',
    ];
    const done = await committed(room, room.write(`Name,Phone,Company,Email\n${rows.join('\n')}\n`));
    expect(done).toMatchObject({ added: 1, counts: { ready: 1, 'do-not-call': 4 } });
  }));

test('nobody in a register that was read in comes in, but for those who agreed to be called', () =>
  inWorkspace(async (room) => {
    const registry = { name: 'National register', jurisdiction: 'US', covers: [], fileName: 'register.txt' };
    const id = addRegistry(room.db, { ...registry, asOf: NOON, readAt: NOON, byAgent: null });
    addRegistryNumbers(room.db, id, ['+12125550101', '+12125550102'], 0);
    const rows = ['Ada,212-555-0101', 'Bo,212-555-0103'].join('\n');
    const path = room.write(`Name,Phone\n${rows}\n`);
    expect((await checked(room, path)).counts).toEqual({ ready: 2 });
    useRegistry(room.db, id);
    const again = await checked(room, path);
    expect(again.counts).toEqual({ ready: 1, 'do-not-call': 1 });
    // A row cannot be mended into the register either.
    const change = [{ column: 1, text: '212-555-0102' }];
    expect(room.imports.fixRow(again.id, 2, change)).toMatchObject({ verdict: 'do-not-call', goes: false });
  }));

test('a row is mended in the grid, a group all alike, and what is excluded stays out', () =>
  inWorkspace(async (room) => {
    const { imports } = room;
    const path = room.write(
      'Name,Phone\nAda,212-555-010\nBo,020 7946 0101\nCy,020 7946 0102\nDi,212-555-0104\nEd,212-555-0104\n',
    );
    const { id } = await checked(room, path);
    expect(imports.fixRow(id, 1, [{ column: 1, text: '212-555-0101' }])).toMatchObject({
      verdict: 'ready',
      goes: true,
    });
    expect(imports.fixRow(id, 1, [{ column: 1, text: '212-555-0104' }])).toMatchObject({
      verdict: 'duplicate',
      goes: false,
    });
    expect(imports.fixRow(id, 1, [{ column: 1, text: '212-555-0101' }])?.goes).toBe(true);
    const seen = imports.preview(path);
    if (!seen.ok) throw new Error(seen.error);
    const mended = await imports.fixAlike(
      id,
      { verdict: 'bad-number' },
      { mapping: { ...seen.value.mapping, country: 'GB' } },
    );
    expect(mended.ok).toBe(true);
    expect(imports.groups(id)).toMatchObject([{ verdict: 'ready', n: 4 }, { verdict: 'duplicate' }]);
    expect(imports.exclude(id, { n: 3 })).toBe(1);
    const done = await imports.commit(id);
    expect(done).toMatchObject({ ok: true, value: { added: 3 } });
    expect(ownersOf(room.db, '+442079460102' as E164)).toEqual([]);
    expect(imports.fixRow(id, 3, [{ column: 1, text: '212-555-0103' }])).toBeNull();
  }));

test('a person who came in between the check and the commit does not come in twice', () =>
  inWorkspace(async (room) => {
    const { id } = await checked(room, room.write(PEOPLE));
    aContact(room.db, { numbers: [{ e164: aNumber(2), kind: 'mobile', zones: [], isStarred: true }] });
    expect(await room.imports.commit(id)).toMatchObject({ ok: true, value: { added: 2 } });
    expect(ownersOf(room.db, aNumber(2))).toHaveLength(1);
  }));

test('consents and daily calls come along with the row', () =>
  inWorkspace(async (room) => {
    const { db } = room;
    const path = room.write(
      'Name,Phone,Time zone,Call time,Cadence,AI consent\nAda,212-555-0101,America/New_York,09:30,weekdays,2026-03-01\n',
    );
    await committed(room, path);
    const id = ownersOf(db, aNumber(1))[0]!.contact.id;
    expect(consentsOf(db, id)).toMatchObject([
      { kind: 'ai-voice', source: 'spring.csv', givenAt: Date.UTC(2026, 2, 1) },
    ]);
    expect(scheduleOfContact(db, id)).toMatchObject({
      minute: 570,
      zone: 'America/New_York',
      cadence: { kind: 'weekdays' },
    });
  }));

test('a group is exported with its reasons, and nothing in it runs as a formula', () =>
  inWorkspace(async (room) => {
    const { id } = await checked(
      room,
      room.write('Name,Phone\n"=cmd|\'/c calc\'!A1",2.12555E+09\nBo,212-555-0102\n'),
    );
    const out = join(room.folder, 'bad.csv');
    await room.imports.exportGroup(id, { verdict: 'bad-number' }, out);
    const text = readFileSync(out, 'utf8');
    const read = readCsv(text.slice(1), { delimiter: ',', hasQuotes: true });
    const cells = read.ok ? read.value.map((record) => record.cells) : [];
    expect(cells[0]).toEqual(['Name', 'Phone', 'Line', 'Verdict', 'Reason']);
    expect(cells[1]?.slice(0, 4)).toEqual(["'=cmd|'/c calc'!A1", '2.12555E+09', '2', 'bad-number']);
    expect(cells[1]?.[4]).toContain('cannot be recovered');
  }));

test('a mapping is remembered by its header', () =>
  inWorkspace(async (room) => {
    const path = room.write('Wer,Womit\nAda,212-555-0101\n');
    const seen = room.imports.preview(path);
    if (!seen.ok) throw new Error(seen.error);
    const { mapping, encoding, dialect, signature } = seen.value;
    const chosen = {
      ...mapping,
      columns: mapping.columns.map((each, at) => ({
        ...each,
        field: at === 0 ? ('name' as const) : ('phone' as const),
        confidence: 1,
      })),
    };
    await room.imports.check({
      file: path,
      listId: null,
      reading: { encoding, dialect, sheet: null },
      mapping: chosen,
      signature,
      policy: USUAL_POLICY,
    });
    const again = room.imports.preview(room.write('WER,womit\nBo,212-555-0102\n', 'second.csv'));
    expect(again.ok && again.value.mapping.columns.map((column) => column.field)).toEqual(['name', 'phone']);
  }));

test('pasted rows are read like a file', () =>
  inWorkspace(async (room) => {
    const first = await room.imports.files.paste('Name\tPhone\nAda\t212-', null);
    if (!first.ok) throw new Error(first.error);
    await room.imports.files.paste('555-0101\n', first.value.id);
    expect(await committed(room, first.value.path)).toMatchObject({
      added: 1,
    });
  }));

test('a commit that is called off is whole so far, goes on, and can be taken back', () =>
  inWorkspace(async (room) => {
    const { id } = await checked(room, room.write([...messyList({ rows: 6_000, doubles: 0 })].join('')));
    const going = room.imports.groups(id).reduce((sum, group) => sum + group.going, 0);
    const running = room.imports.commit(id);
    while (contactCount(room.db) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await room.imports.undo(id)).toMatchObject({ ok: false });
    room.imports.cancel(id);
    const stopped = await running;
    expect(stopped).toMatchObject({ ok: true, value: { state: 'committing' } });
    expect(stopped.ok && stopped.value.added).toBe(contactCount(room.db));
    room.imports.drop(id);
    expect(room.imports.recover()).toMatchObject([{ id, state: 'committing' }]);
    expect(await room.imports.commit(id)).toMatchObject({
      ok: true,
      value: { state: 'committed', added: going },
    });
    room.imports.drop(id);
    expect(await room.imports.commit(id)).toMatchObject({ ok: false });
    await room.imports.undo(id);
    expect(contactCount(room.db)).toBe(0);
  }));

test('a check that is called off leaves nothing behind', () =>
  inWorkspace(async (room) => {
    const path = room.write([...messyList({ rows: 30_000 })].join(''));
    const seen = room.imports.preview(path);
    if (!seen.ok) throw new Error(seen.error);
    const { encoding, dialect, mapping, signature } = seen.value;
    const running = room.imports.check({
      file: path,
      listId: null,
      reading: { encoding, dialect, sheet: null },
      mapping,
      signature,
      policy: USUAL_POLICY,
    });
    expect(room.imports.cancel(1)).toBe(true);
    expect(await running).toMatchObject({ ok: false, error: expect.stringContaining('called off') });
    expect(room.imports.recover()).toEqual([]);
  }));

test.each([
  ['', 'empty'],
  ['Name,Phone\n', 'a header and no rows'],
  ['PK\u0003\u0004xxxx', 'Excel workbook'],
  [`Name,Phone\nAda,"212\nBo,1\n`, 'line 2'],
  [`${'a,'.repeat(1_500)}\n${'1,'.repeat(1_500)}\n`, 'columns'],
])('a file that is no list is refused with a sentence: %#', (text, words) =>
  inWorkspace(async (room) => {
    const seen = room.imports.preview(room.write(text));
    expect(seen).toMatchObject({ ok: false, error: expect.stringContaining(words) });
  }),
);

test('a fault a long way down names its line and byte, and nothing is imported', () =>
  inWorkspace(async (room) => {
    const good = 'Zoë,212-555-0101\r\n'.repeat(60_000);
    const path = room.write(`Name,Phone\r\n${good}Bo,"212-555-0102\r\n`);
    await expect(checked(room, path)).rejects.toThrow(
      `on line 60002 (byte ${Buffer.byteLength(`Name,Phone\r\n${good}Bo,`) + 1})`,
    );
    expect(contactCount(room.db)).toBe(0);
  }));

test('a file that is not there any more, and one that hides its encoding far below, are told as such', () =>
  inWorkspace(async (room) => {
    expect(room.imports.preview(join(room.folder, 'gone.csv'))).toMatchObject({
      ok: false,
      error: expect.stringContaining('not there'),
    });
    const path = room.write('');
    writeFileSync(
      path,
      Buffer.concat([
        Buffer.from(`Name,Phone\n${'Ada,212-555-0101\n'.repeat(40_000)}`),
        Buffer.from([0x4a, 0x6f, 0x73, 0xe9, 0x2c, 0x31, 0x0a]),
      ]),
    );
    await expect(checked(room, path)).rejects.toThrow('windows-1252');
  }));

test('the messy list has the columns it says, whatever is in its cells', () => {
  const read = readCsv([...messyList({ rows: 300, delimiter: ';' })].join(''), {
    delimiter: ';',
    hasQuotes: true,
  });
  expect(read.ok && read.value).toHaveLength(301);
  expect(read.ok && read.value[0]?.cells).toEqual(MESSY_HEADER);
});
