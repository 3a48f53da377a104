import { Worker } from 'node:worker_threads';
import type { ContactSort } from '../../shared/domain/contact-filter.ts';
import type { FilterHome } from '../store/contact-results.ts';
import { workerFile } from './worker-file.ts';

/** What the thread is asked: data alone, because functions do not travel. */
export interface FindOrder {
  readonly nth: number;
  /** As it was typed: read again where it is asked. */
  readonly filter: string;
  readonly sort: ContactSort;
  readonly home: FilterHome;
  /** Names or lists changed since: orders that were read before are no longer so. */
  readonly isAnew: boolean;
}

export type FindAnswer =
  | { readonly nth: number; readonly ids: Int32Array<ArrayBuffer> }
  | { readonly nth: number; readonly sentence: string };

/** Finds contacts on a thread and a connection of its own, so that a million of them hold nobody up. */
export interface Finder {
  find(order: Omit<FindOrder, 'nth'>): Promise<Int32Array>;
  close(): Promise<void>;
}

/** The thread starts with the first question and then stays: what it has read once it knows. */
export function openFinder(file: string): Finder {
  const waiting = new Map<number, { done: (ids: Int32Array) => void; failed: (error: Error) => void }>();
  let worker: Worker | null = null;
  let last = 0;

  const fail = (error: Error) => {
    worker = null;
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  const started = () => {
    if (worker !== null) return worker;
    const made = new Worker(workerFile('find-worker'), { workerData: { file } });
    made.on('message', (answer: FindAnswer) => {
      const asked = waiting.get(answer.nth);
      waiting.delete(answer.nth);
      // Only a question that is open keeps the program from ending.
      if (waiting.size === 0) made.unref();
      if ('ids' in answer) asked?.done(answer.ids);
      else asked?.failed(new Error(answer.sentence));
    });
    made.once('error', fail);
    made.once('exit', () => fail(new Error('the thread that finds contacts ended')));
    worker = made;
    return made;
  };

  return {
    find(order) {
      const nth = ++last;
      return new Promise((done, failed) => {
        waiting.set(nth, { done, failed });
        const thread = started();
        thread.ref();
        thread.postMessage({ ...order, nth } satisfies FindOrder, []);
      });
    },
    async close() {
      const ending = worker;
      if (ending === null) return;
      ending.removeAllListeners();
      fail(new Error('the workspace was closed'));
      await ending.terminate();
    },
  };
}
