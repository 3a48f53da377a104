/** Contacts by the million: tags, notes that are searched, changes to many at once, and registers of do-not-call. */
export const version = 8;
export const name = 'contacts-kept';

export const sql = `
CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX tags_name ON tags (name);

CREATE TABLE contact_tags (
  tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  PRIMARY KEY (tag_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_tags_contact ON contact_tags (contact_id);
CREATE TRIGGER contact_tags_counted_in AFTER INSERT ON contact_tags BEGIN
  INSERT INTO tallies VALUES ('tag', NEW.tag_id, '', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER contact_tags_counted_out AFTER DELETE ON contact_tags BEGIN
  UPDATE tallies SET n = n - 1 WHERE what = 'tag' AND of_id = OLD.tag_id AND value = '';
END;

-- With places of words, unlike the search of contacts: a note is looked for by what was said in a row.
CREATE VIRTUAL TABLE note_search USING fts5 (
  note,
  content = 'outcomes', content_rowid = 'id',
  prefix = '2 3', columnsize = 0,
  tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO note_search (note_search) VALUES ('rebuild');
CREATE TRIGGER notes_searched_in AFTER INSERT ON outcomes WHEN NEW.note <> '' BEGIN
  INSERT INTO note_search (rowid, note) VALUES (NEW.id, NEW.note);
END;
CREATE TRIGGER notes_searched_out AFTER DELETE ON outcomes WHEN OLD.note <> '' BEGIN
  INSERT INTO note_search (note_search, rowid, note) VALUES ('delete', OLD.id, OLD.note);
END;
CREATE TRIGGER notes_searched_anew AFTER UPDATE OF note ON outcomes WHEN OLD.note <> NEW.note BEGIN
  INSERT INTO note_search (note_search, rowid, note) VALUES ('delete', OLD.id, OLD.note);
  INSERT INTO note_search (rowid, note) VALUES (NEW.id, NEW.note);
END;

-- One change to many contacts. What it did is kept for each of them, so that all of it can be taken back.
CREATE TABLE bulk_jobs (
  id INTEGER PRIMARY KEY,
  act TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'undoing', 'undone')),
  total INTEGER NOT NULL,
  looked_at INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  stayed TEXT NOT NULL,
  by_agent INTEGER,
  began_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

-- No reference to contacts: a deleted one is brought back from here.
CREATE TABLE bulk_changes (
  job_id INTEGER NOT NULL REFERENCES bulk_jobs (id) ON DELETE CASCADE,
  contact_id INTEGER NOT NULL,
  before TEXT NOT NULL,
  PRIMARY KEY (job_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bulk_changes_contact ON bulk_changes (contact_id);

-- Where a do-not-call entry came from, in a few words; null where nobody said.
ALTER TABLE do_not_call ADD COLUMN source TEXT;

-- Registers of numbers that the law says to ask: one row for each file that was read in.
CREATE TABLE registries (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  -- A country or a state of it: 'US', 'US-FL', 'GB'.
  jurisdiction TEXT NOT NULL,
  -- Beginnings of the numbers it speaks for, as JSON; an empty list is all of its jurisdiction.
  covers TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reading', 'in-use', 'dropped')),
  numbers INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  by_agent INTEGER,
  read_at INTEGER NOT NULL
) STRICT;
CREATE INDEX registries_in_use ON registries (jurisdiction, as_of) WHERE state = 'in-use';

-- The digits of each number, without the plus, as a whole number: eight bytes instead of a text.
CREATE TABLE registry_numbers (
  registry_id INTEGER NOT NULL,
  digits INTEGER NOT NULL,
  PRIMARY KEY (registry_id, digits)
) STRICT, WITHOUT ROWID;
`;
