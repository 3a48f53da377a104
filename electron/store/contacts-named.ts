import type { E164 } from '../../shared/domain/phone.ts';
import { type ReadDb, reading } from './open.ts';

/** A contact as a line of a list. */
export interface NamedContact {
  readonly id: number;
  readonly name: string;
  readonly place: string;
  /** The number that would be rung. */
  readonly e164: E164 | null;
}

/** Contacts by their ids, in the order given; those who are gone are left out. */
export function namedContacts(db: ReadDb, ids: readonly number[]): NamedContact[] {
  return named(db).all(JSON.stringify(ids));
}

const named = reading<NamedContact>(`
  SELECT c.id, c.name, c.place, (SELECT n.e164 FROM contact_numbers n WHERE n.contact_id = c.id
    ORDER BY n.is_usable DESC, n.is_starred DESC, n.id LIMIT 1) AS e164
  FROM json_each(?) AS k JOIN contacts c ON c.id = k.value ORDER BY k.key`);

/** Somebody of a campaign, the first who came into it; null where nobody is in it. */
export function someoneIn(db: ReadDb, campaignId: number): number | null {
  return someone(db).get(campaignId)?.id ?? null;
}

const someone = reading<{ id: number | null }>(
  'SELECT min(contact_id) AS id FROM enrolments WHERE campaign_id = +?',
);

/** Who in a campaign is meant by an id, a whole name or a phone number; at most ten of them. */
export function contactsLike(db: ReadDb, campaignId: number, wanted: string): NamedContact[] {
  const digits = wanted.replace(/[^\d]/g, '');
  const phone = digits.length >= 7 ? `+${digits}` : '';
  const id = /^\d{1,15}$/.test(wanted) ? Number(wanted) : 0;
  const ids = like(db).all({ campaignId, name: wanted.trim(), id, phone });
  return namedContacts(
    db,
    ids.map((each) => each.id),
  );
}

const like = reading<{ id: number }>(`
  SELECT c.id FROM contacts c WHERE (c.id = :id OR c.name = :name COLLATE NOCASE
    OR c.id IN (SELECT n.contact_id FROM contact_numbers n WHERE n.e164 = :phone))
    AND EXISTS (SELECT 1 FROM enrolments e WHERE e.campaign_id = :campaignId AND e.contact_id = c.id)
  ORDER BY c.id LIMIT 10`);
