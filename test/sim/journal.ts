import { type Tally, met } from './tally.ts';

/** What the agents remember having done, to hold against what the workspace remembers. */
export interface Journal {
  /** The words last typed about an attempt and acknowledged, while it is not filed. */
  readonly typed: Map<string, string>;
  /** The outcome that was filed and acknowledged, while it stands. */
  readonly filed: Map<string, { readonly dispositionId: string; readonly note: string }>;
  /** Attempts in whose filing, undoing or typing the kernel died: either way is right. */
  readonly doubtful: Set<string>;
  /** Numbers dialed by hand. */
  readonly byHand: Set<string>;
  /** Wishes granted and refused, for the tally of the day. */
  readonly wishes: Tally;
}

export function newJournal(): Journal {
  return { typed: new Map(), filed: new Map(), doubtful: new Set(), byHand: new Set(), wishes: new Map() };
}

export function wished({ wishes }: Journal, what: string, ok: boolean): void {
  met(wishes, `${what} ${ok ? 'done' : 'refused'}`);
}
