import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the sounds of a workspace lie, below its own folder. */
const FOLDER = 'recordings';

/** The names of everything that belongs to the sound of one call. */
export interface SoundFiles {
  /** What came so far. */
  readonly part: string;
  /** The carrier's name for what came so far. */
  readonly tag: string;
  readonly peaks: string;
}

export function filesOf(workspace: string, callId: number): SoundFiles {
  const stem = join(workspace, FOLDER, String(callId));
  return { part: `${stem}.part`, tag: `${stem}.tag`, peaks: `${stem}.peaks` };
}

/** How the sound is named in the store: below the workspace's folder, so that it can move. */
export function soundName(callId: number, mime: 'audio/wav' | 'audio/mpeg'): string {
  return `${FOLDER}/${callId}.${mime === 'audio/wav' ? 'wav' : 'mp3'}`;
}

export function makeFolder(workspace: string): string {
  const folder = join(workspace, FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

export function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Takes away all files of a call's sound, whichever there are. */
export function removeFiles(workspace: string, callId: number): void {
  const { part, tag, peaks } = filesOf(workspace, callId);
  const sounds = (['audio/wav', 'audio/mpeg'] as const).map((mime) =>
    join(workspace, soundName(callId, mime)),
  );
  for (const file of [part, tag, peaks, `${peaks}.part`, ...sounds]) rmSync(file, { force: true });
}

/** The calls that have a file here, whatever of. */
export function callsWithFiles(workspace: string): number[] {
  let names: string[] = [];
  try {
    names = readdirSync(join(workspace, FOLDER));
  } catch {
    // No sound was ever fetched here.
  }
  const ids = names.flatMap((name) => /^(\d+)\./.exec(name)?.[1] ?? []);
  return [...new Set(ids)].map(Number);
}
