/** The second half of the first migration: what was tried and what came of it. */
export const CALL_TABLES = `
CREATE TABLE attempts (
  id TEXT PRIMARY KEY,
  campaign_id INTEGER REFERENCES campaigns (id),
  -- No foreign keys to enrolments and sessions: an attempt outlives both, and is never orphaned by losing them.
  enrolment_id INTEGER,
  contact_id INTEGER REFERENCES contacts (id),
  agent_id INTEGER REFERENCES agents (id),
  session_id INTEGER,
  to_e164 TEXT NOT NULL,
  from_number TEXT NOT NULL,
  carrier TEXT NOT NULL,
  mode TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('intended', 'sent', 'accepted', 'refused', 'unknown', 'resolved')),
  verdict TEXT,
  intended_at INTEGER NOT NULL,
  sent_at INTEGER,
  closed_at INTEGER,
  filed_at INTEGER,
  trouble TEXT,
  -- The lock below hangs on closed_at, so it may not say one thing and the state another.
  CHECK ((closed_at IS NOT NULL) = (state IN ('refused', 'resolved')))
) STRICT;
CREATE UNIQUE INDEX attempts_number_lock ON attempts (to_e164) WHERE closed_at IS NULL;
CREATE INDEX attempts_number ON attempts (to_e164, intended_at);
CREATE INDEX attempts_contact ON attempts (contact_id, intended_at);
CREATE INDEX attempts_campaign ON attempts (campaign_id, intended_at);
CREATE INDEX attempts_agent ON attempts (agent_id, intended_at, state);
CREATE INDEX attempts_unfiled ON attempts (agent_id, intended_at)
  WHERE filed_at IS NULL AND state = 'resolved' AND mode <> 'ai';

CREATE TABLE calls (
  id INTEGER PRIMARY KEY,
  attempt_id TEXT REFERENCES attempts (id),
  carrier TEXT NOT NULL,
  call_ref TEXT NOT NULL,
  direction TEXT NOT NULL,
  from_number TEXT NOT NULL,
  to_number TEXT NOT NULL,
  contact_id INTEGER REFERENCES contacts (id),
  campaign_id INTEGER REFERENCES campaigns (id),
  agent_id INTEGER REFERENCES agents (id),
  status TEXT NOT NULL CHECK (status IN ('queued', 'ringing', 'in-progress', 'ended')),
  ending TEXT,
  ended_by TEXT,
  is_held INTEGER NOT NULL,
  answered_by TEXT,
  started_at INTEGER NOT NULL,
  ringing_at INTEGER,
  answered_at INTEGER,
  ended_at INTEGER,
  seconds INTEGER,
  cost_micros INTEGER,
  currency TEXT,
  recording_ref TEXT,
  error_code TEXT,
  error_sentence TEXT,
  raw_status TEXT
) STRICT;
CREATE UNIQUE INDEX calls_attempt ON calls (attempt_id);
CREATE UNIQUE INDEX calls_ref ON calls (carrier, call_ref);
CREATE INDEX calls_started ON calls (started_at DESC, id DESC);
CREATE INDEX calls_contact ON calls (contact_id, started_at DESC, id DESC);
CREATE INDEX calls_campaign ON calls (campaign_id, started_at DESC, id DESC);
CREATE INDEX calls_agent ON calls (agent_id, started_at DESC, id DESC);
CREATE INDEX calls_live ON calls (started_at) WHERE status <> 'ended';

CREATE TABLE call_events (
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id),
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  facts TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX call_events_once ON call_events (call_id, key);

CREATE TABLE inbox (
  id INTEGER PRIMARY KEY,
  carrier TEXT NOT NULL,
  call_ref TEXT NOT NULL,
  key TEXT NOT NULL,
  attempt_id TEXT,
  received_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  applied_at INTEGER
) STRICT;
CREATE UNIQUE INDEX inbox_once ON inbox (carrier, call_ref, key);
CREATE INDEX inbox_pending ON inbox (id) WHERE applied_at IS NULL;

CREATE TABLE dead_letters (
  id INTEGER PRIMARY KEY,
  inbox_id INTEGER NOT NULL REFERENCES inbox (id),
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX dead_letters_inbox ON dead_letters (inbox_id);

CREATE TABLE recordings (
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id),
  state TEXT NOT NULL CHECK (state IN ('wanted', 'kept', 'failed', 'deleted')),
  file TEXT,
  mime TEXT,
  bytes INTEGER,
  sha256 TEXT,
  tries INTEGER NOT NULL,
  next_try_at INTEGER,
  trouble TEXT,
  fetched_at INTEGER,
  deleted_at INTEGER,
  deleted_why TEXT
) STRICT;
CREATE UNIQUE INDEX recordings_call ON recordings (call_id);
CREATE INDEX recordings_wanted ON recordings (next_try_at) WHERE state = 'wanted';
CREATE INDEX recordings_kept ON recordings (fetched_at) WHERE state = 'kept';

CREATE TABLE transcript_segments (
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id),
  speaker TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX transcript_segments_call ON transcript_segments (call_id, from_ms);

CREATE VIRTUAL TABLE transcript_search USING fts5 (
  text,
  content = 'transcript_segments', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER transcripts_searched_in AFTER INSERT ON transcript_segments BEGIN
  INSERT INTO transcript_search (rowid, text) VALUES (NEW.id, NEW.text);
END;
CREATE TRIGGER transcripts_searched_out AFTER DELETE ON transcript_segments BEGIN
  INSERT INTO transcript_search (transcript_search, rowid, text) VALUES ('delete', OLD.id, OLD.text);
END;
CREATE TRIGGER transcripts_searched_anew AFTER UPDATE OF text ON transcript_segments BEGIN
  INSERT INTO transcript_search (transcript_search, rowid, text) VALUES ('delete', OLD.id, OLD.text);
  INSERT INTO transcript_search (rowid, text) VALUES (NEW.id, NEW.text);
END;

CREATE TABLE outcomes (
  id INTEGER PRIMARY KEY,
  attempt_id TEXT NOT NULL REFERENCES attempts (id),
  call_id INTEGER REFERENCES calls (id),
  contact_id INTEGER REFERENCES contacts (id),
  campaign_id INTEGER REFERENCES campaigns (id),
  agent_id INTEGER REFERENCES agents (id),
  disposition_id TEXT NOT NULL REFERENCES disposition_kinds (id),
  note TEXT NOT NULL,
  callback_at INTEGER,
  filed_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE UNIQUE INDEX outcomes_one_stands ON outcomes (attempt_id) WHERE undone_at IS NULL;
CREATE INDEX outcomes_contact ON outcomes (contact_id, filed_at);
CREATE INDEX outcomes_agent ON outcomes (agent_id, filed_at);
CREATE INDEX outcomes_campaign ON outcomes (campaign_id, filed_at);

CREATE TABLE drafts (
  attempt_id TEXT PRIMARY KEY REFERENCES attempts (id),
  note TEXT NOT NULL,
  disposition_id TEXT,
  callback_text TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;
`;
