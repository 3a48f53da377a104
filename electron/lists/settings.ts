import type { DedupePolicy, ImportProgress, Mapping, Reading } from '../../shared/domain/list-import.ts';

/** Everything that decides what becomes of a file: kept with the import, so that it can go on after a restart. */
export interface ImportSettings {
  readonly file: string;
  readonly reading: Reading;
  readonly mapping: Mapping;
  readonly policy: DedupePolicy;
  readonly signature: string;
  /** The list that the commit makes; empty where there is one already, or none is wanted. */
  readonly listName?: string;
  /** The list that the commit made: an undo takes it away with the last of its contacts. */
  readonly madeListId?: number;
  /** The campaigns that everybody goes into who goes in. */
  readonly campaignIds?: readonly number[];
  /** Somebody called it off in the middle: it waits for a word, also after a restart. */
  readonly isStopped?: boolean;
  /** The newest number of the workspace when the file was checked: whoever came later is looked for again. */
  readonly checkedMark: number;
}

export type TellProgress = (progress: ImportProgress) => void;
