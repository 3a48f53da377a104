import type { Instant } from '../../shared/lib/instants.ts';
import { addDoNotCall } from './do-not-call.ts';
import { numbersOf } from './contacts.ts';
import { type Db, type ReadDb, inOneReading, reading, withTransaction, writing } from './open.ts';

/*
 * Erasing a person: out of every table, for good. Calls stay as figures without a person. What remains of them is
 * that their numbers are never rung again, because that is what the law and they themselves want.
 */

export interface Erased {
  /** Sound files that are to be deleted with them. */
  readonly files: readonly string[];
  readonly numbers: number;
}

/** Null while a call of theirs is not settled: its end must still find whom it was for. */
export function erase(db: Db, id: number, at: Instant, byAgent: number | null): Erased | null {
  return withTransaction(db, () => {
    if (unsettled(db).get({ id }) !== undefined) return null;
    const numbers = numbersOf(db, id).map(({ e164 }) => e164);
    const files = sounds(db)
      .all({ id })
      .map(({ file }) => file);
    for (const value of numbers)
      addDoNotCall(db, {
        kind: 'number',
        value,
        reason: 'erased at their own wish',
        since: at,
        byAgent,
        source: 'Erased',
      });
    for (const each of FORGETTING) each(db).run({ id, key: String(id), at });
    return { files, numbers: numbers.length };
  });
}

const unsettled = reading<{ id: string }>(
  'SELECT id FROM attempts WHERE contact_id = :id AND closed_at IS NULL LIMIT 1',
);

const sounds = reading<{ file: string }>(`
  SELECT r.file FROM recordings r JOIN calls l ON l.id = r.call_id
  WHERE l.contact_id = :id AND r.file IS NOT NULL`);

const THEIR_CALLS = 'SELECT id FROM calls WHERE contact_id = :id';
const THEIR_ATTEMPTS = 'SELECT id FROM attempts WHERE contact_id = :id';
const THEIR_EVENTS = `SELECT i.id FROM inbox i JOIN calls l ON l.carrier = i.carrier AND l.call_ref = i.call_ref
  WHERE l.contact_id = :id`;

const FORGETTING = [
  `DELETE FROM call_meanings WHERE call_id IN (${THEIR_CALLS})`,
  `DELETE FROM transcript_segments WHERE call_id IN (${THEIR_CALLS})`,
  `DELETE FROM recording_comments WHERE call_id IN (${THEIR_CALLS})`,
  `UPDATE recordings SET state = 'deleted', file = NULL, next_try_at = NULL, deleted_at = :at, deleted_why = 'the person was erased'
   WHERE call_id IN (${THEIR_CALLS})`,
  `DELETE FROM drafts WHERE attempt_id IN (${THEIR_ATTEMPTS})`,
  `DELETE FROM deliveries WHERE attempt_id IN (${THEIR_ATTEMPTS})`,
  `DELETE FROM dead_letters WHERE inbox_id IN (${THEIR_EVENTS})`,
  `DELETE FROM inbox WHERE id IN (${THEIR_EVENTS})`,
  `DELETE FROM call_events WHERE call_id IN (${THEIR_CALLS})`,
  `UPDATE outcomes SET contact_id = NULL, note = '', answers = '{}' WHERE contact_id = :id`,
  `UPDATE calls SET contact_id = NULL, recording_ref = NULL, error_sentence = NULL,
     to_number = iif(direction = 'outbound', 'erased', to_number),
     from_number = iif(direction = 'outbound', from_number, 'erased')
   WHERE contact_id = :id`,
  // What was looked at before each call stays, without the number it was looked at for.
  `UPDATE attempts SET contact_id = NULL, enrolment_id = NULL, verdict = replace(verdict, to_e164, 'erased'),
     trouble = replace(trouble, to_e164, 'erased'), to_e164 = 'erased' WHERE contact_id = :id`,
  `DELETE FROM audit WHERE subject = 'contact' AND subject_id = :key`,
  'DELETE FROM bulk_changes WHERE contact_id = :id',
  'DELETE FROM merges WHERE kept_id = :id OR gone_id = :id',
  'DELETE FROM contacts WHERE id = :id',
].map((sql) => writing(sql));

/**
 * Rewrites the file without what was deleted from it: nothing of it can be read from unused pages any more. The
 * searches are merged first, because a word that was deleted is only crossed out in them. Their own switch for
 * that, `secure-delete`, leaves an index without places of words (`detail = none`) unreadable, so it stays off.
 */
export function scrub(db: Db): void {
  const sqlite = db.$client;
  for (const table of ['contact_search', 'note_search', 'transcript_search'])
    sqlite.prepare(`INSERT INTO ${table} (${table}) VALUES ('optimize')`).run();
  sqlite.exec('VACUUM');
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
}

/** Every table and column where a text stands, for whoever wants to be sure. */
export function placesWith(db: ReadDb, text: string): string[] {
  return inOneReading(db, () =>
    columnsWithText(db)
      .all()
      .filter(({ name, column }) =>
        reading<{ n: number }>(
          `SELECT 1 AS n FROM "${name}" WHERE instr(CAST("${column}" AS TEXT), ?) > 0 LIMIT 1`,
        )(db).get(text),
      )
      .map(({ name, column }) => `${name}.${column}`),
  );
}

const columnsWithText = reading<{ name: string; column: string }>(`
  SELECT t.name, x.name AS "column" FROM sqlite_schema t JOIN pragma_table_info(t.name) x
  WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '%_search%'`);
