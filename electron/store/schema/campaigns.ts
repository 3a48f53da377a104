import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { CampaignRules, CampaignStatus, DialMode } from '../../../shared/domain/campaign.ts';
import type { EnrolmentState } from '../../../shared/domain/contact.ts';
import type { Consequence, DispositionKind } from '../../../shared/domain/disposition.ts';
import type { FormField } from '../../../shared/domain/form.ts';
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
  /** Rises with each change, so that whoever saves an old one can be told. */
  version: integer('version').notNull(),
  /** The version whose rules every open enrolment was last planned by. */
  plannedVersion: integer('planned_version').notNull(),
  createdBy: integer('created_by'),
  deletedAt: moment('deleted_at'),
  /** For half of the contacts, to see which script does better. */
  otherScriptId: integer('other_script_id'),
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
    /** 0 to 100, the highest first. */
    priority: integer('priority').notNull(),
    /**
     * Where the number that would be rung may be, as `placesText` writes it. In the index before everything
     * else, so that a million contacts where the law is closed are passed over in one step.
     */
    places: text('places').notNull(),
    attempts: integer('attempts').notNull(),
    dueAt: moment('due_at').notNull(),
    lastAttemptAt: moment('last_attempt_at'),
    lastOutcome: text('last_outcome'),
    heldBySession: integer('held_by_session'),
    /** Until when the contact rests by its own story: an outcome's span, a skip, a promise. */
    restUntil: moment('rest_until').notNull(),
    /** The instant from which the last outcome's span counts; null where something else than a span decides. */
    restFrom: moment('rest_from'),
    /** Fell due, and has a rank in the order the campaign wishes: the lowest is rung first. */
    isReady: flag('is_ready').notNull(),
    rank: integer('rank').notNull(),
    /** The parts of the day in which they were tried: 1 in the morning, 2 in the afternoon, 4 in the evening. */
    triedParts: integer('tried_parts').notNull(),
  },
  (t) => [
    uniqueIndex('enrolments_once').on(t.campaignId, t.contactId),
    index('enrolments_contact').on(t.contactId),
    index('enrolments_ready')
      .on(t.campaignId, t.places, t.rank)
      .where(sql`${t.state} = 'open' AND ${t.isReady} = 1`),
    index('enrolments_waiting')
      .on(t.campaignId, t.places, t.dueAt)
      .where(sql`${t.state} = 'open' AND ${t.isReady} = 0`),
    index('enrolments_first').on(t.campaignId, t.rank).where(sql`${t.state} = 'open' AND ${t.isReady} = 1`),
    index('enrolments_soonest')
      .on(t.campaignId, t.dueAt)
      .where(sql`${t.state} = 'open' AND ${t.isReady} = 0`),
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
    form: json<readonly FormField[]>('form').notNull(),
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
