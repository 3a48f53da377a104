import { type RefObject, useRef } from 'react';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import type { CampaignRow } from '../kinds.ts';

interface ListKeys {
  /** Starts or pauses the campaign of the row that has the focus. */
  onToggle: (row: CampaignRow) => void;
  whyNotToggle: string | null;
}

/** Arrows walk the rows, Enter opens one, S starts or pauses the one in focus. */
export function useListKeys(rows: readonly CampaignRow[], keys: ListKeys): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const openers = () => [
    ...(place.current?.querySelectorAll<HTMLElement>('tbody td:first-child button') ?? []),
  ];
  const rowInFocus = () => {
    const row = document.activeElement?.closest('tr') ?? null;
    return openers().findIndex((button) => button.closest('tr') === row);
  };
  const walk = (step: 1 | -1) => {
    const all = openers();
    const at = rowInFocus();
    all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
  };
  const toggle = () => {
    const row = rows[rowInFocus()];
    if (row !== undefined) keys.onToggle(row);
  };
  useKeys('screen', [
    { id: 'row.next', keys: ['j', 'down'], title: 'Next row', run: () => walk(1), repeats: true },
    { id: 'row.previous', keys: ['k', 'up'], title: 'Previous row', run: () => walk(-1), repeats: true },
    {
      id: 'campaigns.toggle',
      keys: ['s', 'alt+s'],
      title: 'Start or pause the campaign in focus',
      run: toggle,
      whyNot: keys.whyNotToggle,
    },
  ]);
  return place;
}
