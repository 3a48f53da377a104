import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';

/** The tag of this name, made where there is none. Case does not make another. */
export function tagNamed(db: Db, name: string, at: Instant): number {
  added(db).run(name, at);
  return idOf(db).get(name)!.id;
}

const added = writing('INSERT INTO tags (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING');
const idOf = reading<{ id: number }>('SELECT id FROM tags WHERE name = ?');

export function tagId(db: ReadDb, name: string): number | null {
  return idOf(db).get(name)?.id ?? null;
}

/** Those of some contacts who have a tag. */
export function withTag(db: ReadDb, tag: number, contactIds: readonly number[]): number[] {
  return having(db)
    .all(JSON.stringify(contactIds), tag)
    .map(({ id }) => id);
}

const having = reading<{ id: number }>(`
  SELECT t.contact_id AS id FROM json_each(?) AS k CROSS JOIN contact_tags t ON t.tag_id = +? AND t.contact_id = k.value`);

export function putTag(db: Db, tag: number, contactIds: readonly number[]): void {
  put(db).run(tag, JSON.stringify(contactIds));
}

const put = writing(`
  INSERT INTO contact_tags (tag_id, contact_id)
  SELECT ?, c.id FROM json_each(?) AS k CROSS JOIN contacts c ON c.id = k.value WHERE true ON CONFLICT DO NOTHING`);

/** A tag that nobody has any more goes away with its last one. */
export function takeTag(db: Db, tag: number, contactIds: readonly number[]): void {
  withTransaction(db, () => {
    taken(db).run(tag, JSON.stringify(contactIds));
    unused(db).run(tag);
  });
}

const taken = writing(
  'DELETE FROM contact_tags WHERE tag_id = ? AND contact_id IN (SELECT value FROM json_each(?))',
);
const unused = writing(
  'DELETE FROM tags WHERE id = ? AND NOT EXISTS (SELECT 1 FROM contact_tags WHERE tag_id = tags.id)',
);

export function tagsOf(db: ReadDb, contactId: number): string[] {
  return named(db)
    .all(contactId)
    .map(({ name }) => name);
}

const named = reading<{ name: string }>(`
  SELECT g.name FROM contact_tags t JOIN tags g ON g.id = t.tag_id WHERE t.contact_id = ? ORDER BY g.name`);
