import { present } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, isAwaited, prepared, reading, withTransaction, writing } from './open.ts';

/* Contacts that an import added, taken back. */

export interface Undone {
  readonly removed: number;
  /** How many of these stay, because they were called or are being. */
  readonly stayed: number;
  /** Where to go on; null when there are no more. */
  readonly next: number | null;
}

/** So many go with one statement; between two of them it is seen whether somebody else wants to write. */
const AT_ONCE = 40;

/**
 * Removes contacts of an import behind `from`, up to about `limit`, but for those that were called or are in a
 * call. Leaves off where somebody else wants to write.
 */
export function undoImported(db: Db, importId: number, from: number, limit: number): Undone {
  const plainly = inOneGo(db, importId, from, limit);
  if (plainly.removed > 0) return plainly;
  return withTransaction(db, () => {
    const { through, n } = present(bounds(db).get(importId, from, AT_ONCE), 'the bounds of a slice');
    if (through === null) return { removed: 0, stayed: 0, next: null };
    const removed = removedIn(db).run(importId, from, through).changes;
    return { removed, stayed: n - removed, next: through };
  });
}

/**
 * Contacts with nothing to them but what the import brought go without SQLite’s looking through every table for
 * what hangs on each: it was looked for here, for all of them at once and in the same transaction. Ends before
 * the first of whom there is more to say.
 */
function inOneGo(db: Db, importId: number, from: number, limit: number): Undone {
  const { findings, isWhole } = hangingOn(db);
  let [removed, next] = [0, from];
  if (!isWhole) return { removed, stayed: 0, next };
  // The word counts from the next transaction on, so this slice has one of its own.
  db.$client.pragma('foreign_keys = OFF');
  try {
    withTransaction(db, () => {
      while (removed < limit && (removed === 0 || !isAwaited())) {
        const { first, through, n } = present(
          bounds(db).get(importId, next, AT_ONCE),
          'the bounds of a part',
        );
        if (first === null || through === null || through - first !== n - 1) break;
        if (findings.get({ first, through }) !== undefined) break;
        for (const out of partsOut) out(db).run({ first, through });
        removed += n;
        next = through;
      }
    });
  } finally {
    db.$client.pragma('foreign_keys = ON');
  }
  return { removed, stayed: 0, next };
}

const bounds = reading<{ first: number | null; through: number | null; n: number }>(`
  SELECT min(id) AS first, max(id) AS through, count(*) AS n FROM
    (SELECT id FROM contacts WHERE import_id = ? AND id > ? ORDER BY id LIMIT ?)`);

/** What goes with its contact, and is all that an import writes about most. */
export const TAKEN_ALONG: readonly string[] = ['enrolments', 'contact_numbers', 'consents'];

const partsOut = [
  ...TAKEN_ALONG.map((table) =>
    writing(`DELETE FROM ${table} WHERE contact_id >= +:first AND contact_id <= +:through`),
  ),
  writing('DELETE FROM contacts WHERE id >= +:first AND id <= +:through'),
];

interface Reference {
  readonly child: string;
  readonly column: string;
  readonly parent: string;
}

/** Which tables may have something that hangs on contacts, read off the schema: none is forgotten. */
export function referencesToContacts(db: Db): readonly Reference[] {
  return references(db).filter(({ parent }) => parent === 'contacts');
}

const references = prepared((db: Db) =>
  db.$client
    .prepare<[], Reference>(
      `SELECT t.name AS child, k."from" AS column, k."table" AS parent
       FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) k WHERE t.type = 'table'`,
    )
    .all(),
);

/** Asks for anything else that hangs on contacts. */
const hangingOn = prepared((db: Db) => {
  const others = referencesToContacts(db).filter(({ child }) => !TAKEN_ALONG.includes(child));
  const findings = [
    ...others.map(({ child, column }) => `SELECT 1 FROM ${child} WHERE ${between(column)}`),
    `SELECT 1 FROM enrolments WHERE ${between('contact_id')} AND state = 'in-hand'`,
  ];
  const looked = db.$client.prepare(`${findings.join('\nUNION ALL ')}\nLIMIT 1`);
  return { findings: looked, isWhole: areEndsOfTheLine(db) };
});

/** Whatever hung on those that go along would be left behind. */
export function areEndsOfTheLine(db: Db): boolean {
  return !references(db).some(({ parent }) => TAKEN_ALONG.includes(parent));
}

function between(column: string): string {
  return `${column} >= +:first AND ${column} <= +:through`;
}

const WAS_CALLED = (id: string) => `(
  EXISTS (SELECT 1 FROM attempts WHERE contact_id = ${id})
  OR EXISTS (SELECT 1 FROM calls WHERE contact_id = ${id})
  OR EXISTS (SELECT 1 FROM outcomes WHERE contact_id = ${id})
  OR EXISTS (SELECT 1 FROM enrolments WHERE contact_id = ${id} AND state = 'in-hand'))`;

const removedIn = writing(`DELETE FROM contacts
  WHERE import_id = ? AND id > ? AND id <= ? AND NOT ${WAS_CALLED('contacts.id')}`);

export function finishUndo(db: Db, id: number, stayed: number, at: Instant): void {
  undone(db).run(stayed, at, id);
}

const undone = writing(
  "UPDATE imports SET state = 'undone', stayed = ?, undone_at = ? WHERE id = ? AND state = 'undoing'",
);

/** How many contacts of an import there are, and how many of them an undo would leave. */
export function standingOf(db: ReadDb, id: number): { readonly here: number; readonly called: number } {
  return standing(db).get(id) ?? { here: 0, called: 0 };
}

const standing = reading<{ here: number; called: number }>(`
  SELECT count(*) AS here, ifnull(sum(${WAS_CALLED('contacts.id')}), 0) AS called
  FROM contacts WHERE import_id = ?`);
