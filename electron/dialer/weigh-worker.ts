import { parentPort, workerData } from 'node:worker_threads';
import { lawBook } from '../../shared/domain/law/book.ts';
import { closeStore, openStore } from '../store/open.ts';
import type { WeighAnswer, WeighOrder } from './weigh-aside.ts';
import { weighing } from './weigh.ts';
import { goByZonesOfMain } from '../store/zones-here.ts';

/* The thread that weighs a large campaign. It reads, tells what it found, and ends. */

function weigh({ file, campaignId, asOf, yardstick, rules, closures }: WeighOrder): WeighAnswer {
  const opened = openStore(file, { now: () => asOf, readonly: true });
  if (!opened.ok) return { ok: false, sentence: opened.error.sentence };
  try {
    const run = weighing(opened.value, campaignId, asOf, { ...yardstick, law: lawBook(rules, closures) });
    for (let step = run.next(); ; step = run.next()) {
      if (step.done === true) return { ok: true, standing: step.value };
    }
  } finally {
    closeStore(opened.value);
  }
}

goByZonesOfMain();
parentPort?.postMessage(weigh(workerData as WeighOrder), []);
