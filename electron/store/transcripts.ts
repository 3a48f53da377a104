import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

export interface Heard {
  readonly callId: number;
  readonly startedAt: Instant;
  readonly fromMs: number;
  /** The words around the find, which lies between \u0002 and \u0003. */
  readonly excerpt: string;
}

/** Where words were said, the latest first. Anything a person may type is a search; nothing is an error. */
export function searchTranscripts(db: ReadDb, words: string, limit: number): Heard[] {
  const query = asWords(words);
  return query === '' ? [] : heard(db).all(query, limit);
}

const heard = reading<Heard>(`
  SELECT s.call_id AS callId, c.started_at AS startedAt, s.from_ms AS fromMs,
    snippet(transcript_search, 0, char(2), char(3), '…', 16) AS excerpt
  FROM transcript_search
  JOIN transcript_segments s ON s.id = transcript_search.rowid
  JOIN calls c ON c.id = s.call_id
  WHERE transcript_search MATCH ? ORDER BY transcript_search.rowid DESC LIMIT +?`);

/** Every word as a quoted prefix, so that nothing typed is taken for the search language. */
export function asWords(typed: string): string {
  const words = typed.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => `"${word}"*`).join(' ');
}
