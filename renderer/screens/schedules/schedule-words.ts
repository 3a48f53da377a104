import type { JobRow, ScheduledPerson } from '../../../shared/contract/schedules.ts';
import {
  DAY_WORDS,
  type PlannedInstant,
  type Routine,
  cadenceOn,
  cadenceText,
  plannedInstants,
  readCadence,
  readTime,
  weekdaysOf,
} from '../../../shared/domain/cadence.ts';
import type { ConsentKind, JobState } from '../../../shared/domain/schedule.ts';
import type { Instant } from '../../../shared/lib/instants.ts';
import { type Zone, addDays, isZone, localTime } from '../../../shared/lib/zoned-time.ts';
import type { StateKind } from '../../ui/StateShape.tsx';
import { counted } from '../../data/words.ts';
import { clockIn, dayIn } from '../dial/times.ts';

export const JOB_FACE: Readonly<Record<JobState, { state: StateKind; word: string }>> = {
  queued: { state: 'idle', word: 'Planned' },
  scheduled: { state: 'paused', word: 'Waiting' },
  started: { state: 'connected', word: 'Calling' },
  completed: { state: 'ready', word: 'Done' },
  failed: { state: 'trouble', word: 'Failed' },
  canceled: { state: 'idle', word: 'Canceled' },
};

export const CONSENT_WORD: Readonly<Record<ConsentKind, string>> = {
  call: 'Being called',
  'ai-voice': 'An AI voice',
  recording: 'Recording',
};

/** The toggles of the seven days, Monday first. */
export const DAY_CHIPS = DAY_WORDS.map((word, index) => ({
  weekday: index + 1,
  label: word[0]!.toUpperCase() + word.slice(1),
}));

/** The weekdays that words such as `mon,wed` mean; none where they mean nothing. */
export function daysIn(words: string): readonly number[] {
  const cadence = readCadence(words);
  return cadence.ok ? weekdaysOf(cadence.value) : [];
}

/** The words after a day was switched on or off. */
export function withDay(words: string, weekday: number): string {
  const days = daysIn(words);
  const next = days.includes(weekday) ? days.filter((day) => day !== weekday) : [...days, weekday];
  const cadence = cadenceOn(next);
  return cadence.ok ? cadenceText(cadence.value) : '';
}

/** The next calls of what is being typed; none while it is not whole. */
export function nextCalls(
  { time, zone, cadence }: { time: string; zone: Zone; cadence: string },
  now: Instant,
  count: number,
): readonly PlannedInstant[] {
  const minute = readTime(time);
  const days = readCadence(cadence);
  if (!minute.ok || !days.ok || !isZone(zone)) return [];
  const routine: Routine = { minute: minute.value, cadence: days.value, zone };
  const found = plannedInstants(routine, addDays(localTime(now, zone).date, -1), count + 3);
  return found.ok ? found.value.filter(({ at }) => at > now).slice(0, count) : [];
}

/** `10:00 there, 16:00 here`: both clocks in a row of a table, where one word has to do. */
export function twoClocks(at: Instant, theirs: Zone, yours: Zone): string {
  const there = clockIn(at, theirs);
  const here = clockIn(at, yours);
  if (there === here && dayIn(at, theirs) === dayIn(at, yours)) return `${there} there and here`;
  const hereDay = dayIn(at, theirs) === dayIn(at, yours) ? '' : `${dayIn(at, yours)} `;
  return `${there} there, ${hereDay}${here} here`;
}

/** What a job has to tell besides its state. */
export function jobStory({ error, note, seconds, state, attempts }: JobRow): string {
  const talk = state === 'completed' && seconds !== null ? counted(seconds, 'second') : null;
  const tries = attempts > 1 ? counted(attempts, 'attempt') : null;
  return [error, note, talk, tries].filter((each) => each !== null).join(' · ');
}

/** `12 calls, 75 % answered.` */
export function soFar({ total, successRate }: ScheduledPerson): string {
  if (successRate === null) return 'No calls so far.';
  return `${counted(total, 'call')}, ${Math.round(successRate * 100)} % answered.`;
}
