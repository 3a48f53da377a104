import { hoursInWords } from '../../../shared/domain/campaign.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../../shared/lib/instants.ts';
import { isZone, localTime } from '../../../shared/lib/zoned-time.ts';
import { counted } from '../../data/words.ts';
import type { Tone } from '../../ui/Badge.tsx';
import { timeOfDay } from './form/time-of-day.ts';
import type { CampaignRow, CampaignSheet, Rules, Status } from './kinds.ts';

export const STATUS: Readonly<Record<Status, { readonly word: string; readonly tone: Tone }>> = {
  draft: { word: 'Draft', tone: 'neutral' },
  active: { word: 'Running', tone: 'good' },
  paused: { word: 'Paused', tone: 'warn' },
  completed: { word: 'Done', tone: 'accent' },
  archived: { word: 'Archived', tone: 'neutral' },
};

export const MODE: Readonly<Record<CampaignRow['mode'], string>> = { power: 'Power', preview: 'Preview' };

export const ORDER: Readonly<Record<Rules['order'], { readonly word: string; readonly about: string }>> = {
  priority: {
    word: 'By priority',
    about: 'The contact’s own priority, then whoever has been due the longest.',
  },
  fresh: { word: 'Fresh first', about: 'Whoever was never tried, then the others.' },
  oldest: { word: 'Oldest attempt first', about: 'Whoever was tried the longest ago.' },
  random: { word: 'Shuffled', about: 'In no order, but the same each time for the same list.' },
  'day-part': {
    word: 'Other times of day',
    about: 'Whoever was not yet tried in this part of the day: morning, afternoon or evening.',
  },
};

export const FREQUENCY: Readonly<Record<Rules['frequency'], string>> = {
  any: 'As often as the other rules allow',
  daily: 'Once a day at most',
  weekly: 'Once a week at most',
};

export const VOICE: Readonly<Record<Rules['voice'], string>> = {
  agent: 'An agent',
  ai: 'An AI voice',
  recorded: 'A recording',
};

/** `New York`, of `America/New_York`. */
export function placeOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** `4 hours`, `3 days`, `90 minutes`, `25 seconds`: in the largest unit that says it exactly. */
export function spanText(ms: number): string {
  if (ms === 0) return 'no time';
  if (ms % DAY_MS === 0 && ms > DAY_MS) return counted(ms / DAY_MS, 'day');
  if (ms % HOUR_MS === 0) return counted(ms / HOUR_MS, 'hour');
  if (ms % MINUTE_MS === 0) return counted(ms / MINUTE_MS, 'minute');
  return counted(Math.round(ms / SECOND_MS), 'second');
}

/** What a clock there shows: `Tue 9:00`. Empty where nobody knows the zone. */
export function clockThere(at: Instant, zone: string): string {
  if (!isZone(zone)) return '';
  const { weekday, minute } = localTime(at, zone);
  return `${SHORT_DAYS[weekday - 1]} ${timeOfDay(minute)}`;
}

const SHORT_DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Of every attempt, how many reached a person: `32 %`, or a dash while there were none. */
export function reachText({ attempts, reached }: Pick<CampaignRow, 'attempts' | 'reached'>): string {
  return attempts === 0 ? '–' : `${Math.round((reached / attempts) * 100)} %`;
}

/** A campaign in plain sentences, as a supervisor would tell a colleague. */
export function campaignInSentences(sheet: Pick<CampaignSheet, 'rules' | 'mode' | 'callerId' | 'script'>) {
  const { rules } = sheet;
  return [
    hoursSentence(rules),
    'Nobody is rung at an hour the law does not allow where they are. Where it is stricter than this campaign, the law holds.',
    ...datesSentence(rules),
    attemptsSentence(rules),
    ...capSentences(rules),
    `Order: ${ORDER[rules.order].about.replace(/\.$/, '').replace(/^./, (first) => first.toLowerCase())}. Promised callbacks come before everybody else.`,
    paceSentence(sheet),
    ...machineSentences(rules),
    sheet.script.length === 0
      ? 'There is no script: agents use their own words.'
      : `The script has ${counted(sheet.script.length, 'step')}.`,
  ];
}

function hoursSentence(rules: Rules): string {
  if (rules.windows.length === 0) return 'No day is open, so nobody is rung.';
  return `Rings ${hoursInWords(rules)} by the clock in ${placeOf(rules.zone)}.`;
}

function datesSentence({ startsOn, endsOn }: Rules): string[] {
  if (startsOn === null && endsOn === null) return [];
  if (endsOn === null) return [`Begins on ${dateText(startsOn!)}.`];
  if (startsOn === null) return [`Ends with ${dateText(endsOn)}.`];
  return [`Runs from ${dateText(startsOn)} to ${dateText(endsOn)}, both included.`];
}

function attemptsSentence({ attemptsMax, attemptsPerDayMax, frequency, coolDownMs }: Rules): string {
  const parts = [`Tries each contact up to ${counted(attemptsMax, 'time')}`];
  if (attemptsPerDayMax !== null) parts.push(`at most ${counted(attemptsPerDayMax, 'time')} a day`);
  if (frequency !== 'any') parts.push(FREQUENCY[frequency].toLowerCase());
  const rest =
    coolDownMs === 0 ? '' : ` After any attempt a contact is left alone for ${spanText(coolDownMs)}.`;
  return `${parts.join(', ')}.${rest}`;
}

function capSentences({ numberPerDayMax, numberPerWeekMax, dailyLimit }: Rules): string[] {
  const number = [
    numberPerDayMax === null ? null : `${counted(numberPerDayMax, 'time')} in any 24 hours`,
    numberPerWeekMax === null ? null : `${counted(numberPerWeekMax, 'time')} in any 7 days`,
  ].filter((part) => part !== null);
  return [
    ...(number.length === 0 ? [] : [`Rings one number at most ${number.join(' and ')}.`]),
    ...(dailyLimit === null ? [] : [`Makes at most ${counted(dailyLimit, 'attempt')} a day in all.`]),
  ];
}

function paceSentence({ rules, mode, callerId }: Pick<CampaignSheet, 'rules' | 'mode' | 'callerId'>): string {
  const begins =
    mode === 'preview'
      ? 'Preview: the agent looks at each contact and dials'
      : `Power: the next contact is shown for ${spanText(rules.leadInMs)}, then dialed`;
  const files = rules.wrapUpMs === 0 ? 'no limit' : spanText(rules.wrapUpMs);
  const from = callerId === '' ? '' : ` Calls come from ${callerId}.`;
  return `${begins}. It rings for ${spanText(rules.ringMs)}; there is ${files} to file the outcome.${from}`;
}

/** What happens where no agent is on the line. */
function machineSentences({ voice, voicemail }: Rules): string[] {
  if (voice === 'agent') return [];
  const who = voice === 'ai' ? 'An AI voice speaks' : 'A recording is played';
  const then: Readonly<Record<Rules['voicemail'], string>> = {
    leave: 'a message is left when it is ready to record',
    retry: 'it is hung up on, and they are tried again later',
    'hang-up': 'it is hung up on, and they are not tried again',
  };
  return [`${who}; no agent is needed. Where a machine answers, ${then[voicemail]}.`];
}

const DATE = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A date of the campaign’s calendar, in words. */
export function dateText(date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? date : DATE.format(at);
}
