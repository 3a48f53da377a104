import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, writing } from './open.ts';

/** Keeps when both sides could first hear each other. False where nobody has picked up, and when it is known. */
export function keepAudioAt(db: Db, attemptId: string, at: Instant): boolean {
  return kept(db).run(at, attemptId).changes === 1;
}

const kept = writing(`
  UPDATE calls SET audio_at = ?
  WHERE attempt_id = +? AND audio_at IS NULL AND answered_at IS NOT NULL`);
