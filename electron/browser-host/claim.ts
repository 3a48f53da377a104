import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { type Result, ok, refused } from '../../shared/lib/result.ts';

/** One Parley per data folder: a second one would tell the same agents different things. */
export interface Claim {
  /** Says where this Parley answers, for whoever starts a second one. */
  announce(port: number): void;
  release(): void;
}

interface Note {
  readonly pid: number;
  readonly who: string;
  readonly port: number;
}

/**
 * Claims the folder with a note in it. A note that was left behind by a crash counts for nothing: whoever
 * wrote it must still answer to its name.
 */
export async function claimFolder(dataDir: string, who: string): Promise<Result<Claim, string>> {
  const file = join(dataDir, 'open.json');
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    return refused(cannotWrite(dataDir, error));
  }
  const note = noteIn(file);
  if (note !== null && note.pid !== process.pid && (await answersTo(note))) {
    return refused(
      `Parley is open already with this data folder, at http://127.0.0.1:${note.port}. Use that one, or name another folder with --data.`,
    );
  }
  const write = (port: number) =>
    writeFileSync(file, JSON.stringify({ pid: process.pid, who, port } satisfies Note));
  try {
    write(0);
  } catch (error) {
    return refused(cannotWrite(dataDir, error));
  }
  return ok({
    announce: write,
    release() {
      if (noteIn(file)?.who === who) rmSync(file, { force: true });
    },
  });
}

function cannotWrite(dataDir: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC')
    return 'The disk is full, so Parley cannot start. Nothing was lost. Make some room, then start it again.';
  return `Parley may not write to its data folder ${dataDir} (${code ?? 'unknown reason'}). Nothing was lost. Change the folder’s permissions, or name another with --data.`;
}

function noteIn(file: string): Note | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Note;
  } catch {
    return null;
  }
}

/** Whether the Parley of the note still answers, and is the one that wrote it. */
function answersTo({ port, who }: Note): Promise<boolean> {
  if (port === 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path: '/who', timeout: 1000 }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(text.trim() === who));
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
