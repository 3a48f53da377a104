import { asc, desc, eq } from 'drizzle-orm';
import type { Contact, ContactNumber } from '../../shared/domain/contact.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { refreshZones } from './enrolments.ts';
import { type Db, type ReadDb, prepared, reading, withTransaction, writing } from './open.ts';
import { type PastOutcome, outcomesOfContact } from './outcomes.ts';
import { contactNumbers, contacts, lists } from './schema/book.ts';
import { inserting, slot } from './statements.ts';

export type NewNumber = Pick<ContactNumber, 'e164' | 'kind' | 'zones' | 'isStarred'>;

export interface NewContact extends Omit<Contact, 'id'> {
  readonly listId: number | null;
  readonly createdAt: Instant;
  readonly numbers: readonly NewNumber[];
}

/** A number as it is kept: it may have turned out to be of no use. */
export interface KeptNumber extends ContactNumber {
  readonly isUsable: boolean;
  readonly unusableWhy: string | null;
}

export function addContact(db: Db, { numbers, ...contact }: NewContact): number {
  return withTransaction(db, () => {
    const { id } = insert(db, contact);
    for (const number of numbers) insertNumber(db, { ...number, contactId: id, isUsable: true });
    return id;
  });
}

const insert = inserting(contacts);
const insertNumber = inserting(contactNumbers);

export function addNumber(db: Db, contactId: number, number: NewNumber): number {
  return withTransaction(db, () => {
    const { id } = insertNumber(db, { ...number, contactId, isUsable: true });
    refreshZones(db, contactId);
    return id;
  });
}

export const CONTACT = {
  id: contacts.id,
  name: contacts.name,
  company: contacts.company,
  title: contacts.title,
  place: contacts.place,
  email: contacts.email,
  fields: contacts.fields,
};

export function contactById(db: ReadDb, id: number): Contact | null {
  return byId(db).get({ id }) ?? null;
}

const byId = prepared((db: ReadDb) =>
  db
    .select(CONTACT)
    .from(contacts)
    .where(eq(contacts.id, slot('id')))
    .prepare(),
);

/** Empty when there is no such contact. */
export function nameOfContact(db: ReadDb, id: number): string {
  return named(db).get(id)?.name ?? '';
}

const named = reading<{ name: string }>('SELECT name FROM contacts WHERE id = ?');

/** A contact's numbers in the order they would be rung: usable ones first, the starred one before the others. */
export function numbersOf(db: ReadDb, contactId: number): KeptNumber[] {
  return numbers(db).all({ contactId });
}

const numbers = prepared((db: ReadDb) =>
  db
    .select()
    .from(contactNumbers)
    .where(eq(contactNumbers.contactId, slot('contactId')))
    .orderBy(desc(contactNumbers.isUsable), desc(contactNumbers.isStarred), asc(contactNumbers.id))
    .prepare(),
);

export interface NumberOwner {
  readonly number: KeptNumber;
  readonly contact: Contact;
}

/** Who has this number: a caller, or a number typed by hand. The oldest entry first. */
export function ownersOf(db: ReadDb, e164: E164): NumberOwner[] {
  return owners(db).all({ e164 });
}

const owners = prepared((db: ReadDb) =>
  db
    .select({ number: contactNumbers, contact: CONTACT })
    .from(contactNumbers)
    .innerJoin(contacts, eq(contacts.id, contactNumbers.contactId))
    .where(eq(contactNumbers.e164, slot('e164')))
    .orderBy(asc(contactNumbers.id))
    .limit(20)
    .prepare(),
);

/** Nobody rings this number again, whoever's it was thought to be. */
export function markNumberUnusable(db: Db, e164: E164, why: string): void {
  mark(db, e164, false, why);
}

/** It may be rung again: the outcome that said otherwise was taken back. */
export function markNumberUsable(db: Db, e164: E164): void {
  mark(db, e164, true, null);
}

function mark(db: Db, e164: E164, isUsable: boolean, why: string | null): void {
  withTransaction(db, () => {
    const rows = marked(db).all(isUsable ? 1 : 0, why, e164) as { contactId: number }[];
    for (const { contactId } of rows) refreshZones(db, contactId);
  });
}

const marked = writing(
  'UPDATE contact_numbers SET is_usable = ?, unusable_why = ? WHERE e164 = ? RETURNING contact_id AS contactId',
);

/** Makes one number of a contact the one to ring. */
export function starNumber(db: Db, contactId: number, numberId: number): void {
  withTransaction(db, () => {
    starred(db).run(numberId, contactId);
    refreshZones(db, contactId);
  });
}

const starred = writing('UPDATE contact_numbers SET is_starred = (id = ?) WHERE contact_id = ?');

export interface StoredCard {
  readonly contact: Contact;
  readonly numbers: readonly KeptNumber[];
  readonly history: readonly PastOutcome[];
}

/** What an agent sees of a contact. */
export function contactCard(db: ReadDb, id: number, historyMax = 10): StoredCard | null {
  const contact = contactById(db, id);
  if (contact === null) return null;
  return { contact, numbers: numbersOf(db, id), history: outcomesOfContact(db, id, historyMax) };
}

export interface ContactList {
  readonly id: number;
  readonly name: string;
  readonly source: string;
  readonly createdAt: Instant;
  readonly contacts: number;
}

export function addList(db: Db, list: { name: string; source: string; createdAt: Instant }): number {
  return insertList(db, list).id;
}

const insertList = inserting(lists);

/** All lists with how many contacts each holds; the counts are kept, not counted. */
export function allLists(db: ReadDb): ContactList[] {
  return listed(db).all();
}

const listed = reading<ContactList>(`
  SELECT l.id, l.name, l.source, l.created_at AS createdAt, ifnull(t.n, 0) AS contacts FROM lists l
  LEFT JOIN tallies t ON t.what = 'contact' AND t.of_id = l.id AND t.value = '' ORDER BY l.id`);

/** How many contacts there are in all. */
export function contactCount(db: ReadDb): number {
  return total(db).get()?.n ?? 0;
}

const total = reading<{ n: number }>("SELECT ifnull(sum(n), 0) AS n FROM tallies WHERE what = 'contact'");
