import { type ReadDb, reading } from './open.ts';
import { asWords } from './transcripts.ts';

/** A contact who is likely somebody who is here already. */
export interface DoubleRow {
  readonly id: number;
  readonly name: string;
  readonly company: string;
  readonly number: string | null;
  readonly hasNumber: number;
  readonly hasEmail: number;
}

const SHOWN_MAX = 8;

/** Contacts who share a number or the mail address of one, those with the same number first. */
export function doublesOf(db: ReadDb, id: number): DoubleRow[] {
  const email = mailOf(db).get(id)?.email ?? '';
  const byNumber = sameNumber(db).all({ id });
  const byEmail = email === '' ? [] : sameMail(db).all({ id, email, words: asWords(email) });
  const known = new Set(byNumber.map((each) => each.id));
  return [...byNumber, ...byEmail.filter((each) => !known.has(each.id))]
    .slice(0, SHOWN_MAX)
    .map((each) => ({ ...each, hasEmail: byEmail.some((other) => other.id === each.id) ? 1 : 0 }));
}

const mailOf = reading<{ email: string }>('SELECT email FROM contacts WHERE id = +?');

const ROW = (hasNumber: 0 | 1) => `
  c.id, c.name, c.company, ${hasNumber} AS hasNumber, ${1 - hasNumber} AS hasEmail, (
    SELECT f.e164 FROM contact_numbers f WHERE f.contact_id = c.id
    ORDER BY f.is_usable DESC, f.is_starred DESC, f.id LIMIT 1) AS number`;

const sameNumber = reading<DoubleRow>(`
  SELECT DISTINCT ${ROW(1)} FROM contact_numbers n
  CROSS JOIN contact_numbers o ON o.e164 = n.e164 AND o.contact_id <> n.contact_id
  JOIN contacts c ON c.id = o.contact_id
  WHERE n.contact_id = +:id ORDER BY c.id LIMIT ${SHOWN_MAX}`);

// The words of an address are in the index; the address itself is compared once they are found.
const sameMail = reading<DoubleRow>(`
  SELECT ${ROW(0)} FROM contact_search s CROSS JOIN contacts c ON c.id = s.rowid
  WHERE contact_search MATCH :words AND lower(c.email) = lower(:email) AND c.id <> +:id LIMIT ${SHOWN_MAX}`);
