import { type RefObject, useRef } from 'react';
import { useKeys } from '../../keys/KeysProvider.tsx';

/** J and K, or the arrows, walk along the rows of a table whose first cells are buttons. */
export function useRowKeys(): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const walk = (step: 1 | -1) => {
    const rows = [...(place.current?.querySelectorAll<HTMLElement>('tbody button') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
    rows[next]?.focus();
  };
  useKeys('screen', [
    { id: 'row.next', keys: ['j', 'down'], title: 'Next row', run: () => walk(1), repeats: true },
    { id: 'row.previous', keys: ['k', 'up'], title: 'Previous row', run: () => walk(-1), repeats: true },
  ]);
  return place;
}
