import { asc, eq } from 'drizzle-orm';
import type { TranscriptSegment } from '../../shared/domain/call.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, reading, withTransaction, writing } from './open.ts';
import { transcriptSegments } from './schema/calls.ts';
import { inserting, slot } from './statements.ts';

/** Keeps what was said. Carriers tell the whole of it each time, so only what is new is written. */
export function saveTranscript(db: Db, callId: number, told: readonly TranscriptSegment[]): void {
  const kept = transcriptOf(db, callId);
  const same = told.findIndex((segment, i) => !isSame(segment, kept[i]));
  const from = same === -1 ? told.length : same;
  if (from === told.length && kept.length === told.length) return;
  withTransaction(db, () => {
    // Words already kept were corrected: everything is written anew.
    if (from < kept.length) clear(db).run(callId);
    for (const segment of told.slice(from < kept.length ? 0 : from)) add(db, { callId, ...segment });
  });
}

const add = inserting(transcriptSegments);
const clear = writing('DELETE FROM transcript_segments WHERE call_id = ?');

export function transcriptOf(db: ReadDb, callId: number): TranscriptSegment[] {
  return ofCall(db).all({ callId });
}

const ofCall = prepared((db: ReadDb) =>
  db
    .select({
      speaker: transcriptSegments.speaker,
      fromMs: transcriptSegments.fromMs,
      toMs: transcriptSegments.toMs,
      text: transcriptSegments.text,
    })
    .from(transcriptSegments)
    .where(eq(transcriptSegments.callId, slot('callId')))
    .orderBy(asc(transcriptSegments.fromMs), asc(transcriptSegments.id))
    .prepare(),
);

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
  WHERE transcript_search MATCH ? ORDER BY transcript_search.rowid DESC LIMIT ?`);

/** Every word as a quoted prefix, so that nothing typed is taken for the search language. */
export function asWords(typed: string): string {
  const words = typed.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => `"${word}"*`).join(' ');
}

function isSame(a: TranscriptSegment, b: TranscriptSegment | undefined): boolean {
  return (
    b !== undefined &&
    a.text === b.text &&
    a.fromMs === b.fromMs &&
    a.toMs === b.toMs &&
    a.speaker === b.speaker
  );
}
