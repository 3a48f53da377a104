import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* What reports are added up from: quarters of an hour since 1970 (`slot`), and days of the world’s clock. No campaign is 0. */

const counts = {
  dials: integer('dials').notNull(),
  answered: integer('answered').notNull(),
  talks: integer('talks').notNull(),
  talkMs: integer('talk_ms').notNull(),
};
const slot = integer('slot').notNull();
const campaignId = integer('campaign_id').notNull();
const agentId = integer('agent_id').notNull();
const day = integer('day').notNull();
const dispositionId = text('disposition_id').notNull();
const calls = integer('calls').notNull();

export const reportSlots = sqliteTable('report_slots', { slot, campaignId, ...counts }, (t) => [
  primaryKey({ columns: [t.slot, t.campaignId] }),
]);

export const reportOutcomes = sqliteTable(
  'report_outcomes',
  { slot, campaignId, dispositionId, calls, talkMs: integer('talk_ms').notNull() },
  (t) => [primaryKey({ columns: [t.slot, t.campaignId, t.dispositionId] })],
);

export const reportCosts = sqliteTable(
  'report_costs',
  {
    slot,
    campaignId,
    currency: text('currency').notNull(),
    calls,
    micros: integer('micros').notNull(),
  },
  (t) => [primaryKey({ columns: [t.slot, t.campaignId, t.currency] })],
);

export const reportAgents = sqliteTable('report_agents', { agentId, day, campaignId, ...counts }, (t) => [
  primaryKey({ columns: [t.agentId, t.day, t.campaignId] }),
]);

export const reportAgentOutcomes = sqliteTable(
  'report_agent_outcomes',
  { agentId, day, campaignId, dispositionId, calls },
  (t) => [primaryKey({ columns: [t.agentId, t.day, t.campaignId, t.dispositionId] })],
);

export const reportTimes = sqliteTable(
  'report_times',
  { agentId, day, campaignId, kind: text('kind').notNull(), ms: integer('ms').notNull() },
  (t) => [primaryKey({ columns: [t.agentId, t.day, t.campaignId, t.kind] })],
);

export const reportAnswers = sqliteTable(
  'report_answers',
  { slot, campaignId, answeredBy: text('answered_by').notNull(), calls },
  (t) => [primaryKey({ columns: [t.slot, t.campaignId, t.answeredBy] })],
);

export const reportScripts = sqliteTable(
  'report_scripts',
  {
    slot,
    campaignId,
    scriptId: integer('script_id').notNull(),
    dispositionId,
    calls,
    scored: integer('scored').notNull(),
    score: integer('score').notNull(),
  },
  (t) => [primaryKey({ columns: [t.slot, t.campaignId, t.scriptId, t.dispositionId] })],
);

export const reportDirty = sqliteTable('report_dirty', { slot: integer('slot').primaryKey() });

export const reportDirtyDays = sqliteTable(
  'report_dirty_days',
  { agentId, day, untilDay: integer('until_day').notNull() },
  (t) => [primaryKey({ columns: [t.agentId, t.day, t.untilDay] })],
);
