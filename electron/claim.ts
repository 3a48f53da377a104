import Database from 'better-sqlite3';
import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Result, ok, refused } from '../shared/lib/result.ts';

/** One Parley per data folder: a second one would tell the same agents different things, and dial twice. */
export interface Claim {
  /** Says where this Parley answers, for whoever starts a second one. */
  announce(port: number): void;
  release(): void;
}

/**
 * Claims the folder by a lock that the system takes back when the process ends, however it ends: a crash
 * leaves nothing to clear away, and a process id that comes round again means nothing. The note beside it
 * only tells a second start where the first one is to be found.
 */
export function claimFolder(dataDir: string): Result<Claim, string> {
  const file = join(dataDir, 'open.json');
  let lock: Database.Database | null = null;
  try {
    mkdirSync(dataDir, { recursive: true });
    lock = new Database(join(dataDir, 'open.lock'), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    rmSync(file, { force: true });
  } catch (error) {
    lock?.close();
    const isHeld = String((error as NodeJS.ErrnoException).code).startsWith('SQLITE_BUSY');
    return refused(isHeld ? alreadyOpen(file) : cannotWrite(dataDir, error));
  }
  const held = lock;
  return ok({
    announce: (port) => writeFileSync(file, `${JSON.stringify({ port })}\n`),
    release() {
      rmSync(file, { force: true });
      held.close();
    },
  });
}

/** Why nothing can be kept in this folder, in a sentence; null when it can. Makes the folder if need be. */
export function folderTrouble(dataDir: string): string | null {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
    return null;
  } catch (error) {
    return cannotWrite(dataDir, error);
  }
}

function alreadyOpen(file: string): string {
  const port = portIn(file);
  const where = port === null ? 'in a window of its own' : `at http://127.0.0.1:${port}`;
  return `Parley is open already with this data folder, ${where}. Use that one, or name another folder with --data.`;
}

function cannotWrite(dataDir: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
  if (FULL.has(code))
    return 'The disk is full, so Parley cannot start. Nothing was lost. Make some room, then start it again.';
  if (code.startsWith('SQLITE_IOERR'))
    return `The disk did not take what Parley wrote to its data folder ${dataDir} (${code}). Nothing was lost. Check the disk, or name another folder with --data.`;
  return `Parley may not write to its data folder ${dataDir} (${code}). Nothing was lost. Change the folder’s permissions, or name another with --data.`;
}

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

function portIn(file: string): number | null {
  try {
    const { port } = JSON.parse(readFileSync(file, 'utf8')) as { port: unknown };
    return typeof port === 'number' ? port : null;
  } catch {
    return null;
  }
}
