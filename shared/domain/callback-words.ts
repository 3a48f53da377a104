import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, after } from '../lib/instants.ts';
import { type Zone, addDays, isDate, localTime, zonedInstant } from '../lib/zoned-time.ts';

/** What a promise typed in words means, or the sentence that says why it means nothing. */
export type CallbackTime =
  | { readonly kind: 'at'; readonly at: Instant; readonly remark: string | null }
  | { readonly kind: 'unclear'; readonly sentence: string };

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const UNITS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };
const PARTS_OF_DAY: Readonly<Record<string, number>> = {
  am: 9 * 60,
  morning: 9 * 60,
  noon: 12 * 60,
  pm: 14 * 60,
  afternoon: 14 * 60,
  evening: 17 * 60,
};

/** With a day but no hour we ring in the morning. */
const USUAL_MINUTE = 9 * 60;

const HELP = 'Type when, in their time: 2h, tomorrow 9, tue 10:30, in 3 days pm.';

/**
 * Reads `2h`, `tomorrow 9`, `tue 10:30`, `in 3 days am`, `24 nov 14:00`. Hours are the contact's own, because
 * that is what people say on the phone. A time of the past is never guessed into the future.
 */
export function callbackTime(words: string, now: Instant, zone: Zone): CallbackTime {
  const text = words.trim().toLowerCase().replace(/\s+/g, ' ');
  if (text === '') return { kind: 'unclear', sentence: HELP };
  const span = /^(?:in )?(\d{1,3}) ?(m|min|minutes?|h|hours?|hrs?)$/.exec(text);
  if (span) return { kind: 'at', at: after(now, Number(span[1]) * UNITS[span[2]![0]!]!), remark: null };

  const day = dayIn(text, now, zone);
  const minute = minuteIn(day.rest);
  if (minute === null) return { kind: 'unclear', sentence: `“${words.trim()}” is not a time. ${HELP}` };
  const date = day.date ?? nextDateFor(minute ?? USUAL_MINUTE, now, zone);
  return atWallClock(date, minute ?? USUAL_MINUTE, now, zone);
}

/** The date named at the start, and what is left of the words. */
function dayIn(text: string, now: Instant, zone: Zone): { date: string | null; rest: string } {
  const { date, weekday } = localTime(now, zone);
  const day = (pattern: RegExp, days: (found: RegExpExecArray) => number) => {
    const found = pattern.exec(text);
    return found && { date: addDays(date, days(found)), rest: text.slice(found[0].length).trim() };
  };
  return (
    day(/^today\b/, () => 0) ??
    day(/^(?:tomorrow|tmrw?|tom)\b/, () => 1) ??
    day(/^next week\b/, () => 7) ??
    day(
      /^(?:in )?(\d{1,3}) ?(d|days?|w|weeks?)\b/,
      ([, n, unit]) => Number(n) * (unit!.startsWith('w') ? 7 : 1),
    ) ??
    day(/^(?:next |on )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b/, ([, name]) => {
      // The same weekday means the one in a week: for today people say today.
      return (WEEKDAYS.indexOf(name!) + 1 - weekday + 7) % 7 || 7;
    }) ??
    isoDayIn(text) ?? { date: null, rest: text }
  );
}

function isoDayIn(text: string): { date: string; rest: string } | null {
  const found = /^(\d{4}-\d{2}-\d{2})\b/.exec(text);
  if (!found || !isDate(found[1]!)) return null;
  return { date: found[1]!, rest: text.slice(found[0].length).trim() };
}

/** Minutes from midnight; undefined where no hour is named, null where the words are no hour. */
function minuteIn(text: string): number | undefined | null {
  const rest = text.replace(/^(?:at|the|in the) /, '');
  if (rest === '') return undefined;
  if (Object.hasOwn(PARTS_OF_DAY, rest)) return PARTS_OF_DAY[rest]!;
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))? ?(am|pm)?$/.exec(rest);
  if (!found) return null;
  const hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  if (minute > 59 || hour > (found[3] ? 12 : 23)) return null;
  const half = found[3] === 'pm' ? 12 : 0;
  return ((found[3] ? hour % 12 : hour) + half) * 60 + minute;
}

/** Without a day it is today, or tomorrow once the hour has passed. */
function nextDateFor(minute: number, now: Instant, zone: Zone): string {
  const local = localTime(now, zone);
  return minute > local.minute ? local.date : addDays(local.date, 1);
}

function atWallClock(date: string, minute: number, now: Instant, zone: Zone): CallbackTime {
  const found = zonedInstant(date, minute, zone);
  const at = found.kind === 'one' ? found.at : found.kind === 'gap' ? found.moved : found.first;
  if (at <= now) return { kind: 'unclear', sentence: 'That time has passed there. Name a later one.' };
  return { kind: 'at', at, remark: REMARKS[found.kind] };
}

const REMARKS = {
  one: null,
  gap: 'Clocks go forward there that night and this hour does not exist, so it moves on by as much as they do.',
  twice: 'Clocks go back there that night and this hour comes twice; the first one is taken.',
} as const;
