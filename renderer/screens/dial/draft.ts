import type { DeskView } from '../../../shared/contract/desk.ts';
import type { Answer } from '../../../shared/contract/wire.ts';
import type { Instant } from '../../../shared/lib/instants.ts';

/** What the agent has put down about one call so far. */
export interface Words {
  readonly note: string;
  readonly dispositionId: string | null;
  /** When to call back, as typed. */
  readonly callback: string;
  /** Whoever is free may keep the promise. */
  readonly anyoneMayCall: boolean;
  /** What an outcome's form asks, by the field's key. */
  readonly answers: Readonly<Record<string, string>>;
  /** The steps of the script whose words they agreed to. */
  readonly ticked: readonly string[];
}

export interface DraftView {
  readonly words: Words;
  readonly savedAt: Instant | null;
  /** Why the last change is not on disk yet; null while all is well. */
  readonly trouble: string | null;
}

/** The draft of one call: what is on screen, and the care that it reaches the disk (law 6). */
export interface Draft {
  readonly view: () => DraftView;
  readonly subscribe: (listener: () => void) => () => void;
  readonly edit: (part: Partial<Words>) => void;
  /** Takes what the kernel kept, unless this screen has typed something itself. */
  readonly adopt: (kept: DeskView['draft']) => void;
  /** Sends at once what has not been sent: on leaving the field, on a change of state. */
  readonly flush: () => void;
  /** The call is being filed: whatever was still to be sent goes with the filing itself. */
  readonly close: () => void;
  /** The filing was refused, so keeping goes on. */
  readonly reopen: () => void;
}

export interface DraftDeps {
  readonly save: (words: Words) => Promise<Answer<{ savedAt: Instant }>>;
  /** Runs it so many real ms later; returns how to call it off. */
  readonly later: (run: () => void, ms: number) => () => void;
}

/** However fast somebody types, what they typed is on its way after this long. */
export const DRAFT_EVERY_MS = 150;

const RETRY_MS = [500, 1_000, 2_000, 3_000];

export const NO_WORDS: Words = {
  note: '',
  dispositionId: null,
  callback: '',
  anyoneMayCall: false,
  answers: {},
  ticked: [],
};

/** The first change is sent at once, the following ones at most every 150 ms, and a failed one until it succeeds. */
export function createDraft({ save, later }: DraftDeps): Draft {
  const listeners = new Set<() => void>();
  let view: DraftView = { words: NO_WORDS, savedAt: null, trouble: null };
  let isTouched = false;
  let isUnsent = false;
  let isClosed = false;
  let sent = 0;
  let failures = 0;
  let cancel: (() => void) | null = null;

  const show = (part: Partial<DraftView>) => {
    view = { ...view, ...part };
    for (const listener of listeners) listener();
  };
  const wait = (ms: number) => {
    cancel?.();
    cancel = later(() => {
      cancel = null;
      if (isUnsent && !isClosed) send();
    }, ms);
  };
  const send = () => {
    isUnsent = false;
    sent += 1;
    const nth = sent;
    wait(DRAFT_EVERY_MS);
    void save(view.words).then((answer) => settle(nth, answer));
  };
  const settle = (nth: number, answer: Answer<{ savedAt: Instant }>) => {
    // A newer one is under way, and its answer is the one that counts.
    if (isClosed || nth !== sent) return;
    if (answer.ok) {
      failures = 0;
      show({ savedAt: answer.value.savedAt, trouble: null });
      return;
    }
    isUnsent = true;
    wait(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]!);
    failures += 1;
    show({ trouble: answer.error.sentence });
  };

  return {
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    edit: (part) => {
      isTouched = true;
      isUnsent = true;
      show({ words: { ...view.words, ...part } });
      if (cancel === null) send();
    },
    adopt: (kept) => {
      if (kept === null || isTouched) return;
      const { attemptId: _attemptId, savedAt, ...words } = kept;
      show({ words, savedAt });
    },
    flush: () => {
      if (isUnsent && !isClosed) send();
    },
    close: () => {
      isClosed = true;
      cancel?.();
      cancel = null;
    },
    reopen: () => {
      isClosed = false;
      if (isUnsent) send();
    },
  };
}
