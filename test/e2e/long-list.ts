import { join } from 'node:path';
import Database from 'better-sqlite3';

/**
 * Puts many made-up contacts into the practice workspace, while nobody has it open. They have no numbers and the
 * words of their names are not searched: a list to go through, laid down in seconds.
 */
export function fillPractice(dataDir: string, count: number): void {
  const db = new Database(join(dataDir, 'workspaces/practice/parley.db'));
  db.pragma('synchronous = OFF');
  const triggers = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'contacts' AND sql LIKE '%AFTER INSERT%'",
    )
    .all();
  db.transaction(() => {
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
    db.prepare(
      "INSERT INTO lists (id, name, source, created_at) VALUES (900, 'Long list', 'long.csv', 1)",
    ).run();
    db.prepare(`
      INSERT INTO contacts (id, list_id, name, company, title, place, email, fields, created_at)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      SELECT 1000 + i, 900, 'Person ' || printf('%07d', i), 'Company ' || (i / 1000), '', '', '', '{}', 1 FROM n`).run(
      count,
    );
    db.prepare("INSERT INTO tallies (what, of_id, value, n) VALUES ('contact', 900, '', ?)").run(count);
    for (const { sql } of triggers) db.exec(sql);
  })();
  db.close();
}
