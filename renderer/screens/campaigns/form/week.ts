import type { Window } from '../kinds.ts';

export const DAY_NAMES = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;
export const WEEKDAYS = [1, 2, 3, 4, 5] as const;
export const WHOLE_WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

/** Hours of one day. `to` at or before `from` is a night, and ends on the day after. */
export type Hours = Pick<Window, 'from' | 'to'>;

const OFFICE: Hours = { from: 9 * 60, to: 17 * 60 };
const DAY_MINUTES = 24 * 60;

export function dayName(weekday: number): string {
  return DAY_NAMES[weekday - 1] ?? '';
}

export function hoursOf(windows: readonly Window[], weekday: number): Hours[] {
  return windows.filter((each) => each.weekday === weekday).map(({ from, to }) => ({ from, to }));
}

/** The week with other hours on one day; days keep their order. */
export function withDay(windows: readonly Window[], weekday: number, hours: readonly Hours[]): Window[] {
  const others = windows.filter((each) => each.weekday !== weekday);
  return [...others, ...hours.map((each) => ({ weekday, ...each }))].sort((a, b) => a.weekday - b.weekday);
}

/** Opens a day with the hours of the nearest open day before it, or after it, or of an office. */
export function opened(windows: readonly Window[], weekday: number): Window[] {
  const before = WHOLE_WEEK.filter((day) => day < weekday).toReversed();
  const after = WHOLE_WEEK.filter((day) => day > weekday);
  const model = [...before, ...after].map((day) => hoursOf(windows, day)).find((hours) => hours.length > 0);
  return withDay(windows, weekday, model ?? [OFFICE]);
}

export function copied(windows: readonly Window[], from: number, to: readonly number[]): Window[] {
  const hours = hoursOf(windows, from);
  return to.reduce<Window[]>((week, day) => withDay(week, day, hours), [...windows]);
}

/** One more stretch on a day, after an hour's break where there is room for it. */
export function withBreak(windows: readonly Window[], weekday: number): Window[] {
  const hours = hoursOf(windows, weekday);
  const last = hours.at(-1);
  if (last === undefined) return opened(windows, weekday);
  const from = last.to + 60;
  if (last.to <= last.from || from + 60 > DAY_MINUTES) return splitLast(windows, weekday, hours);
  return withDay(windows, weekday, [...hours, { from, to: Math.min(from + 120, DAY_MINUTES) }]);
}

/** No room behind the last stretch: an hour's break goes into its middle. */
function splitLast(windows: readonly Window[], weekday: number, hours: readonly Hours[]): Window[] {
  const { from, to } = hours.at(-1)!;
  const end = to <= from ? DAY_MINUTES : to;
  if (end - from < 180) return [...windows];
  const middle = Math.round((from + end) / 2 / 30) * 30;
  const parts = [
    { from, to: middle - 30 },
    { from: middle + 30, to },
  ];
  return withDay(windows, weekday, [...hours.slice(0, -1), ...parts]);
}

/** What is wrong with the hours of a day, as a sentence; null where nothing is. */
export function troubleOn(windows: readonly Window[], weekday: number): string | null {
  const hours = hoursOf(windows, weekday);
  if (hours.some(({ from, to }) => from === to))
    return 'These hours begin and end at the same time. To close the day, take its tick away.';
  const spans = hours.map(({ from, to }) => ({ from, to: to < from ? to + DAY_MINUTES : to }));
  const sorted = spans.sort((a, b) => a.from - b.from);
  const overlap = sorted.some((span, index) => index > 0 && span.from < sorted[index - 1]!.to);
  return overlap ? 'These hours overlap.' : null;
}

/** The pieces of a day's bar, in minutes: its own hours, and the end of the night before. */
export function piecesOn(windows: readonly Window[], weekday: number): Hours[] {
  const before = weekday === 1 ? 7 : weekday - 1;
  const nights = hoursOf(windows, before)
    .filter(({ from, to }) => to < from && to > 0)
    .map(({ to }) => ({ from: 0, to }));
  const own = hoursOf(windows, weekday).map(({ from, to }) => ({ from, to: to < from ? DAY_MINUTES : to }));
  return [...nights, ...own];
}
