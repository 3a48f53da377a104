import { type Instant, MINUTE_MS, instant } from '../../../shared/lib/instants.ts';
import { type Zone, localTime } from '../../../shared/lib/zoned-time.ts';
import { clockIn, dayIn } from './times.ts';

export interface Chip {
  readonly label: string;
  /** What it types into the field, so that every promise goes the same way. */
  readonly words: string;
}

const QUARTER_MS = 15 * MINUTE_MS;

/** The promises made most: `Alt` and the digit of their place. "Same time" is a quarter of an hour people say. */
export function chipsAt(now: Instant, zone: Zone): Chip[] {
  const { minute } = localTime(instant(Math.round(now / QUARTER_MS) * QUARTER_MS), zone);
  const time = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
  return [
    { label: 'In 2 h', words: '2h' },
    { label: 'Tomorrow', words: `tomorrow ${time}` },
    { label: 'Next week', words: `next week ${time}` },
  ];
}

export interface Weighed {
  readonly keptAt: Instant | null;
  readonly clashes: readonly { readonly name: string; readonly at: Instant }[];
}

/** Said under a promise: when it would really be kept, and what else was promised for then. */
export function promiseRemarks(at: Instant, zone: Zone, { keptAt, clashes }: Weighed): string[] {
  const said: string[] = [];
  if (keptAt === null)
    said.push('At no time after that may they be rung here. Choose an earlier one, or ask a supervisor.');
  else if (keptAt !== at)
    said.push(
      `Nobody may be rung there at that time. Parley rings ${dayIn(keptAt, zone)}, ${clockIn(keptAt, zone)} their time.`,
    );
  if (clashes.length > 0)
    said.push(`You have promised ${namesOf(clashes.map(({ name }) => name))} a call at about that time.`);
  return said;
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, 2);
  const more = names.length - shown.length;
  return more === 0 ? shown.join(' and ') : `${shown.join(', ')} and ${more} more`;
}
