import type { DedupePolicy } from './dedupe.ts';
import type { Mapping } from './mapping.ts';
import type { Reading } from './source.ts';

/** Everything that decides what becomes of a file: kept with the import, so that it can go on after a restart. */
export interface ImportSettings {
  readonly file: string;
  readonly reading: Reading;
  readonly mapping: Mapping;
  readonly policy: DedupePolicy;
  readonly signature: string;
  /** The newest number of the workspace when the file was checked: whoever came later is looked for again. */
  readonly checkedMark: number;
}

export interface Progress {
  readonly step: 'reading' | 'committing' | 'undoing';
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** How much of the work is done, from 0 to 1; by bytes while reading. */
  readonly part: number;
}

export type TellProgress = (progress: Progress) => void;
