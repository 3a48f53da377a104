import { present } from '../../shared/lib/assert.ts';
import { type Db, reading, withTransaction, writing } from './open.ts';

/* The words of an import’s contacts: they come in last and go out first, many at once. */

/** Makes up to `limit` contacts of an import findable by their words. How many there were. */
export function searchImported(db: Db, id: number, limit: number): number {
  return withTransaction(db, () => {
    const from = searched(db).get(id)?.searchedThrough ?? 0;
    const { through, n } = present(bounds(db).get(id, from, limit), 'the bounds of a slice');
    if (through === null) {
      allSearched(db).run(id);
      return 0;
    }
    wordsIn(db).run(id, from, through);
    searchedNow(db).run(through, id);
    return n;
  });
}

// After the last contact it is the greatest number there is, which JavaScript cannot hold; nobody asks then.
const searched = reading<{ searchedThrough: number }>(
  'SELECT min(searched_through, 9007199254740991) AS searchedThrough FROM imports WHERE id = ?',
);
const wordsIn = writing(`INSERT INTO contact_search (rowid, name, company, email)
  SELECT id, name, company, email FROM contacts WHERE import_id = ? AND id > ? AND id <= ?`);
const searchedNow = writing('UPDATE imports SET searched_through = ? WHERE id = ?');
const allSearched = writing('UPDATE imports SET searched_through = 9223372036854775807 WHERE id = ?');
const bounds = reading<{ through: number | null; n: number }>(`
  SELECT max(id) AS through, count(*) AS n FROM
    (SELECT id FROM contacts WHERE import_id = ? AND id > ? ORDER BY id LIMIT ?)`);

/**
 * Makes up to `limit` contacts of an import findable no more, the last first: all at once their words cost a
 * tenth of what each alone would. How many there were.
 */
export function unsearchImported(db: Db, id: number, limit: number): number {
  return withTransaction(db, () => {
    const { from, n } = present(lastFound(db).get({ id, limit }), 'the bounds of a slice');
    if (from === null) return 0;
    wordsOut(db).run({ id, from });
    searchedNow(db).run(from - 1, id);
    return n;
  });
}

const lastFound = reading<{ from: number | null; n: number }>(`
  SELECT min(id) AS "from", count(*) AS n FROM (SELECT c.id FROM contacts c
    WHERE c.import_id = :id AND c.id <= (SELECT searched_through FROM imports WHERE id = :id)
    ORDER BY c.id DESC LIMIT :limit)`);
const wordsOut = writing(`INSERT INTO contact_search (contact_search, rowid, name, company, email)
  SELECT 'delete', id, name, company, email FROM contacts
  WHERE import_id = :id AND id >= :from AND id <= (SELECT searched_through FROM imports WHERE id = :id)`);

/** From here on `searchImported` begins with the first contact again. */
export function searchFromStart(db: Db, id: number): void {
  searchedNow(db).run(0, id);
}
