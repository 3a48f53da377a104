import { Worker } from 'node:worker_threads';
import type { LawBook } from '../../shared/domain/law/book.ts';
import type { Closure, Rule } from '../../shared/domain/law/rule.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { workerFile } from './weigh-aside.ts';

/** What the thread is told. */
export interface ReplanOrder {
  readonly file: string;
  readonly campaignId: number;
  readonly now: Instant;
  readonly rules: readonly Rule[];
  readonly closures: readonly Closure[];
}

export type ReplanAnswer =
  | { readonly ok: true; readonly isDone: boolean }
  | { readonly ok: false; readonly sentence: string };

/**
 * Plans a whole campaign anew on a thread and a connection of its own. Ended in the middle it has kept whole
 * slices, and the campaign is still marked as not planned.
 */
export function replanAside(
  { file, law, campaignId, now }: { file: string; law: LawBook; campaignId: number; now: Instant },
  signal: AbortSignal,
): Promise<boolean> {
  const order: ReplanOrder = { file, campaignId, now, rules: law.rules, closures: law.closures };
  const worker = new Worker(workerFile('replan-worker'), { workerData: order });
  return new Promise((resolve, reject) => {
    const stop = () => void worker.terminate().then(() => resolve(false));
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (answer: ReplanAnswer) => {
      if (answer.ok) resolve(answer.isDone);
      else reject(new Error(answer.sentence));
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      resolve(false);
    });
  });
}

/** The kernel’s hour, whatever clock it goes by, and real rests: a thread cannot share a clock. */
export function pacedClock(now: Instant): Clock {
  return {
    now: () => now,
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  };
}
