import type { Step } from './script-path.ts';

/** The objections that have all of the words, those with them in the title first. No words: all of them. */
export function objectionsFor(steps: readonly Step[], words: string): readonly Step[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string) => wanted.every((word) => text.toLowerCase().includes(word));
  const inTitle = steps.filter(({ title }) => has(title));
  const inWords = steps.filter((step) => !inTitle.includes(step) && has(`${step.title} ${wordsOf(step)}`));
  return [...inTitle, ...inWords];
}

function wordsOf({ runs }: Step): string {
  return runs.map(({ text }) => text).join('');
}
