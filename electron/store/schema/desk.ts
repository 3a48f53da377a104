import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { DialMode } from '../../../shared/domain/campaign.ts';
import type { Role } from '../../../shared/domain/people.ts';
import type { SessionKind, SessionState } from '../../../shared/domain/session.ts';
import { json, moment } from './columns.ts';

/*
 * The people who work here and what they do. Foreign keys, checks and triggers are in the migrations: they
 * guard the file whoever writes to it, and drizzle has no use for them.
 */

export const agents = sqliteTable('agents', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  role: text('role').$type<Role>().notNull(),
  pinSalt: text('pin_salt'),
  pinHash: text('pin_hash'),
  createdAt: moment('created_at').notNull(),
  leftAt: moment('left_at'),
});

export const settings = sqliteTable(
  'settings',
  {
    /** `workspace`, or `agent:7`, or `campaign:3`. */
    scope: text('scope').notNull(),
    key: text('key').notNull(),
    value: json<unknown>('value').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.key] })],
);

export const audit = sqliteTable(
  'audit',
  {
    id: integer('id').primaryKey(),
    at: moment('at').notNull(),
    agentId: integer('agent_id'),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    subjectId: text('subject_id'),
    before: json<unknown>('before'),
    after: json<unknown>('after'),
  },
  (t) => [index('audit_subject').on(t.subject, t.subjectId, t.id)],
);

/** What a session has come to so far, so that a screen need not add it up. */
export interface SessionCounters {
  readonly dials: number;
  readonly talks: number;
  readonly successes: number;
}

export const sessions = sqliteTable(
  'sessions',
  {
    id: integer('id').primaryKey(),
    agentId: integer('agent_id').notNull(),
    campaignId: integer('campaign_id').notNull(),
    mode: text('mode').$type<DialMode>().notNull(),
    state: json<SessionState>('state').notNull(),
    pauseAfter: text('pause_after'),
    /** When the state on show began. */
    since: moment('since').notNull(),
    counters: json<SessionCounters>('counters').notNull(),
    startedAt: moment('started_at').notNull(),
    endedAt: moment('ended_at'),
    /** The attempt in which the agent is muted; of another one it says nothing. */
    mutedAttempt: text('muted_attempt'),
  },
  (t) => [
    uniqueIndex('sessions_one_per_agent').on(t.agentId).where(sql`${t.endedAt} IS NULL`),
    index('sessions_agent').on(t.agentId, t.startedAt),
    index('sessions_open').on(t.campaignId).where(sql`${t.endedAt} IS NULL`),
  ],
);

/** The time ledger: the rows of one session lie end to end, so every moment is in exactly one of them. */
export const agentStates = sqliteTable(
  'agent_states',
  {
    id: integer('id').primaryKey(),
    sessionId: integer('session_id').notNull(),
    agentId: integer('agent_id').notNull(),
    kind: text('kind').$type<SessionKind>().notNull(),
    reason: text('reason'),
    fromAt: moment('from_at').notNull(),
    untilAt: moment('until_at'),
  },
  (t) => [
    uniqueIndex('agent_states_running').on(t.sessionId).where(sql`${t.untilAt} IS NULL`),
    index('agent_states_agent').on(t.agentId, t.fromAt),
    index('agent_states_session').on(t.sessionId, t.fromAt),
  ],
);
