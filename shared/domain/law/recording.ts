import type { Instant } from '../../lib/instants.ts';
import type { Whereabouts } from '../whereabouts.ts';
import { type LawBook, rulesFor } from './book.ts';
import { datesAt } from './duties.ts';
import type { RecordingRule, RuleRef } from './rule.ts';
import { by } from './sentences.ts';

/**
 * What recording a call asks for: nothing, a word before it begins, the other’s agreement; or it stays off,
 * because nobody knows where the other is.
 */
export type RecordingManner = 'free' | 'announce' | 'ask' | 'off';

export interface RecordingPolicy {
  readonly manner: RecordingManner;
  readonly because: readonly RuleRef[];
}

/** From the mildest to the strictest. */
const MANNERS: readonly RecordingManner[] = ['free', 'announce', 'ask', 'off'];

type Places = Pick<Whereabouts, 'zones' | 'countries' | 'states'>;

/** The strictest that either end of the call asks for. The agent’s own place counts as much as the callee’s. */
export function recordingPolicy(book: LawBook, callee: Places, agent: Places, now: Instant): RecordingPolicy {
  if (callee.countries.length === 0 || agent.countries.length === 0) return { manner: 'off', because: [] };
  const ends = [callee, agent].flatMap((end) => rulesFor(book, 'recording', end, datesAt(end, now), {}));
  const strictest = Math.max(...ends.map(({ values }) => MANNERS.indexOf(values.manner)));
  const manner = MANNERS[strictest]!;
  const drawing = new Map(
    ends.filter(({ values }) => values.manner === manner).map((rule) => [rule.id, rule]),
  );
  return { manner, because: [...drawing.values()].map(refTo) };
}

function refTo(rule: RecordingRule): RuleRef {
  const { id, citation, jurisdiction, values } = rule;
  const words = {
    free: 'one party may record',
    announce: 'recording is announced before it begins',
    ask: 'recording needs the other’s agreement',
  };
  return { id, citation, sentence: `${by(jurisdiction)}, ${words[values.manner]}.` };
}
