import type { Instant } from '../../shared/lib/instants.ts';
import { insertingMany } from './bulk-writing.ts';
import { USUAL_PRIORITY, enrol } from './enrolments.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';

/* An import may put whoever it brings into campaigns, and takes them out again when it is undone. */

export interface Enrolling {
  readonly importId: number;
  readonly campaignIds: readonly number[];
  readonly dueAt: Instant;
}

/** Those of the campaigns that are there: one may have been deleted since it was chosen. */
export function campaignsThere(db: ReadDb, ids: readonly number[]): number[] {
  return ids.filter((id) => there(db).get(id) !== undefined);
}

const there = reading<{ id: number }>('SELECT id FROM campaigns WHERE id = ?');

/** Somebody new, of whom it is known which number would be rung. */
export interface NewPerson {
  readonly contactId: number;
  readonly places: string;
  readonly priority: number;
}

/**
 * People who are new: with the contact its enrolments go. Where the number is that would be rung is known here, so
 * it is not looked up: that alone took longer than everything else about a row.
 */
export function enrolNew(db: Db, { campaignIds, dueAt }: Enrolling, people: readonly NewPerson[]): void {
  for (const id of campaignIds) {
    enrolledIn(
      db,
      people.map(({ contactId, priority, places }) => [
        id,
        contactId,
        priority,
        places,
        dueAt,
        dueAt,
        'open',
        0,
      ]),
    );
  }
}

const enrolledIn = insertingMany(
  `INSERT INTO enrolments
  (campaign_id, contact_id, priority, places, due_at, rest_until, state, attempts)`,
  8,
);

/** Somebody who was here before: what is new about it is kept, so that an undo takes only that back. */
export function enrolKnown(
  db: Db,
  { campaignIds, dueAt, importId }: Enrolling,
  contactId: number,
  priority: number,
): void {
  for (const id of campaignIds) {
    if (enrol(db, id, [contactId], { dueAt, priority }) === 1) noted(db).run(importId, id, contactId);
  }
}

const noted = writing('INSERT OR IGNORE INTO import_enrolments VALUES (?, ?, ?)');

/** Takes up to `limit` of those out again who were not tried yet. How many were looked at. */
export function undoEnrolments(db: Db, importId: number, limit: number): number {
  return withTransaction(db, () => {
    const rows = kept(db).all(importId, limit);
    for (const { campaignId, contactId } of rows) {
      takenOut(db).run(campaignId, contactId);
      forgotten(db).run(importId, campaignId, contactId);
    }
    return rows.length;
  });
}

const kept = reading<{ campaignId: number; contactId: number }>(`
  SELECT campaign_id AS campaignId, contact_id AS contactId FROM import_enrolments WHERE import_id = ? LIMIT ?`);
const takenOut = writing(`DELETE FROM enrolments WHERE campaign_id = ? AND contact_id = ?
  AND state IN ('open', 'never') AND attempts = 0 AND last_attempt_at IS NULL`);
const forgotten = writing(
  'DELETE FROM import_enrolments WHERE import_id = ? AND campaign_id = ? AND contact_id = ?',
);

/** A file may bring a priority along, as a field of that name: from 0 to 100. */
export function priorityIn(fields: Readonly<Record<string, string>>): number {
  for (const key of Object.keys(fields)) {
    if (key.length !== 8 || key.toLowerCase() !== 'priority') continue;
    const wished = Math.trunc(Number(fields[key]));
    return Number.isNaN(wished) ? USUAL_PRIORITY : Math.max(0, Math.min(100, wished));
  }
  return USUAL_PRIORITY;
}
