import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';
import { lists } from './schema/book.ts';
import { inserting } from './statements.ts';

export interface ContactList {
  readonly id: number;
  readonly name: string;
  readonly source: string;
  readonly createdAt: Instant;
  readonly contacts: number;
}

export function addList(db: Db, list: { name: string; source: string; createdAt: Instant }): number {
  return insert(db, list).id;
}

const insert = inserting(lists);

/** All lists with how many contacts each holds; the counts are kept, not counted. */
export function listsOf(db: ReadDb): ContactList[] {
  return listed(db).all();
}

const listed = reading<ContactList>(`
  SELECT l.id, l.name, l.source, l.created_at AS createdAt, ifnull(t.n, 0) AS contacts FROM lists l
  LEFT JOIN tallies t ON t.what = 'contact' AND t.of_id = l.id AND t.value = '' ORDER BY l.id`);

/** Takes a list away that nobody is on any more. False where somebody is, or an import still names it. */
export function removeListIfEmpty(db: Db, id: number): boolean {
  return withTransaction(db, () => {
    unnamed(db).run({ id });
    return removed(db).run({ id }).changes === 1;
  });
}

const unnamed = writing(`UPDATE imports SET list_id = NULL WHERE list_id = :id AND state = 'undone'
  AND NOT EXISTS (SELECT 1 FROM contacts WHERE list_id = :id)`);
const removed = writing(`DELETE FROM lists WHERE id = :id
  AND NOT EXISTS (SELECT 1 FROM contacts WHERE list_id = :id)
  AND NOT EXISTS (SELECT 1 FROM imports WHERE list_id = :id)`);

export function listName(db: ReadDb, id: number): string | null {
  return named(db).get(id)?.name ?? null;
}

const named = reading<{ name: string }>('SELECT name FROM lists WHERE id = ?');
