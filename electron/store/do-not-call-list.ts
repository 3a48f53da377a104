import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, writing } from './open.ts';
import { type Page, pageOf } from './page.ts';
import type { DoNotCallKind } from './schema/book.ts';

/* The workspace's own list of whom it leaves alone, as a screen shows it. */

export interface DoNotCallEntry {
  readonly id: number;
  readonly kind: DoNotCallKind;
  readonly value: string;
  readonly reason: string;
  readonly source: string | null;
  readonly since: Instant;
  readonly by: string | null;
}

export interface EntriesWanted {
  /** A part of the value or of the reason; empty is everything. */
  readonly search: string;
  readonly kind: DoNotCallKind | null;
  readonly before: number | null;
  readonly limit: number;
}

const ENTRY = `d.id, d.kind, d.value, d.reason, d.source, d.since, a.name AS by
  FROM do_not_call d LEFT JOIN agents a ON a.id = d.by_agent`;

/** The latest first. */
export function doNotCallPage(
  db: ReadDb,
  { search, kind, before, limit }: EntriesWanted,
): Page<DoNotCallEntry> {
  const like = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const digits = search.replace(/\D/g, '');
  // A number is found however it is written, and only where a number was typed.
  const number = /^[\d\s().+-]+$/.test(search) && digits.length >= 3 ? `%${digits}%` : like;
  const rows = page(db).all({
    like,
    number,
    kind,
    before: before ?? Number.MAX_SAFE_INTEGER,
    limit: limit + 1,
  });
  return pageOf(rows, limit, (row) => row.id);
}

const page = reading<DoNotCallEntry>(`
  SELECT ${ENTRY} WHERE d.id < +:before AND (:kind IS NULL OR d.kind = :kind)
    AND (:like = '%%' OR d.value LIKE :like ESCAPE '\\' OR d.value LIKE :number ESCAPE '\\'
      OR d.reason LIKE :like ESCAPE '\\')
  ORDER BY d.id DESC LIMIT :limit`);

export function doNotCallEntry(db: ReadDb, id: number): DoNotCallEntry | null {
  return byId(db).get(id) ?? null;
}

const byId = reading<DoNotCallEntry>(`SELECT ${ENTRY} WHERE d.id = ?`);

export function removeEntry(db: Db, id: number): boolean {
  return removed(db).run(id).changes === 1;
}

const removed = writing('DELETE FROM do_not_call WHERE id = ?');

export function doNotCallCount(db: ReadDb): number {
  return counted(db).get()?.n ?? 0;
}

const counted = reading<{ n: number }>('SELECT count(*) AS n FROM do_not_call');
