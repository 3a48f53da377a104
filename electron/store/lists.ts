import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading } from './open.ts';
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
