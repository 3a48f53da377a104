import type { Standing } from '../shared/contract/standing.ts';
import type { Clock } from '../shared/lib/clock.ts';
import { SECOND_MS } from '../shared/lib/instants.ts';

/** Eyes take in no more, and a menu that is open would flicker. */
const TELL_EVERY_MS = SECOND_MS;
/** Time alone changes some of it. */
const LOOK_EVERY_MS = 5 * SECOND_MS;

export interface StandingFeed {
  /** Something happened: told within a second, and only if it shows. */
  touch(): void;
  close(): void;
}

export interface StandingFeedParts {
  /** The machine’s, even where practice runs at ten times its pace: eyes do not. */
  readonly clock: Clock;
  /** Null while no workspace is open. */
  readonly read: () => Standing | null;
  readonly tell: (standing: Standing | null) => void;
  readonly log: (line: string, error?: unknown) => void;
}

/** Tells tray and screens how the engine stands: when it changed, and at most once a second. */
export function openStandingFeed({ clock, read, tell, log }: StandingFeedParts): StandingFeed {
  let told = '';
  let isClosed = false;
  let isResting = false;
  let isWanted = false;
  let cancel: (() => void) | null = null;

  const look = () => {
    isWanted = false;
    try {
      const standing = read();
      const text = JSON.stringify(standing);
      if (text !== told) {
        told = text;
        isResting = true;
        tell(standing);
      }
    } catch (error) {
      log('what is going on could not be told; it is looked at again', error);
    }
    wait();
  };
  const wait = () => {
    cancel?.();
    if (isClosed) return;
    cancel = clock.after(isResting ? TELL_EVERY_MS : LOOK_EVERY_MS, () => {
      const wasResting = isResting;
      isResting = false;
      if (wasResting && !isWanted) wait();
      else look();
    });
  };
  // After whatever is going on now: a start tells once everything stands.
  cancel = clock.after(0, look);
  return {
    touch() {
      if (isClosed || isWanted) return;
      isWanted = true;
      if (isResting) return;
      cancel?.();
      cancel = clock.after(0, look);
    },
    close() {
      isClosed = true;
      cancel?.();
    },
  };
}
