import type { CallEvent, CallFacts, CallStory } from '../../shared/domain/call.ts';
import { compareEvents, storyOf } from '../../shared/domain/call.ts';
import type { RuleId, Values } from '../../shared/domain/verdict-rule.ts';
import { titleOf } from '../../shared/domain/verdict-words.ts';
import type { DecisionRecord } from '../../shared/domain/verdict-record.ts';
import { jurisdictionInWords, ruleInWords } from '../../shared/domain/law/in-words.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import { type Instant, instant } from '../../shared/lib/instants.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';

/* What is kept of a call, in words. */

/** What each event changed about the call’s story, as it stands today: by the event’s key. */
export function changesByEvent(events: readonly CallEvent[]): ReadonlyMap<string, string[]> {
  const sorted = events.toSorted(compareEvents);
  return new Map(
    sorted.map((event, nth) => {
      const before = storyOf(sorted.slice(0, nth));
      const after = storyOf(sorted.slice(0, nth + 1));
      return [event.key, changesIn(before, after)];
    }),
  );
}

function changesIn(before: CallStory, after: CallStory): string[] {
  const keys = Object.keys(after) as (keyof CallStory)[];
  return keys.flatMap((key) => {
    const say = SAID[key];
    if (say === undefined || JSON.stringify(before[key]) === JSON.stringify(after[key])) return [];
    return [say(after)];
  });
}

/** What an event told, whatever came of it. */
export function toldIn({ facts }: CallEvent): string[] {
  const keys = Object.keys(facts) as (keyof CallFacts)[];
  return keys.flatMap((key) => {
    const say = SAID[key];
    return say === undefined ? [] : [say({ ...NOTHING, ...facts })];
  });
}

const NOTHING: CallStory = { status: 'queued', ringingAt: null, answeredAt: null, endedAt: null };

const STATUS_WORDS = {
  queued: 'asked for',
  ringing: 'it rings',
  'in-progress': 'answered',
  ended: 'over',
} as const;

const SAID: Readonly<Partial<Record<keyof CallStory, (story: CallStory) => string>>> = {
  status: ({ status }) => STATUS_WORDS[status],
  end: ({ end }) => `ended as ${end ?? 'unknown'}`,
  endedBy: ({ endedBy }) => `hung up by ${endedBy ?? 'nobody known'}`,
  answeredBy: ({ answeredBy }) => `answered by ${(answeredBy ?? 'unknown').replaceAll('_', ' ')}`,
  isHeld: ({ isHeld }) => (isHeld === true ? 'on hold' : 'off hold'),
  seconds: ({ seconds }) => `length ${seconds ?? 0} s`,
  costMicros: ({ costMicros = 0, currency = '' }) =>
    `cost ${(costMicros / 1e6).toFixed(4)} ${currency}`.trim(),
  costParts: ({ costParts = [] }) => `made of ${costParts.length} parts`,
  evaluation: ({ evaluation }) =>
    evaluation?.score == null ? 'what the talk came to' : `score ${evaluation.score} of 100`,
  recordingRef: () => 'a recording is there',
  transcript: ({ transcript }) => `transcript of ${transcript?.length ?? 0} lines`,
  error: ({ error }) => (error === undefined ? 'no error' : `error ${error.code}: ${error.sentence}`),
};

/** Why a call was allowed, in words, from what was written down before it was made. */
export function decisionInWords(record: DecisionRecord, law: LawBook, zone: string) {
  const { places, call, recording, setAside } = record;
  const manner = [call.mode, call.purpose, call.voice].join(', ');
  const rules = Object.entries(record.rules) as [RuleId, Values][];
  return {
    at: record.at,
    manner:
      setAside === undefined
        ? manner
        : `${manner}; let through by ${setAside.by}: ${setAside.reason.replace(/[.]$/, '')}`,
    where: [...places.zones, ...places.states].join(', '),
    rules: rules.map(([rule, values]) => ({ title: titleOf(rule), saw: seen(values, zone) })),
    law: record.law.map((id) => {
      const rule = law.rules.find((each) => each.id === id);
      if (rule === undefined) return { id, place: '', sentence: 'No longer in the book.', citation: '' };
      const { jurisdiction, citation } = rule;
      return { id, place: jurisdictionInWords(jurisdiction), sentence: ruleInWords(rule), citation };
    }),
    recording: recording.isAllowed
      ? 'Recording was allowed.'
      : `Recording was held back: the law there says ${recording.manner}, and no consent was on file.`,
    zoneData: record.zoneDoubt ?? record.zoneData,
  };
}

/** `attemptsToday` becomes `attempts today`; instants are told in the zone of the workspace. */
function seen(values: Values, zone: string): { name: string; value: string }[] {
  return Object.entries(values).map(([key, value]) => ({
    name: key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    value: inWords(value, zone),
  }));
}

/** Everything before this is a count or a span, and not an instant. */
const INSTANT_MIN = Date.UTC(2000, 0, 1);

function inWords(value: unknown, zone: string): string {
  if (typeof value === 'number' && value > INSTANT_MIN) return timeInWords(instant(value), zone);
  if (Array.isArray(value)) return value.map((each) => inWords(each, zone)).join(', ') || 'none';
  if (value === null) return 'none';
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
}

function timeInWords(at: Instant, zone: string): string {
  const { date, minute } = localTime(at, zone);
  return `${date} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
