import type { Instant } from '../lib/instants.ts';
import { type Result, ok, refused } from '../lib/result.ts';
import { type Zone, addDays, isDate, stretchesShowing, weekdayOn, zonedInstant } from '../lib/zoned-time.ts';
import { zoneTrouble } from '../lib/zones/names.ts';

/** On which days somebody is called. Weekdays are 1 (Monday) to 7, in order, each once. */
export type Cadence =
  | { readonly kind: 'daily' }
  | { readonly kind: 'weekdays' }
  | { readonly kind: 'weekends' }
  | { readonly kind: 'custom'; readonly weekdays: readonly number[] };

/** A time of day on some days, where the person is. */
export interface Routine {
  readonly cadence: Cadence;
  /** Minutes from midnight on the person's own wall clock. */
  readonly minute: number;
  readonly zone: Zone;
}

/** The clock went forward past the wished minute, or shows it twice that day. */
export type ClockRemark = 'gap' | 'twice';

export interface PlannedInstant {
  /** The person's own date. */
  readonly date: string;
  readonly at: Instant;
  readonly remark: ClockRemark | null;
}

export const DAY_WORDS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const KNOWN: Readonly<Record<string, Cadence>> = {
  daily: { kind: 'daily' },
  'every day': { kind: 'daily' },
  everyday: { kind: 'daily' },
  weekdays: { kind: 'weekdays' },
  weekends: { kind: 'weekends' },
};

const CADENCE_HELP = 'Write daily, weekdays, weekends, or days such as mon,wed.';

/** Reads `daily`, `weekdays`, `weekends` or `mon,wed`. Days may be written out, and in any order. */
export function readCadence(words: string): Result<Cadence, string> {
  const text = words.trim().toLowerCase();
  if (text === '') return refused(`No day is chosen. ${CADENCE_HELP}`);
  if (Object.hasOwn(KNOWN, text)) return ok(KNOWN[text]!);
  const names = text.split(/[\s,;]+/).filter((name) => name !== '' && name !== 'and');
  const weekdays: number[] = [];
  for (const name of names) {
    const weekday = weekdayNamed(name);
    if (weekday === null) return refused(`“${name.slice(0, 40)}” is not a day of the week. ${CADENCE_HELP}`);
    weekdays.push(weekday);
  }
  return cadenceOn(weekdays);
}

/** The cadence of a set of weekdays; the usual sets get their usual names. */
export function cadenceOn(weekdays: readonly number[]): Result<Cadence, string> {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  if (days.length === 0) return refused(`No day is chosen. ${CADENCE_HELP}`);
  if (!days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7))
    return refused(`A day of the week is not one of seven. ${CADENCE_HELP}`);
  if (days.length === 7) return ok({ kind: 'daily' });
  if (days.join('') === '12345') return ok({ kind: 'weekdays' });
  if (days.join('') === '67') return ok({ kind: 'weekends' });
  return ok({ kind: 'custom', weekdays: days });
}

/** The way `readCadence` reads it back: `weekdays`, `mon,wed`. */
export function cadenceText(cadence: Cadence): string {
  if (cadence.kind !== 'custom') return cadence.kind;
  return cadence.weekdays.map((day) => DAY_WORDS[day - 1]).join(',');
}

/** For people: `every day`, `Mon–Fri`, `Mon, Wed`. */
export function cadenceInWords(cadence: Cadence): string {
  switch (cadence.kind) {
    case 'daily':
      return 'every day';
    case 'weekdays':
      return 'Mon–Fri';
    case 'weekends':
      return 'Sat and Sun';
    case 'custom':
      return cadence.weekdays.map((day) => shortName(day)).join(', ');
  }
}

/** The weekdays of a cadence, 1 (Monday) to 7. */
export function weekdaysOf(cadence: Cadence): readonly number[] {
  switch (cadence.kind) {
    case 'daily':
      return [1, 2, 3, 4, 5, 6, 7];
    case 'weekdays':
      return [1, 2, 3, 4, 5];
    case 'weekends':
      return [6, 7];
    case 'custom':
      return cadence.weekdays;
  }
}

/** Whether a date (YYYY-MM-DD, the person's own) is one of the days. */
export function matches(cadence: Cadence, date: string): boolean {
  return weekdaysOf(cadence).includes(weekdayOn(date));
}

/** Reads `9:00`, `09:00`, `17.30`: minutes from midnight. */
export function readTime(text: string): Result<number, string> {
  const found = /^(\d{1,2})[:.](\d{2})$/.exec(text.trim());
  const hour = Number(found?.[1]);
  const minute = Number(found?.[2]);
  if (!found || hour > 23 || minute > 59)
    return refused(`“${text.trim().slice(0, 40)}” is not a time of day. Write it as 09:30.`);
  return ok(hour * 60 + minute);
}

/** `09:30`. */
export function timeText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** What is wrong with a routine, as a sentence; null where it can be kept. */
export function routineTrouble({ cadence, minute, zone }: Routine): string | null {
  if (!Number.isInteger(minute) || minute < 0 || minute >= 24 * 60)
    return 'That is not a time of day. Write it as 09:30.';
  if (cadence.kind === 'custom') {
    const days = cadenceOn(cadence.weekdays);
    if (!days.ok) return days.error;
  }
  return zoneTrouble(zone);
}

/** The next `count` calls of a routine on or after a date of the person's own calendar. */
export function plannedInstants(
  routine: Routine,
  fromDate: string,
  count: number,
): Result<readonly PlannedInstant[], string> {
  const trouble = routineTrouble(routine);
  if (trouble !== null) return refused(trouble);
  if (!isDate(fromDate)) return refused(`“${fromDate.slice(0, 40)}” is not a date. Write it as 2026-11-20.`);
  const planned: PlannedInstant[] = [];
  // Within eight days every cadence has come round, also where a day is left out of the calendar.
  for (let day = 0; planned.length < count && day < 8 * count + 8; day++) {
    const found = plannedOn(routine, addDays(fromDate, day));
    if (found !== null) planned.push(found);
  }
  return ok(planned);
}

/**
 * The call of one date, or null where the date is none of the days. A minute that the clock skips moves on by as
 * much as the clock does; of a minute that comes twice the first is taken. A date that was left out has no call.
 */
export function plannedOn(routine: Routine, date: string): PlannedInstant | null {
  if (!matches(routine.cadence, date)) return null;
  const found = zonedInstant(date, routine.minute, routine.zone);
  if (found.kind === 'one') return { date, at: found.at, remark: null };
  if (found.kind === 'twice') return { date, at: found.first, remark: 'twice' };
  if (stretchesShowing(date, 0, 24 * 60, routine.zone).length === 0) return null;
  return { date, at: found.moved, remark: 'gap' };
}

/** What a remark means, for people. */
export function remarkInWords(remark: ClockRemark): string {
  return remark === 'gap'
    ? 'Clocks go forward there that day and skip this time, so the call moves on by as much as they do.'
    : 'Clocks go back there that day and this time comes twice; the first one is taken.';
}

/** The first two letters are enough to tell the days apart; fewer are not. */
function weekdayNamed(name: string): number | null {
  const full = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  if (name.length < 2) return null;
  const at = full.findIndex((day) => day.startsWith(name) || `${day}s` === name);
  return at === -1 ? null : at + 1;
}

function shortName(weekday: number): string {
  const word = DAY_WORDS[weekday - 1]!;
  return word[0]!.toUpperCase() + word.slice(1);
}
