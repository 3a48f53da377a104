import { parentPort, workerData } from 'node:worker_threads';
import { readContactFilter } from '../../shared/domain/contact-filter.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type Orders, contactIds } from '../store/contact-results.ts';
import { type ReadDb, openStore } from '../store/open.ts';
import type { FindAnswer, FindOrder } from './finder.ts';

/* The thread that finds contacts: one connection that only reads, and the orders it has read before. */

const { file } = workerData as { file: string };
const orders: Orders = new Map();
let db: ReadDb | null = null;

parentPort?.on('message', (order: FindOrder) => {
  const answer = found(order);
  parentPort?.postMessage(answer, 'ids' in answer ? [answer.ids.buffer] : []);
});

function found({ nth, filter, sort, home, isAnew }: FindOrder): FindAnswer {
  try {
    if (db === null) {
      const opened = openStore(file, { now: () => instant(0), readonly: true });
      if (!opened.ok) return { nth, sentence: opened.error.sentence };
      db = opened.value;
    }
    if (isAnew) orders.clear();
    // A copy: what is handed over is gone from here, and the orders stay.
    return { nth, ids: Int32Array.from(contactIds(db, readContactFilter(filter), sort, home, orders)) };
  } catch (error) {
    return { nth, sentence: String(error) };
  }
}
