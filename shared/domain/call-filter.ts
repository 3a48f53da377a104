import { type Result, ok, refused } from '../lib/result.ts';
import { type Instant, MINUTE_MS, after, instant } from '../lib/instants.ts';
import { addDays, firstInstant, isDate, isZone, localTime, weekdayOn } from '../lib/zoned-time.ts';
import { type TokenKind, type TypedFilter, oneOf, readFilter } from './filter-tokens.ts';
import { LATENCY_STEPS, type LatencyStep } from './latency.ts';
import { STAGES, type Stage, TEMPERATURES, type Temperature } from './outlook.ts';
import { SENTIMENTS, type Sentiment } from './sentiment.ts';

/** What one token of the calls' filter narrows to. */
export type CallToken =
  | { readonly kind: 'agent' | 'campaign' | 'outcome' | 'list'; readonly name: string }
  | { readonly kind: 'status'; readonly status: CallStatusWord }
  | { readonly kind: 'longer' | 'shorter'; readonly seconds: number }
  /** How well somebody qualified, both ends of it included. */
  | { readonly kind: 'score'; readonly from: number; readonly to: number }
  | { readonly kind: 'on' | 'before' | 'after'; readonly days: Days }
  | { readonly kind: 'has'; readonly what: CallHas }
  /** In one hour of the week; `zone` is whose clock says so, null for that of the workspace. */
  | { readonly kind: 'hour'; readonly weekday: number; readonly hour: number; readonly zone: string | null }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'sentiment'; readonly sentiment: Sentiment }
  | { readonly kind: 'temperature'; readonly temperature: Temperature }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'answered-by'; readonly who: AnsweredByWord }
  | { readonly kind: 'script' | 'contact'; readonly id: number }
  | { readonly kind: 'waited'; readonly step: WaitedStep; readonly ms: number }
  | { readonly kind: 'inbound' };

export const ANSWERED_BY_WORDS = ['human', 'machine', 'fax', 'unknown'] as const;
export type AnsweredByWord = (typeof ANSWERED_BY_WORDS)[number];

export type WaitedStep = Exclude<LatencyStep, 'wished'>;
const WAITED_STEPS = LATENCY_STEPS.filter((step) => step !== 'wished');

export const CALL_STATUS_WORDS = [
  'calling',
  'in-progress',
  'completed',
  'failed',
  'cancelled',
  'busy',
  'no-answer',
] as const;
export type CallStatusWord = (typeof CALL_STATUS_WORDS)[number];

export const CALL_HAS = [
  'recording',
  'transcript',
  'note',
  'outcome',
  'answer',
  'talk',
  'reached',
  'success',
] as const;
export type CallHas = (typeof CALL_HAS)[number];

export const DAY_WORDS = [
  'today',
  'yesterday',
  'this-week',
  'last-week',
  'this-month',
  'last-month',
] as const;
type DayWord = (typeof DAY_WORDS)[number];

/** A day or a month as it was typed: which instants it means is for the zone of the workspace to say. */
export type Days =
  | DayWord
  | { readonly date: string }
  | { readonly month: string }
  /** To the minute, by the clock of the world: days of another zone. */
  | { readonly minute: Instant };

export type CallFilter = TypedFilter<CallToken>;

export function readCallFilter(typed: string): CallFilter {
  return readFilter(typed, CALL_TOKENS);
}

export const CALL_SORTS = [
  'time',
  'name',
  'number',
  'agent',
  'campaign',
  'state',
  'outcome',
  'length',
  'cost',
  'score',
] as const;
export type CallSortKey = (typeof CALL_SORTS)[number];

export interface CallSort {
  readonly key: CallSortKey;
  readonly direction: 'ascending' | 'descending';
}

export const LATEST_FIRST: CallSort = { key: 'time', direction: 'descending' };

/** Tokens whose values come from the workspace itself: asked for while one types. */
export const CALL_ASKED_FOR = ['agent', 'campaign', 'outcome', 'list'] as const;
export type CallAskedFor = (typeof CALL_ASKED_FOR)[number];

type Read = (value: string) => Result<CallToken, string>;

const named = (kind: CallAskedFor): Read => {
  return (name) => ok({ kind, name });
};
const days = (kind: 'on' | 'before' | 'after'): Read => {
  return (value) => {
    const read = readDays(value);
    if (read === null)
      return refused(
        `“${value}” is no day. Write it like ${kind}:2026-11-20, a month like ${kind}:2026-11, or one of ${DAY_WORDS.join(', ')}.`,
      );
    return ok({ kind, days: read });
  };
};

const LENGTH = /^([<>])(\d{1,6}(?:[.,]\d{1,2})?)(s|m|h)$/i;
const SECONDS = { s: 1, m: 60, h: 3600 } as const;

const length =
  (kind: 'longer' | 'shorter'): Read =>
  (value) => {
    const [, , amount = '', unit = ''] = LENGTH.exec(value) ?? [];
    const each = SECONDS[unit.toLowerCase() as keyof typeof SECONDS];
    if (each === undefined)
      return refused(`“${value}” is no length. Write it like >2m, <30s or >1h: number and unit, no space.`);
    return ok({ kind, seconds: Number(amount.replace(',', '.')) * each });
  };

export const CALL_TOKENS: readonly TokenKind<CallToken>[] = [
  { key: 'agent', title: 'Made by this agent', example: 'Ann', read: named('agent') },
  { key: 'campaign', title: 'In this campaign', example: 'Renewals', read: named('campaign') },
  { key: 'outcome', title: 'With this outcome, or none', example: 'Callback', read: named('outcome') },
  {
    key: 'status',
    title: 'How the call stands or ended',
    example: 'completed',
    values: CALL_STATUS_WORDS,
    read: (value) => {
      const read = oneOf('status', CALL_STATUS_WORDS, value);
      return read.ok ? ok({ kind: 'status', status: read.value }) : read;
    },
  },
  {
    key: '>2m',
    title: 'Talked longer than two minutes',
    example: null,
    looksLike: /^>/,
    read: length('longer'),
  },
  {
    key: '<30s',
    title: 'Talked shorter than thirty seconds',
    example: null,
    looksLike: /^</,
    read: length('shorter'),
  },
  {
    key: 'on',
    title: 'On this day, or in these days',
    example: 'today',
    values: DAY_WORDS,
    read: days('on'),
  },
  { key: 'after', title: 'From this day on', example: '2026-11-01', values: DAY_WORDS, read: days('after') },
  {
    key: 'before',
    title: 'Before this day',
    example: '2026-11-20',
    values: DAY_WORDS,
    read: days('before'),
  },
  {
    key: 'has',
    title: 'Has this',
    example: 'recording',
    values: CALL_HAS,
    read: (value) => {
      const read = oneOf('has', CALL_HAS, value);
      return read.ok ? ok({ kind: 'has', what: read.value }) : read;
    },
  },
  { key: 'score', title: 'Qualified as well as this', example: '70-100', read: readScore },
  {
    key: 'hour',
    title: 'In this hour of the week',
    example: 'mon-09',
    read: readHour,
  },
  { key: 'list', title: 'Contact is on this list', example: 'Spring leads', read: named('list') },
  { key: 'number', title: 'Number begins like this', example: '+1503', read: readDigits },
  {
    key: 'sentiment',
    title: 'They sounded like this',
    example: 'good',
    values: SENTIMENTS,
    read: (value) => {
      const read = oneOf('sentiment', SENTIMENTS, value);
      return read.ok ? ok({ kind: 'sentiment', sentiment: read.value }) : read;
    },
  },
  {
    key: 'temperature',
    title: 'Contact is this warm',
    example: 'hot',
    values: TEMPERATURES,
    read: (value) => {
      const read = oneOf('temperature', TEMPERATURES, value);
      return read.ok ? ok({ kind: 'temperature', temperature: read.value }) : read;
    },
  },
  {
    key: 'stage',
    title: 'Contact has come this far',
    example: 'qualified',
    values: STAGES,
    read: (value) => {
      const read = oneOf('stage', STAGES, value);
      return read.ok ? ok({ kind: 'stage', stage: read.value }) : read;
    },
  },
  {
    key: 'answered-by',
    title: 'Answered by a person or a machine',
    example: 'machine',
    values: ANSWERED_BY_WORDS,
    read: (value) => {
      const read = oneOf('answered-by', ANSWERED_BY_WORDS, value);
      return read.ok ? ok({ kind: 'answered-by', who: read.value }) : read;
    },
  },
  { key: 'contact', title: 'With the contact of this number', example: '12', read: readId('contact') },
  { key: 'script', title: 'Talk held with the script of this number', example: '12', read: readId('script') },
  { key: 'waited', title: 'A step took so long', example: 'ringing>=8s', read: readWaited },
  { key: 'inbound', title: 'They called', example: null, read: () => ok({ kind: 'inbound' }) },
];

function readId(kind: 'script' | 'contact'): Read {
  return (typed) =>
    /^\d{1,9}$/.test(typed)
      ? ok({ kind, id: Number(typed) })
      : refused(`“${typed}” is no ${kind}. Write its number, like ${kind}:12.`);
}

function readWaited(typed: string): Result<CallToken, string> {
  const [, step = '', amount = '', unit = ''] =
    /^([a-z]+)>=?(\d{1,9}(?:\.\d{1,3})?)(ms|s)$/i.exec(typed) ?? [];
  const known = WAITED_STEPS.find((each) => each === step.toLowerCase());
  if (known === undefined)
    return refused(
      `“${typed}” is no wait. Write it like waited:ringing>=8s, with one of ${WAITED_STEPS.join(', ')}.`,
    );
  return ok({ kind: 'waited', step: known, ms: Number(amount) * (unit.toLowerCase() === 's' ? 1_000 : 1) });
}

function readDigits(typed: string): Result<CallToken, string> {
  const digits = typed.replace(/[\s().-]/g, '');
  if (!/^\+?\d{2,15}$/.test(digits))
    return refused(`“${typed}” is not the beginning of a number. Write it like number:+1503.`);
  return ok({ kind: 'number', digits });
}

const SCORE_MAX = 100;

/** `70` and `>=70` are from 70 on, `40-60` is between, `<40` is below. */
function readScore(typed: string): Result<CallToken, string> {
  const [, sign = '', first = '', last] = /^(>=|>|<)?(\d{1,3})(?:-(\d{1,3}))?$/.exec(typed) ?? [];
  const from = sign === '<' ? 0 : Number(first) + (sign === '>' ? 1 : 0);
  const to = sign === '<' ? Number(first) - 1 : Number(last ?? SCORE_MAX);
  if (first === '' || to > SCORE_MAX || from > to || (sign !== '' && last !== undefined))
    return refused(
      `“${typed}” is no score. Write it like score:70, score:40-60 or score:<40; it ends at 100.`,
    );
  return ok({ kind: 'score', from, to });
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** How an hour of the week is written in a filter. */
export function hourText(weekday: number, hour: number, zone: string | null): string {
  const text = `${WEEKDAYS[weekday - 1] ?? ''}-${String(hour).padStart(2, '0')}`;
  return zone === null ? text : `${text}@${zone}`;
}

function readHour(typed: string): Result<CallToken, string> {
  const [, day = '', hour = '', zone] = /^([a-z]{3})-(\d{1,2})(?:@(.+))?$/i.exec(typed) ?? [];
  const weekday = WEEKDAYS.indexOf(day.toLowerCase()) + 1;
  if (weekday === 0 || Number(hour) > 23 || (zone !== undefined && !isZone(zone)))
    return refused(`“${typed}” is no hour of the week. Write it like hour:mon-09.`);
  return ok({ kind: 'hour', weekday, hour: Number(hour), zone: zone ?? null });
}

const MINUTE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/i;

function readDays(typed: string): Days | null {
  const word = DAY_WORDS.find((each) => each === typed.toLowerCase());
  if (word !== undefined) return word;
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(typed)) return { month: typed };
  if (MINUTE.test(typed)) {
    const at = Date.parse(typed.toUpperCase());
    return Number.isNaN(at) ? null : { minute: instant(at) };
  }
  return isDate(typed) ? { date: typed } : null;
}

/** From when until when some days last in a zone. A day on which clocks are set has 23 or 25 hours. */
export function spanOf(
  meant: Days,
  now: Instant,
  zone: string,
): { readonly from: Instant; readonly until: Instant } {
  if (typeof meant === 'object' && 'minute' in meant)
    return { from: meant.minute, until: after(meant.minute, MINUTE_MS) };
  const [first, next] = datesOf(meant, localTime(now, zone).date);
  return { from: firstInstant(first, 0, zone), until: firstInstant(next, 0, zone) };
}

/** The first of these dates, and the first after them. */
function datesOf(meant: Exclude<Days, { minute: Instant }>, today: string): [string, string] {
  if (typeof meant === 'object')
    return 'date' in meant ? [meant.date, addDays(meant.date, 1)] : monthFrom(`${meant.month}-01`);
  const monday = addDays(today, 1 - weekdayOn(today));
  const firstOfMonth = `${today.slice(0, 7)}-01`;
  switch (meant) {
    case 'today':
      return [today, addDays(today, 1)];
    case 'yesterday':
      return [addDays(today, -1), today];
    case 'this-week':
      return [monday, addDays(monday, 7)];
    case 'last-week':
      return [addDays(monday, -7), monday];
    case 'this-month':
      return monthFrom(firstOfMonth);
    case 'last-month':
      return [`${addDays(firstOfMonth, -1).slice(0, 7)}-01`, firstOfMonth];
  }
}

function monthFrom(first: string): [string, string] {
  return [first, `${addDays(first, 31).slice(0, 7)}-01`];
}
