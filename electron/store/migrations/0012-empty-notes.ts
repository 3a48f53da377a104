/** A note that was empty has no words to take out of the search: taking them out anyway damages it. */
export const version = 12;
export const name = 'empty-notes';

export const sql = `
DROP TRIGGER notes_searched_anew;
-- Before and after: what is taken out must be gone before the new words come.
CREATE TRIGGER notes_unsearched BEFORE UPDATE OF note ON outcomes
WHEN OLD.note <> NEW.note AND OLD.note <> '' BEGIN
  INSERT INTO note_search (note_search, rowid, note) VALUES ('delete', OLD.id, OLD.note);
END;
CREATE TRIGGER notes_searched_anew AFTER UPDATE OF note ON outcomes
WHEN OLD.note <> NEW.note AND NEW.note <> '' BEGIN
  INSERT INTO note_search (rowid, note) VALUES (NEW.id, NEW.note);
END;
`;
