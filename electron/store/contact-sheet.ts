import type { EnrolmentState } from '../../shared/domain/contact.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

/** Where a contact came from. */
export interface ContactFrame {
  readonly list: string | null;
  readonly createdAt: Instant;
}

export function contactFrame(db: ReadDb, id: number): ContactFrame | null {
  return frame(db).get(id) ?? null;
}

const frame = reading<ContactFrame>(`
  SELECT l.name AS list, c.created_at AS createdAt FROM contacts c LEFT JOIN lists l ON l.id = c.list_id
  WHERE c.id = +?`);

/** A contact in each of the campaigns they are in. */
export interface EnrolmentOfContact {
  readonly enrolmentId: number;
  readonly campaignId: number;
  readonly campaign: string;
  readonly state: EnrolmentState;
  readonly attempts: number;
  readonly dueAt: Instant;
}

export function enrolmentsOfContact(db: ReadDb, id: number): EnrolmentOfContact[] {
  return enrolled(db).all(id);
}

const enrolled = reading<EnrolmentOfContact>(`
  SELECT e.id AS enrolmentId, e.campaign_id AS campaignId, g.name AS campaign, e.state, e.attempts, e.due_at AS dueAt
  FROM enrolments e CROSS JOIN campaigns g ON g.id = e.campaign_id
  WHERE e.contact_id = +? AND g.deleted_at IS NULL ORDER BY e.state = 'open' DESC, g.name`);
