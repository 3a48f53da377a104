import { createStore, useStore } from 'zustand';
import { keep, kept } from '../../data/appearance.ts';
import type { Edits } from './edits.ts';

/** Edits, and the version of the campaign that they were made on. */
export interface Draft {
  readonly version: number;
  readonly edits: Edits;
}

type Drafts = Readonly<Record<string, Draft>>;

const KEPT_UNDER = 'parley.campaign-edits';

/** What is not saved yet outlives a change of screen and a reload. It is kept per person and workspace. */
const drafts = createStore<Drafts>(() => read());

drafts.subscribe((all) => keep(KEPT_UNDER, all));

export function useDraftFor(key: string): Draft | null {
  return useStore(drafts, (all) => all[key] ?? null);
}

export function draftFor(key: string): Draft | null {
  return drafts.getState()[key] ?? null;
}

export function putDraft(key: string, draft: Draft | null): void {
  const { [key]: _, ...others } = drafts.getState();
  drafts.setState(draft === null ? others : { ...others, [key]: draft }, true);
}

function read(): Drafts {
  const found = kept(KEPT_UNDER);
  return found !== null && typeof found === 'object' ? (found as Drafts) : {};
}
