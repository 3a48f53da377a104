import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type LawBook,
  lawBook,
  readClosures,
  shippedClosures,
  shippedLaw,
  shippedRules,
} from '../shared/domain/law/book.ts';
import type { Closure } from '../shared/domain/law/rule.ts';
import { type Result, ok, refused } from '../shared/lib/result.ts';
import { zonesInUse } from '../shared/lib/zones/table.ts';

/** The days that an authority has closed since Parley was made: an update of this file needs no release. */
export const CLOSURES_FILE = 'closures.json';

/**
 * The law that a workspace goes by: the one that comes with Parley, and the closures that lie in its folder. A
 * file that cannot be read is told and left aside whole; what came with Parley stays in force.
 */
export function lawIn(folder: string, log: (line: string, error?: unknown) => void): LawBook {
  const read = closuresIn(folder);
  if (!read.ok) log(`${CLOSURES_FILE}: ${read.error}`);
  if (!read.ok || read.value.length === 0) return shipped();
  return lawBook(shippedRules, [...shippedClosures, ...read.value]);
}

/** The closures that lie in the folder of a workspace; none where there is no such file. */
export function closuresIn(folder: string): Result<readonly Closure[], string> {
  try {
    return readClosures(parsed(readFileSync(join(folder, CLOSURES_FILE), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok([]);
    return refused('The list of closed days cannot be read. The one that comes with Parley is in use.');
  }
}

/** Keeps the closures of a workspace. A crash in the middle leaves the old list or the new one. */
export function writeClosures(folder: string, closures: readonly Closure[]): void {
  const file = join(folder, CLOSURES_FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(closures, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** What came with Parley, as far as the clocks can be relied on. */
function shipped(): LawBook {
  return zonesInUse().doubt === null ? shippedLaw : lawBook(shippedRules, shippedClosures);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
