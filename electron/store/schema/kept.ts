import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { json, moment } from './columns.ts';

/* What is kept about many contacts at once: tags, changes that can be taken back, and registers of numbers. */

export const tags = sqliteTable(
  'tags',
  {
    id: integer('id').primaryKey(),
    name: text('name').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [uniqueIndex('tags_name').on(t.name)],
);

export const contactTags = sqliteTable(
  'contact_tags',
  {
    tagId: integer('tag_id').notNull(),
    contactId: integer('contact_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tagId, t.contactId] }), index('contact_tags_contact').on(t.contactId)],
);

export type BulkState = 'running' | 'done' | 'stopped' | 'undoing' | 'undone';

export const bulkJobs = sqliteTable('bulk_jobs', {
  id: integer('id').primaryKey(),
  act: json<unknown>('act').notNull(),
  state: text('state').$type<BulkState>().notNull(),
  total: integer('total').notNull(),
  lookedAt: integer('looked_at').notNull(),
  changed: integer('changed').notNull(),
  /** Why others stayed as they were: a sentence and how many. */
  stayed: json<Readonly<Record<string, number>>>('stayed').notNull(),
  byAgent: integer('by_agent'),
  beganAt: moment('began_at').notNull(),
  endedAt: moment('ended_at'),
});

export const bulkChanges = sqliteTable(
  'bulk_changes',
  {
    jobId: integer('job_id').notNull(),
    contactId: integer('contact_id').notNull(),
    before: text('before').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.contactId] }), index('bulk_changes_contact').on(t.contactId)],
);

export type RegistryState = 'reading' | 'in-use' | 'dropped';

export const registries = sqliteTable(
  'registries',
  {
    id: integer('id').primaryKey(),
    name: text('name').notNull(),
    jurisdiction: text('jurisdiction').notNull(),
    covers: json<readonly string[]>('covers').notNull(),
    asOf: moment('as_of').notNull(),
    fileName: text('file_name').notNull(),
    state: text('state').$type<RegistryState>().notNull(),
    numbers: integer('numbers').notNull(),
    skipped: integer('skipped').notNull(),
    byAgent: integer('by_agent'),
    readAt: moment('read_at').notNull(),
  },
  (t) => [index('registries_in_use').on(t.jurisdiction, t.asOf).where(sql`${t.state} = 'in-use'`)],
);

export const registryNumbers = sqliteTable(
  'registry_numbers',
  {
    registryId: integer('registry_id').notNull(),
    digits: integer('digits').notNull(),
  },
  (t) => [primaryKey({ columns: [t.registryId, t.digits] })],
);
