import { expect, test } from 'vitest';
import { insertIntent } from './attempts.ts';
import { type ImportedContact, addManyImported } from './import-contacts.ts';
import { enrolNew } from './import-enrolments.ts';
import { undoImported } from './import-undo.ts';
import { searchFromStart, searchImported, unsearchImported } from './import-search.ts';
import { undoWhole } from './import-undo-whole.ts';
import { addImport } from './imports.ts';
import { type Db, waitersOfProcess, withTransaction } from './open.ts';
import { NOON, aCampaign, aContact, aNumber, aStore, anAttempt } from './testing.ts';

const PEOPLE = 130;

const number = (nth: number) => ({ e164: aNumber(nth), kind: 'mobile', places: 'US||' }) as const;

/** An import of as many people, each with two numbers, a consent and an enrolment. */
function imported(db: Db, campaignId: number): { importId: number; first: number } {
  const importId = addImport(db, { listId: null, fileName: 'people.csv', settings: {}, createdAt: NOON });
  const people = Array.from(
    { length: PEOPLE },
    (_, nth): ImportedContact => ({
      name: `Person ${nth}`,
      company: '',
      title: '',
      place: '',
      email: '',
      fields: {},
      numbers: [number(nth % 50), number(50 + (nth % 50))],
      zone: null,
      schedule: null,
      consents: [{ kind: 'call', source: 'people.csv', givenAt: NOON }],
    }),
  );
  const first = withTransaction(db, () => {
    const id = addManyImported(db, importId, null, people, NOON);
    const newcomers = people.map((_, nth) => ({ contactId: id + nth, places: 'US||', priority: 50 }));
    enrolNew(db, { importId, campaignIds: [campaignId], dueAt: NOON }, newcomers);
    return id;
  });
  return { importId, first };
}

function undone(db: Db, importId: number): { removed: number; stayed: number } {
  let [removed, stayed] = [0, 0];
  for (let from: number | null = 0; from !== null; ) {
    const part = undoImported(db, importId, from, 1_000);
    removed += part.removed;
    stayed += part.stayed;
    from = part.next;
  }
  return { removed, stayed };
}

const counted = (db: Db, table: string) =>
  db.$client.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get();
const told = (db: Db, what: string) =>
  db.$client
    .prepare<[string], number>('SELECT ifnull(sum(n), 0) FROM tallies WHERE what = ?')
    .pluck()
    .get(what);

test('many people who come in at once have each their own numbers, consents and enrolments', () => {
  const db = aStore();
  const { first } = imported(db, aCampaign(db));
  expect(counted(db, 'contacts')).toBe(PEOPLE);
  expect(counted(db, 'consents')).toBe(PEOPLE);
  expect(told(db, 'contact')).toBe(PEOPLE);
  expect(told(db, 'enrolment')).toBe(PEOPLE);
  const last = db.$client
    .prepare('SELECT e164, is_starred AS isStarred FROM contact_numbers WHERE contact_id = ? ORDER BY id')
    .all(first + PEOPLE - 1);
  const nth = (PEOPLE - 1) % 50;
  expect(last).toEqual([
    { e164: aNumber(nth), isStarred: 1 },
    { e164: aNumber(50 + nth), isStarred: 0 },
  ]);
  db.$client.close();
});

test('an undo takes what hangs on a contact along, leaves everybody else’s, and keys are watched again', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const other = aContact(db);
  const before = ['contacts', 'contact_numbers', 'consents', 'enrolments'].map((table) => counted(db, table));
  const { importId, first } = imported(db, campaignId);
  // One of them has a note of the day to ring back, one is in somebody’s hand.
  db.$client
    .prepare(
      `INSERT INTO callbacks (contact_id, due_at, note, state, created_at) VALUES (?, ?, '', 'open', ?)`,
    )
    .run(first + 60, NOON, NOON);
  db.$client
    .prepare("UPDATE enrolments SET state = 'in-hand', held_by_session = 1 WHERE contact_id = ?")
    .run(first + 120);
  expect(undone(db, importId)).toEqual({ removed: PEOPLE - 1, stayed: 1 });

  const after = ['contacts', 'contact_numbers', 'consents', 'enrolments'].map((table) => counted(db, table));
  expect(after).toEqual([before[0]! + 1, before[1]! + 2, before[2]! + 1, before[3]! + 1]);
  expect(counted(db, 'callbacks')).toBe(0);
  expect(told(db, 'contact')).toBe(counted(db, 'contacts'));
  expect(told(db, 'enrolment')).toBe(counted(db, 'enrolments'));
  expect(db.$client.pragma('foreign_key_check')).toEqual([]);
  expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(db.$client.prepare('SELECT id FROM contacts WHERE id = ?').get(other)).toBeDefined();
  db.$client.close();
});

test('all of it at once is the same as in parts: rows, counts, words and the schema', () => {
  const [whole, parts] = [someUndone(true), someUndone(false)];
  expect(whole.removed).toBe(PEOPLE - 3);
  expect(whole.contents).toEqual(parts.contents);
  expect(whole.schema).toEqual(parts.schema);
});

/** An import of whom one was called, one is promised a call and one is in somebody’s hand, taken back. */
function someUndone(atOnce: boolean) {
  const db = aStore();
  const campaignId = aCampaign(db);
  aContact(db, { name: 'Olga Before' });
  const { importId, first } = imported(db, campaignId);
  aContact(db, { name: 'Otto After' });
  const run = (sql: string, ...bound: unknown[]) => db.$client.prepare(sql).run(...bound);
  run(
    `INSERT INTO callbacks (contact_id, due_at, note, state, created_at) VALUES (?, ?, '', 'open', ?)`,
    first + 60,
    NOON,
    NOON,
  );
  run("UPDATE enrolments SET state = 'in-hand', held_by_session = 1 WHERE contact_id = ?", first + 120);
  insertIntent(db, anAttempt({ contactId: first + 7, campaignId }), { kind: 'ring' } as never);
  const schema = () =>
    db.$client.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all() as unknown[];
  const before = schema();
  while (searchImported(db, importId, 50) > 0);
  const removed = atOnce ? undoWhole(db, importId, 1) : 0;
  while (unsearchImported(db, importId, 50) > 0);
  searchFromStart(db, importId);
  undone(db, importId);
  while (searchImported(db, importId, 50) > 0);
  const tables = ['contacts', 'contact_numbers', 'consents', 'enrolments', 'callbacks'];
  const all = (sql: string) => db.$client.prepare(sql).all();
  expect(all("SELECT rowid FROM contact_search WHERE contact_search MATCH 'person'")).toHaveLength(2);
  expect(all("SELECT rowid FROM contact_search WHERE contact_search MATCH 'olga OR otto'")).toHaveLength(2);
  run("INSERT INTO contact_search (contact_search) VALUES ('integrity-check')");
  expect(db.$client.pragma('foreign_key_check')).toEqual([]);
  expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(schema()).toEqual(before);
  const contents = [
    ...tables.map((table) => all(`SELECT * FROM ${table} ORDER BY id`)),
    all('SELECT * FROM tallies WHERE n > 0 ORDER BY what, of_id, value'),
  ];
  db.$client.close();
  return { removed, contents, schema: before };
}

test('as soon as somebody waits, taking all at once makes way, and what it had begun is as it was', () => {
  const db = aStore();
  const { importId } = imported(db, aCampaign(db));
  const waiters = new Int32Array(waitersOfProcess());
  const looked = () =>
    [undoWhole(db, importId, 1), counted(db, 'contacts'), counted(db, 'enrolments')] as const;
  // Somebody comes just as the first rows are out.
  db.$client.function('somebody_waits', () => Atomics.add(waiters, 0, 1));
  db.$client.exec(
    'CREATE TEMP TRIGGER comes AFTER DELETE ON main.contact_numbers BEGIN SELECT somebody_waits(); END',
  );
  try {
    expect(looked()).toEqual([0, PEOPLE, 0]);
    expect(counted(db, 'contact_numbers')).toBe(0);
  } finally {
    Atomics.store(waiters, 0, 0);
  }
  expect(told(db, 'enrolment')).toBe(0);
  expect(undone(db, importId)).toEqual({ removed: PEOPLE, stayed: 0 });
  db.$client.close();
});
