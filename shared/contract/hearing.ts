import type { PushFrame } from './wire.ts';

/** What a desktop wishes of a screen that may not be there yet, as at a start by a `tel:` link. */
export const WISHES: readonly string[] = ['app.goTo', 'app.dialBox', 'app.showKeys'];

export interface Hearing {
  /** Hands a push to whoever listens. The last wish that nobody heard waits for the first who will. */
  take(frame: PushFrame): void;
  listen(topic: string, listener: (frame: PushFrame) => void): () => void;
}

/** Who listens to what, on the screens' side of either wire. */
export function hearing(): Hearing {
  const listeners = new Map<string, Set<(frame: PushFrame) => void>>();
  const unheard = new Map<string, PushFrame>();
  return {
    take(frame) {
      const heard = listeners.get(frame.topic);
      if (heard !== undefined && heard.size > 0) for (const listener of heard) listener(frame);
      else if (WISHES.includes(frame.topic)) unheard.set(frame.topic, frame);
    },
    listen(topic, listener) {
      const heard = listeners.get(topic) ?? new Set();
      listeners.set(topic, heard.add(listener));
      const waiting = unheard.get(topic);
      unheard.delete(topic);
      if (waiting !== undefined) listener(waiting);
      return () => void heard.delete(listener);
    },
  };
}
