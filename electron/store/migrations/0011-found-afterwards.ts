/**
 * Words of contacts are what costs most about bringing them in. An import first brings its contacts in, to be
 * called, and then makes them findable, some at a time: those up to `searched_through` can be found.
 */
export const version = 11;
export const name = 'found-afterwards';

const IS_FOUND = (row: string) => `(${row}.import_id IS NULL
  OR ${row}.id <= ifnull((SELECT searched_through FROM imports WHERE id = ${row}.import_id), ${row}.id))`;

export const sql = `
ALTER TABLE imports ADD COLUMN searched_through INTEGER NOT NULL DEFAULT 9223372036854775807;

DROP TRIGGER contacts_searched_in;
DROP TRIGGER contacts_searched_out;
DROP TRIGGER contacts_searched_anew;
CREATE TRIGGER contacts_searched_in AFTER INSERT ON contacts WHEN ${IS_FOUND('NEW')} BEGIN
  INSERT INTO contact_search (rowid, name, company, email) VALUES (NEW.id, NEW.name, NEW.company, NEW.email);
END;
CREATE TRIGGER contacts_searched_out AFTER DELETE ON contacts WHEN ${IS_FOUND('OLD')} BEGIN
  INSERT INTO contact_search (contact_search, rowid, name, company, email)
  VALUES ('delete', OLD.id, OLD.name, OLD.company, OLD.email);
END;
CREATE TRIGGER contacts_searched_anew AFTER UPDATE OF name, company, email ON contacts WHEN ${IS_FOUND('NEW')} BEGIN
  INSERT INTO contact_search (contact_search, rowid, name, company, email)
  VALUES ('delete', OLD.id, OLD.name, OLD.company, OLD.email);
  INSERT INTO contact_search (rowid, name, company, email) VALUES (NEW.id, NEW.name, NEW.company, NEW.email);
END;
`;
