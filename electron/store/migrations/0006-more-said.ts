/** More is said about a call than an outcome and a note: a form, lines agreed to, the script it was held with. */
export const version = 6;
export const name = 'more-said';

export const sql = `
-- The fields an outcome asks for before it is filed.
ALTER TABLE disposition_kinds ADD COLUMN form TEXT NOT NULL DEFAULT '[]';

ALTER TABLE drafts ADD COLUMN answers TEXT NOT NULL DEFAULT '{}';
ALTER TABLE drafts ADD COLUMN ticked TEXT NOT NULL DEFAULT '[]';
ALTER TABLE drafts ADD COLUMN anyone_may_call INTEGER NOT NULL DEFAULT 0;

ALTER TABLE outcomes ADD COLUMN answers TEXT NOT NULL DEFAULT '{}';
-- The steps of the script whose words were agreed to in the call.
ALTER TABLE outcomes ADD COLUMN ticked TEXT NOT NULL DEFAULT '[]';
ALTER TABLE outcomes ADD COLUMN script_id INTEGER REFERENCES scripts (id);
CREATE INDEX outcomes_script ON outcomes (script_id) WHERE script_id IS NOT NULL;

-- A second script, for half of the contacts, to see which of the two does better.
ALTER TABLE campaigns ADD COLUMN other_script_id INTEGER REFERENCES scripts (id);
`;
