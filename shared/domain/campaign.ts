import type { Zone } from '../lib/zoned-time.ts';

export type CampaignStatus = 'draft' | 'active' | 'paused' | 'completed' | 'archived';

/** How contacts reach an agent: one at a time for a look first, or one after the other by themselves. */
export type DialMode = 'preview' | 'power';

/** A stretch of the day, minutes from midnight: rings from `from` up to, not including, `to`. */
export interface DayWindow {
  readonly weekday: number;
  readonly from: number;
  readonly to: number;
}

export interface CampaignRules {
  readonly zone: Zone;
  /** Empty means that no day is open. */
  readonly windows: readonly DayWindow[];
  readonly attemptsMax: number;
  /** How long a number rings before we give up, in milliseconds. */
  readonly ringMs: number;
  /** How long the agent has to file an outcome; zero is no limit. */
  readonly wrapUpMs: number;
  /** Power mode: how long the next contact is shown before it is dialed. */
  readonly leadInMs: number;
}

export interface Campaign {
  readonly id: number;
  readonly name: string;
  readonly status: CampaignStatus;
  readonly mode: DialMode;
  readonly rules: CampaignRules;
  readonly callerId: string;
  readonly scriptId: number | null;
}

/** "Mon–Fri 9:00–19:00", or the days one by one where they differ. */
export function hoursInWords({ windows }: CampaignRules): string {
  if (windows.length === 0) return 'never';
  const byHours = Map.groupBy(windows, ({ from, to }) => `${clockTime(from)}–${clockTime(to)}`);
  return [...byHours].map(([hours, days]) => `${daysInWords(days.map((day) => day.weekday))} ${hours}`).join(', ');
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function daysInWords(weekdays: readonly number[]): string {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  const isRun = days.length > 2 && days.at(-1)! - days[0]! === days.length - 1;
  return isRun ? `${DAYS[days[0]! - 1]}–${DAYS[days.at(-1)! - 1]}` : days.map((day) => DAYS[day - 1]).join(', ');
}

function clockTime(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}

/** What a new campaign starts from: office hours on weekdays, and patience. */
export function usualRules(zone: Zone): CampaignRules {
  return {
    zone,
    windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 9 * 60, to: 19 * 60 })),
    attemptsMax: 6,
    ringMs: 25_000,
    wrapUpMs: 60_000,
    leadInMs: 3_000,
  };
}
