import type { Instant } from '../lib/instants.ts';
import { type Zone, localTime } from '../lib/zoned-time.ts';

/** Morning, afternoon and evening as bits, so that a set of them is one number. */
export const DAY_PARTS = [1, 2, 4] as const;
export type DayPart = (typeof DAY_PARTS)[number];

const NOON = 12 * 60;
const EVENING = 17 * 60;

/** The part of the day by the clock of `zone`: people who are out in the morning may be in at night. */
export function dayPart(at: Instant, zone: Zone): DayPart {
  const { minute } = localTime(at, zone);
  if (minute < NOON) return 1;
  return minute < EVENING ? 2 : 4;
}
