import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

/** What is remembered of an earlier call with somebody. */
export interface EarlierCall {
  readonly startedAt: Instant;
  readonly outcome: string | null;
  /** What the carrier's AI made of the talk; null where it made nothing. */
  readonly summary: string | null;
}

/** The last calls with a contact, the latest first. */
export function earlierCalls(db: ReadDb, contactId: number, limit: number): EarlierCall[] {
  return earlier(db).all({ contactId, limit });
}

const earlier = reading<EarlierCall>(`
  SELECT c.started_at AS startedAt, d.label AS outcome, (
    SELECT json_extract(e.facts, '$.evaluation.summary') FROM call_events e
    WHERE e.call_id = c.id AND json_extract(e.facts, '$.evaluation.summary') <> '' ORDER BY e.at DESC LIMIT 1
  ) AS summary
  FROM calls c
  LEFT JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL
  LEFT JOIN disposition_kinds d ON d.id = o.disposition_id
  WHERE c.contact_id = +:contactId ORDER BY c.started_at DESC, c.id DESC LIMIT +:limit`);
