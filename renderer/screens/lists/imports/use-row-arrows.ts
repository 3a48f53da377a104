import { type KeyboardEvent, useRef } from 'react';

/**
 * Up and down go from a control to the same one in the row above or below. A list of choices that is open keeps
 * its arrows: it is drawn outside the table.
 */
export function useRowArrows() {
  const table = useRef<HTMLTableElement>(null);
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { activeElement } = document;
    const row = activeElement?.closest('tr');
    if (row == null || activeElement === null || !(table.current?.contains(row) ?? false)) return;
    if (activeElement.getAttribute('aria-expanded') === 'true') return;
    const at = controlsIn(row).indexOf(activeElement as HTMLElement);
    const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
    event.preventDefault();
    event.stopPropagation();
    if (next === null) return;
    const controls = controlsIn(next);
    (controls[at] ?? controls[0])?.focus();
  };
  return { ref: table, onKeyDownCapture };
}

function controlsIn(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('button, input:not([aria-hidden="true"])')].filter(
    (each) => each.tabIndex >= 0,
  );
}
