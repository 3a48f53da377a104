import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type LawBook,
  lawBook,
  readClosures,
  shippedClosures,
  shippedLaw,
  shippedRules,
} from '../shared/domain/law/book.ts';
import { zonesInUse } from '../shared/lib/zones/table.ts';

/** The days that an authority has closed since Parley was made: an update of this file needs no release. */
export const CLOSURES_FILE = 'closures.json';

/**
 * The law that a workspace goes by: the one that comes with Parley, and the closures that lie in its folder. A
 * file that cannot be read is told and left aside whole; what came with Parley stays in force.
 */
export function lawIn(folder: string, log: (line: string, error?: unknown) => void): LawBook {
  let text: string;
  try {
    text = readFileSync(join(folder, CLOSURES_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log('The list of closed days cannot be read. The one that comes with Parley is in use.', error);
    return shipped();
  }
  const read = readClosures(parsed(text));
  if (!read.ok) {
    log(`${CLOSURES_FILE}: ${read.error}`);
    return shipped();
  }
  return lawBook(shippedRules, [...shippedClosures, ...read.value]);
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
