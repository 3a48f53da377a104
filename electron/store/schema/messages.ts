import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { moment } from './columns.ts';

/* Sounds that are left on machines, or played by campaigns. */

export const messages = sqliteTable('messages', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  sha256: text('sha256').notNull(),
  bytes: integer('bytes').notNull(),
  durationMs: integer('duration_ms').notNull(),
  /** The loudest sample, of 32,768. */
  peak: integer('peak').notNull(),
  madeAt: moment('made_at').notNull(),
  madeBy: integer('made_by'),
  uses: integer('uses').notNull(),
  lastUsedAt: moment('last_used_at'),
  removedAt: moment('removed_at'),
});

export const messageUses = sqliteTable(
  'message_uses',
  {
    attemptId: text('attempt_id').notNull(),
    how: text('how').$type<'left' | 'played'>().notNull(),
    messageId: integer('message_id').notNull(),
    usedAt: moment('used_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.attemptId, t.how] })],
);
