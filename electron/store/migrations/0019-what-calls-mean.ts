/**
 * What calls mean: how their words sound, how warm contacts are and how far they have come, and what is to be done after
 * an outcome. Triggers only note which calls and outcomes are to be looked at; the engine's clock does the rest.
 */
export const version = 19;
export const name = 'what-calls-mean';

const QUARTER_MS = 900_000;

const NOTE = (kind: string, id: string) => `INSERT OR IGNORE INTO meaning_due VALUES ('${kind}', ${id});`;

const LAST = (contact: string, what: string) => `(SELECT m.becomes FROM contact_moves m
  WHERE m.contact_id = ${contact} AND m.what = '${what}' AND m.undone_at IS NULL
  ORDER BY m.moved_at DESC, m.id DESC LIMIT 1)`;

/** The outlook of a contact is the last of its moves that stand. Whoever is gone has none. */
const LOOK_ANEW = (contact: string) => `
  INSERT INTO contact_outlooks (contact_id, temperature, stage)
    SELECT c.id, ${LAST('c.id', 'temperature')}, ${LAST('c.id', 'stage')} FROM contacts c WHERE c.id = ${contact}
  ON CONFLICT (contact_id) DO UPDATE SET temperature = excluded.temperature, stage = excluded.stage;`;

export const sql = `
CREATE TABLE call_meanings (
  call_id INTEGER PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
  sentiment TEXT NOT NULL CHECK (sentiment IN ('good', 'neutral', 'mixed', 'bad')),
  score INTEGER NOT NULL,
  keywords TEXT NOT NULL,
  method TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX call_meanings_sentiment ON call_meanings (sentiment, call_id);

-- Each move of a contact, with its reason. One outcome moves each thing once.
CREATE TABLE contact_moves (
  id INTEGER PRIMARY KEY,
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  what TEXT NOT NULL CHECK (what IN ('temperature', 'stage')),
  becomes TEXT NOT NULL,
  why TEXT NOT NULL,
  outcome_id INTEGER,
  agent_id INTEGER REFERENCES agents (id),
  moved_at INTEGER NOT NULL,
  undone_at INTEGER,
  undone_why TEXT
) STRICT;
CREATE INDEX contact_moves_contact ON contact_moves (contact_id, what, moved_at, id);
CREATE UNIQUE INDEX contact_moves_outcome ON contact_moves (outcome_id, what) WHERE outcome_id IS NOT NULL;

CREATE TABLE contact_outlooks (
  contact_id INTEGER PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
  temperature TEXT,
  stage TEXT
) STRICT;
CREATE INDEX contact_outlooks_temperature ON contact_outlooks (temperature, contact_id);
CREATE INDEX contact_outlooks_stage ON contact_outlooks (stage, contact_id);

CREATE TRIGGER meaning_moved_in AFTER INSERT ON contact_moves BEGIN ${LOOK_ANEW('NEW.contact_id')} END;
CREATE TRIGGER meaning_moved_anew AFTER UPDATE ON contact_moves BEGIN
  ${LOOK_ANEW('OLD.contact_id')} ${LOOK_ANEW('NEW.contact_id')} END;
CREATE TRIGGER meaning_moved_out AFTER DELETE ON contact_moves BEGIN ${LOOK_ANEW('OLD.contact_id')} END;

-- Calls whose words, and outcomes whose meaning, are to be worked out.
CREATE TABLE meaning_due (
  kind TEXT NOT NULL CHECK (kind IN ('call', 'outcome')), of_id INTEGER NOT NULL,
  PRIMARY KEY (kind, of_id)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO meaning_due SELECT 'call', call_id FROM transcript_segments;

CREATE TRIGGER meaning_said_in AFTER INSERT ON transcript_segments BEGIN ${NOTE('call', 'NEW.call_id')} END;
CREATE TRIGGER meaning_said_anew AFTER UPDATE OF text, speaker ON transcript_segments BEGIN ${NOTE('call', 'NEW.call_id')} END;
CREATE TRIGGER meaning_said_out AFTER DELETE ON transcript_segments BEGIN ${NOTE('call', 'OLD.call_id')} END;
CREATE TRIGGER meaning_outcome_in AFTER INSERT ON outcomes BEGIN ${NOTE('outcome', 'NEW.id')} END;
CREATE TRIGGER meaning_outcome_anew AFTER UPDATE OF undone_at ON outcomes BEGIN ${NOTE('outcome', 'NEW.id')} END;

CREATE TABLE follow_up_plans (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  campaign_id INTEGER REFERENCES campaigns (id),
  outcome TEXT NOT NULL,
  sentiment TEXT,
  is_on INTEGER NOT NULL,
  since INTEGER NOT NULL,
  steps TEXT NOT NULL,
  removed_at INTEGER
) STRICT;

-- Each step of a sequence for one contact, as it was when its outcome started it: a sequence may be changed later.
CREATE TABLE follow_ups (
  id INTEGER PRIMARY KEY,
  plan_id INTEGER REFERENCES follow_up_plans (id),
  step INTEGER NOT NULL,
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  campaign_id INTEGER,
  outcome_id INTEGER,
  agent_id INTEGER REFERENCES agents (id),
  kind TEXT NOT NULL CHECK (kind IN ('call', 'task', 'email', 'sms')),
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'due', 'done', 'skipped', 'stopped')),
  why TEXT NOT NULL,
  closed_at INTEGER,
  closed_by INTEGER REFERENCES agents (id)
) STRICT;
CREATE UNIQUE INDEX follow_ups_once ON follow_ups (plan_id, outcome_id, step) WHERE outcome_id IS NOT NULL;
CREATE INDEX follow_ups_outcome ON follow_ups (outcome_id) WHERE outcome_id IS NOT NULL;
CREATE INDEX follow_ups_contact ON follow_ups (contact_id, due_at);
CREATE INDEX follow_ups_waiting ON follow_ups (due_at, id) WHERE state = 'waiting';
CREATE INDEX follow_ups_due ON follow_ups (due_at, id) WHERE state = 'due';
CREATE INDEX follow_ups_closed ON follow_ups (closed_at, id) WHERE closed_at IS NOT NULL;

-- Who answered, and what came of each script, are added up like everything else of reports.
CREATE TABLE report_answers (
  slot INTEGER NOT NULL, campaign_id INTEGER NOT NULL, answered_by TEXT NOT NULL, calls INTEGER NOT NULL,
  PRIMARY KEY (slot, campaign_id, answered_by)
) STRICT, WITHOUT ROWID;
CREATE TABLE report_scripts (
  slot INTEGER NOT NULL, campaign_id INTEGER NOT NULL, script_id INTEGER NOT NULL,
  talks INTEGER NOT NULL, successes INTEGER NOT NULL, scored INTEGER NOT NULL, score INTEGER NOT NULL,
  PRIMARY KEY (slot, campaign_id, script_id)
) STRICT, WITHOUT ROWID;
INSERT INTO report_answers
SELECT c.started_at / ${QUARTER_MS}, ifnull(c.campaign_id, 0), ifnull(c.answered_by, 'unknown'), count(*)
FROM calls c WHERE c.direction = 'outbound' AND c.answered_at IS NOT NULL GROUP BY 1, 2, 3;
INSERT INTO report_scripts
SELECT c.started_at / ${QUARTER_MS}, ifnull(c.campaign_id, 0), o.script_id, count(*), sum(k.is_success),
  count(c.score), ifnull(sum(c.score), 0)
FROM calls c JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL AND o.script_id IS NOT NULL
JOIN disposition_kinds k ON k.id = o.disposition_id AND k."group" <> 'not-reached'
WHERE c.direction = 'outbound' GROUP BY 1, 2, 3;
CREATE TRIGGER reports_call_scored AFTER UPDATE OF score ON calls WHEN NEW.score IS NOT OLD.score BEGIN
  INSERT OR IGNORE INTO report_dirty VALUES (NEW.started_at / ${QUARTER_MS}); END;
CREATE TRIGGER reports_outcome_scripted AFTER UPDATE OF script_id ON outcomes BEGIN
  INSERT OR IGNORE INTO report_dirty SELECT started_at / ${QUARTER_MS} FROM calls WHERE attempt_id = NEW.attempt_id; END;
`;
