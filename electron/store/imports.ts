import type { Contact, NumberKind } from '../../shared/domain/contact.ts';
import type { Cadence } from '../../shared/domain/cadence.ts';
import type { ImportState } from '../../shared/domain/list-import.ts';
import { type E164, whyUnringable } from '../../shared/domain/phone.ts';
import { placesOf, placesText } from '../../shared/domain/places/places.ts';
import type { ConsentKind } from '../../shared/domain/schedule.ts';
import { present } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Zone } from '../../shared/lib/zoned-time.ts';
import { contactById, numbersOf } from './contacts.ts';
import { refreshPlaces } from './enrolments.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';
import { addSchedule } from './schedules.ts';
import type { DoNotCallKind } from './schema/book.ts';
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

/* What the check asks of the workspace. */

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

/* Rows that become contacts. */

/**
 * Lets this connection ask the disk less often. A power cut may cost its last slices, each with the word how far
 * it got, so they are done again; whatever another connection writes meanwhile is as safe as ever.
 */
export function writeInBulk(db: Db): void {
  db.$client.pragma('synchronous = NORMAL');
}

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

/** Makes up to `limit` contacts of an import findable by their words. How many there were. */
export function searchImported(db: Db, id: number, limit: number): number {
  return withTransaction(db, () => {
    const from = searched(db).get(id)?.searchedThrough ?? 0;
    const { through, n } = present(bounds(db).get(id, from, limit), 'the bounds of a slice');
    if (through === null) {
      allSearched(db).run(id);
      return 0;
    }
    wordsIn(db).run(id, from, through);
    searchedNow(db).run(through, id);
    return n;
  });
}

// After the last contact it is the greatest number there is, which JavaScript cannot hold; nobody asks then.
const searched = reading<{ searchedThrough: number }>(
  'SELECT min(searched_through, 9007199254740991) AS searchedThrough FROM imports WHERE id = ?',
);
const wordsIn = writing(`INSERT INTO contact_search (rowid, name, company, email)
  SELECT id, name, company, email FROM contacts WHERE import_id = ? AND id > ? AND id <= ?`);
const searchedNow = writing('UPDATE imports SET searched_through = ? WHERE id = ?');
const allSearched = writing('UPDATE imports SET searched_through = 9223372036854775807 WHERE id = ?');

/**
 * Makes up to `limit` contacts of an import findable no more, the last first: all at once their words cost a
 * tenth of what each alone would. How many there were.
 */
export function unsearchImported(db: Db, id: number, limit: number): number {
  return withTransaction(db, () => {
    const { from, n } = present(lastFound(db).get({ id, limit }), 'the bounds of a slice');
    if (from === null) return 0;
    wordsOut(db).run({ id, from });
    searchedNow(db).run(from - 1, id);
    return n;
  });
}

const lastFound = reading<{ from: number | null; n: number }>(`
  SELECT min(id) AS "from", count(*) AS n FROM (SELECT c.id FROM contacts c
    WHERE c.import_id = :id AND c.id <= (SELECT searched_through FROM imports WHERE id = :id)
    ORDER BY c.id DESC LIMIT :limit)`);
const wordsOut = writing(`INSERT INTO contact_search (contact_search, rowid, name, company, email)
  SELECT 'delete', id, name, company, email FROM contacts
  WHERE import_id = :id AND id >= :from AND id <= (SELECT searched_through FROM imports WHERE id = :id)`);

/** From here on `searchImported` begins with the first contact again. */
export function searchFromStart(db: Db, id: number): void {
  searchedNow(db).run(0, id);
}

export function finishImport(db: Db, id: number, at: Instant): void {
  finished(db).run(at, id);
}

const finished = writing(
  "UPDATE imports SET state = 'committed', committed_at = ? WHERE id = ? AND state = 'committing'",
);

/** A new contact out of a row. Only what most rows have is written; the rest costs nothing. */
export function addImported(
  db: Db,
  importId: number,
  listId: number | null,
  made: ImportedContact,
  at: Instant,
): number {
  const { name, company, title, place, email, fields } = made;
  const { lastInsertRowid } = contactIn(db).run(
    listId,
    name,
    company,
    title,
    place,
    email,
    JSON.stringify(fields),
    at,
    importId,
  );
  const id = Number(lastInsertRowid);
  const ids = made.numbers.map((number, nth) => addNumberOf(db, id, number, made.zone, nth === 0));
  // Nobody gave up on somebody new for want of a consent, so there is nothing to open again.
  for (const { kind, source, givenAt } of made.consents) consentIn(db).run(id, kind, 'list', source, givenAt);
  if (made.schedule !== null && ids[0] !== undefined) {
    addSchedule(db, id, { ...made.schedule, numberId: ids[0], isActive: true }, at);
  }
  return id;
}

const contactIn = writing(`INSERT INTO contacts
  (list_id, name, company, title, place, email, fields, created_at, import_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);

const consentIn = writing(`INSERT INTO consents (contact_id, kind, basis, source, given_at)
  VALUES (?, ?, ?, ?, ?) ON CONFLICT (contact_id, kind) WHERE revoked_at IS NULL DO NOTHING`);

function addNumberOf(
  db: Db,
  contactId: number,
  { e164, kind, places }: ImportedNumber,
  zone: Zone | null,
  isStarred: boolean,
): number {
  const zones = zone === null ? '[]' : JSON.stringify([zone]);
  const starred = isStarred ? 1 : 0;
  const { lastInsertRowid } = numberIn(db).run(
    contactId,
    e164,
    kind,
    zones,
    starred,
    places,
    whyUnringable(e164),
  );
  return Number(lastInsertRowid);
}

const numberIn = writing(`INSERT INTO contact_numbers
  (contact_id, e164, kind, zones, is_starred, is_usable, places, unringable) VALUES (?, ?, ?, ?, ?, 1, ?, ?)`);

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
  const ids = fresh.map((number) => addNumberOf(db, contactId, number, made.zone, known.size === 0));
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

/* Taking it back. */

export interface Undone {
  readonly removed: number;
  /** How many of these stay, because they were called or are being. */
  readonly stayed: number;
  /** Where to go on; null when there are no more. */
  readonly next: number | null;
}

/** Removes up to `limit` contacts of an import behind `from`, but for those that were called or are in a call. */
export function undoImported(db: Db, importId: number, from: number, limit: number): Undone {
  return withTransaction(db, () => {
    const { through, n } = present(bounds(db).get(importId, from, limit), 'the bounds of a slice');
    if (through === null) return { removed: 0, stayed: 0, next: null };
    const removed = removedIn(db).run(importId, from, through).changes;
    return { removed, stayed: n - removed, next: n < limit ? null : through };
  });
}

const bounds = reading<{ through: number | null; n: number }>(`
  SELECT max(id) AS through, count(*) AS n FROM
    (SELECT id FROM contacts WHERE import_id = ? AND id > ? ORDER BY id LIMIT ?)`);

const WAS_CALLED = (id: string) => `(
  EXISTS (SELECT 1 FROM attempts WHERE contact_id = ${id})
  OR EXISTS (SELECT 1 FROM calls WHERE contact_id = ${id})
  OR EXISTS (SELECT 1 FROM outcomes WHERE contact_id = ${id})
  OR EXISTS (SELECT 1 FROM enrolments WHERE contact_id = ${id} AND state = 'in-hand'))`;

const removedIn = writing(`DELETE FROM contacts
  WHERE import_id = ? AND id > ? AND id <= ? AND NOT ${WAS_CALLED('contacts.id')}`);

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

export function finishUndo(db: Db, id: number, stayed: number, at: Instant): void {
  undone(db).run(stayed, at, id);
}

const undone = writing(
  "UPDATE imports SET state = 'undone', stayed = ?, undone_at = ? WHERE id = ? AND state = 'undoing'",
);

/** How many contacts of an import there are, and how many of them an undo would leave. */
export function standingOf(db: ReadDb, id: number): { readonly here: number; readonly called: number } {
  return standing(db).get(id) ?? { here: 0, called: 0 };
}

const standing = reading<{ here: number; called: number }>(`
  SELECT count(*) AS here, ifnull(sum(${WAS_CALLED('contacts.id')}), 0) AS called
  FROM contacts WHERE import_id = ?`);

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
