import type { E164 } from '../../shared/domain/phone.ts';
import { type ReadDb, reading } from './open.ts';
import type { DoNotCallKind } from './schema/book.ts';

/* What an import asks of the workspace: who is here, who came in meanwhile, and who is never called. */

export function everyNumber(
  db: ReadDb,
): IterableIterator<{ readonly contactId: number; readonly e164: E164 }> {
  return numbers(db).iterate();
}

export function everyEmail(
  db: ReadDb,
): IterableIterator<{ readonly contactId: number; readonly email: string }> {
  return emails(db).iterate();
}

export function everyDoNotCall(
  db: ReadDb,
): IterableIterator<{ readonly kind: DoNotCallKind; readonly value: string }> {
  return doNotCall(db).iterate();
}

const numbers = reading<{ contactId: number; e164: E164 }>(
  'SELECT contact_id AS contactId, e164 FROM contact_numbers ORDER BY id',
);
const emails = reading<{ contactId: number; email: string }>(
  "SELECT id AS contactId, email FROM contacts WHERE email <> '' ORDER BY id",
);
const doNotCall = reading<{ kind: DoNotCallKind; value: string }>('SELECT kind, value FROM do_not_call');

export interface Newcomer {
  readonly contactId: number;
  readonly e164: E164;
}

/** Numbers that came in since, but not with that import. */
export function numbersAfter(db: ReadDb, mark: number, butImport: number): readonly Newcomer[] {
  return after(db).all(mark, butImport);
}

/** The mark to ask from the next time. */
export function numberMark(db: ReadDb): number {
  return last(db).get()?.id ?? 0;
}

const after = reading<Newcomer>(`
  SELECT n.contact_id AS contactId, n.e164 FROM contact_numbers n
  JOIN contacts c ON c.id = n.contact_id WHERE n.id > ? AND c.import_id IS NOT ? ORDER BY n.id`);
const last = reading<{ id: number | null }>('SELECT max(id) AS id FROM contact_numbers');
