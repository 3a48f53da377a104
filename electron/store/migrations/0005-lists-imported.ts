/** Lists that came out of files: where each contact came from, so that a whole import can be taken back. */
export const version = 5;
export const name = 'lists-imported';

export const sql = `
CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  list_id INTEGER REFERENCES lists (id),
  file_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('checking', 'checked', 'committing', 'committed', 'undoing', 'undone', 'dropped')),
  settings TEXT NOT NULL,
  counts TEXT NOT NULL,
  -- The last row of the staging file whose slice is in; what comes after it is still to be done.
  done_through INTEGER NOT NULL,
  added INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  -- How many an undo had to leave, because they were called.
  stayed INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  committed_at INTEGER,
  undone_at INTEGER
) STRICT;
CREATE INDEX imports_open ON imports (id) WHERE state IN ('checking', 'committing', 'undoing');

-- Without a reference on purpose: it would be looked up for each of a million rows, and imports are never deleted.
ALTER TABLE contacts ADD COLUMN import_id INTEGER;
CREATE INDEX contacts_import ON contacts (import_id, id) WHERE import_id IS NOT NULL;

-- What an import changed about contacts that were here before: what they were, and what it made of them.
CREATE TABLE import_changes (
  import_id INTEGER NOT NULL,
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  number_ids TEXT NOT NULL,
  PRIMARY KEY (import_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_changes_contact ON import_changes (contact_id);

-- How the columns of a header were mapped the last time.
CREATE TABLE import_mappings (
  signature TEXT PRIMARY KEY,
  mapping TEXT NOT NULL,
  used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
