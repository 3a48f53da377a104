import { and, asc, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Contact, ContactNumber } from '../../shared/domain/contact.ts';
import { type E164, type Unringable, whyUnringable } from '../../shared/domain/phone.ts';
import { type Places, placesFrom, placesOf, placesText } from '../../shared/domain/places/places.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { refreshPlaces } from './enrolments.ts';
import { type Db, type ReadDb, prepared, reading, withTransaction, writing } from './open.ts';
import { contactNumbers, contacts } from './schema/book.ts';
import { calls, outcomes } from './schema/calls.ts';
import { dispositionKinds } from './schema/campaigns.ts';
import { agents } from './schema/desk.ts';
import { asking, atMost, inserting, literally, slot } from './statements.ts';

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
  /** Where it may be, as `placesText` writes it. */
  readonly places: string;
  readonly unringable: Unringable | null;
}

export function addContact(db: Db, { numbers, ...contact }: NewContact): number {
  return withTransaction(db, () => {
    const { id } = insert(db, contact);
    for (const number of numbers) insertNumber(db, numberRow(number, id, contact.place));
    return id;
  });
}

const insert = inserting(contacts);
const insertNumber = inserting(contactNumbers);

export function addNumber(db: Db, contactId: number, number: NewNumber): number {
  return withTransaction(db, () => {
    const { id } = insertNumber(db, numberRow(number, contactId, contactById(db, contactId)?.place ?? ''));
    refreshPlaces(db, contactId);
    return id;
  });
}

/** Where a number may be, as it was worked out when it was kept, or now. */
export function placesOfNumber({ places, e164, zones }: KeptNumber, place: string): Places {
  return places === '' ? placesOf({ e164, zones, place }) : placesFrom(places);
}

/** What is known of a number by itself is worked out once, here: where it may be, and whether it may be rung. */
function numberRow(number: NewNumber, contactId: number, place: string) {
  const { e164, zones } = number;
  return {
    ...number,
    contactId,
    isUsable: true,
    places: placesText(placesOf({ e164, zones, place })),
    unringable: whyUnringable(e164),
  };
}

/**
 * Works out where numbers are that were kept before that was known, some at a time. How many there were: fewer
 * than `limit` says that none are left.
 */
export function placeNumbers(db: Db, limit: number): number {
  return withTransaction(db, () => {
    const rows = unplaced(db).all(limit);
    for (const { id, contactId, e164, zones, place } of rows) {
      const places = placesOf({ e164, zones: JSON.parse(zones) as string[], place });
      placed(db).run(placesText(places), whyUnringable(e164), id);
      refreshPlaces(db, contactId);
    }
    return rows.length;
  });
}

const unplaced = reading<{ id: number; contactId: number; e164: E164; zones: string; place: string }>(`
  SELECT n.id, n.contact_id AS contactId, n.e164, n.zones, c.place FROM contact_numbers n
  JOIN contacts c ON c.id = n.contact_id WHERE n.places = '' ORDER BY n.id LIMIT ?`);
const placed = writing('UPDATE contact_numbers SET places = ?, unringable = ? WHERE id = ?');

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
  return numbers(db).all(contactId);
}

// In plain SQL, because it is asked for each call.
const numbers = asking(
  contactNumbers,
  getTableColumns(contactNumbers),
  'WHERE contact_id = +? ORDER BY is_usable DESC, is_starred DESC, id',
);

/** Whether anybody has this number as one that may be rung. */
export function isNumberUsable(db: ReadDb, e164: E164): boolean {
  return usable(db).get(e164) !== undefined;
}

const usable = reading<{ id: number }>(
  'SELECT id FROM contact_numbers WHERE e164 = +? AND is_usable = 1 LIMIT 1',
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
    .limit(atMost(20))
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
    for (const { contactId } of rows) refreshPlaces(db, contactId);
  });
}

const marked = writing(
  'UPDATE contact_numbers SET is_usable = ?, unusable_why = ? WHERE e164 = ? RETURNING contact_id AS contactId',
);

/** Makes one number of a contact the one to ring. */
export function starNumber(db: Db, contactId: number, numberId: number): void {
  withTransaction(db, () => {
    starred(db).run(numberId, contactId);
    refreshPlaces(db, contactId);
  });
}

const starred = writing('UPDATE contact_numbers SET is_starred = (id = ?) WHERE contact_id = ?');

/** One line of a contact's history. */
export interface PastOutcome {
  readonly attemptId: string;
  readonly at: Instant;
  /** Empty when no agent was on the line. */
  readonly who: string;
  readonly dispositionId: string;
  readonly what: string;
  readonly note: string;
  readonly seconds: number | null;
  readonly to: string | null;
}

/** What came of a contact's calls, the latest first, in every campaign. */
export function historyOf(db: ReadDb, contactId: number, limit: number): PastOutcome[] {
  return pastOf(db).all({ contactId, limit });
}

const pastOf = prepared((db: ReadDb) =>
  db
    .select({
      attemptId: outcomes.attemptId,
      at: outcomes.filedAt,
      who: sql<string>`ifnull(${agents.name}, '')`,
      dispositionId: outcomes.dispositionId,
      what: dispositionKinds.label,
      note: outcomes.note,
      seconds: calls.seconds,
      to: calls.to,
    })
    .from(outcomes)
    .innerJoin(dispositionKinds, eq(dispositionKinds.id, outcomes.dispositionId))
    .leftJoin(agents, eq(agents.id, outcomes.agentId))
    .leftJoin(calls, eq(calls.id, outcomes.callId))
    .where(and(eq(outcomes.contactId, slot('contactId')), literally(outcomes.undoneAt, 'IS NULL')))
    .orderBy(desc(outcomes.filedAt))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

export interface NumberWithResult extends KeptNumber {
  /** What came of ringing it last, in the words of the outcome. */
  readonly lastResult: string | null;
}

export function numbersWithResults(db: ReadDb, contactId: number): NumberWithResult[] {
  return numbersOf(db, contactId).map((number) => ({
    ...number,
    lastResult: lastResult(db).get(contactId, number.e164)?.label ?? null,
  }));
}

const lastResult = reading<{ label: string }>(`
  SELECT k.label FROM outcomes o
  JOIN attempts a ON a.id = o.attempt_id
  JOIN disposition_kinds k ON k.id = o.disposition_id
  WHERE o.contact_id = ? AND o.undone_at IS NULL AND a.to_e164 = ?
  ORDER BY o.filed_at DESC LIMIT 1`);

export interface StoredCard {
  readonly contact: Contact;
  readonly numbers: readonly KeptNumber[];
  readonly history: readonly PastOutcome[];
}

/** What an agent sees of a contact. */
export function contactCard(db: ReadDb, id: number, historyMax = 10): StoredCard | null {
  const contact = contactById(db, id);
  if (contact === null) return null;
  return { contact, numbers: numbersOf(db, id), history: historyOf(db, id, historyMax) };
}

/** How many contacts there are in all. */
export function contactCount(db: ReadDb): number {
  return total(db).get()?.n ?? 0;
}

const total = reading<{ n: number }>("SELECT ifnull(sum(n), 0) AS n FROM tallies WHERE what = 'contact'");
