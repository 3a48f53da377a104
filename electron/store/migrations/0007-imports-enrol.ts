/** What an import put into campaigns, and two contacts that turned out to be one: both can be taken back. */
export const version = 7;
export const name = 'imports-enrol';

export const sql = `
-- Contacts that were here before an import put them into a campaign. Those it brought go with their enrolments.
CREATE TABLE import_enrolments (
  import_id INTEGER NOT NULL,
  campaign_id INTEGER NOT NULL,
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  PRIMARY KEY (import_id, campaign_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_enrolments_contact ON import_enrolments (contact_id);

-- Whom a contact was made one with: all that moved, and what each of them was.
CREATE TABLE merges (
  id INTEGER PRIMARY KEY,
  kept_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  gone_id INTEGER NOT NULL,
  story TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX merges_kept ON merges (kept_id);
`;
