import { Worker } from 'node:worker_threads';
import type { CallSort } from '../../shared/domain/call-filter.ts';
import type { ContactSort } from '../../shared/domain/contact-filter.ts';
import type { CallFigures } from '../store/call-results.ts';
import type { FilterHome } from '../store/contact-results.ts';
import { workerFile } from './worker-file.ts';

interface Asked {
  /** As it was typed: read again where it is asked. */
  readonly filter: string;
  readonly home: FilterHome;
}

/** What the thread is asked: data alone, because functions do not travel. */
export type FindOrder = Asked &
  (
    | {
        readonly what: 'contacts';
        readonly sort: ContactSort;
        /** Names or lists changed since: orders that were read before are no longer so. */
        readonly isAnew: boolean;
      }
    | { readonly what: 'calls'; readonly sort: CallSort }
    | { readonly what: 'call-figures' }
  );

export type FindAnswer =
  | { readonly nth: number; readonly found: Int32Array<ArrayBuffer> | CallFigures }
  | { readonly nth: number; readonly sentence: string };

/** Finds contacts or calls on a thread and a connection of its own: a million of them hold nobody up. */
export interface Finder {
  ids(order: Exclude<FindOrder, { what: 'call-figures' }>): Promise<Int32Array>;
  figures(order: Extract<FindOrder, { what: 'call-figures' }>): Promise<CallFigures>;
  close(): Promise<void>;
}

/** The thread starts with the first question and then stays: what it has read once it knows. */
export function openFinder(file: string): Finder {
  const waiting = new Map<number, { done: (found: never) => void; failed: (error: Error) => void }>();
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
      if ('found' in answer) asked?.done(answer.found as never);
      else asked?.failed(new Error(answer.sentence));
    });
    made.once('error', fail);
    made.once('exit', () => fail(new Error('the thread that finds ended')));
    worker = made;
    return made;
  };

  const ask = <T>(order: FindOrder): Promise<T> => {
    const nth = ++last;
    return new Promise((done, failed) => {
      waiting.set(nth, { done, failed });
      const thread = started();
      thread.ref();
      thread.postMessage({ nth, order }, []);
    });
  };

  return {
    ids: (order) => ask<Int32Array>(order),
    figures: (order) => ask<CallFigures>(order),
    async close() {
      const ending = worker;
      if (ending === null) return;
      ending.removeAllListeners();
      fail(new Error('the workspace was closed'));
      await ending.terminate();
    },
  };
}
