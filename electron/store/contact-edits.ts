import type { Contact } from '../../shared/domain/contact.ts';
import { placesOf, placesText } from '../../shared/domain/places/places.ts';
import { contactById, numbersOf, starNumber } from './contacts.ts';
import { refreshPlaces } from './enrolments.ts';
import { type Db, withTransaction, writing } from './open.ts';

export type ContactChange = Partial<Omit<Contact, 'id'>>;

/** Changes what is known of a person. A new address may put their numbers into other hours. */
export function changeContact(db: Db, id: number, change: ContactChange): void {
  withTransaction(db, () => {
    const after = { ...contactById(db, id)!, ...change };
    changed(db).run({ ...after, fields: JSON.stringify(after.fields) });
    if (change.place === undefined) return;
    for (const { id: numberId, e164, zones } of numbersOf(db, id)) {
      placed(db).run(placesText(placesOf({ e164, zones, place: after.place })), numberId);
    }
    refreshPlaces(db, id);
  });
}

const changed = writing(`
  UPDATE contacts SET name = :name, company = :company, title = :title, place = :place, email = :email,
    fields = :fields WHERE id = :id`);
const placed = writing('UPDATE contact_numbers SET places = ? WHERE id = ?');

/** Takes a number away from a contact; another of theirs becomes the one to ring. False when it is not theirs. */
export function removeNumber(db: Db, contactId: number, numberId: number): boolean {
  return withTransaction(db, () => {
    const { changes } = removed(db).run(numberId, contactId);
    const [first] = numbersOf(db, contactId);
    if (first !== undefined && !first.isStarred) starNumber(db, contactId, first.id);
    else refreshPlaces(db, contactId);
    return changes === 1;
  });
}

const removed = writing('DELETE FROM contact_numbers WHERE id = ? AND contact_id = ?');
