import { Worker } from 'node:worker_threads';
import type { Closure, Rule } from '../../shared/domain/law/rule.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Standing, Yardstick } from './weigh.ts';

/** What the thread is told: data alone, because functions do not travel. */
export interface WeighOrder {
  readonly file: string;
  readonly campaignId: number;
  readonly asOf: Instant;
  readonly yardstick: Omit<Yardstick, 'law'>;
  readonly rules: readonly Rule[];
  readonly closures: readonly Closure[];
}

export type WeighAnswer =
  | { readonly ok: true; readonly standing: Standing | null }
  | { readonly ok: false; readonly sentence: string };

/** Weighs a whole campaign on a thread and a connection of its own, so that the main one never waits. */
export function weighInWorker(
  {
    file,
    campaignId,
    asOf,
    yardstick: { law, ...yardstick },
  }: { file: string; campaignId: number; asOf: Instant; yardstick: Yardstick },
  signal: AbortSignal,
): Promise<Standing | null> {
  const order: WeighOrder = {
    file,
    campaignId,
    asOf,
    yardstick,
    rules: law.rules,
    closures: law.closures,
  };
  const worker = new Worker(workerFile('weigh-worker'), { workerData: order });
  return new Promise((resolve, reject) => {
    const stop = () => void worker.terminate().then(() => resolve(null));
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (answer: WeighAnswer) => {
      if (answer.ok) resolve(answer.standing);
      else reject(new Error(answer.sentence));
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      resolve(null);
    });
  });
}

/** Bundled, a worker lies beside the entries, and this code there or in the folder of shared pieces. */
export function workerFile(name: string, here: string = import.meta.url): URL {
  if (here.endsWith('.ts')) return new URL(`./${name}.ts`, here);
  return new URL(`${/\/chunks\/[^/]+$/.test(here) ? '../' : './'}${name}.js`, here);
}
