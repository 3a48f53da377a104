import { sql } from 'drizzle-orm';
import { blob, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { moment } from './columns.ts';

/** What carriers posted to the relay, byte for byte: kept before it is answered, and read afterwards (law 5). */
export const deliveries = sqliteTable(
  'deliveries',
  {
    id: integer('id').primaryKey(),
    carrier: text('carrier').notNull(),
    /** Which of its hooks: `status`, `recording`, `voice` … */
    kind: text('kind').notNull(),
    attemptId: text('attempt_id'),
    mime: text('mime').notNull(),
    body: blob('body', { mode: 'buffer' }).notNull(),
    /** A hash of where it went and what it said: the same for the same telling. */
    content: text('content').notNull(),
    /** The carrier's own mark for one delivery and all its repetitions. */
    token: text('token'),
    receivedAt: moment('received_at').notNull(),
    readAt: moment('read_at'),
    /** Why nobody could read it. */
    trouble: text('trouble'),
  },
  (t) => [
    uniqueIndex('deliveries_content').on(t.carrier, t.content),
    uniqueIndex('deliveries_token').on(t.carrier, t.token).where(sql`${t.token} IS NOT NULL`),
    index('deliveries_unread').on(t.id).where(sql`${t.readAt} IS NULL`),
    index('deliveries_trouble').on(t.id).where(sql`${t.trouble} IS NOT NULL`),
    index('deliveries_attempt').on(t.attemptId).where(sql`${t.attemptId} IS NOT NULL`),
    index('deliveries_received').on(t.receivedAt),
  ],
);
