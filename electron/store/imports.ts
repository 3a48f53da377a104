import type { ImportState } from '../../shared/domain/list-import.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, writing } from './open.ts';
import { imports } from './schema/imports.ts';
import { inserting } from './statements.ts';

/** One file that was read in, or is being. `settings` belong to the room that reads lists. */
export interface Import {
  readonly id: number;
  readonly listId: number | null;
  readonly fileName: string;
  readonly state: ImportState;
  readonly settings: unknown;
  readonly counts: Readonly<Record<string, number>>;
  /** The last row whose slice is in. */
  readonly doneThrough: number;
  readonly added: number;
  readonly updated: number;
  readonly stayed: number;
  readonly createdAt: Instant;
  readonly committedAt: Instant | null;
  readonly undoneAt: Instant | null;
}

export type NewImport = Pick<Import, 'listId' | 'fileName' | 'settings' | 'createdAt'>;

export function addImport(db: Db, given: NewImport): number {
  const fresh = {
    state: 'checking',
    counts: {},
    doneThrough: 0,
    added: 0,
    updated: 0,
    stayed: 0,
    searchedThrough: 0,
  } as const;
  return insert(db, { ...fresh, ...given }).id;
}

const insert = inserting(imports);

const COLUMNS = `id, list_id AS listId, file_name AS fileName, state, settings, counts,
  done_through AS doneThrough, added, updated, stayed, created_at AS createdAt,
  committed_at AS committedAt, undone_at AS undoneAt`;

export function importById(db: ReadDb, id: number): Import | null {
  const row = byId(db).get(id);
  return row === undefined ? null : fromRow(row);
}

/** The latest first. */
export function importsOf(db: ReadDb, limit: number): Import[] {
  return latest(db).all(limit).map(fromRow);
}

/** Those that a crash or a restart found in the middle of something. */
export function unfinishedImports(db: ReadDb): Import[] {
  return unfinished(db).all().map(fromRow);
}

type Row = Omit<Import, 'settings' | 'counts'> & { readonly settings: string; readonly counts: string };

const byId = reading<Row>(`SELECT ${COLUMNS} FROM imports WHERE id = ?`);
const latest = reading<Row>(`SELECT ${COLUMNS} FROM imports ORDER BY id DESC LIMIT ?`);
const unfinished = reading<Row>(
  `SELECT ${COLUMNS} FROM imports WHERE state IN ('checking', 'committing', 'undoing') ORDER BY id`,
);

function fromRow({ settings, counts, ...row }: Row): Import {
  return {
    ...row,
    settings: JSON.parse(settings) as unknown,
    counts: JSON.parse(counts) as Import['counts'],
  };
}

/** Goes from one state to the next. False when it was in none of `from`: somebody else was quicker. */
export function moveImport(db: Db, id: number, from: readonly ImportState[], to: ImportState): boolean {
  return moved(db).run(to, id, JSON.stringify(from)).changes === 1;
}

const moved = writing(
  'UPDATE imports SET state = ? WHERE id = ? AND state IN (SELECT value FROM json_each(?))',
);

/** The list that an import fills is made when its first contact comes in, and not before. */
export function setListOf(db: Db, id: number, listId: number | null): void {
  listed(db).run(listId, id);
}

const listed = writing('UPDATE imports SET list_id = ? WHERE id = ?');

export function changeImport(
  db: Db,
  id: number,
  { settings, counts }: { settings?: unknown; counts?: Readonly<Record<string, number>> },
): void {
  changed(db).run(
    settings === undefined ? null : JSON.stringify(settings),
    counts === undefined ? null : JSON.stringify(counts),
    id,
  );
}

const changed = writing(
  'UPDATE imports SET settings = ifnull(?, settings), counts = ifnull(?, counts) WHERE id = ?',
);

/** Where an import has got to; written in the transaction of its slice, so that a crash never parts the two. */
export interface Through {
  readonly through: number;
  readonly added: number;
  readonly updated: number;
}

export function recordThrough(db: Db, id: number, { through, added, updated }: Through): void {
  recorded(db).run(through, added, updated, id);
}

const recorded = writing(
  'UPDATE imports SET done_through = ?, added = added + ?, updated = updated + ? WHERE id = ?',
);

export function finishImport(db: Db, id: number, at: Instant): void {
  finished(db).run(at, id);
}

const finished = writing(
  "UPDATE imports SET state = 'committed', committed_at = ? WHERE id = ? AND state = 'committing'",
);

/* What was chosen the last time. */

export function rememberMapping(db: Db, signature: string, mapping: unknown, at: Instant): void {
  remembered(db).run(signature, JSON.stringify(mapping), at);
}

const remembered = writing('INSERT OR REPLACE INTO import_mappings VALUES (?, ?, ?)');

export function mappingFor(db: ReadDb, signature: string): unknown {
  const row = mapping(db).get(signature);
  return row === undefined ? null : (JSON.parse(row.mapping) as unknown);
}

const mapping = reading<{ mapping: string }>('SELECT mapping FROM import_mappings WHERE signature = ?');
