import { createStore, useStore } from 'zustand';

/** A number that came from outside, such as a `tel:` link. It waits here for the dial box, and dials nobody. */
const offered = createStore<{ text: string }>(() => ({ text: '' }));

export function offerNumber(text: string): void {
  offered.setState({ text });
}

export function useOfferedText(): string {
  return useStore(offered, ({ text }) => text);
}

/** What was offered, once: the box has taken it. */
export function takeOffered(): string {
  const { text } = offered.getState();
  if (text !== '') offered.setState({ text: '' });
  return text;
}
