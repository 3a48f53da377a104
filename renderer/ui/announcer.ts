export type Urgency = 'polite' | 'assertive';

export interface AnnouncerDeps {
  say: (text: string, urgency: Urgency) => void;
  /** Runs `then` after so many ms; returns how to call it off. */
  later: (then: () => void, ms: number) => () => void;
}

export interface Announce {
  /**
   * Says it once things have settled. `again` says it even if it was the last thing said, for the answer to a key
   * that a person presses twice.
   */
  (text: string, urgency?: Urgency, options?: { again?: boolean }): void;
}

interface Waiting {
  text: string;
  again: boolean;
}

const SETTLE_MS = 300;

/**
 * States may change faster than a voice can tell them: of what arrives within 300 ms only the last is said, and the
 * same thing twice in a row is said once. A polite message never takes the place of an assertive one.
 */
export function createAnnouncer({ say, later }: AnnouncerDeps): Announce {
  const waiting = new Map<Urgency, Waiting>();
  let lastSaid: string | null = null;
  let timed = false;

  const sayOne = (urgency: Urgency) => {
    const next = waiting.get(urgency);
    waiting.delete(urgency);
    if (next === undefined || (next.text === lastSaid && !next.again)) return;
    lastSaid = next.text;
    say(next.text, urgency);
  };
  const flush = () => {
    timed = false;
    sayOne('assertive');
    sayOne('polite');
  };

  return (text, urgency = 'polite', { again = false } = {}) => {
    waiting.set(urgency, { text, again });
    if (timed) return;
    timed = true;
    later(flush, SETTLE_MS);
  };
}
