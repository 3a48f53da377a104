import { expect, test } from 'vitest';
import { type ImportedContact, addManyImported } from './import-contacts.ts';
import { enrolNew } from './import-enrolments.ts';
import { undoImported } from './import-undo.ts';
import { addImport } from './imports.ts';
import { type Db, withTransaction } from './open.ts';
import { NOON, aCampaign, aContact, aNumber, aStore } from './testing.ts';

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
