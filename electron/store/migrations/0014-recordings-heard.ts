/**
 * A call's sound is wanted from the moment its carrier names it, whichever process learns of it; how long it is
 * and how loud where is kept beside it, and what people said about a moment of it.
 */
export const version = 14;
export const name = 'recordings-heard';

const COLUMNS = `call_id, state, file, mime, bytes, sha256, tries, next_try_at, trouble, fetched_at, deleted_at,
  deleted_why`;

const WANTED = `INSERT INTO recordings (call_id, state, tries, next_try_at) VALUES (NEW.id, 'wanted', 0, 0)
  ON CONFLICT (call_id) DO NOTHING;`;

export const sql = `
DROP INDEX recordings_call;
DROP INDEX recordings_wanted;
DROP INDEX recordings_kept;
ALTER TABLE recordings RENAME TO recordings_before;
CREATE TABLE recordings (
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id),
  state TEXT NOT NULL CHECK (state IN ('wanted', 'kept', 'failed', 'held-back', 'deleted')),
  file TEXT,
  mime TEXT,
  bytes INTEGER,
  sha256 TEXT,
  tries INTEGER NOT NULL,
  next_try_at INTEGER,
  trouble TEXT,
  fetched_at INTEGER,
  deleted_at INTEGER,
  deleted_why TEXT,
  duration_ms INTEGER,
  channels INTEGER
) STRICT;
INSERT INTO recordings (${COLUMNS}) SELECT ${COLUMNS} FROM recordings_before;
DROP TABLE recordings_before;
CREATE UNIQUE INDEX recordings_call ON recordings (call_id);
CREATE INDEX recordings_wanted ON recordings (next_try_at) WHERE state = 'wanted';
CREATE INDEX recordings_kept ON recordings (fetched_at) WHERE state = 'kept';

INSERT INTO recordings (call_id, state, tries, next_try_at)
SELECT id, 'wanted', 0, 0 FROM calls WHERE recording_ref IS NOT NULL
ON CONFLICT (call_id) DO NOTHING;

CREATE TRIGGER recordings_wanted_told AFTER UPDATE OF recording_ref ON calls
WHEN NEW.recording_ref IS NOT NULL AND OLD.recording_ref IS NULL BEGIN ${WANTED} END;
CREATE TRIGGER recordings_wanted_known AFTER INSERT ON calls
WHEN NEW.recording_ref IS NOT NULL BEGIN ${WANTED} END;

-- What somebody said about a moment of a recording.
CREATE TABLE recording_comments (
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id),
  at_ms INTEGER NOT NULL,
  text TEXT NOT NULL,
  agent_id INTEGER REFERENCES agents (id),
  written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX recording_comments_call ON recording_comments (call_id, at_ms);
`;
