import { and, asc, eq, lte, sql } from 'drizzle-orm';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, writing } from './open.ts';
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
}

/** The file is here, checked and named. */
export function keepRecording(db: Db, callId: number, sound: KeptSound): void {
  touchedOne(kept(db).run({ ...sound, callId }), callId);
}

const kept = writing(`
  UPDATE recordings SET state = 'kept', file = :file, mime = :mime, bytes = :bytes, sha256 = :sha256,
    fetched_at = :fetchedAt, next_try_at = NULL, trouble = NULL
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

/** The file was deleted, on purpose. That there was one, and why it is gone, stays. */
export function deleteRecording(db: Db, callId: number, why: string, at: Instant): boolean {
  return deleted(db).run(at, why, callId).changes === 1;
}

const deleted = writing(`
  UPDATE recordings SET state = 'deleted', file = NULL, deleted_at = ?, deleted_why = ?
  WHERE call_id = +? AND state = 'kept'`);

/** Sounds fetched before an instant: what retention looks through. */
export function recordingsKeptBefore(db: ReadDb, before: Instant, limit: number): Recording[] {
  return old(db).all({ before, limit });
}

const old = prepared((db: ReadDb) =>
  db
    .select()
    .from(recordings)
    .where(and(literally(recordings.state, "= 'kept'"), lte(recordings.fetchedAt, slot('before'))))
    .orderBy(asc(recordings.fetchedAt))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

function touchedOne({ changes }: { changes: number }, callId: number): void {
  assert(changes === 1, `changed ${changes} recordings of call ${callId}`);
}
