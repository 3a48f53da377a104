import Database from 'better-sqlite3';
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';

/**
 * A whole copy of a database in the backups folder beside it, opened and checked before it counts as one.
 * Throws when the copy could not be made: then nothing that needs a backup may go on.
 */
export function backUp(sqlite: Database.Database, file: string, why: string, now: Instant): string {
  const folder = join(dirname(file), 'backups');
  mkdirSync(folder, { recursive: true });
  const copy = join(folder, `${basename(file)}-${why}-${stamp(now)}.db`);
  rmSync(copy, { force: true });
  try {
    sqlite.prepare('VACUUM INTO ?').run(copy);
    reachDisk(copy);
    assert(isSound(copy), `the backup ${copy} does not read back`);
    return copy;
  } catch (error) {
    // Half a backup is worse than none: somebody would trust it.
    rmSync(copy, { force: true });
    throw error;
  }
}

/** Reads the whole file. Takes as long as reading it takes. */
export function isSound(file: string): boolean {
  const copy = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return copy.pragma('integrity_check(1)', { simple: true }) === 'ok';
  } finally {
    copy.close();
  }
}

/** The copy is written by a connection that does not wait for the disk. */
function reachDisk(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function stamp(at: Instant): string {
  return new Date(at).toISOString().replace(/[-:]/g, '').replace('.', '-');
}
