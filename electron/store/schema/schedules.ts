import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Cadence } from '../../../shared/domain/cadence.ts';
import type { CanceledBy, ConsentKind, JobState } from '../../../shared/domain/schedule.ts';
import type { Zone } from '../../../shared/lib/zoned-time.ts';
import { flag, json, moment } from './columns.ts';

/* Calls that a person gets day after day, each planned call of them, and what people agreed to. */

export const schedules = sqliteTable(
  'schedules',
  {
    id: integer('id').primaryKey(),
    contactId: integer('contact_id').notNull(),
    numberId: integer('number_id').notNull(),
    zone: text('zone').$type<Zone>().notNull(),
    minute: integer('minute').notNull(),
    cadence: json<Cadence>('cadence').notNull(),
    voice: text('voice').notNull(),
    isActive: flag('is_active').notNull(),
    version: integer('version').notNull(),
    createdAt: moment('created_at').notNull(),
    changedAt: moment('changed_at').notNull(),
    removedAt: moment('removed_at'),
  },
  (t) => [
    uniqueIndex('schedules_contact').on(t.contactId),
    index('schedules_here').on(t.id).where(sql`${t.removedAt} IS NULL`),
    index('schedules_active').on(t.id).where(sql`${t.removedAt} IS NULL AND ${t.isActive} = 1`),
  ],
);

export const scheduleJobs = sqliteTable(
  'schedule_jobs',
  {
    id: integer('id').primaryKey(),
    scheduleId: integer('schedule_id').notNull(),
    contactId: integer('contact_id').notNull(),
    localDate: text('local_date').notNull(),
    plannedAt: moment('planned_at').notNull(),
    dueAt: moment('due_at').notNull(),
    state: text('state').$type<JobState>().notNull(),
    attempts: integer('attempts').notNull(),
    attemptId: text('attempt_id'),
    callRef: text('call_ref'),
    /** When it last began to call. */
    begunAt: moment('begun_at'),
    note: text('note'),
    error: text('error'),
    canceledBy: text('canceled_by').$type<CanceledBy>(),
    createdAt: moment('created_at').notNull(),
    changedAt: moment('changed_at').notNull(),
  },
  (t) => [
    uniqueIndex('schedule_jobs_once').on(t.scheduleId, t.localDate),
    index('schedule_jobs_due')
      .on(t.dueAt)
      .where(sql`${t.state} IN ('queued', 'scheduled') AND ${t.attemptId} IS NULL`),
    index('schedule_jobs_open')
      .on(t.attemptId)
      .where(sql`${t.state} IN ('scheduled', 'started') AND ${t.attemptId} IS NOT NULL`),
    index('schedule_jobs_day').on(t.plannedAt, t.id, t.state),
    index('schedule_jobs_state').on(t.state, t.plannedAt, t.id),
    index('schedule_jobs_contact').on(t.contactId, t.plannedAt),
  ],
);

/** What somebody agreed to, and until when. A revoked one stays as proof of the calls made while it stood. */
export const consents = sqliteTable(
  'consents',
  {
    id: integer('id').primaryKey(),
    contactId: integer('contact_id').notNull(),
    kind: text('kind').$type<ConsentKind>().notNull(),
    basis: text('basis').notNull(),
    source: text('source').notNull(),
    givenAt: moment('given_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (t) => [
    uniqueIndex('consents_one_stands').on(t.contactId, t.kind).where(sql`${t.revokedAt} IS NULL`),
    index('consents_contact').on(t.contactId, t.givenAt),
  ],
);
