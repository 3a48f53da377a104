import { parentPort, workerData } from 'node:worker_threads';
import { lawBook } from '../../shared/domain/law/book.ts';
import { closeStore } from '../store/open.ts';
import { openWorkerStore } from '../store/worker-connection.ts';
import type { ReplanAnswer, ReplanOrder } from './replan-aside.ts';
import { replanCampaign } from './replan.ts';
import { pacedClock } from './replan-aside.ts';
import { goByZonesOfMain } from '../store/zones-here.ts';

/* The thread that plans a large campaign anew. It writes slice by slice, tells how it went, and ends. */

async function replan({ file, campaignId, now, rules, closures }: ReplanOrder): Promise<ReplanAnswer> {
  const clock = pacedClock(now);
  const opened = openWorkerStore(file, clock);
  if (!opened.ok) return { ok: false, sentence: opened.error.sentence };
  try {
    const never = new AbortController().signal;
    const isDone = await replanCampaign(opened.value, lawBook(rules, closures), campaignId, clock, never);
    return { ok: true, isDone };
  } finally {
    closeStore(opened.value);
  }
}

goByZonesOfMain();
parentPort?.postMessage(await replan(workerData as ReplanOrder), []);
