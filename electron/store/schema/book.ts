import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { NumberKind } from '../../../shared/domain/contact.ts';
import type { E164, Unringable } from '../../../shared/domain/phone.ts';
import type { Zone } from '../../../shared/lib/zoned-time.ts';
import { flag, json, moment } from './columns.ts';

/* Whom we know: lists, contacts, their numbers, and whom we leave alone. */

export const lists = sqliteTable('lists', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  source: text('source').notNull(),
  createdAt: moment('created_at').notNull(),
});

export const contacts = sqliteTable(
  'contacts',
  {
    id: integer('id').primaryKey(),
    listId: integer('list_id'),
    name: text('name').notNull(),
    company: text('company').notNull(),
    title: text('title').notNull(),
    place: text('place').notNull(),
    email: text('email').notNull(),
    fields: json<Readonly<Record<string, string>>>('fields').notNull(),
    createdAt: moment('created_at').notNull(),
    /** The import it came in with; null for one that was typed. */
    importId: integer('import_id'),
  },
  (t) => [
    index('contacts_name').on(t.name, t.id),
    index('contacts_company').on(t.company, t.name, t.id),
    index('contacts_list').on(t.listId, t.name, t.id),
    index('contacts_import').on(t.importId, t.id).where(sql`${t.importId} IS NOT NULL`),
  ],
);

export const contactNumbers = sqliteTable(
  'contact_numbers',
  {
    id: integer('id').primaryKey(),
    contactId: integer('contact_id').notNull(),
    e164: text('e164').$type<E164>().notNull(),
    kind: text('kind').$type<NumberKind>().notNull(),
    zones: json<readonly Zone[]>('zones').notNull(),
    isStarred: flag('is_starred').notNull(),
    isUsable: flag('is_usable').notNull(),
    unusableWhy: text('unusable_why'),
    /** Where it may be, by the number, the address and `zones`: see `placesText`. Empty is not worked out yet. */
    places: text('places').notNull(),
    unringable: text('unringable').$type<Unringable>(),
  },
  (t) => [
    index('contact_numbers_e164').on(t.e164),
    index('contact_numbers_contact').on(t.contactId),
    index('contact_numbers_unplaced').on(t.id).where(sql`${t.places} = ''`),
  ],
);

export type DoNotCallKind = 'number' | 'company' | 'domain' | 'area-code';

export const doNotCall = sqliteTable(
  'do_not_call',
  {
    id: integer('id').primaryKey(),
    kind: text('kind').$type<DoNotCallKind>().notNull(),
    value: text('value').notNull(),
    reason: text('reason').notNull(),
    since: moment('since').notNull(),
    byAgent: integer('by_agent'),
    madeByAttempt: text('made_by_attempt'),
    /** Where it came from, in a few words; null where nobody said. */
    source: text('source'),
  },
  (t) => [
    uniqueIndex('do_not_call_value').on(t.kind, t.value),
    index('do_not_call_attempt').on(t.madeByAttempt).where(sql`${t.madeByAttempt} IS NOT NULL`),
  ],
);

/** How many of something there are, kept by triggers: counting a million rows is never part of a screen. */
export const tallies = sqliteTable('tallies', {
  what: text('what').$type<'enrolment' | 'contact' | 'campaign' | 'outcome' | 'tag'>().notNull(),
  ofId: integer('of_id').notNull(),
  value: text('value').notNull(),
  n: integer('n').notNull(),
});
