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
