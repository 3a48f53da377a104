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

/** Who speaks when somebody answers. The law asks for more where it is a machine. */
export type Voice = 'agent' | 'ai' | 'recorded';

/**
 * What is done when a machine is ready to record and no agent is on the line (row D8).
 *
 * leave    a message is left, and they are tried again as the outcome Voicemail says
 * retry    nothing is left, and they are tried again as the outcome Voicemail says
 * hang-up  nothing is left, and they are not tried again
 */
export type VoicemailPolicy = 'leave' | 'retry' | 'hang-up';

/** How often a contact may be rung at most: once a day or a week of the campaign’s calendar, or by the other rules. */
export type Frequency = 'any' | 'daily' | 'weekly';

/**
 * In which order contacts who are due are rung. Promised callbacks come first in all of them.
 *
 * priority   the contact’s own priority, then whoever has been due the longest
 * fresh      whoever was never tried, then the others
 * oldest     whoever was tried the longest ago
 * random     shuffled, the same way each time for the same list
 * day-part   whoever was not yet tried at this time of day (morning, afternoon, evening)
 */
export type ListOrder = 'priority' | 'fresh' | 'oldest' | 'random' | 'day-part';

export interface CampaignRules {
  readonly zone: Zone;
  /** When the campaign dials, by its own clock. Empty means that no day is open. `to` before `from` is a night. */
  readonly windows: readonly DayWindow[];
  /** The first and the last date on which it dials, by its own calendar; null is open-ended. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly frequency: Frequency;
  readonly attemptsMax: number;
  /** Attempts on one contact per day of the campaign’s calendar; null is no limit of its own. */
  readonly attemptsPerDayMax: number | null;
  /** Attempts on one number in any 24 hours and any 7 days, whoever made them. The law’s own caps come on top. */
  readonly numberPerDayMax: number | null;
  readonly numberPerWeekMax: number | null;
  /** How long a contact is left alone after any attempt of any campaign, in milliseconds. */
  readonly coolDownMs: number;
  /** How long to wait after an outcome, where the campaign does not follow the outcome’s own span. */
  readonly retryMs: Readonly<Record<string, number>>;
  /** Attempts of the whole campaign per day of its calendar; null is no limit. */
  readonly dailyLimit: number | null;
  readonly order: ListOrder;
  readonly voice: Voice;
  /** Where an AI voice speaks: which assistant, by the carrier’s own name for it, and whose voice. Empty is the usual. */
  readonly assistant: string;
  readonly aiVoice: string;
  readonly purpose: 'sales' | 'debt';
  /** What a recorded message says, merge fields and all. Empty where an agent or an AI voice speaks. */
  readonly message: string;
  /** The recorded sound it plays instead of words; null where words are spoken. */
  readonly playMessageId: number | null;
  readonly voicemail: VoicemailPolicy;
  /** The recorded sound that is left on machines, by agents and by itself; null where there is none. */
  readonly dropMessageId: number | null;
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
  /** The script half of the contacts hear, where two are compared. */
  readonly otherScriptId?: number | null | undefined;
}

/** "Mon–Fri 9:00–19:00", or the days one by one where they differ. */
export function hoursInWords({ windows }: CampaignRules): string {
  if (windows.length === 0) return 'never';
  const byHours = Map.groupBy(windows, ({ from, to }) => `${clockTime(from)}–${clockTime(to)}`);
  return [...byHours]
    .map(([hours, days]) => `${daysInWords(days.map((day) => day.weekday))} ${hours}`)
    .join(', ');
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function daysInWords(weekdays: readonly number[]): string {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  const isRun = days.length > 2 && days.at(-1)! - days[0]! === days.length - 1;
  return isRun
    ? `${DAYS[days[0]! - 1]}–${DAYS[days.at(-1)! - 1]}`
    : days.map((day) => DAYS[day - 1]).join(', ');
}

function clockTime(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}

/** What a new campaign starts from: office hours on weekdays, and patience. */
export function usualRules(zone: Zone): CampaignRules {
  return {
    zone,
    windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 9 * 60, to: 19 * 60 })),
    startsOn: null,
    endsOn: null,
    frequency: 'any',
    attemptsMax: 6,
    attemptsPerDayMax: null,
    numberPerDayMax: null,
    numberPerWeekMax: null,
    coolDownMs: 0,
    retryMs: {},
    dailyLimit: null,
    order: 'priority',
    voice: 'agent',
    assistant: '',
    aiVoice: '',
    purpose: 'sales',
    message: '',
    playMessageId: null,
    voicemail: 'leave',
    dropMessageId: null,
    ringMs: 25_000,
    wrapUpMs: 60_000,
    leadInMs: 3_000,
  };
}

/** Rules as they were kept, perhaps before some of them were thought of: what they leave out is as usual. */
export function wholeRules(kept: Partial<CampaignRules>): CampaignRules {
  return { ...usualRules(kept.zone ?? 'UTC'), ...kept };
}
