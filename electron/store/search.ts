import type { E164 } from '../../shared/domain/phone.ts';
import { type ReadDb, reading } from './open.ts';
import { type Page, pageOf } from './page.ts';
import { asWords } from './transcripts.ts';

/** A contact as lists show it. */
export interface ContactRow {
  readonly id: number;
  readonly name: string;
  readonly company: string;
  readonly place: string;
  /** The number that would be rung. */
  readonly number: E164 | null;
  readonly list: string;
}

export interface ContactsWanted {
  /** Beginnings of words of the name, company or mail address, or of a number. Empty is everybody. */
  readonly search: string;
  /** The last page's `next`. */
  readonly after: number | null;
  readonly limit: number;
  /** What a number typed without `+` begins with. */
  readonly callingCode?: string;
}

/** Contacts by name, or those that a search finds in the order they came in. */
export function searchContacts(db: ReadDb, wanted: ContactsWanted): Page<ContactRow> {
  const rows = rowsFor(db, { ...wanted, limit: wanted.limit + 1 });
  return pageOf(rows, wanted.limit, (row) => row.id);
}

function rowsFor(db: ReadDb, { search, after, limit, callingCode = '1' }: ContactsWanted): ContactRow[] {
  const typed = search.trim();
  if (typed === '') {
    const from = after === null ? null : (placeOf(db).get(after) ?? null);
    return byName(db).all(from?.name ?? '', from?.id ?? 0, limit);
  }
  const beginning = numberIn(typed, callingCode);
  if (beginning !== null) return rowsWithNumber(db, beginning, after, limit);
  const words = asWords(typed);
  return words === '' ? [] : byWords(db).all(words, after ?? 0, limit);
}

/** In the order of the numbers; a contact two of whose numbers fit is shown at the first. */
function rowsWithNumber(db: ReadDb, from: string, after: number | null, limit: number): ContactRow[] {
  // A colon sorts after every digit.
  const until = `${from}:`;
  const place = after === null ? undefined : numberPlace(db).get(after, from, until);
  return byNumber(db).all({ e164: place?.e164 ?? from, id: place?.id ?? 0, from, until, limit });
}

/** What is typed, as the beginning of a number; null when it is not one. */
function numberIn(typed: string, callingCode: string): string | null {
  const digits = typed.replace(/[\s().+-]/g, '');
  if (!/^\d{3,15}$/.test(digits)) return null;
  return typed.startsWith('+') ? `+${digits}` : `+${callingCode}${digits}`;
}

const ROW = `
  c.id, c.name, c.company, c.place, ifnull(l.name, '') AS list, (
    SELECT n.e164 FROM contact_numbers n WHERE n.contact_id = c.id
    ORDER BY n.is_usable DESC, n.is_starred DESC, n.id LIMIT 1) AS number`;

const placeOf = reading<{ name: string; id: number }>('SELECT name, id FROM contacts WHERE id = +?');

const byName = reading<ContactRow>(`
  SELECT ${ROW} FROM contacts c LEFT JOIN lists l ON l.id = c.list_id
  WHERE (c.name, c.id) > (?, ?) ORDER BY c.name, c.id LIMIT +?`);

const byWords = reading<ContactRow>(`
  SELECT ${ROW} FROM contact_search s CROSS JOIN contacts c ON c.id = s.rowid LEFT JOIN lists l ON l.id = c.list_id
  WHERE contact_search MATCH ? AND s.rowid > +? ORDER BY s.rowid LIMIT +?`);

const numberPlace = reading<{ e164: string; id: number }>(`
  SELECT e164, id FROM contact_numbers WHERE contact_id = +? AND e164 >= +? AND e164 < +? ORDER BY e164, id LIMIT 1`);

const byNumber = reading<ContactRow>(`
  SELECT ${ROW} FROM contact_numbers m JOIN contacts c ON c.id = m.contact_id LEFT JOIN lists l ON l.id = c.list_id
  WHERE (m.e164, m.id) > (:e164, :id) AND m.e164 < +:until AND NOT EXISTS (
    SELECT 1 FROM contact_numbers o WHERE o.contact_id = m.contact_id
      AND o.e164 >= +:from AND (o.e164, o.id) < (m.e164, m.id))
  ORDER BY m.e164, m.id LIMIT +:limit`);
