import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, writing } from './open.ts';
import { recordingComments } from './schema/calls.ts';
import { inserting } from './statements.ts';

/** What somebody said about a moment of a recording. */
export interface RecordingComment {
  readonly id: number;
  readonly callId: number;
  readonly atMs: number;
  readonly text: string;
  readonly agentId: number | null;
  readonly who: string;
  readonly writtenAt: Instant;
}

export type NewComment = Omit<RecordingComment, 'id' | 'who'>;

export function addComment(db: Db, comment: NewComment): number {
  return add(db, comment).id;
}

const add = inserting(recordingComments);

export function removeComment(db: Db, id: number): void {
  remove(db).run(id);
}

const remove = writing('DELETE FROM recording_comments WHERE id = +?');

const COMMENT = `SELECT m.id, m.call_id AS callId, m.at_ms AS atMs, m.text, m.agent_id AS agentId,
  ifnull(a.name, 'Parley') AS who, m.written_at AS writtenAt
  FROM recording_comments m LEFT JOIN agents a ON a.id = m.agent_id`;

export function commentById(db: ReadDb, id: number): RecordingComment | null {
  return one(db).get(id) ?? null;
}

const one = reading<RecordingComment>(`${COMMENT} WHERE m.id = +?`);

/** In the order of the moments they are about. */
export function commentsOf(db: ReadDb, callId: number): RecordingComment[] {
  return all(db).all(callId);
}

const all = reading<RecordingComment>(`${COMMENT} WHERE m.call_id = +? ORDER BY m.at_ms, m.id`);
