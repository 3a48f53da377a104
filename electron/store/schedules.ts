import { asc, eq } from 'drizzle-orm';
import type { E164 } from '../../shared/domain/phone.ts';
import type { Schedule } from '../../shared/domain/schedule.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, reading, writing } from './open.ts';
import { type Page, pageOf } from './page.ts';
import { schedules } from './schema/schedules.ts';
import { inserting, slot } from './statements.ts';

/** What a person decides about a schedule; the rest follows. */
export type ScheduleWish = Pick<Schedule, 'numberId' | 'zone' | 'minute' | 'cadence' | 'voice' | 'isActive'>;

/** Adds a contact's schedule; their removed one comes back in its place, with the days it has served. */
export function addSchedule(db: Db, contactId: number, wish: ScheduleWish, at: Instant): Schedule {
  const known = scheduleOfContact(db, contactId);
  if (known !== null) {
    assert(known.removedAt !== null, `contact ${contactId} has a schedule already`);
    return change(db, known, { ...wish, removedAt: null }, at);
  }
  const { id } = insert(db, { ...wish, contactId, version: 1, createdAt: at, changedAt: at });
  return scheduleById(db, id)!;
}

const insert = inserting(schedules);

/** Null when somebody changed it since that version was read: nothing is written then. */
export function changeSchedule(
  db: Db,
  id: number,
  version: number,
  wish: Partial<ScheduleWish>,
  at: Instant,
): Schedule | null {
  const before = scheduleById(db, id);
  if (before === null || before.removedAt !== null || before.version !== version) return null;
  return change(db, before, wish, at);
}

/** Takes it away, keeping the row: the jobs it had are its, and it may come back. */
export function removeSchedule(db: Db, id: number, at: Instant): void {
  const before = scheduleById(db, id);
  assert(before !== null, `no schedule ${id} to remove`);
  change(db, before, { removedAt: at }, at);
}

export function restoreSchedule(db: Db, id: number, at: Instant): Schedule {
  const before = scheduleById(db, id);
  assert(before !== null, `no schedule ${id} to restore`);
  return change(db, before, { removedAt: null }, at);
}

function change(
  db: Db,
  before: Schedule,
  wish: Partial<ScheduleWish> & { removedAt?: Instant | null },
  at: Instant,
): Schedule {
  const after = { ...before, ...wish, version: before.version + 1, changedAt: at };
  const { changes } = update(db).run({
    ...after,
    cadence: JSON.stringify(after.cadence),
    isActive: after.isActive ? 1 : 0,
    before: before.version,
  });
  assert(changes === 1, `schedule ${before.id} changed under our hands`);
  return after;
}

const update = writing(`
  UPDATE schedules SET number_id = :numberId, zone = :zone, minute = :minute, cadence = :cadence,
    voice = :voice, is_active = :isActive, removed_at = :removedAt, version = :version, changed_at = :changedAt
  WHERE id = +:id AND version = +:before`);

export function scheduleById(db: ReadDb, id: number): Schedule | null {
  return byId(db).get({ id }) ?? null;
}

const byId = prepared((db: ReadDb) =>
  db
    .select()
    .from(schedules)
    .where(eq(schedules.id, slot('id')))
    .prepare(),
);

/** Also one that was removed: see `removedAt`. */
export function scheduleOfContact(db: ReadDb, contactId: number): Schedule | null {
  return byContact(db).get({ contactId }) ?? null;
}

const byContact = prepared((db: ReadDb) =>
  db
    .select()
    .from(schedules)
    .where(eq(schedules.contactId, slot('contactId')))
    .orderBy(asc(schedules.id))
    .prepare(),
);

/** Schedules that are to be planned, some at a time and in order of their ids. */
export function activeSchedules(db: ReadDb, after: number, limit: number): Schedule[] {
  return active(db).all(after, limit).map(fromRow);
}

interface Row {
  readonly id: number;
  readonly cadence: string;
  readonly isActive: number;
}

const COLUMNS = `
  s.id, s.contact_id AS contactId, s.number_id AS numberId, s.zone, s.minute, s.cadence, s.voice,
  s.is_active AS isActive, s.version, s.created_at AS createdAt, s.changed_at AS changedAt,
  s.removed_at AS removedAt`;

const active = reading<Row>(`
  SELECT ${COLUMNS} FROM schedules s
  WHERE s.removed_at IS NULL AND s.is_active = 1 AND s.id > +? ORDER BY s.id LIMIT +?`);

export interface ListedSchedule {
  readonly schedule: Schedule;
  readonly contact: string;
  /** Null when the number is gone. */
  readonly number: E164 | null;
  readonly isUsable: boolean;
  /** Whether the contact agreed to be spoken to by a machine. */
  readonly mayBeSpokenTo: boolean;
  /** The next call that is planned. */
  readonly nextAt: Instant | null;
}

/** Schedules in the order they were made. `after` is the last page's `next`. */
export function schedulesPage(db: ReadDb, limit: number, after: number | null = null): Page<ListedSchedule> {
  const rows = page(db).all(after ?? 0, limit + 1);
  return pageOf(rows.map(listed), limit, (row) => row.schedule.id);
}

export function listedSchedule(db: ReadDb, id: number): ListedSchedule | null {
  const row = one(db).get(id);
  return row === undefined ? null : listed(row);
}

interface ListedRow extends Row {
  readonly contact: string;
  readonly number: E164 | null;
  readonly isUsableNumber: number | null;
  readonly mayBeSpokenTo: number;
  readonly nextAt: Instant | null;
}

const LISTED = `
  SELECT ${COLUMNS}, c.name AS contact, n.e164 AS number, n.is_usable AS isUsableNumber,
    EXISTS (SELECT 1 FROM consents g
      WHERE g.contact_id = s.contact_id AND g.kind = 'ai-voice' AND g.revoked_at IS NULL) AS mayBeSpokenTo,
    (SELECT min(j.due_at) FROM schedule_jobs j INDEXED BY schedule_jobs_contact
      WHERE j.contact_id = s.contact_id AND j.state IN ('queued', 'scheduled') AND j.attempt_id IS NULL) AS nextAt
  FROM schedules s
  JOIN contacts c ON c.id = s.contact_id
  LEFT JOIN contact_numbers n ON n.id = s.number_id AND n.contact_id = s.contact_id`;

const page = reading<ListedRow>(`${LISTED} WHERE s.removed_at IS NULL AND s.id > +? ORDER BY s.id LIMIT +?`);
const one = reading<ListedRow>(`${LISTED} WHERE s.id = +?`);

function listed({
  contact,
  number,
  isUsableNumber,
  mayBeSpokenTo,
  nextAt,
  ...row
}: ListedRow): ListedSchedule {
  return {
    schedule: fromRow(row),
    contact,
    number,
    isUsable: isUsableNumber === 1,
    mayBeSpokenTo: mayBeSpokenTo === 1,
    nextAt,
  };
}

/** Raw rows are quicker than drizzle's where a hundred thousand are walked through. */
function fromRow({ cadence, isActive, ...row }: Row): Schedule {
  return { ...row, cadence: JSON.parse(cadence), isActive: isActive === 1 } as Schedule;
}
