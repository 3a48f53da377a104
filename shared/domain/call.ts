import { type Instant, earlier } from '../lib/instants.ts';

/** Ranked: a call only ever moves to the right, whatever order its events arrive in (law 5). */
export const CALL_STATUSES = ['queued', 'ringing', 'in-progress', 'ended'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

/** How an ended call ended (row D4). `canceled` is our own doing before anyone answered. */
export type CallEnd = 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

export type AnsweredBy =
  | 'human'
  | 'machine_start'
  | 'machine_end_beep'
  | 'machine_end_silence'
  | 'machine_end_other'
  | 'fax'
  | 'unknown';

export interface TranscriptSegment {
  readonly speaker: 'agent' | 'contact';
  readonly fromMs: number;
  readonly toMs: number;
  readonly text: string;
}

export interface CostPart {
  readonly what: string;
  readonly costMicros: number;
}

/** How well somebody qualifies by what was said, and what that rests on. */
export interface Evaluation {
  /** From 0 to 100; null where nothing that was found can be weighed. */
  readonly score: number | null;
  readonly summary: string;
  readonly parts: readonly EvaluationPart[];
}

export interface EvaluationPart {
  readonly name: string;
  readonly said: string;
  /** From 0 to 100; null for what is no better or worse than anything else. */
  readonly points: number | null;
}

/** What a carrier may tell of a call. Each fact is optional: no carrier tells all of them at once. */
export interface CallFacts {
  readonly status?: CallStatus;
  readonly rawStatus?: string;
  readonly end?: CallEnd;
  readonly endedBy?: 'us' | 'them' | 'carrier';
  readonly answeredBy?: AnsweredBy;
  /** True while the customer is on hold. */
  readonly isHeld?: boolean;
  readonly seconds?: number;
  /** In millionths of `currency`: carriers bill in fractions of a cent. */
  readonly costMicros?: number;
  readonly currency?: string;
  /** What the bill is made of, where the carrier says so. */
  readonly costParts?: readonly CostPart[];
  readonly recordingRef?: string;
  readonly transcript?: readonly TranscriptSegment[];
  /** What the carrier’s AI made of the talk afterwards. */
  readonly evaluation?: Evaluation;
  readonly error?: { readonly code: string; readonly sentence: string };
}

/** One thing a carrier told us. `key` is the same for the same telling, however often it arrives. */
export interface CallEvent {
  readonly key: string;
  readonly at: Instant;
  readonly facts: CallFacts;
}

/** What the events of one call add up to. */
export interface CallStory extends Omit<CallFacts, 'status'> {
  readonly status: CallStatus;
  readonly ringingAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant | null;
}

const UNTOLD: CallStory = { status: 'queued', ringingAt: null, answeredAt: null, endedAt: null };

/**
 * The story its events tell. Doubled and reordered events tell the same one, because it is always told from
 * the beginning, in the carrier's own order. A call has a dozen events; telling it again costs nothing.
 */
export function storyOf(events: readonly CallEvent[]): CallStory {
  return inOrder(events).reduce(toldOn, UNTOLD);
}

/** Each event once, in the carrier's own order. */
export function inOrder(events: readonly CallEvent[]): CallEvent[] {
  const told = new Map(events.map((event) => [event.key, event]));
  return [...told.values()].sort(compareEvents);
}

/** The order in which a story is told: by the carrier's time, then by key. */
export function compareEvents(a: Pick<CallEvent, 'at' | 'key'>, b: Pick<CallEvent, 'at' | 'key'>): number {
  return a.at - b.at || (a.key < b.key ? -1 : 1);
}

/** A story with one more event, which has to come after all that were told: the same as telling it anew. */
export function toldOn(story: CallStory, { at, facts }: CallEvent): CallStory {
  const { status = story.status, ...details } = facts;
  const isLater = rank(status) > rank(story.status);
  return {
    ...story,
    ...(story.status === 'ended' ? withoutEnd(details) : details),
    status: isLater ? status : story.status,
    ringingAt: facts.status === 'ringing' ? first(story.ringingAt, at) : story.ringingAt,
    answeredAt: facts.status === 'in-progress' ? first(story.answeredAt, at) : story.answeredAt,
    endedAt: facts.status === 'ended' ? first(story.endedAt, at) : story.endedAt,
  };
}

/** An ended call only gains details: nothing that comes later says anew how it ended. */
function withoutEnd({
  end: _end,
  endedBy: _endedBy,
  isHeld: _isHeld,
  rawStatus: _rawStatus,
  ...late
}: CallFacts): CallFacts {
  return late;
}

function first(known: Instant | null, at: Instant): Instant {
  return known === null ? at : earlier(known, at);
}

function rank(status: CallStatus): number {
  return CALL_STATUSES.indexOf(status);
}
