import { createStore, useStore } from 'zustand';
import { keep, kept } from '../data/appearance.ts';
import { NOTHING_YET, type Tally } from './tour.ts';

interface Tour {
  /** The hints that were done, here or at an earlier start. */
  readonly hints: ReadonlySet<string>;
  /** What was done before this round began. */
  readonly begun: Tally;
  /** The card was put away. */
  readonly isClosed: boolean;
}

const HINTS_UNDER = 'parley.hints-done';
const TOUR_UNDER = 'parley.tour';

const tour = createStore<Tour>(() => ({ hints: hintsKept(), ...markKept() }));

export function useTour(): Tour {
  return useStore(tour);
}

export function addHints(more: readonly string[]): void {
  const { hints } = tour.getState();
  if (more.every((id) => hints.has(id))) return;
  const all = new Set([...hints, ...more]);
  keep(HINTS_UNDER, [...all]);
  tour.setState({ hints: all });
}

export function closeTour(): void {
  tour.setState({ isClosed: true });
  keep(TOUR_UNDER, { begun: tour.getState().begun, isClosed: true });
}

/** From the beginning: every hint, and the card once three more calls are done. */
export function tourAgain(begun: Tally): void {
  keep(HINTS_UNDER, []);
  keep(TOUR_UNDER, { begun, isClosed: false });
  tour.setState({ hints: new Set(), begun, isClosed: false });
}

function hintsKept(): ReadonlySet<string> {
  const list = kept(HINTS_UNDER);
  return new Set(Array.isArray(list) ? list.filter((id): id is string => typeof id === 'string') : []);
}

function markKept(): Pick<Tour, 'begun' | 'isClosed'> {
  const mark = kept(TOUR_UNDER) as { begun?: Partial<Tally>; isClosed?: unknown } | null;
  return { begun: { ...NOTHING_YET, ...mark?.begun }, isClosed: mark?.isClosed === true };
}
