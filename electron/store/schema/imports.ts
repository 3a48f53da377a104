import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ImportState } from '../../../shared/domain/list-import.ts';
import { json, moment } from './columns.ts';

/* Where contacts came from: one row for each file that was read in, and what it changed. */

export const imports = sqliteTable(
  'imports',
  {
    id: integer('id').primaryKey(),
    listId: integer('list_id'),
    fileName: text('file_name').notNull(),
    state: text('state').$type<ImportState>().notNull(),
    /** How the file is read, mapped and weighed: known to the room that reads lists. */
    settings: json<unknown>('settings').notNull(),
    counts: json<Readonly<Record<string, number>>>('counts').notNull(),
    doneThrough: integer('done_through').notNull(),
    added: integer('added').notNull(),
    updated: integer('updated').notNull(),
    stayed: integer('stayed').notNull(),
    createdAt: moment('created_at').notNull(),
    committedAt: moment('committed_at'),
    undoneAt: moment('undone_at'),
    /** Contacts up to this id can be found by their words; later ones when their import comes to it. */
    searchedThrough: integer('searched_through').notNull(),
  },
  (t) => [index('imports_open').on(t.id).where(sql`${t.state} IN ('checking', 'committing', 'undoing')`)],
);

export const importChanges = sqliteTable(
  'import_changes',
  {
    importId: integer('import_id').notNull(),
    contactId: integer('contact_id').notNull(),
    before: text('before').notNull(),
    after: text('after').notNull(),
    numberIds: text('number_ids').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.contactId] }),
    index('import_changes_contact').on(t.contactId),
  ],
);

export const importMappings = sqliteTable('import_mappings', {
  signature: text('signature').primaryKey(),
  mapping: text('mapping').notNull(),
  usedAt: moment('used_at').notNull(),
});

export const importEnrolments = sqliteTable(
  'import_enrolments',
  {
    importId: integer('import_id').notNull(),
    campaignId: integer('campaign_id').notNull(),
    contactId: integer('contact_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.campaignId, t.contactId] }),
    index('import_enrolments_contact').on(t.contactId),
  ],
);

export const merges = sqliteTable(
  'merges',
  {
    id: integer('id').primaryKey(),
    keptId: integer('kept_id').notNull(),
    goneId: integer('gone_id').notNull(),
    story: text('story').notNull(),
    madeAt: moment('made_at').notNull(),
    undoneAt: moment('undone_at'),
  },
  (t) => [index('merges_kept').on(t.keptId)],
);
