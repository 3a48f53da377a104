import { CALL_TABLES } from './0001-first-tables-calls.ts';

/** The tables Parley began with. Released migrations are never edited: the next step is a new file. */
export const version = 1;
export const name = 'first-tables';

const PEOPLE_AND_CONTACTS = `
CREATE TABLE agents (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  pin_salt TEXT,
  pin_hash TEXT,
  created_at INTEGER NOT NULL,
  left_at INTEGER
) STRICT;

CREATE TABLE settings (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  agent_id INTEGER,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_id TEXT,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX audit_subject ON audit (subject, subject_id, id);
CREATE TRIGGER audit_is_written_once BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;

CREATE TABLE lists (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE contacts (
  id INTEGER PRIMARY KEY,
  list_id INTEGER REFERENCES lists (id),
  name TEXT NOT NULL,
  company TEXT NOT NULL,
  title TEXT NOT NULL,
  place TEXT NOT NULL,
  email TEXT NOT NULL,
  fields TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contacts_name ON contacts (name, id);
CREATE INDEX contacts_company ON contacts (company, name, id);
CREATE INDEX contacts_list ON contacts (list_id, name, id);

CREATE VIRTUAL TABLE contact_search USING fts5 (
  name, company, email,
  content = 'contacts', content_rowid = 'id',
  prefix = '2 3', detail = none, columnsize = 0,
  tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER contacts_searched_in AFTER INSERT ON contacts BEGIN
  INSERT INTO contact_search (rowid, name, company, email) VALUES (NEW.id, NEW.name, NEW.company, NEW.email);
END;
CREATE TRIGGER contacts_searched_out AFTER DELETE ON contacts BEGIN
  INSERT INTO contact_search (contact_search, rowid, name, company, email)
  VALUES ('delete', OLD.id, OLD.name, OLD.company, OLD.email);
END;
CREATE TRIGGER contacts_searched_anew AFTER UPDATE OF name, company, email ON contacts BEGIN
  INSERT INTO contact_search (contact_search, rowid, name, company, email)
  VALUES ('delete', OLD.id, OLD.name, OLD.company, OLD.email);
  INSERT INTO contact_search (rowid, name, company, email) VALUES (NEW.id, NEW.name, NEW.company, NEW.email);
END;

CREATE TABLE contact_numbers (
  id INTEGER PRIMARY KEY,
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  e164 TEXT NOT NULL,
  kind TEXT NOT NULL,
  zones TEXT NOT NULL,
  is_starred INTEGER NOT NULL,
  is_usable INTEGER NOT NULL,
  unusable_why TEXT
) STRICT;
CREATE INDEX contact_numbers_e164 ON contact_numbers (e164);
CREATE INDEX contact_numbers_contact ON contact_numbers (contact_id);

CREATE TABLE do_not_call (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  since INTEGER NOT NULL,
  by_agent INTEGER,
  made_by_attempt TEXT
) STRICT;
CREATE UNIQUE INDEX do_not_call_value ON do_not_call (kind, value);
CREATE INDEX do_not_call_attempt ON do_not_call (made_by_attempt) WHERE made_by_attempt IS NOT NULL;

CREATE TABLE tallies (
  what TEXT NOT NULL,
  of_id INTEGER NOT NULL,
  value TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (what, of_id, value)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER contacts_counted_in AFTER INSERT ON contacts BEGIN
  INSERT INTO tallies VALUES ('contact', ifnull(NEW.list_id, 0), '', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER contacts_counted_out AFTER DELETE ON contacts BEGIN
  UPDATE tallies SET n = n - 1 WHERE what = 'contact' AND of_id = ifnull(OLD.list_id, 0) AND value = '';
END;
`;

const CAMPAIGNS = `
CREATE TABLE scripts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  blocks TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX scripts_version ON scripts (name, version);

CREATE TABLE campaigns (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  mode TEXT NOT NULL,
  rules TEXT NOT NULL,
  caller_id TEXT NOT NULL,
  script_id INTEGER REFERENCES scripts (id),
  created_at INTEGER NOT NULL,
  started_at INTEGER
) STRICT;

CREATE TABLE enrolments (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('open', 'in-hand', 'done', 'never')),
  priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 100),
  zones TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  last_attempt_at INTEGER,
  last_outcome TEXT,
  held_by_session INTEGER,
  -- In hand means in somebody's hand, and nothing else is.
  CHECK ((state = 'in-hand') = (held_by_session IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX enrolments_once ON enrolments (campaign_id, contact_id);
CREATE INDEX enrolments_contact ON enrolments (contact_id);
CREATE INDEX enrolments_open ON enrolments (campaign_id, zones, priority DESC, due_at) WHERE state = 'open';
CREATE INDEX enrolments_held ON enrolments (held_by_session) WHERE held_by_session IS NOT NULL;
CREATE TRIGGER enrolments_counted_in AFTER INSERT ON enrolments BEGIN
  INSERT INTO tallies VALUES ('enrolment', NEW.campaign_id, NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER enrolments_counted_out AFTER DELETE ON enrolments BEGIN
  UPDATE tallies SET n = n - 1 WHERE what = 'enrolment' AND of_id = OLD.campaign_id AND value = OLD.state;
END;
CREATE TRIGGER enrolments_counted_anew AFTER UPDATE OF state ON enrolments WHEN OLD.state <> NEW.state BEGIN
  UPDATE tallies SET n = n - 1 WHERE what = 'enrolment' AND of_id = OLD.campaign_id AND value = OLD.state;
  INSERT INTO tallies VALUES ('enrolment', NEW.campaign_id, NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TABLE disposition_kinds (
  id TEXT PRIMARY KEY,
  campaign_id INTEGER REFERENCES campaigns (id),
  label TEXT NOT NULL,
  digit TEXT NOT NULL,
  "group" TEXT NOT NULL,
  consequence TEXT NOT NULL,
  needs_confirm INTEGER NOT NULL,
  needs_note INTEGER NOT NULL,
  is_success INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX disposition_kinds_campaign ON disposition_kinds (campaign_id, position);

CREATE TABLE callbacks (
  id INTEGER PRIMARY KEY,
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  number_id INTEGER,
  campaign_id INTEGER REFERENCES campaigns (id),
  agent_id INTEGER REFERENCES agents (id),
  due_at INTEGER NOT NULL,
  note TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'missed', 'cancelled')),
  made_by_attempt TEXT,
  created_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;
CREATE INDEX callbacks_contact ON callbacks (contact_id, due_at);
CREATE INDEX callbacks_open ON callbacks (due_at) WHERE state = 'open';
CREATE INDEX callbacks_promised ON callbacks (contact_id, campaign_id) WHERE state = 'open';
CREATE INDEX callbacks_attempt ON callbacks (made_by_attempt) WHERE made_by_attempt IS NOT NULL;

CREATE TABLE caller_ids (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  label TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX caller_ids_number ON caller_ids (number);

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  mode TEXT NOT NULL,
  state TEXT NOT NULL,
  pause_after TEXT,
  since INTEGER NOT NULL,
  counters TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX sessions_one_per_agent ON sessions (agent_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_agent ON sessions (agent_id, started_at);
CREATE INDEX sessions_open ON sessions (campaign_id) WHERE ended_at IS NULL;

CREATE TABLE agent_states (
  id INTEGER PRIMARY KEY,
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  agent_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT,
  from_at INTEGER NOT NULL,
  until_at INTEGER CHECK (until_at >= from_at)
) STRICT;
CREATE UNIQUE INDEX agent_states_running ON agent_states (session_id) WHERE until_at IS NULL;
CREATE INDEX agent_states_agent ON agent_states (agent_id, from_at);
CREATE INDEX agent_states_session ON agent_states (session_id, from_at);
`;

export const sql = PEOPLE_AND_CONTACTS + CAMPAIGNS + CALL_TABLES;
