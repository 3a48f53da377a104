import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { FILE_BYTES_MAX, TOO_BIG } from '../../shared/domain/list-import.ts';
import { readTrouble, sizeOf } from './source.ts';

/** A file that somebody gave us to read. Screens know it by its id and its name, never by its path. */
export interface GivenFile {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  /** It lies in our folder and goes when it is no longer needed; others belong to whoever gave them. */
  readonly isOurs: boolean;
}

export type GivenFiles = ReturnType<typeof givenFiles>;

const RECEIVED = 'received-';
/** Pasted text is for what one can look over; more of it is a file. */
const PASTED_BYTES_MAX = 64 * 1024 * 1024;

/** The files that were dropped, chosen, sent or pasted, until they are read. `folder` takes what is sent. */
export function givenFiles(folder: string, clock: Clock) {
  const files = new Map<string, GivenFile>();
  let last = 0;

  function keep(path: string, name: string, isOurs: boolean): GivenFile {
    // Not a count alone: after a restart an old address must not lead to another file.
    const file = { id: `${clock.now().toString(36)}-${++last}`, path, name, isOurs };
    files.set(file.id, file);
    return file;
  }

  function ownPath(): string {
    mkdirSync(folder, { recursive: true });
    for (;;) {
      const path = join(folder, `${RECEIVED}${clock.now().toString(36)}-${++last}`);
      if (!existsSync(path)) return path;
    }
  }

  return {
    byId: (id: string): GivenFile | null => files.get(id) ?? null,

    /** A file that is on this computer already. */
    offer(path: string, name = basename(path)): Result<GivenFile, string> {
      const size = sizeOf(path);
      if (!size.ok) return size;
      if (statSync(path).isDirectory())
        return refused('This is a folder. Nothing was imported. Choose the file in it.');
      return ok(keep(path, name, path.startsWith(join(folder, RECEIVED))));
    },

    /** Takes a file that comes in pieces, and holds no more of it in memory than one of them. */
    async receive(name: string, body: AsyncIterable<Uint8Array>): Promise<Result<GivenFile, string>> {
      const path = ownPath();
      const out = createWriteStream(path, { flags: 'wx', mode: 0o600 });
      let trouble: unknown = null;
      out.on('error', (error) => (trouble ??= error));
      let bytes = 0;
      try {
        for await (const piece of body) {
          bytes += piece.byteLength;
          if (bytes > FILE_BYTES_MAX) throw new TooBig();
          // Whoever sends hears nothing before the end of it, so the rest is taken and thrown away.
          if (trouble === null && !out.write(piece))
            await Promise.race([once(out, 'drain'), once(out, 'close')]);
        }
        if (trouble !== null) throw trouble;
        out.end();
        await finished(out);
        return ok(keep(path, name, true));
      } catch (error) {
        out.destroy();
        rmSync(path, { force: true });
        return refused(error instanceof TooBig ? TOO_BIG : receiveTrouble(error));
      }
    },

    /** Text from the clipboard, some at a time: kept as a file, so that it is read like one. */
    async paste(text: string, to: string | null): Promise<Result<GivenFile, string>> {
      const file = to === null ? keep(ownPath(), 'Pasted rows', true) : (files.get(to) ?? null);
      if (file?.isOurs !== true) return refused(NOT_THERE);
      const sizeSoFar = statSync(file.path, { throwIfNoEntry: false })?.size ?? 0;
      if (sizeSoFar + Buffer.byteLength(text) > PASTED_BYTES_MAX) {
        rmSync(file.path, { force: true });
        return refused('That is too much to paste. Nothing was imported. Save it as a file and drop that.');
      }
      try {
        await appendFile(file.path, text, { mode: 0o600 });
        return ok(file);
      } catch (error) {
        return refused(receiveTrouble(error));
      }
    },

    /** No longer needed: ours are removed. */
    forgetPath(path: string): void {
      for (const [id, file] of files) if (file.path === path) files.delete(id);
      if (path.startsWith(join(folder, RECEIVED))) rmSync(path, { force: true });
    },

    /** Clears away what an earlier run was sent and nobody needs any more. */
    sweep(needed: ReadonlySet<string>): void {
      if (!existsSync(folder)) return;
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (name.startsWith(RECEIVED) && !needed.has(path)) rmSync(path, { force: true });
      }
    },
  };
}

export const NOT_THERE =
  'Parley does not have this file any more. Nothing was imported. Choose the file once more.';

class TooBig extends Error {}

function receiveTrouble(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return 'The disk is full. Nothing was imported, and everything that was here is safe. Free some space, then choose the file again.';
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return 'The file did not arrive whole. Nothing was imported. Choose it once more.';
  return readTrouble(error);
}
