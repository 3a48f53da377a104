import type { Db } from '../electron/store/open.ts';
import { fillContacts } from './contacts-fill.ts';

/** The first of the calls that are laid down began here; one follows every half a minute. */
export const FIRST_AT = Date.UTC(2025, 11, 1, 14);
export const EVERY_MS = 30_000;

/**
 * A year of calls, laid down by SQLite itself: twenty agents, five campaigns, an outcome for nine of ten, a note for
 * one of ten and a transcript of four lines for one of ten.
 */
export function fillCalls(db: Db, count: number): void {
  const people = Math.max(1000, count / 10);
  fillContacts(db, people);
  const sqlite = db.$client;
  sqlite.pragma('foreign_keys = OFF');
  const triggers = sqlite
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('calls', 'outcomes', 'transcript_segments', 'attempts')",
    )
    .all();
  const many = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  const at = `${FIRST_AT} + i * ${EVERY_MS}`;
  const seconds = 'iif(i % 3 = 0, 0, (i * 7919) % 600)';
  sqlite.transaction(() => {
    for (const { name } of triggers) sqlite.exec(`DROP TRIGGER ${name}`);
    for (let nth = 1; nth <= 20; nth++)
      sqlite
        .prepare("INSERT INTO agents (id, name, role, created_at) VALUES (?, ?, 'agent', 1)")
        .run(nth, `Agent ${nth}`);
    sqlite.exec(`${many}
      INSERT INTO attempts (id, contact_id, agent_id, to_e164, from_number, carrier, mode, state, intended_at, sent_at,
        closed_at, filed_at)
      SELECT printf('00000000-0000-7000-8000-%012d', i), 1 + (i * 31) % ${people}, 1 + i % 20,
        '+1555' || printf('%07d', 1 + (i * 31) % ${people}), '+12125550199', 's', 'power', 'resolved', ${at} - 300,
        ${at} - 100, ${at} + 700000, ${at} + 700000 FROM n`);
    sqlite.exec(`${many}
      INSERT INTO calls (id, attempt_id, carrier, call_ref, direction, from_number, to_number, contact_id, agent_id,
        status, ending, is_held, answered_by, started_at, ringing_at, answered_at, ended_at, seconds, cost_micros,
        currency, recording_ref)
      SELECT i, printf('00000000-0000-7000-8000-%012d', i), 's', 'c' || i, 'outbound', '+12125550199',
        '+1555' || printf('%07d', 1 + (i * 31) % ${people}), 1 + (i * 31) % ${people}, 1 + i % 20, 'ended',
        iif(i % 3 = 0, 'no-answer', 'completed'), 0, iif(i % 3 = 0, NULL, 'human'), ${at}, ${at} + 1500,
        iif(i % 3 = 0, NULL, ${at} + 9000), ${at} + 9000 + ${seconds} * 1000, ${seconds}, ${seconds} * 133, 'USD',
        iif(i % 3 = 0, NULL, 'r' || i) FROM n`);
    sqlite.exec(`${many}
      INSERT INTO outcomes (attempt_id, call_id, contact_id, agent_id, disposition_id, note, filed_at)
      SELECT printf('00000000-0000-7000-8000-%012d', i), i, 1 + (i * 31) % ${people}, 1 + i % 20,
        CASE WHEN i % 3 = 0 THEN 'no-answer' WHEN i % 40 = 1 THEN 'qualified' WHEN i % 10 = 1 THEN 'callback'
          ELSE 'not-interested' END,
        iif(i % 10 = 4, 'asked about the refund policy of order ' || i, ''), ${at} + 700000 FROM n WHERE i % 10 <> 9`);
    for (const [nth, text] of LINES.entries())
      sqlite.exec(`${many}
        INSERT INTO transcript_segments (call_id, speaker, from_ms, to_ms, text)
        SELECT i, '${nth % 2 === 0 ? 'agent' : 'contact'}', ${nth * 2000}, ${nth * 2000 + 1800}, ${text}
        FROM n WHERE i % 10 = 7`);
    sqlite.exec("INSERT INTO transcript_search (transcript_search) VALUES ('rebuild')");
    sqlite.exec("INSERT INTO note_search (note_search) VALUES ('rebuild')");
    for (const { sql } of triggers) sqlite.exec(sql);
  })();
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
}

const LINES = [
  "'Good day, this is about your order ' || i",
  "'Which one do you mean, the ' || (i % 97) || ' or the other'",
  "'The one from warehouse w' || (i % 5000)",
  "'Then call me back on day ' || (i % 365)",
];
