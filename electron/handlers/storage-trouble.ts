import type { Refusal } from '../../shared/contract/wire.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  SQLITE_FULL:
    'The disk is full, so this was not saved. All that was saved before is safe. Make some room, then try again.',
  SQLITE_READONLY:
    'The data folder may not be written to, so this was not saved. Nothing was lost. Check the folder’s permissions, then try again.',
  SQLITE_IOERR:
    'The disk did not answer, so this was not saved. All that was saved before is safe. Check the disk, then try again.',
  SQLITE_CORRUPT:
    'The database is damaged, so nothing more is written to it. Close Parley and restore the last backup.',
  SQLITE_CANTOPEN:
    'The database cannot be reached, so this was not saved. All that was saved before is safe. Check the drive, then try again.',
  SQLITE_BUSY: 'Another program is holding the database, so this was not saved. Try again in a moment.',
};

/** The same troubles by the names the file system and SQLite's other half have for them. */
const SAME: Readonly<Record<string, string>> = {
  ENOSPC: 'SQLITE_FULL',
  EDQUOT: 'SQLITE_FULL',
  EROFS: 'SQLITE_READONLY',
  EACCES: 'SQLITE_READONLY',
  EPERM: 'SQLITE_READONLY',
  EIO: 'SQLITE_IOERR',
  SQLITE_NOTADB: 'SQLITE_CORRUPT',
  SQLITE_LOCKED: 'SQLITE_BUSY',
};

/** A sentence for what a disk may do to us, or null when the error is something else. */
export function storageTroubleIn(error: unknown): Refusal | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const code = String(error.code);
  // SQLite's codes may carry a second half that tells more than is needed here: `SQLITE_IOERR_FSYNC`.
  const isOf = (each: string) => code === each || code.startsWith(`${each}_`);
  const same = Object.keys(SAME).find(isOf);
  const kind = same === undefined ? Object.keys(SENTENCES).find(isOf) : SAME[same];
  return kind === undefined ? null : { code: 'storage', sentence: SENTENCES[kind]! };
}
