import { join } from 'node:path';
import Database from 'better-sqlite3';

/** What the practice workspace's files say, read beside the program that writes them. */
export function practiceRecords(dataDir: string) {
  const folder = join(dataDir, 'workspaces/practice');
  return {
    file: join(folder, 'parley.db'),
    /** Every request to ring somebody, as the simulated carrier received it. */
    requests: () =>
      rows<{ attempt_id: string; to_number: string }>(
        join(folder, 'simulated-world.db'),
        'SELECT attempt_id, to_number FROM requests ORDER BY id',
      ),
    /** How often the simulated carrier was told to hang up. */
    hangUps: () =>
      rows<{ action: string }>(join(folder, 'simulated-world.db'), 'SELECT action FROM interventions').filter(
        ({ action }) => action.includes('hang-up'),
      ).length,
    attempts: () =>
      rows<{ id: string; to_e164: string; state: string; closed_at: number | null }>(
        join(folder, 'parley.db'),
        'SELECT id, to_e164, state, closed_at FROM attempts ORDER BY intended_at',
      ),
    /** When sound went both ways, for the calls of which that is known. */
    soundsAt: () =>
      rows<{ at: number }>(
        join(folder, 'parley.db'),
        'SELECT audio_at AS at FROM calls WHERE audio_at IS NOT NULL ORDER BY id',
      ).map(({ at }) => at),
    drafts: () =>
      rows<{ attempt_id: string; note: string }>(
        join(folder, 'parley.db'),
        'SELECT attempt_id, note FROM drafts',
      ),
    outcomes: () =>
      rows<{ disposition_id: string; note: string }>(
        join(folder, 'parley.db'),
        'SELECT disposition_id, note FROM outcomes ORDER BY id',
      ),
  };
}

function rows<T>(file: string, sql: string): T[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<[], T>(sql).all();
  } finally {
    db.close();
  }
}
