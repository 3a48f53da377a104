import { and, asc, eq, lte, sql } from 'drizzle-orm';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, reading, writing } from './open.ts';
import { calls, recordings } from './schema/calls.ts';
import { inserting, literally, slot } from './statements.ts';

export type Recording = typeof recordings.$inferSelect;

/** Asks for a call's sound to be fetched. False when it was asked for before. */
export function wantRecording(db: Db, callId: number, at: Instant): boolean {
  return want(db, { callId, state: 'wanted', tries: 0, nextTryAt: at }).changes === 1;
}

const want = inserting(recordings, 'ON CONFLICT (call_id) DO NOTHING');

export function recordingOf(db: ReadDb, callId: number): Recording | null {
  return ofCall(db).get({ callId }) ?? null;
}

const ofCall = prepared((db: ReadDb) =>
  db
    .select()
    .from(recordings)
    .where(eq(recordings.callId, slot('callId')))
    .prepare(),
);

export interface WantedRecording {
  readonly callId: number;
  readonly carrier: string;
  readonly recordingRef: string | null;
  readonly tries: number;
}

/** Sounds to fetch now, those that have waited longest first. */
export function wantedRecordings(db: ReadDb, now: Instant, limit: number): WantedRecording[] {
  return wanted(db).all({ now, limit });
}

/** The same of one carrier: another one knows nothing of its sounds. */
export function wantedOf(db: ReadDb, carrier: string, now: Instant, limit: number): WantedRecording[] {
  return wantedByCarrier(db).all(now, carrier, limit);
}

const wantedByCarrier = reading<WantedRecording>(`
  SELECT r.call_id AS callId, c.carrier, c.recording_ref AS recordingRef, r.tries
  FROM recordings r CROSS JOIN calls c ON c.id = r.call_id
  WHERE r.state = 'wanted' AND r.next_try_at <= +? AND c.carrier = ? ORDER BY r.next_try_at LIMIT +?`);

const wanted = prepared((db: ReadDb) =>
  db
    .select({
      callId: recordings.callId,
      carrier: calls.carrier,
      recordingRef: calls.recordingRef,
      tries: recordings.tries,
    })
    .from(recordings)
    .innerJoin(calls, eq(calls.id, recordings.callId))
    .where(and(literally(recordings.state, "= 'wanted'"), lte(recordings.nextTryAt, slot('now'))))
    .orderBy(asc(recordings.nextTryAt))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

export interface KeptSound {
  readonly file: string;
  readonly mime: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly fetchedAt: Instant;
  /** Left out where nobody could say it without decoding the sound. */
  readonly durationMs?: number | null;
  readonly channels?: number | null;
}

/** The file is here, checked and named. */
export function keepRecording(db: Db, callId: number, sound: KeptSound): void {
  const { durationMs = null, channels = null } = sound;
  touchedOne(kept(db).run({ ...sound, durationMs, channels, callId }), callId);
}

const kept = writing(`
  UPDATE recordings SET state = 'kept', file = :file, mime = :mime, bytes = :bytes, sha256 = :sha256,
    fetched_at = :fetchedAt, next_try_at = NULL, trouble = NULL, duration_ms = :durationMs, channels = :channels
  WHERE call_id = +:callId AND state = 'wanted'`);

/** A try failed: once more at `nextTryAt`, or never again when that is null. */
export function failRecording(db: Db, callId: number, trouble: string, nextTryAt: Instant | null): void {
  touchedOne(
    failed(db).run({ callId, trouble, nextTryAt, state: nextTryAt === null ? 'failed' : 'wanted' }),
    callId,
  );
}

const failed = writing(`
  UPDATE recordings SET state = :state, tries = tries + 1, trouble = :trouble, next_try_at = :nextTryAt
  WHERE call_id = +:callId AND state = 'wanted'`);

/** Nothing was wrong with the sound, and it has to wait: for room on the disk. It costs no try. */
export function postponeRecording(db: Db, callId: number, trouble: string, nextTryAt: Instant): void {
  touchedOne(postponed(db).run(trouble, nextTryAt, callId), callId);
}

const postponed = writing(
  "UPDATE recordings SET trouble = ?, next_try_at = ? WHERE call_id = +? AND state = 'wanted'",
);

/** A sound that the carrier made and that we may not keep: it is not fetched. */
export function holdBackRecording(db: Db, callId: number, trouble: string): void {
  touchedOne(held(db).run(trouble, callId), callId);
}

const held = writing(
  "UPDATE recordings SET state = 'held-back', trouble = ?, next_try_at = NULL WHERE call_id = +? AND state = 'wanted'",
);

/** Somebody asks for it once more. False where it did not fail. */
export function retryRecording(db: Db, callId: number, at: Instant): boolean {
  return again(db).run(at, callId).changes === 1;
}

const again = writing(
  "UPDATE recordings SET state = 'wanted', tries = 0, next_try_at = ? WHERE call_id = +? AND state = 'failed'",
);

/** The file of a kept sound is not there, or not as it was: it is fetched anew. */
export function missRecording(db: Db, callId: number, trouble: string, at: Instant): boolean {
  return missed(db).run(trouble, at, callId).changes === 1;
}

const missed = writing(`
  UPDATE recordings SET state = 'wanted', tries = 0, file = NULL, trouble = ?, next_try_at = ?
  WHERE call_id = +? AND state = 'kept'`);

/** Whether our own decision before the call allowed a recording; null where there was none. */
export function wasRecordingAllowed(db: ReadDb, callId: number): boolean | null {
  const isAllowed = allowed(db).get(callId)?.isAllowed ?? null;
  return isAllowed === null ? null : isAllowed === 1;
}

const allowed = reading<{ isAllowed: number | null }>(`
  SELECT a.verdict ->> '$.recording.isAllowed' AS isAllowed
  FROM calls c JOIN attempts a ON a.id = c.attempt_id WHERE c.id = +?`);

/** The bytes of all sounds that are here. */
export function keptBytes(db: ReadDb): number {
  return bytesKept(db).get()!.bytes;
}

const bytesKept = reading<{ bytes: number }>(
  "SELECT ifnull(sum(bytes), 0) AS bytes FROM recordings WHERE state = 'kept'",
);

/** The file was deleted, on purpose. That there was one, and why it is gone, stays. */
export function deleteRecording(db: Db, callId: number, why: string, at: Instant): boolean {
  return deleted(db).run(at, why, callId).changes === 1;
}

const deleted = writing(`
  UPDATE recordings SET state = 'deleted', file = NULL, deleted_at = ?, deleted_why = ?
  WHERE call_id = +? AND state = 'kept'`);

function touchedOne({ changes }: { changes: number }, callId: number): void {
  assert(changes === 1, `changed ${changes} recordings of call ${callId}`);
}
