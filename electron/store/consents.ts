import type { Consent, ConsentKind } from '../../shared/domain/schedule.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { reopenClosedFor } from './enrolments.ts';
import { type Db, type ReadDb, reading, writing } from './open.ts';
import { consents } from './schema/schedules.ts';
import { inserting } from './statements.ts';

export type NewConsent = Pick<Consent, 'contactId' | 'kind' | 'basis' | 'source' | 'givenAt'>;

/**
 * Keeps what somebody agreed to. Null when the same consent stands already: the first proof is kept. Campaigns
 * that had given them up for want of it have them back.
 */
export function giveConsent(db: Db, consent: NewConsent): number | null {
  const { changes, id } = insert(db, consent);
  if (changes === 0) return null;
  reopenClosedFor(db, consent.contactId, 'no-consent');
  return id;
}

const insert = inserting(consents, 'ON CONFLICT (contact_id, kind) WHERE revoked_at IS NULL DO NOTHING');

/** False when it was revoked before, or never given. */
export function revokeConsent(db: Db, id: number, at: Instant): boolean {
  return revoked(db).run(at, id).changes === 1;
}

const revoked = writing('UPDATE consents SET revoked_at = ? WHERE id = +? AND revoked_at IS NULL');

const COLUMNS = `id, contact_id AS contactId, kind, basis, source, given_at AS givenAt, revoked_at AS revokedAt`;

export function consentById(db: ReadDb, id: number): Consent | null {
  return byId(db).get(id) ?? null;
}

const byId = reading<Consent>(`SELECT ${COLUMNS} FROM consents WHERE id = +?`);

/** All that was ever given, the latest first. */
export function consentsOf(db: ReadDb, contactId: number): Consent[] {
  return ofContact(db).all(contactId);
}

const ofContact = reading<Consent>(`
  SELECT ${COLUMNS} FROM consents WHERE contact_id = +? ORDER BY given_at DESC, id DESC`);

/** When the consent that stands was given; null where none does. */
export function consentSince(db: ReadDb, contactId: number, kind: ConsentKind): Instant | null {
  return standing(db).get(contactId, kind)?.givenAt ?? null;
}

const standing = reading<{ givenAt: Instant }>(`
  SELECT given_at AS givenAt FROM consents WHERE contact_id = +? AND kind = +? AND revoked_at IS NULL`);
