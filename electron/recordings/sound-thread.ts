import { Worker } from 'node:worker_threads';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { workerFile } from '../contacts/worker-file.ts';
import type { SoundFacts } from './look-at-sound.ts';

export interface LookOrder {
  readonly nth: number;
  readonly file: string;
  readonly peaksFile: string;
}

export type LookedAt = Omit<SoundFacts, 'peaks'>;

export type LookWord =
  | { readonly nth: number; readonly facts: LookedAt }
  | { readonly nth: number; readonly sentence: string }
  /** The disk said this. */
  | { readonly nth: number; readonly thrown: string };

/** Looks at sounds away from everybody: four hours of one take a second and hold nobody up. */
export interface SoundThread {
  /** What the sound is, or a sentence why it is none. Throws what the disk throws. */
  look(file: string, peaksFile: string): Promise<Result<LookedAt, string>>;
  close(): Promise<void>;
}

interface Waiting {
  readonly done: (found: Result<LookedAt, string>) => void;
  readonly failed: (error: Error) => void;
}

/** The thread starts with the first sound and then stays. */
export function openSoundThread(): SoundThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let last = 0;

  const fail = (error: Error) => {
    worker = null;
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  const hear = (word: LookWord) => {
    const asked = waiting.get(word.nth);
    waiting.delete(word.nth);
    if (waiting.size === 0) worker?.unref();
    if ('facts' in word) asked?.done(ok(word.facts));
    else if ('sentence' in word) asked?.done(refused(word.sentence));
    else asked?.failed(Object.assign(new Error(word.thrown), { code: word.thrown }));
  };
  const started = () => {
    if (worker !== null) return worker;
    const made = new Worker(workerFile('sound-worker', import.meta.url));
    made.on('message', hear);
    made.once('error', fail);
    made.once('exit', () => fail(new Error('the thread that looks at sounds ended')));
    worker = made;
    return made;
  };

  return {
    look: (file, peaksFile) =>
      new Promise((done, failed) => {
        const nth = ++last;
        waiting.set(nth, { done, failed });
        const thread = started();
        thread.ref();
        thread.postMessage({ nth, file, peaksFile } satisfies LookOrder, []);
      }),
    async close() {
      const ending = worker;
      if (ending === null) return;
      ending.removeAllListeners();
      fail(new Error('the workspace was closed'));
      await ending.terminate();
    },
  };
}
