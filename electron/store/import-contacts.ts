import type { Cadence } from '../../shared/domain/cadence.ts';
import type { Contact, NumberKind } from '../../shared/domain/contact.ts';
import { type E164, whyUnringable } from '../../shared/domain/phone.ts';
import { placesOf, placesText } from '../../shared/domain/places/places.ts';
import type { ConsentKind } from '../../shared/domain/schedule.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Zone } from '../../shared/lib/zoned-time.ts';
import { insertingMany } from './bulk-writing.ts';
import { contactById, numbersOf } from './contacts.ts';
import { refreshPlaces } from './enrolments.ts';
import { type Db, reading, withTransaction, writing } from './open.ts';
import { addSchedule } from './schedules.ts';

/* Rows that become contacts, or change those that were here, and how such a change is given back. */

export interface ImportedNumber {
  readonly e164: E164;
  readonly kind: NumberKind;
  readonly places: string;
}

export interface ImportedContact extends Omit<Contact, 'id'> {
  readonly numbers: readonly ImportedNumber[];
  /** The zone that came along with the row. */
  readonly zone: Zone | null;
  readonly schedule: {
    readonly zone: Zone;
    readonly minute: number;
    readonly cadence: Cadence;
    readonly voice: string;
  } | null;
  readonly consents: readonly {
    readonly kind: ConsentKind;
    readonly source: string;
    readonly givenAt: Instant;
  }[];
}

/** A new contact out of a row. */
export function addImported(
  db: Db,
  importId: number,
  listId: number | null,
  made: ImportedContact,
  at: Instant,
): number {
  return addManyImported(db, importId, listId, [made], at);
}

/**
 * New contacts out of rows, and the id of the first; those of the others follow it. Only what most rows have is
 * written; the rest costs nothing.
 */
export function addManyImported(
  db: Db,
  importId: number,
  listId: number | null,
  all: readonly ImportedContact[],
  at: Instant,
): number {
  const first = (lastContact(db).get()?.id ?? 0) + 1;
  const rows = all.map(({ name, company, title, place, email, fields }, nth) => {
    const own = [name, company, title, place, email, JSON.stringify(fields)];
    return [first + nth, listId, ...own, at, importId];
  });
  contactsIn(db, rows);
  const firstNumber = (lastNumber(db).get()?.id ?? 0) + 1;
  const numbers = all.flatMap(({ numbers: own, zone }, nth) =>
    own.map((number, which) => numberRow(first + nth, number, zone, which === 0)),
  );
  numbersIn(
    db,
    numbers.map((row, nth) => [firstNumber + nth, ...row]),
  );
  let numberId = firstNumber;
  for (const [nth, made] of all.entries()) {
    // Nobody gave up on somebody new for want of a consent, so there is nothing to open again.
    for (const { kind, source, givenAt } of made.consents)
      consentIn(db).run(first + nth, kind, 'list', source, givenAt);
    if (made.schedule !== null && made.numbers.length > 0)
      addSchedule(db, first + nth, { ...made.schedule, numberId, isActive: true }, at);
    numberId += made.numbers.length;
  }
  return first;
}

const lastContact = reading<{ id: number | null }>('SELECT max(id) AS id FROM contacts');
const lastNumber = reading<{ id: number | null }>('SELECT max(id) AS id FROM contact_numbers');
const contactsIn = insertingMany(
  `INSERT INTO contacts
  (id, list_id, name, company, title, place, email, fields, created_at, import_id)`,
  10,
);
const numbersIn = insertingMany(
  `INSERT INTO contact_numbers
  (id, contact_id, e164, kind, zones, is_starred, places, unringable, is_usable)`,
  9,
);

const consentIn = writing(`INSERT INTO consents (contact_id, kind, basis, source, given_at)
  VALUES (?, ?, ?, ?, ?) ON CONFLICT (contact_id, kind) WHERE revoked_at IS NULL DO NOTHING`);

function numberRow(
  contactId: number,
  { e164, kind, places }: ImportedNumber,
  zone: Zone | null,
  isStarred: boolean,
): unknown[] {
  const zones = zone === null ? '[]' : JSON.stringify([zone]);
  return [contactId, e164, kind, zones, isStarred ? 1 : 0, places, whyUnringable(e164), 1];
}

const numberIn = writing(`INSERT INTO contact_numbers
  (contact_id, e164, kind, zones, is_starred, places, unringable, is_usable) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);

/** The fields of a contact that an import may change. */
type Changeable = Pick<Contact, 'name' | 'company' | 'title' | 'place' | 'email' | 'fields'>;

/**
 * Brings a contact that was here before up to date: what the row says replaces what was there, what it leaves
 * empty stays, new numbers come in addition. What it was is kept, so that an undo gives it back. False where
 * the contact is gone or nothing was new.
 */
export function updateImported(db: Db, importId: number, contactId: number, made: ImportedContact): boolean {
  const before = contactById(db, contactId);
  if (before === null) return false;
  const wished: Changeable = {
    name: isOwnName(made) ? made.name : before.name,
    company: made.company || before.company,
    title: made.title || before.title,
    place: made.place || before.place,
    email: made.email || before.email,
    fields: { ...before.fields, ...made.fields },
  };
  const known = new Set(numbersOf(db, contactId).map((number) => number.e164));
  const fresh = made.numbers.filter((number) => !known.has(number.e164));
  if (fresh.length === 0 && changeableText(before) === changeableText(wished)) return false;
  const ids = fresh.map((number) =>
    Number(numberIn(db).run(numberRow(contactId, number, made.zone, known.size === 0)).lastInsertRowid),
  );
  write(db, contactId, wished);
  rememberChange(db, importId, contactId, { before, after: wished, ids });
  if (before.place !== wished.place) replace(db, contactId, wished.place);
  refreshPlaces(db, contactId);
  return true;
}

/** A row without a name is called by its company or number; that is no news to somebody who has a name. */
function isOwnName({ name, company, email, numbers: [first] }: ImportedContact): boolean {
  return name !== company && name !== email && name !== first?.e164;
}

function write(db: Db, id: number, { name, company, title, place, email, fields }: Changeable): void {
  written(db).run(name, company, title, place, email, JSON.stringify(fields), id);
}

const written = writing(
  'UPDATE contacts SET name = ?, company = ?, title = ?, place = ?, email = ?, fields = ? WHERE id = ?',
);

/** Two rows of one file may change the same contact: the first remembers what it was, both what was added. */
function rememberChange(
  db: Db,
  importId: number,
  contactId: number,
  { before, after: now, ids }: { before: Changeable; after: Changeable; ids: readonly number[] },
): void {
  const earlier = changeOf(db).get(importId, contactId);
  const all = [...(earlier === undefined ? [] : (JSON.parse(earlier.numberIds) as number[])), ...ids];
  const first = earlier?.before ?? changeableText(before);
  changeIn(db).run(importId, contactId, first, changeableText(now), JSON.stringify(all));
}

const changeOf = reading<{ before: string; numberIds: string }>(
  'SELECT before, number_ids AS numberIds FROM import_changes WHERE import_id = ? AND contact_id = ?',
);
const changeIn = writing('INSERT OR REPLACE INTO import_changes VALUES (?, ?, ?, ?, ?)');

function changeableText({ name, company, title, place, email, fields }: Changeable): string {
  return JSON.stringify({ name, company, title, place, email, fields });
}

/** Another address: every number of theirs may be elsewhere by law. */
function replace(db: Db, contactId: number, place: string): void {
  for (const { id, e164, zones } of numbersOf(db, contactId)) {
    replaced(db).run(placesText(placesOf({ e164, zones, place })), id);
  }
}

const replaced = writing('UPDATE contact_numbers SET places = ? WHERE id = ?');

/** Gives back what up to `limit` contacts were before the import changed them. How many there were. */
export function undoChanges(db: Db, importId: number, limit: number): number {
  return withTransaction(db, () => {
    const rows = changes(db).all(importId, limit);
    for (const { contactId, before, after: made, numberIds } of rows) {
      giveBack(db, contactId, JSON.parse(before) as Changeable, JSON.parse(made) as Changeable);
      for (const id of JSON.parse(numberIds) as number[]) numberOut(db).run(id, contactId);
      changeOut(db).run(importId, contactId);
      refreshPlaces(db, contactId);
    }
    return rows.length;
  });
}

/** What somebody has changed since is theirs, and stays. */
function giveBack(db: Db, contactId: number, before: Changeable, made: Changeable): void {
  const now = contactById(db, contactId);
  if (now === null) return;
  const kept = <K extends Exclude<keyof Changeable, 'fields'>>(key: K) =>
    now[key] === made[key] ? before[key] : now[key];
  const areFieldsOurs = JSON.stringify(now.fields) === JSON.stringify(made.fields);
  write(db, contactId, {
    name: kept('name'),
    company: kept('company'),
    title: kept('title'),
    place: kept('place'),
    email: kept('email'),
    fields: areFieldsOurs ? before.fields : now.fields,
  });
  if (kept('place') !== now.place) replace(db, contactId, kept('place'));
}

const changes = reading<{ contactId: number; before: string; after: string; numberIds: string }>(`
  SELECT contact_id AS contactId, before, after, number_ids AS numberIds FROM import_changes
  WHERE import_id = ? ORDER BY contact_id LIMIT ?`);
// A number that was called stays with its contact, and so does one that a schedule calls.
const numberOut = writing(`DELETE FROM contact_numbers WHERE id = ? AND contact_id = ?
  AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.contact_id = contact_numbers.contact_id AND a.to_e164 = contact_numbers.e164)
  AND NOT EXISTS (SELECT 1 FROM schedules s WHERE s.contact_id = contact_numbers.contact_id AND s.number_id = contact_numbers.id)`);
const changeOut = writing('DELETE FROM import_changes WHERE import_id = ? AND contact_id = ?');
