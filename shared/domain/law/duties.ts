import { HOUR_MS, type Instant, SECOND_MS, after } from '../../lib/instants.ts';
import { localTime } from '../../lib/zoned-time.ts';
import type { Whereabouts } from '../whereabouts.ts';
import { type Circumstances, type LawBook, rulesFor } from './book.ts';
import type {
  AbandonmentRule,
  AnsweredInsideRule,
  CapRule,
  ConsentRule,
  Rule,
  RuleRef,
  ScrubAgeRule,
} from './rule.ts';
import { by } from './sentences.ts';

type Places = Pick<Whereabouts, 'zones' | 'countries' | 'states'>;

/** At most `max` attempts in any `windowMs`, or in the `windowMs` after an event. The caller counts. */
export interface Cap {
  readonly rule: RuleRef;
  readonly max: number;
  readonly windowMs: number;
  /** Null: the window rolls. Otherwise it begins with the last such event with this number. */
  readonly after: CapRule['values']['after'];
  /** Whether somebody’s consent lifts it. */
  readonly isLiftedByConsent: boolean;
}

/** The caps on calls to somebody. The strictest wins, so all of them are to be kept. */
export function capsFor(
  book: LawBook,
  where: Places,
  now: Instant,
  circumstances: Circumstances = {},
): readonly Cap[] {
  return rulesFor(book, 'cap', where, datesAt(where, now), circumstances).map((rule) => ({
    rule: { id: rule.id, citation: rule.citation, sentence: capSentence(rule) },
    max: rule.values.max,
    windowMs: rule.values.hours * HOUR_MS,
    after: rule.values.after,
    isLiftedByConsent: rule.values.unless === 'consent',
  }));
}

/**
 * When a cap allows the next attempt; null when it does so now. `attemptsAt` are the attempts on this number
 * and subject, reserved ones included, and `eventAt` is the last event that the cap speaks of.
 */
export function capLiftsAt(
  { max, windowMs, after: event }: Pick<Cap, 'max' | 'windowMs' | 'after'>,
  attemptsAt: readonly Instant[],
  now: Instant,
  eventAt: Instant | null = null,
): Instant | null {
  if (event !== null && (eventAt === null || now >= eventAt + windowMs)) return null;
  // An attempt that lies in the future was made before the clock was set back; it counts.
  const counted = attemptsAt
    .filter((at) => (event === null ? at + windowMs > now : at >= eventAt!))
    .sort((a, b) => a - b);
  if (counted.length < max) return null;
  if (event !== null) return after(eventAt!, windowMs);
  return after(counted[counted.length - max]!, windowMs);
}

/** How long an unanswered call rings at least, in milliseconds. */
export function ringMinMs(book: LawBook, where: Places, now: Instant, circumstances: Circumstances = {}) {
  const rules = rulesFor(book, 'ring', where, datesAt(where, now), circumstances);
  const seconds = Math.max(0, ...rules.map(({ values }) => values.secondsMin));
  const because = rules
    .filter(({ values }) => values.secondsMin === seconds)
    .map((rule) =>
      refTo(rule, `${by(rule.jurisdiction)}, an unanswered call rings ${seconds} seconds at least.`),
    );
  return { ms: seconds * SECOND_MS, because };
}

/** The limits on calls answered and left without an agent; all of them are to be kept. */
export function abandonmentFor(book: LawBook, where: Places, now: Instant): readonly AbandonmentRule[] {
  return rulesFor(book, 'abandonment', where, datesAt(where, now), {});
}

/** The consents that a call of this mode needs before it is made; none where the list is empty. */
export function consentFor(
  book: LawBook,
  where: Places,
  now: Instant,
  circumstances: Circumstances = {},
): readonly ConsentRule[] {
  return rulesFor(book, 'consent', where, datesAt(where, now), circumstances);
}

/** The registers to be compared with, and how old the copy may be. */
export function registersFor(
  book: LawBook,
  where: Places,
  now: Instant,
  circumstances: Circumstances = {},
): readonly ScrubAgeRule[] {
  return rulesFor(book, 'scrub-age', where, datesAt(where, now), circumstances);
}

/** The rules by which a call has to be answered inside the hours, so that it may not begin in their last moments. */
export function answeredInside(
  book: LawBook,
  where: Places,
  now: Instant,
  circumstances: Circumstances = {},
): readonly AnsweredInsideRule[] {
  return rulesFor(book, 'answered-inside', where, datesAt(where, now), circumstances);
}

/** The dates there, which are one or two. A rule that holds on either of them is kept. */
export function datesAt({ zones }: Pick<Places, 'zones'>, now: Instant): readonly string[] {
  const somewhere = zones.length === 0 ? ['Etc/GMT-14', 'Etc/GMT+12'] : zones;
  return [...new Set(somewhere.map((zone) => localTime(now, zone).date))];
}

function refTo(rule: Rule, sentence: string): RuleRef {
  return { id: rule.id, citation: rule.citation, sentence };
}

function capSentence({ jurisdiction, values: { max, hours, after: event } }: CapRule): string {
  const span = hours % 24 === 0 && hours > 24 ? `${hours / 24} days` : `${hours} hours`;
  const number = max === 0 ? 'no call' : max === 1 ? 'one call' : `${max} calls`;
  return event === null
    ? `${by(jurisdiction)}, at most ${number} in ${span}.`
    : `${by(jurisdiction)}, ${number} in the ${span} after ${EVENTS[event]}.`;
}

const EVENTS = {
  abandoned: 'a call that was answered and abandoned',
  refusal: 'a refusal',
  conversation: 'a conversation',
} as const;
