/**
 * Reports are added up as calls come in: by the quarter of an hour they began in, because no zone's days begin within
 * one, and by agent and day. Triggers only note what is no longer true; whoever reads a report counts that anew first.
 */
export const version = 16;
export const name = 'reports-added-up';

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;

const NOTE_CALL = (row: string) => `
  INSERT OR IGNORE INTO report_dirty VALUES (${row}.started_at / ${QUARTER_MS});
  INSERT OR IGNORE INTO report_dirty_days
    SELECT ${row}.agent_id, ${row}.started_at / ${DAY_MS}, ${row}.started_at / ${DAY_MS} WHERE ${row}.agent_id IS NOT NULL;`;

const NOTE_OUTCOME = (row: string) => `
  INSERT OR IGNORE INTO report_dirty SELECT started_at / ${QUARTER_MS} FROM calls WHERE attempt_id = ${row}.attempt_id;
  INSERT OR IGNORE INTO report_dirty_days SELECT agent_id, started_at / ${DAY_MS}, started_at / ${DAY_MS} FROM calls
    WHERE attempt_id = ${row}.attempt_id AND agent_id IS NOT NULL;`;

const NOTE_STATE = (row: string) => `
  INSERT OR IGNORE INTO report_dirty_days SELECT ${row}.agent_id, ${row}.from_at / ${DAY_MS}, ${row}.until_at / ${DAY_MS}
    WHERE ${row}.until_at IS NOT NULL;`;

const TOLD = [
  'started_at',
  'direction',
  'campaign_id',
  'agent_id',
  'attempt_id',
  'answered_at',
  'answered_by',
  'ended_at',
  'cost_micros',
  'currency',
];

const IS_TALK = `(c.answered_at IS NOT NULL AND ifnull(c.answered_by, 'unknown') IN ('human', 'unknown'))`;
const TALK_MS = `iif(${IS_TALK} AND c.ended_at > c.answered_at, c.ended_at - c.answered_at, 0)`;
const COUNTS = `count(*), count(c.answered_at), sum(${IS_TALK}), sum(${TALK_MS})`;

export const sql = `
CREATE TABLE report_slots (
  slot INTEGER NOT NULL, campaign_id INTEGER NOT NULL,
  dials INTEGER NOT NULL, answered INTEGER NOT NULL, talks INTEGER NOT NULL, talk_ms INTEGER NOT NULL,
  PRIMARY KEY (slot, campaign_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE report_outcomes (
  slot INTEGER NOT NULL, campaign_id INTEGER NOT NULL, disposition_id TEXT NOT NULL,
  calls INTEGER NOT NULL, talk_ms INTEGER NOT NULL,
  PRIMARY KEY (slot, campaign_id, disposition_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE report_costs (
  slot INTEGER NOT NULL, campaign_id INTEGER NOT NULL, currency TEXT NOT NULL,
  calls INTEGER NOT NULL, micros INTEGER NOT NULL,
  PRIMARY KEY (slot, campaign_id, currency)
) STRICT, WITHOUT ROWID;
CREATE TABLE report_agents (
  agent_id INTEGER NOT NULL, day INTEGER NOT NULL, campaign_id INTEGER NOT NULL,
  dials INTEGER NOT NULL, answered INTEGER NOT NULL, talks INTEGER NOT NULL, talk_ms INTEGER NOT NULL,
  PRIMARY KEY (agent_id, day, campaign_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE report_agent_outcomes (
  agent_id INTEGER NOT NULL, day INTEGER NOT NULL, campaign_id INTEGER NOT NULL, disposition_id TEXT NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (agent_id, day, campaign_id, disposition_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE report_times (
  agent_id INTEGER NOT NULL, day INTEGER NOT NULL, campaign_id INTEGER NOT NULL, kind TEXT NOT NULL, ms INTEGER NOT NULL,
  PRIMARY KEY (agent_id, day, campaign_id, kind)
) STRICT, WITHOUT ROWID;

-- What is to be counted anew: quarters, and days of an agent, the last one with them.
CREATE TABLE report_dirty (slot INTEGER PRIMARY KEY) STRICT;
CREATE TABLE report_dirty_days (
  agent_id INTEGER NOT NULL, day INTEGER NOT NULL, until_day INTEGER NOT NULL,
  PRIMARY KEY (agent_id, day, until_day)
) STRICT, WITHOUT ROWID;

INSERT INTO report_slots SELECT c.started_at / ${QUARTER_MS}, ifnull(c.campaign_id, 0), ${COUNTS}
FROM calls c WHERE c.direction = 'outbound' GROUP BY 1, 2;
INSERT INTO report_outcomes SELECT c.started_at / ${QUARTER_MS}, ifnull(c.campaign_id, 0), o.disposition_id, count(*), sum(${TALK_MS})
FROM calls c JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL
WHERE c.direction = 'outbound' GROUP BY 1, 2, 3;
INSERT INTO report_costs SELECT c.started_at / ${QUARTER_MS}, ifnull(c.campaign_id, 0), ifnull(c.currency, ''), count(*), sum(c.cost_micros)
FROM calls c WHERE c.direction = 'outbound' AND c.cost_micros IS NOT NULL GROUP BY 1, 2, 3;
INSERT INTO report_agents SELECT c.agent_id, c.started_at / ${DAY_MS}, ifnull(c.campaign_id, 0), ${COUNTS}
FROM calls c WHERE c.direction = 'outbound' AND c.agent_id IS NOT NULL GROUP BY 1, 2, 3;
INSERT INTO report_agent_outcomes SELECT c.agent_id, c.started_at / ${DAY_MS}, ifnull(c.campaign_id, 0), o.disposition_id, count(*)
FROM calls c JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL
WHERE c.direction = 'outbound' AND c.agent_id IS NOT NULL GROUP BY 1, 2, 3, 4;
INSERT OR IGNORE INTO report_dirty_days
SELECT agent_id, from_at / ${DAY_MS}, until_at / ${DAY_MS} FROM agent_states WHERE until_at IS NOT NULL;

CREATE TRIGGER reports_call_in AFTER INSERT ON calls WHEN NEW.direction = 'outbound' BEGIN ${NOTE_CALL('NEW')} END;
CREATE TRIGGER reports_call_anew AFTER UPDATE OF ${TOLD.join(', ')} ON calls
WHEN ${TOLD.map((column) => `NEW.${column} IS NOT OLD.${column}`).join(' OR ')}
BEGIN ${NOTE_CALL('OLD')} ${NOTE_CALL('NEW')} END;
CREATE TRIGGER reports_call_out AFTER DELETE ON calls BEGIN ${NOTE_CALL('OLD')} END;

CREATE TRIGGER reports_outcome_in AFTER INSERT ON outcomes WHEN NEW.undone_at IS NULL BEGIN ${NOTE_OUTCOME('NEW')} END;
CREATE TRIGGER reports_outcome_anew AFTER UPDATE OF undone_at, disposition_id, attempt_id ON outcomes
BEGIN ${NOTE_OUTCOME('OLD')} ${NOTE_OUTCOME('NEW')} END;
CREATE TRIGGER reports_outcome_out AFTER DELETE ON outcomes BEGIN ${NOTE_OUTCOME('OLD')} END;

CREATE TRIGGER reports_state_in AFTER INSERT ON agent_states WHEN NEW.until_at IS NOT NULL BEGIN ${NOTE_STATE('NEW')} END;
CREATE TRIGGER reports_state_anew AFTER UPDATE OF from_at, until_at, kind, agent_id ON agent_states
BEGIN ${NOTE_STATE('OLD')} ${NOTE_STATE('NEW')} END;
CREATE TRIGGER reports_state_out AFTER DELETE ON agent_states BEGIN ${NOTE_STATE('OLD')} END;
`;
