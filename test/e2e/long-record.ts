import { join } from 'node:path';
import Database from 'better-sqlite3';

const NOON = Date.UTC(2026, 10, 18, 17);

/**
 * Puts calls into the practice workspace: each of three minutes with an outcome, a note, a transcript and the
 * events it was told by. All but the first few have no events, so that many are laid down in a second.
 */
export function seedCalls(dataDir: string, count: number): void {
  const db = inPractice(dataDir);
  const agent = db.prepare('INSERT INTO agents (id, name, role, created_at) VALUES (?, ?, ?, 1)');
  for (const [nth, name] of ['Ada', 'Bea', 'Cyd'].entries()) agent.run(900 + nth, name, 'agent');
  db.transaction(() => {
    db.prepare(`
      INSERT INTO contacts (id, list_id, name, company, title, place, email, fields, created_at)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < min(?, 1000))
      SELECT 5000 + i, NULL, 'Person ' || i || ' of many', 'Globex', '', '', '', '{}', 1 FROM n`).run(count);
    db.prepare(`
      INSERT INTO attempts (id, contact_id, agent_id, to_e164, from_number, carrier, mode, state, verdict,
        intended_at, sent_at, closed_at, filed_at)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
      SELECT printf('00000000-0000-7000-9000-%012d', i), 5001 + (i - 1) % 1000, 900 + i % 3,
        '+12125550' || (100 + i % 100), '+12125550199', 'simulator', 'power', 'resolved', :verdict,
        :at + i * 1000, :at + i * 1000 + 200, :at + i * 1000 + 200000, :at + i * 1000 + 210000 FROM n`).run({
      count,
      at: NOON,
      verdict: JSON.stringify(VERDICT),
    });
    db.prepare(`
      INSERT INTO calls (attempt_id, carrier, call_ref, direction, from_number, to_number, contact_id, agent_id,
        status, ending, is_held, answered_by, started_at, ringing_at, answered_at, ended_at, seconds, cost_micros,
        currency)
      SELECT id, carrier, 'seeded-' || substr(id, -12), 'outbound', from_number, to_e164, contact_id, agent_id,
        'ended', 'completed', 0, 'human', sent_at, sent_at + 1000, sent_at + 9000, sent_at + 189000, 180, 12000, 'USD'
      FROM attempts WHERE id LIKE '00000000-0000-7000-9000-%'`).run();
    db.prepare(`
      INSERT INTO outcomes (attempt_id, call_id, contact_id, agent_id, disposition_id, note, filed_at)
      SELECT c.attempt_id, c.id, c.contact_id, c.agent_id, 'qualified', '', c.ended_at FROM calls c
      WHERE c.call_ref LIKE 'seeded-%'`).run();
    const first = db
      .prepare<[], { id: number; ref: string; at: number }>(
        "SELECT id, call_ref AS ref, started_at AS at FROM calls WHERE call_ref LIKE 'seeded-%' ORDER BY id LIMIT 1",
      )
      .get()!;
    const said = db.prepare(
      'INSERT INTO transcript_segments (call_id, speaker, from_ms, to_ms, text) VALUES (?, ?, ?, ?, ?)',
    );
    said.run(first.id, 'agent', 0, 900, 'Good day, this is Globex.');
    said.run(first.id, 'contact', 1000, 2400, 'What about the refund policy?');
    const told = db.prepare(
      'INSERT INTO inbox (carrier, call_ref, key, received_at, body, applied_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    for (const [key, afterMs, facts] of EVENTS) {
      const at = first.at + afterMs;
      told.run('simulator', first.ref, key, at, JSON.stringify({ key, at, facts }), at);
    }
  })();
  db.close();
}

const EVENTS = [
  ['e1', 1000, { status: 'ringing' }],
  ['e2', 9000, { status: 'in-progress', answeredBy: 'human' }],
  ['e3', 189_000, { status: 'ended', end: 'completed', endedBy: 'them', seconds: 180 }],
  ['e4', 190_000, { costMicros: 12_000, currency: 'USD' }],
] as const;

const VERDICT = {
  kind: 'ring',
  at: NOON,
  zoneData: '2026a',
  zoneDoubt: null,
  call: { mode: 'manual', purpose: 'sales', voice: 'agent' },
  places: { zones: ['America/New_York'], countries: ['US'], states: ['US-NY'], clues: [] },
  rules: { 'legal-hours': { opensAt: NOON - 3_600_000 }, 'attempts-spent': { attempts: 1, max: 6 } },
  law: [],
  recording: { isAllowed: false, manner: 'consent', because: [], consentSince: null },
};

/** An event about a call that nobody here knows. */
export function seedDeadLetter(dataDir: string): void {
  const db = inPractice(dataDir);
  const body = JSON.stringify({ key: 'lost-1', at: NOON, facts: { status: 'ringing' } });
  const { lastInsertRowid } = db
    .prepare(
      'INSERT INTO inbox (carrier, call_ref, key, received_at, body, applied_at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run('simulator', 'nobody-knows', 'lost-1', NOON, body, NOON);
  db.prepare('INSERT INTO dead_letters (inbox_id, reason, at) VALUES (?, ?, ?)').run(
    lastInsertRowid,
    'No call and no attempt of ours belongs to this event.',
    NOON,
  );
  db.close();
}

function inPractice(dataDir: string): Database.Database {
  const db = new Database(join(dataDir, 'workspaces/practice/parley.db'));
  db.pragma('busy_timeout = 10000');
  return db;
}
