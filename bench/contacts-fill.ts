import type { Db } from '../electron/store/open.ts';

/* A long list of made-up people, laid down by SQLite itself: a million of them in under a minute. */

const FIRST =
  'Ada Ben Cleo Dora Emil Fay Gus Hana Ivo June Kai Lena Milo Nora Omar Pia Quin Rosa Sven Tala Uma Vera Wim Xenia Yuri Zoe'.split(
    ' ',
  );
const LAST =
  'Abel Brandt Castillo Dahl Engel Farrow Grieg Holm Ivers Jansen Kowal Lindqvist Moreau Nakano Okafor Petrov Quist Romano Sato Tanaka Ulrich Vance Weiss Xu Yilmaz Zeller'.split(
    ' ',
  );
const TRADE = 'Mills Foods Motors Glass Paper Tools Farms Labs Boats Bikes'.split(' ');

const PICK = (from: string, nth: string, count: number) => `(${from} ->> ((${nth}) % ${count}))`;

/** Contacts from 1 on, each with one number of area code 555, which is nobody’s, on lists of a tenth each. */
export function fillContacts(db: Db, count: number): void {
  const sqlite = db.$client;
  sqlite.pragma('synchronous = OFF');
  // What triggers would do row by row is done at once afterwards.
  const triggers = sqlite
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'contacts' AND sql LIKE '%AFTER INSERT%'",
    )
    .all();
  sqlite.transaction(() => {
    for (const { name } of triggers) sqlite.exec(`DROP TRIGGER ${name}`);
    for (let nth = 1; nth <= 10; nth++)
      sqlite
        .prepare('INSERT INTO lists (id, name, source, created_at) VALUES (?, ?, ?, 1)')
        .run(nth, `List ${nth}`, `list-${nth}.csv`);
    sqlite
      .prepare(`
      INSERT INTO contacts (id, list_id, name, company, title, place, email, fields, created_at)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
      SELECT i, 1 + i % 10,
        ${PICK(':last', 'i * 7919 + i / 26', LAST.length)} || ' ' || ${PICK(':first', 'i * 31', FIRST.length)} || ' ' || i,
        ${PICK(':last', 'i * 104729 + i / 7', LAST.length)} || ' ' || ${PICK(':trade', 'i / 3', TRADE.length)} || ' ' || (i % 5000),
        '', ${PICK(':places', 'i / 11', 4)}, 'p' || i || '@mail' || (i % 900) || '.example', '{}', 1 FROM n`)
      .run({
        count,
        first: JSON.stringify(FIRST),
        last: JSON.stringify(LAST),
        trade: JSON.stringify(TRADE),
        places: JSON.stringify(['Portland, OR', 'Austin, TX', 'Chicago, IL', 'Boston, MA']),
      });
    sqlite
      .prepare(`
      INSERT INTO contact_numbers (contact_id, e164, kind, zones, is_starred, is_usable, places)
      SELECT id, '+1555' || printf('%07d', id), 'mobile', '[]', 1, 1, 'America/New_York|US|' FROM contacts`)
      .run();
    sqlite.exec("INSERT INTO contact_search (contact_search) VALUES ('rebuild')");
    sqlite.exec("INSERT INTO tallies SELECT 'contact', list_id, '', count(*) FROM contacts GROUP BY list_id");
    for (const { sql } of triggers) sqlite.exec(sql);
  })();
}
