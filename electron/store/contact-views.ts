import type { ContactSort } from '../../shared/domain/contact-filter.ts';
import type { AskedFor } from '../../shared/domain/contact-filter.ts';
import { type Db, type ReadDb, reading } from './open.ts';
import { setSetting, setting } from './settings.ts';

/** A filter that somebody gave a name: the whole workspace has it. */
export interface SavedView {
  readonly name: string;
  readonly filter: string;
  readonly sort: ContactSort;
}

const KEY = 'contacts.views';
const VIEWS_MAX = 100;

export function viewsOf(db: ReadDb): SavedView[] {
  return setting<SavedView[]>(db, 'workspace', KEY) ?? [];
}

/** Saves a view; one of the same name is replaced. */
export function saveView(db: Db, view: SavedView): SavedView[] {
  const others = viewsOf(db).filter(({ name }) => name.toLowerCase() !== view.name.toLowerCase());
  return keep(db, [...others, view].slice(-VIEWS_MAX));
}

export function removeView(db: Db, name: string): SavedView[] {
  return keep(
    db,
    viewsOf(db).filter((view) => view.name !== name),
  );
}

function keep(db: Db, views: SavedView[]): SavedView[] {
  views.sort((a, b) => a.name.localeCompare(b.name));
  setSetting(db, 'workspace', KEY, views);
  return views;
}

export interface Suggested {
  readonly value: string;
  /** How many have it, where that is known without counting. */
  readonly count: number | null;
}

const SHOWN = 20;

/** Values that a token may have and that begin like what is typed, the most used first. */
export function suggestedFor(db: ReadDb, key: AskedFor, begun: string): Suggested[] {
  const typed = begun.trim().replace(/[\\%_]/g, '\\$&');
  return SUGGESTED[key](db).all({ like: `${typed}%`, limit: SHOWN });
}

const SUGGESTED: Readonly<Record<AskedFor, ReturnType<typeof reading<Suggested>>>> = {
  list: reading(`
    SELECT l.name AS value, ifnull(t.n, 0) AS count FROM lists l
    LEFT JOIN tallies t ON t.what = 'contact' AND t.of_id = l.id AND t.value = ''
    WHERE l.name LIKE :like ESCAPE '\\' ORDER BY count DESC, l.name LIMIT :limit`),
  tag: reading(`
    SELECT g.name AS value, ifnull(t.n, 0) AS count FROM tags g
    LEFT JOIN tallies t ON t.what = 'tag' AND t.of_id = g.id AND t.value = ''
    WHERE g.name LIKE :like ESCAPE '\\' ORDER BY count DESC, g.name LIMIT :limit`),
  campaign: reading(`
    SELECT c.name AS value, NULL AS count FROM campaigns c
    WHERE c.deleted_at IS NULL AND c.name LIKE :like ESCAPE '\\' ORDER BY c.name LIMIT :limit`),
  outcome: reading(`
    SELECT DISTINCT k.label AS value, NULL AS count FROM disposition_kinds k
    WHERE k.label LIKE :like ESCAPE '\\' ORDER BY k.position LIMIT :limit`),
  // Each company once, by jumps along the index: a million contacts have few companies, or we stop soon enough.
  company: reading(`
    WITH RECURSIVE each (value) AS (
      SELECT (SELECT min(company) FROM contacts WHERE company >= upper(substr(:like, 1, 1)))
      UNION ALL SELECT (SELECT min(company) FROM contacts WHERE company > each.value) FROM each
        WHERE each.value IS NOT NULL LIMIT 20000)
    SELECT value, NULL AS count FROM each WHERE value <> '' AND value LIKE :like ESCAPE '\\' LIMIT :limit`),
  // Of the first contacts only: places are many, and a suggestion is no list of all.
  place: reading(`
    SELECT place AS value, NULL AS count FROM (SELECT place FROM contacts ORDER BY id LIMIT 5000)
    WHERE place <> '' AND place LIKE :like ESCAPE '\\' GROUP BY place ORDER BY count(*) DESC LIMIT :limit`),
};
