import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { FollowUpKind, FollowUpState, FollowUpStep } from '../../../shared/domain/follow-up.ts';
import type { Sentiment } from '../../../shared/domain/sentiment.ts';
import type { Stage, Temperature } from '../../../shared/domain/outlook.ts';
import { flag, json, moment } from './columns.ts';

/* What calls mean: how they sound, how contacts stand with us, and what is to be done about them. */

export const callMeanings = sqliteTable(
  'call_meanings',
  {
    callId: integer('call_id').primaryKey(),
    sentiment: text('sentiment').$type<Sentiment>().notNull(),
    score: integer('score').notNull(),
    keywords: json<readonly string[]>('keywords').notNull(),
    method: text('method').notNull(),
    madeAt: moment('made_at').notNull(),
  },
  (t) => [index('call_meanings_sentiment').on(t.sentiment, t.callId)],
);

export const contactMoves = sqliteTable(
  'contact_moves',
  {
    id: integer('id').primaryKey(),
    contactId: integer('contact_id').notNull(),
    what: text('what').$type<'temperature' | 'stage'>().notNull(),
    becomes: text('becomes').$type<Temperature | Stage>().notNull(),
    why: text('why').notNull(),
    outcomeId: integer('outcome_id'),
    /** Who moved them by hand; null where a rule did. */
    agentId: integer('agent_id'),
    movedAt: moment('moved_at').notNull(),
    undoneAt: moment('undone_at'),
    undoneWhy: text('undone_why'),
  },
  (t) => [
    index('contact_moves_contact').on(t.contactId, t.what, t.movedAt, t.id),
    uniqueIndex('contact_moves_outcome').on(t.outcomeId, t.what).where(sql`${t.outcomeId} IS NOT NULL`),
  ],
);

/** The last of the moves that stand, kept by triggers. */
export const contactOutlooks = sqliteTable(
  'contact_outlooks',
  {
    contactId: integer('contact_id').primaryKey(),
    temperature: text('temperature').$type<Temperature>(),
    stage: text('stage').$type<Stage>(),
  },
  (t) => [
    index('contact_outlooks_temperature').on(t.temperature, t.contactId),
    index('contact_outlooks_stage').on(t.stage, t.contactId),
  ],
);

export const meaningDue = sqliteTable(
  'meaning_due',
  { kind: text('kind').$type<'call' | 'outcome'>().notNull(), ofId: integer('of_id').notNull() },
  (t) => [primaryKey({ columns: [t.kind, t.ofId] })],
);

export const followUpPlans = sqliteTable('follow_up_plans', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  campaignId: integer('campaign_id'),
  outcome: text('outcome').notNull(),
  sentiment: text('sentiment').$type<Sentiment>(),
  isOn: flag('is_on').notNull(),
  since: moment('since').notNull(),
  steps: json<readonly FollowUpStep[]>('steps').notNull(),
  removedAt: moment('removed_at'),
});

export const followUps = sqliteTable(
  'follow_ups',
  {
    id: integer('id').primaryKey(),
    planId: integer('plan_id'),
    step: integer('step').notNull(),
    contactId: integer('contact_id').notNull(),
    campaignId: integer('campaign_id'),
    outcomeId: integer('outcome_id'),
    /** Whose call it was. */
    agentId: integer('agent_id'),
    kind: text('kind').$type<FollowUpKind>().notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    startedAt: moment('started_at').notNull(),
    dueAt: moment('due_at').notNull(),
    state: text('state').$type<FollowUpState>().notNull(),
    /** What became of it, in a sentence; empty while it is open. */
    why: text('why').notNull(),
    closedAt: moment('closed_at'),
    closedBy: integer('closed_by'),
  },
  (t) => [
    uniqueIndex('follow_ups_once').on(t.planId, t.outcomeId, t.step).where(sql`${t.outcomeId} IS NOT NULL`),
    index('follow_ups_outcome').on(t.outcomeId).where(sql`${t.outcomeId} IS NOT NULL`),
    index('follow_ups_contact').on(t.contactId, t.dueAt),
    index('follow_ups_waiting').on(t.dueAt, t.id).where(sql`${t.state} = 'waiting'`),
    index('follow_ups_due').on(t.dueAt, t.id).where(sql`${t.state} = 'due'`),
    index('follow_ups_closed').on(t.closedAt, t.id).where(sql`${t.closedAt} IS NOT NULL`),
  ],
);
