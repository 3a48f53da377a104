import { desc, sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { CampaignRules, CampaignStatus, DialMode } from '../../../shared/domain/campaign.ts';
import type { EnrolmentState } from '../../../shared/domain/contact.ts';
import type { Consequence, DispositionKind } from '../../../shared/domain/disposition.ts';
import type { ScriptBlock } from '../../../shared/domain/script.ts';
import { flag, json, moment } from './columns.ts';

/* What we mean to do: campaigns, scripts, who is in them, and what was promised. */

export const campaigns = sqliteTable('campaigns', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  status: text('status').$type<CampaignStatus>().notNull(),
  mode: text('mode').$type<DialMode>().notNull(),
  rules: json<CampaignRules>('rules').notNull(),
  callerId: text('caller_id').notNull(),
  scriptId: integer('script_id'),
  createdAt: moment('created_at').notNull(),
  startedAt: moment('started_at'),
});

/** Every version of a script is a row of its own: a call of last month shows the words it was made with. */
export const scripts = sqliteTable(
  'scripts',
  {
    id: integer('id').primaryKey(),
    name: text('name').notNull(),
    version: integer('version').notNull(),
    blocks: json<readonly ScriptBlock[]>('blocks').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [uniqueIndex('scripts_version').on(t.name, t.version)],
);

export const enrolments = sqliteTable(
  'enrolments',
  {
    id: integer('id').primaryKey(),
    campaignId: integer('campaign_id').notNull(),
    contactId: integer('contact_id').notNull(),
    state: text('state').$type<EnrolmentState>().notNull(),
    /** 0 to 100, the highest first. Bounded, because choosing the next contact asks once per level. */
    priority: integer('priority').notNull(),
    /**
     * The zones of the number that would be rung, sorted, as JSON text. In the index before everything else,
     * so that a million contacts where it is night are passed over in one step.
     */
    zones: text('zones').notNull(),
    attempts: integer('attempts').notNull(),
    dueAt: moment('due_at').notNull(),
    lastAttemptAt: moment('last_attempt_at'),
    lastOutcome: text('last_outcome'),
    heldBySession: integer('held_by_session'),
  },
  (t) => [
    uniqueIndex('enrolments_once').on(t.campaignId, t.contactId),
    index('enrolments_contact').on(t.contactId),
    index('enrolments_open')
      .on(t.campaignId, t.zones, desc(t.priority), t.dueAt)
      .where(sql`${t.state} = 'open'`),
    index('enrolments_held').on(t.heldBySession).where(sql`${t.heldBySession} IS NOT NULL`),
  ],
);

export const dispositionKinds = sqliteTable(
  'disposition_kinds',
  {
    id: text('id').primaryKey(),
    campaignId: integer('campaign_id'),
    label: text('label').notNull(),
    digit: text('digit').notNull(),
    group: text('group').$type<DispositionKind['group']>().notNull(),
    consequence: json<Consequence>('consequence').notNull(),
    needsConfirm: flag('needs_confirm').notNull(),
    needsNote: flag('needs_note').notNull(),
    isSuccess: flag('is_success').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [index('disposition_kinds_campaign').on(t.campaignId, t.position)],
);

export type CallbackState = 'open' | 'kept' | 'missed' | 'cancelled';

export const callbacks = sqliteTable(
  'callbacks',
  {
    id: integer('id').primaryKey(),
    contactId: integer('contact_id').notNull(),
    numberId: integer('number_id'),
    campaignId: integer('campaign_id'),
    /** Null: anybody may keep it. */
    agentId: integer('agent_id'),
    dueAt: moment('due_at').notNull(),
    note: text('note').notNull(),
    state: text('state').$type<CallbackState>().notNull(),
    madeByAttempt: text('made_by_attempt'),
    createdAt: moment('created_at').notNull(),
    closedAt: moment('closed_at'),
  },
  (t) => [
    index('callbacks_contact').on(t.contactId, t.dueAt),
    index('callbacks_open').on(t.dueAt).where(sql`${t.state} = 'open'`),
    index('callbacks_promised').on(t.contactId, t.campaignId).where(sql`${t.state} = 'open'`),
    index('callbacks_attempt').on(t.madeByAttempt).where(sql`${t.madeByAttempt} IS NOT NULL`),
  ],
);

export const callerIds = sqliteTable(
  'caller_ids',
  {
    id: integer('id').primaryKey(),
    number: text('number').notNull(),
    label: text('label').notNull(),
  },
  (t) => [uniqueIndex('caller_ids_number').on(t.number)],
);
