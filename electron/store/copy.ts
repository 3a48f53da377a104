import Database from 'better-sqlite3';

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
