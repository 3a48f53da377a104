import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

/** One thing that happened with a person, as it is written somewhere in this file. */
export interface JournalFact {
  readonly at: Instant;
  /** Which table it is written in, and under what: two at the same instant keep their order by it. */
  readonly source:
    | 'call'
    | 'attempt'
    | 'outcome'
    | 'callback'
    | 'consent'
    | 'revoked'
    | 'audit'
    | 'do-not-call'
    | 'added';
  readonly ref: string;
  readonly who: string | null;
  /** What the source knows: told in words elsewhere. */
  readonly a: string | null;
  readonly b: string | null;
  readonly c: string | null;
  readonly n: number | null;
}

/** Everything that happened with a contact before an instant, the latest first. Each source gives its last `limit`. */
export function journalOf(db: ReadDb, contactId: number, before: Instant, limit: number): JournalFact[] {
  const bound = { id: contactId, key: String(contactId), before, limit };
  const all = SOURCES.flatMap((source) => source(db).all(bound));
  return all
    .toSorted((x, y) => y.at - x.at || (x.source + x.ref < y.source + y.ref ? 1 : -1))
    .slice(0, limit);
}

const SOURCES = [
  `SELECT l.started_at AS at, 'call' AS source, CAST(l.id AS TEXT) AS ref, a.name AS who, l.direction AS a,
     ifnull(l.ending, l.status) AS b, l.to_number AS c, l.seconds AS n
   FROM calls l LEFT JOIN agents a ON a.id = l.agent_id
   WHERE l.contact_id = +:id AND l.started_at < +:before ORDER BY l.started_at DESC LIMIT :limit`,
  // Those that never became a call: refused, or unclear.
  `SELECT t.intended_at AS at, 'attempt' AS source, t.id AS ref, a.name AS who, t.state AS a, t.trouble AS b,
     t.to_e164 AS c, NULL AS n
   FROM attempts t LEFT JOIN agents a ON a.id = t.agent_id
   WHERE t.contact_id = +:id AND t.intended_at < +:before
     AND NOT EXISTS (SELECT 1 FROM calls l WHERE l.attempt_id = t.id) ORDER BY t.intended_at DESC LIMIT :limit`,
  `SELECT o.filed_at AS at, 'outcome' AS source, CAST(o.id AS TEXT) AS ref, a.name AS who, k.label AS a, o.note AS b,
     g.name AS c, o.undone_at AS n
   FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id
   LEFT JOIN agents a ON a.id = o.agent_id LEFT JOIN campaigns g ON g.id = o.campaign_id
   WHERE o.contact_id = +:id AND o.filed_at < +:before ORDER BY o.filed_at DESC LIMIT :limit`,
  `SELECT b.created_at AS at, 'callback' AS source, CAST(b.id AS TEXT) AS ref, a.name AS who, b.state AS a,
     b.note AS b, NULL AS c, b.due_at AS n
   FROM callbacks b LEFT JOIN agents a ON a.id = b.agent_id
   WHERE b.contact_id = +:id AND b.created_at < +:before ORDER BY b.created_at DESC LIMIT :limit`,
  `SELECT given_at AS at, 'consent' AS source, CAST(id AS TEXT) AS ref, NULL AS who, kind AS a, basis AS b, source AS c,
     NULL AS n
   FROM consents WHERE contact_id = +:id AND given_at < +:before ORDER BY given_at DESC LIMIT :limit`,
  `SELECT revoked_at AS at, 'revoked' AS source, CAST(id AS TEXT) AS ref, NULL AS who, kind AS a, basis AS b,
     source AS c, NULL AS n
   FROM consents WHERE contact_id = +:id AND revoked_at < +:before ORDER BY revoked_at DESC LIMIT :limit`,
  `SELECT u.at, 'audit' AS source, CAST(u.id AS TEXT) AS ref, a.name AS who, u.action AS a, u.before AS b,
     u.after AS c, NULL AS n
   FROM audit u LEFT JOIN agents a ON a.id = u.agent_id
   WHERE u.subject = 'contact' AND u.subject_id = :key AND u.at < +:before AND u.action NOT LIKE 'consent.%'
   ORDER BY u.id DESC LIMIT :limit`,
  `SELECT d.since AS at, 'do-not-call' AS source, CAST(d.id AS TEXT) AS ref, a.name AS who, d.value AS a,
     d.reason AS b, d.source AS c, NULL AS n
   FROM contact_numbers m CROSS JOIN do_not_call d ON d.kind = 'number' AND d.value = m.e164
   LEFT JOIN agents a ON a.id = d.by_agent
   WHERE m.contact_id = +:id AND d.since < +:before ORDER BY d.since DESC LIMIT :limit`,
  `SELECT c.created_at AS at, 'added' AS source, CAST(c.id AS TEXT) AS ref, NULL AS who, l.name AS a, i.file_name AS b,
     NULL AS c, NULL AS n
   FROM contacts c LEFT JOIN lists l ON l.id = c.list_id LEFT JOIN imports i ON i.id = c.import_id
   WHERE c.id = +:id AND c.created_at < +:before`,
].map((sql) => reading<JournalFact>(sql));
