import type { TranscriptSegment } from './call.ts';
import { NEGATIONS, PHRASES_FROM, STRONGER, WEAKER, WEIGHTS } from './meaning-words.ts';

/** How what somebody said sounds, as far as their words tell. */
export const SENTIMENTS = ['good', 'neutral', 'mixed', 'bad'] as const;
export type Sentiment = (typeof SENTIMENTS)[number];

export const SENTIMENT_WORDS: Readonly<Record<Sentiment, string>> = {
  good: 'Friendly',
  neutral: 'Neutral',
  mixed: 'Mixed',
  bad: 'Unfriendly',
};

/** Kept with each result: what was worked out by another list of words is worked out anew. */
export const MEANING_METHOD = 'words-1';

/** What the screen says of it. */
export const ABOUT_MEANING =
  'Worked out on this computer by a list of English words and what stands before them, such as “not” or “very”. It hears no tone of voice and no irony, and knows no other language: take it as a hint, and not as a fact.';

export interface TalkSentiment {
  readonly sentiment: Sentiment;
  /** From -100 to 100. */
  readonly score: number;
}

type Said = Pick<TranscriptSegment, 'speaker' | 'text'>;

/** Words within this many of a negation are turned by it, unless the clause ends first. */
const REACH = 3;
/** A turned word says less than its opposite would: “not bad” is not “good”. */
const TURNED = -0.7;

/** What the words of one line come to: above nought is good. Words that say nothing come to nought. */
export function weightOf(text: string): number {
  let before = 0;
  let sum = 0;
  for (const clause of clausesIn(text)) {
    const weight = clauseWeight(clause.words);
    // What comes after “but” is what was meant.
    if (clause.isContrast) before += sum * -0.4;
    sum += clause.isContrast ? weight * 1.3 : weight;
  }
  return sum + before;
}

/** One line by itself. */
export function sentimentOfLine(text: string): Sentiment {
  const weight = weightOf(text);
  if (weight >= 1) return 'good';
  return weight <= -1 ? 'bad' : 'neutral';
}

/**
 * A whole talk, by what the other side said: agents are friendly for a living. Its end counts for half more than its
 * beginning. Null where they said nothing.
 */
export function sentimentOfTalk(lines: readonly Said[]): TalkSentiment | null {
  const theirs = lines.filter(({ speaker, text }) => speaker === 'contact' && text.trim() !== '');
  if (theirs.length === 0) return null;
  let good = 0;
  let bad = 0;
  for (const [nth, { text }] of theirs.entries()) {
    const weight = weightOf(text) * (1 + (0.5 * nth) / Math.max(1, theirs.length - 1));
    if (weight > 0) good += weight;
    else bad -= weight;
  }
  const sum = good - bad;
  const score = Math.round((100 * sum) / (Math.abs(sum) + 4));
  return { score, sentiment: named(score, good, bad) };
}

function named(score: number, good: number, bad: number): Sentiment {
  if (Math.min(good, bad) >= 2 && Math.min(good, bad) >= Math.max(good, bad) / 2) return 'mixed';
  if (score >= 25) return 'good';
  return score <= -25 ? 'bad' : 'neutral';
}

interface Clause {
  readonly words: readonly string[];
  readonly isContrast: boolean;
}

/** The small letters of a text, word by word; a typographic apostrophe is an apostrophe. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}]+(?:'\p{L}+)?/gu) ?? []
  );
}

function clausesIn(text: string): Clause[] {
  return text.split(/[.,;:!?–—]+/).flatMap((part) => {
    const pieces = part.split(/\b(?:but|however|though)\b/i);
    return pieces.map((piece, nth) => ({
      words: wordsOf(piece),
      isContrast: nth > 0 || startsContrast(part),
    }));
  });
}

function startsContrast(part: string): boolean {
  return /^\s*(?:but|however|though)\b/i.test(part);
}

function clauseWeight(words: readonly string[]): number {
  let sum = 0;
  let at = 0;
  while (at < words.length) {
    const phrase = PHRASES_FROM.get(words[at]!)?.find((each) =>
      each.words.every((word, nth) => words[at + nth] === word),
    );
    if (phrase !== undefined) {
      sum += phrase.weight * turnAt(words, at);
      at += phrase.words.length;
      continue;
    }
    sum += (WEIGHTS.get(words[at]!) ?? 0) * turnAt(words, at);
    at += 1;
  }
  return sum;
}

/** What stands before a word makes it stronger, weaker, or its opposite. */
function turnAt(words: readonly string[], at: number): number {
  const before = words.slice(Math.max(0, at - REACH), at);
  const nearest = before.at(-1) ?? '';
  const strength = STRONGER.has(nearest) ? 1.4 : WEAKER.has(nearest) ? 0.6 : 1;
  const turns = before.filter((word) => NEGATIONS.has(word)).length;
  return turns % 2 === 1 ? strength * TURNED : strength;
}
