import { present } from '../../shared/lib/assert.ts';
import { TAKEN_ALONG, areEndsOfTheLine, referencesToContacts } from './import-undo.ts';
import { type Db, type ReadDb, isAwaited, reading, withTransaction } from './open.ts';

/*
 * A long import that is nearly all there is, taken back whole while nobody works. Row by row, what takes long is to
 * keep a dozen indexes in order of which nothing will be left. So they are put aside, the rows go in the order they
 * lie in, and the indexes are made anew of what stays. Each table is a transaction of its own, short enough for
 * another process to wait for; as soon as somebody of this process waits it is dropped as if it had never begun, and
 * the rest goes slice by slice.
 */

/** Below this the usual way takes no longer than anybody notices. */
const ROWS_MIN = 20_000;
/** Making indexes anew of what stays may take no longer than somebody may wait. */
const STAYING_MAX = 30_000;
/** Between so many rows it is seen whether somebody waits. */
const AT_ONCE = 5_000;

/** Takes back all it can, and tells how many contacts that were. The others are left to the usual way. */
export function undoWhole(db: Db, importId: number, rowsMin = ROWS_MIN): number {
  const { own, all } = sizesOf(db, importId);
  if (own < rowsMin || all - own > STAYING_MAX || isAwaited() || !areEndsOfTheLine(db)) return 0;
  db.$client.exec('CREATE TEMP TABLE leaving (id INTEGER PRIMARY KEY)');
  // The word counts from the next transaction on. What hangs on contacts is looked for here.
  db.$client.pragma('foreign_keys = OFF');
  try {
    db.$client.prepare('INSERT INTO leaving SELECT id FROM contacts WHERE import_id = ?').run(importId);
    return takeOut(db);
  } finally {
    db.$client.pragma('foreign_keys = ON');
    db.$client.exec('DROP TABLE leaving');
  }
}

function sizesOf(db: ReadDb, importId: number): { own: number; all: number } {
  return present(sizes(db).get(importId), 'the sizes of an import');
}

const sizes = reading<{ own: number; all: number }>(`
  SELECT (SELECT count(*) FROM contacts WHERE import_id = ?) AS own,
    (SELECT ifnull(sum(n), 0) FROM tallies WHERE what = 'contact') AS "all"`);

/** Told to whoever began a transaction that somebody else wants to write. */
const MADE_WAY = Symbol('made way');

function takeOut(db: Db): number {
  let removed = 0;
  try {
    for (const table of [...TAKEN_ALONG, 'contacts'])
      withTransaction(db, () => {
        staying(db);
        removed = withoutIndexes(db, table, () => rowsOut(db, table));
      });
  } catch (error) {
    if (error === MADE_WAY) return 0;
    throw error;
  }
  return removed;
}

/** Whoever has more to them than what an import brings is left to the usual way: asked again in each transaction. */
function staying(db: Db): void {
  const hanging = referencesToContacts(db)
    .filter(({ child }) => !TAKEN_ALONG.includes(child))
    .map(({ child, column }) => `SELECT ${column} FROM ${child}`);
  const asked = [...hanging, "SELECT contact_id FROM enrolments WHERE state = 'in-hand'"];
  db.$client.exec(`DELETE FROM leaving WHERE id IN (${asked.join(' UNION ALL ')})`);
}

function rowsOut(db: Db, table: string): number {
  const key = table === 'contacts' ? 'id' : 'contact_id';
  const last = db.$client.prepare<[], number | null>(`SELECT max(id) FROM ${table}`).pluck().get() ?? 0;
  const out = db.$client.prepare(
    `DELETE FROM ${table} WHERE id > ? AND id <= ? AND ${key} IN (SELECT id FROM leaving)`,
  );
  let removed = 0;
  for (let from = 0; from < last; from += AT_ONCE) {
    if (isAwaited()) throw MADE_WAY;
    removed += out.run(from, from + AT_ONCE).changes;
  }
  if (table === 'contacts') wordsAnew(db);
  if (table in TALLIES) db.$client.exec(TALLIES[table as keyof typeof TALLIES]);
  return removed;
}

/** What triggers would have counted, row by row. */
const TALLIES = {
  enrolments: `DELETE FROM tallies WHERE what = 'enrolment';
    INSERT INTO tallies SELECT 'enrolment', campaign_id, state, count(*) FROM enrolments GROUP BY campaign_id, state`,
  contacts: `DELETE FROM tallies WHERE what = 'contact';
    INSERT INTO tallies SELECT 'contact', ifnull(list_id, 0), '', count(*) FROM contacts GROUP BY list_id`,
};

/** Those who stay are found by their words as before. */
function wordsAnew(db: Db): void {
  db.$client.exec(`INSERT INTO contact_search (contact_search) VALUES ('delete-all');
    INSERT INTO contact_search (rowid, name, company, email) SELECT id, name, company, email FROM contacts c
    WHERE import_id IS NULL OR id <= ifnull((SELECT searched_through FROM imports WHERE id = c.import_id), c.id)`);
}

/** Indexes and triggers come back by their own words, whatever a later migration makes of them. */
function withoutIndexes<T>(db: Db, table: string, work: () => T): T {
  const aside = db.$client
    .prepare<[string], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_schema
       WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL`,
    )
    .all(table);
  for (const { type, name } of aside) db.$client.exec(`DROP ${type} ${name}`);
  const result = work();
  for (const { sql } of aside) db.$client.exec(sql);
  return result;
}
