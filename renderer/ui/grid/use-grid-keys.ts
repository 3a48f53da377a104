import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { NOBODY, type Selection, between, everybody, toggled, withStretch } from './selection.ts';
import { type Measure, pageRows } from './window.ts';

interface GridKeysParts {
  readonly measure: Measure;
  readonly active: number;
  readonly selection: Selection;
  /** Goes to a row and brings it into view. */
  readonly goTo: (row: number) => void;
  readonly onSelection: ((selection: Selection) => void) | undefined;
  readonly onOpen: ((row: number) => void) | undefined;
}

export interface GridKeys {
  onKeyDown: (event: KeyboardEvent) => void;
  /** A row was pressed with the pointer. */
  onPress: (row: number, how: { shift: boolean; toggle: boolean }) => void;
}

/** The keys of a grid whose rows are its places: arrows, pages, ends; Space and Shift choose. */
export function useGridKeys(parts: GridKeysParts): GridKeys {
  // Where a stretch begins that Shift draws.
  const anchor = useRef(0);
  const latest = useRef(parts);
  useLayoutEffect(() => {
    latest.current = parts;
  });

  const move = (to: number, isDrawing: boolean) => {
    const { measure, selection, goTo, onSelection } = latest.current;
    const row = Math.min(measure.rows - 1, Math.max(0, to));
    if (isDrawing) onSelection?.(withStretch(selection, between(anchor.current, row)));
    else anchor.current = row;
    goTo(row);
  };

  return {
    onKeyDown(event) {
      const { measure, active, selection, onSelection, onOpen } = latest.current;
      // Buttons in the heading have keys of their own.
      if (event.target !== event.currentTarget || event.altKey || measure.rows === 0) return;
      const isCommand = event.ctrlKey || event.metaKey;
      const to = placeFor(event.key, active, measure);
      if (to !== null) move(to, event.shiftKey);
      else if (event.key === ' ' && onSelection) {
        anchor.current = active;
        onSelection(toggled(selection, active));
      } else if (event.key === 'a' && isCommand && onSelection) onSelection(everybody(measure.rows));
      else if (event.key === 'Escape' && selection.length > 0 && onSelection) onSelection(NOBODY);
      else if (event.key === 'Enter' && !isCommand && onOpen) onOpen(active);
      else return;
      event.preventDefault();
    },
    onPress(row, { shift, toggle }) {
      const { selection, onSelection } = latest.current;
      if (toggle) {
        anchor.current = row;
        onSelection?.(toggled(selection, row));
        latest.current.goTo(row);
      } else move(row, shift);
    },
  };
}

function placeFor(key: string, active: number, measure: Measure): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + pageRows(measure);
    case 'PageUp':
      return active - pageRows(measure);
    case 'Home':
      return 0;
    case 'End':
      return measure.rows - 1;
    default:
      return null;
  }
}
