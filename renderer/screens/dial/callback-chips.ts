import { type Instant, MINUTE_MS, instant } from '../../../shared/lib/instants.ts';
import { type Zone, localTime } from '../../../shared/lib/zoned-time.ts';

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

/** The law's hours of the day, as minutes: outside them a promise cannot be kept to the minute. */
const RING_FROM = 8 * 60;
const RING_TO = 21 * 60;

/** Said under a promise that falls when they may not be rung; null where it can be kept. */
export function legalRemark(at: Instant, zone: Zone): string | null {
  const { minute } = localTime(at, zone);
  if (minute < RING_FROM) return 'They may not be rung before 8:00 their time. Parley would ring at 8:00.';
  if (minute >= RING_TO)
    return 'They may not be rung after 21:00 their time. Parley would ring the next morning.';
  return null;
}
