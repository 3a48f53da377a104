import { EVERYDAY } from './meaning-words.ts';
import { wordsOf } from './sentiment.ts';

export const KEYWORDS_MAX = 8;
const LETTERS_MIN = 4;

/** What a talk was about: the words and pairs of words that come up most, the first said first among equals. */
export function keywordsOf(lines: readonly { readonly text: string }[]): string[] {
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { text } of lines) {
    const words = wordsOf(text).map((word) => word.replace(/'\p{L}+$/u, ''));
    for (const word of new Set(words.filter(tells))) count(word);
    for (let at = 0; at + 1 < words.length; at++)
      if (tells(words[at]!) && tells(words[at + 1]!)) count(`${words[at]} ${words[at + 1]}`);
  }
  const [pairs, words] = [[...counts].filter(isPair), [...counts].filter((each) => !isPair(each))];
  // A pair says more than its words, where it was said more than once.
  const kept = pairs.filter(([, n]) => n > 1);
  const within = new Set(kept.flatMap(([pair]) => pair.split(' ')));
  const single = words.filter(([word]) => !within.has(word) && !isPlural(word, counts));
  return [...kept, ...single]
    .sort(([, a], [, b]) => b - a)
    .slice(0, KEYWORDS_MAX)
    .map(([word]) => word);
}

function tells(word: string): boolean {
  return word.length >= LETTERS_MIN && !EVERYDAY.has(word) && !/^\d+$/.test(word);
}

function isPair([key]: readonly [string, number]): boolean {
  return key.includes(' ');
}

/** The same word is shown once, as it is said most: in the singular. */
function isPlural(word: string, counts: ReadonlyMap<string, number>): boolean {
  return word.endsWith('s') && counts.has(word.slice(0, -1));
}
