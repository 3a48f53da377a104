/**
 * Sounds that are left on machines or played by campaigns are kept by name, and counted: a sound that was left counts
 * at once, one that is played when somebody picks up.
 */
export const version = 18;
export const name = 'messages-kept';

export const sql = `
CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  peak INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  made_by INTEGER REFERENCES agents (id),
  uses INTEGER NOT NULL,
  last_used_at INTEGER,
  removed_at INTEGER
) STRICT;

-- Which sound was given to which call.
CREATE TABLE message_uses (
  attempt_id TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('left', 'played')),
  message_id INTEGER NOT NULL REFERENCES messages (id),
  used_at INTEGER NOT NULL,
  PRIMARY KEY (attempt_id, how)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER messages_left AFTER INSERT ON message_uses WHEN NEW.how = 'left' BEGIN
  UPDATE messages SET uses = uses + 1, last_used_at = NEW.used_at WHERE id = NEW.message_id;
END;
CREATE TRIGGER messages_played AFTER UPDATE OF answered_at ON calls
WHEN NEW.answered_at IS NOT NULL AND OLD.answered_at IS NULL BEGIN
  UPDATE messages SET uses = uses + 1, last_used_at = NEW.answered_at
  WHERE id = (SELECT message_id FROM message_uses WHERE attempt_id = NEW.attempt_id AND how = 'played');
END;
`;
