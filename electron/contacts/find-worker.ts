import { parentPort, workerData } from 'node:worker_threads';
import { readCallFilter } from '../../shared/domain/call-filter.ts';
import { readContactFilter } from '../../shared/domain/contact-filter.ts';
import { never } from '../../shared/lib/assert.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type CallFigures, type CallOrders, callFigures, callIds } from '../store/call-results.ts';
import { type Orders, contactIds } from '../store/contact-results.ts';
import { type ReadDb, openStore } from '../store/open.ts';
import { goByZonesOfMain } from '../store/zones-here.ts';
import type { FindAnswer, FindOrder } from './finder.ts';

/* The thread that finds: one connection that only reads, and the orders it has read before. */

goByZonesOfMain();

const { file } = workerData as { file: string };
const orders: Orders = new Map();
const callOrders: CallOrders = new Map();
let db: ReadDb | null = null;

parentPort?.on('message', ({ nth, order }: { nth: number; order: FindOrder }) => {
  const answer = answerTo(nth, order);
  const moved = 'found' in answer && answer.found instanceof Int32Array ? [answer.found.buffer] : [];
  parentPort?.postMessage(answer, moved);
});

function answerTo(nth: number, order: FindOrder): FindAnswer {
  try {
    if (db === null) {
      const opened = openStore(file, { now: () => instant(0), readonly: true });
      if (!opened.ok) return { nth, sentence: opened.error.sentence };
      db = opened.value;
    }
    return { nth, found: found(db, order) };
  } catch (error) {
    return { nth, sentence: String(error) };
  }
}

/** Ids are copied: what is handed over is gone from here, and the orders stay. */
function found(from: ReadDb, order: FindOrder): Int32Array<ArrayBuffer> | CallFigures {
  const { filter, home } = order;
  switch (order.what) {
    case 'contacts':
      if (order.isAnew) orders.clear();
      return new Int32Array(contactIds(from, readContactFilter(filter), order.sort, home, orders));
    case 'calls':
      return new Int32Array(callIds(from, readCallFilter(filter), order.sort, home, callOrders));
    case 'call-figures':
      return callFigures(from, readCallFilter(filter), home);
    default:
      return never(order);
  }
}
