import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MIGRATIONS } from './migrations/all.ts';
import { countAllAnew } from './report-sums.ts';
import { NOON, aStore, inFolder } from './testing.ts';

test('calls from before are worked out anew, move nobody, and are added up as if they had come in today', () => {
  inFolder((folder) => {
    const file = join(folder, 'before.db');
    const before = aStore(file, { migrations: MIGRATIONS.filter(({ version }) => version < 19) });
    before.$client.exec(`
      INSERT INTO contacts (id, name, company, title, place, email, fields, created_at) VALUES (1, 'Maria Lopez', '', '', '', '', '{}', 1);
      INSERT INTO scripts (id, name, version, blocks, created_at) VALUES (1, 'one', 1, '[]', 1);
      INSERT INTO attempts (id, contact_id, to_e164, from_number, carrier, mode, state, intended_at, closed_at)
        VALUES ('a', 1, '+12125550100', '', 's', 'power', 'resolved', 1, 1);
      INSERT INTO calls (id, attempt_id, carrier, call_ref, direction, from_number, to_number, contact_id, status, is_held,
        answered_by, started_at, answered_at) VALUES (7, 'a', 's', 'c', 'outbound', '', '', 1, 'ended', 0, 'human', ${NOON}, ${NOON});
      INSERT INTO transcript_segments (call_id, speaker, from_ms, to_ms, text) VALUES (7, 'contact', 0, 1, 'Good.'), (7, 'agent', 1, 2, 'Yes.');
      INSERT INTO outcomes (attempt_id, contact_id, disposition_id, note, filed_at, script_id) VALUES ('a', 1, 'qualified', '', 1, 1);`);
    before.$client.close();

    const db = aStore(file);
    const rows = (sql: string) => db.$client.prepare(sql).all();
    expect(rows('SELECT kind, of_id FROM meaning_due')).toEqual([{ kind: 'call', of_id: 7 }]);
    const sums = () => [rows('SELECT * FROM report_answers'), rows('SELECT * FROM report_scripts')];
    const migrated = sums();
    expect(migrated.map((each) => each.length)).toEqual([1, 1]);
    countAllAnew(db);
    expect(sums()).toEqual(migrated);
    db.$client.close();
  });
});
