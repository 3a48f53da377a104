import { createStore, useStore } from 'zustand';
import { useCallback } from 'react';
import { useAnnounce } from '../ui/Announcer.tsx';

interface Message {
  readonly text: string;
  /** Rises with every message, so that the same sentence twice is seen to be new. */
  readonly nth: number;
}

const line = createStore<Message>(() => ({ text: '', nth: 0 }));

/** The line in the status bar: the answer to the last key or wish that came to nothing. */
export function useMessage(): Message {
  return useStore(line);
}

/** Puts a sentence on the status bar without saying it aloud. An empty one clears the line. */
export function showMessage(text: string): void {
  line.setState(({ nth }) => ({ text, nth: nth + 1 }));
}

/** Puts a sentence on the status bar and says it politely. */
export function useTell(): (sentence: string) => void {
  const announce = useAnnounce();
  return useCallback(
    (sentence: string) => {
      showMessage(sentence);
      announce(sentence, 'polite', { again: true });
    },
    [announce],
  );
}
