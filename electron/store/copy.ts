import Database from 'better-sqlite3';
import type { Db } from './open.ts';

/**
 * Writes a whole copy of a workspace's file, as of one moment, whatever is being written meanwhile. Reads
 * through a connection that cannot write.
 */
export function copyStore(file: string, to: string): void {
  const sqlite = new Database(file, { readonly: true, fileMustExist: true });
  try {
    sqlite.prepare('VACUUM INTO ?').run(to);
  } finally {
    sqlite.close();
  }
}

/**
 * On a copy that is lived on and thrown away: what is kept only to be looked for afterwards is not kept. The sums of
 * reports, the index of words that were said and the list of sounds to fetch cost each call a part of a millisecond,
 * and a rehearsal makes thousands of calls while somebody waits.
 */
export function forgetAfterwards(copy: Db): void {
  const names = copy.$client
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'trigger'
         AND (name GLOB 'reports_*' OR name GLOB 'transcripts_searched_*' OR name GLOB 'recordings_wanted_*'
         OR name GLOB 'meaning_*')`,
    )
    .pluck()
    .all();
  for (const name of names) copy.$client.exec(`DROP TRIGGER ${name}`);
}
