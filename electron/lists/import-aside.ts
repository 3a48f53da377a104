import { Worker } from 'node:worker_threads';
import { waitersOfProcess } from '../store/open.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Checked } from './check.ts';
import type { ImportProgress } from '../../shared/domain/list-import.ts';
import type { FixAlike, GroupOf } from './fix.ts';
import type { ImportSettings, TellProgress } from './settings.ts';

export type ImportStep =
  | {
      readonly step: 'check';
      readonly staging: string;
      readonly settings: ImportSettings;
      readonly source: string;
    }
  | {
      readonly step: 'fix';
      readonly staging: string;
      readonly settings: ImportSettings;
      readonly of: GroupOf;
      readonly change: FixAlike;
    }
  | { readonly step: 'commit'; readonly staging: string; readonly importId: number }
  | { readonly step: 'undo'; readonly importId: number };

/** What the thread is told: data alone, because functions do not travel. */
export type ImportOrder = ImportStep & { readonly file: string; readonly now: Instant };

/** With the order comes the place where threads see who waits for the write lock. */
export type GivenOrder = ImportOrder & { readonly waiters: SharedArrayBuffer };

export type ImportAnswer =
  | { readonly kind: 'checked'; readonly checked: Checked }
  | { readonly kind: 'fixed'; readonly fixed: number }
  | { readonly kind: 'committed' }
  | { readonly kind: 'undone'; readonly removed: number; readonly stayed: number }
  /** Called off between two slices: what is in stays in, and can be gone on with or undone. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'trouble'; readonly sentence: string };

/** Does one step of an import on a thread of its own. The signal asks it to stop, and it stops when it is whole. */
export function importInWorker(
  order: ImportOrder,
  tell: TellProgress,
  signal: AbortSignal,
): Promise<ImportAnswer> {
  const given: GivenOrder = { ...order, waiters: waitersOfProcess() };
  const worker = new Worker(workerFile(), { workerData: given });
  return new Promise((resolve, reject) => {
    const stop = () => worker.postMessage('stop', []);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    let answer: ImportAnswer | null = null;
    worker.on('message', (word: { progress: ImportProgress } | { answer: ImportAnswer }) => {
      if ('progress' in word) tell(word.progress);
      else answer = word.answer;
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      resolve(answer ?? { kind: 'stopped' });
    });
  });
}

/** Bundled, a worker lies beside the entries, and this code there or in the folder of shared pieces. */
function workerFile(): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL('./import-worker.ts', here);
  return new URL(`${/\/chunks\/[^/]+$/.test(here) ? '../' : './'}import-worker.js`, here);
}
