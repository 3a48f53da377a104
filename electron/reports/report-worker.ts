import { parentPort, workerData } from 'node:worker_threads';
import { instant } from '../../shared/lib/instants.ts';
import { type Db, openStore } from '../store/open.ts';
import { countSome } from '../store/report-sums.ts';
import { goByZonesOfMain } from '../store/zones-here.ts';
import { makeReport } from './report.ts';
import type { ReportAnswer, ReportOrder } from './reports.ts';

/* The thread that adds up: first whatever is no longer true of the sums, then the report from them. */

goByZonesOfMain();

const { file } = workerData as { file: string };
/** Quarters and days counted before somebody else is asked for the pen; each is a transaction of its own. */
const AT_ONCE = 50;

let db: Db | null = null;

parentPort?.on('message', ({ nth, question, home }: ReportOrder) => {
  const tell = (answer: ReportAnswer) => parentPort?.postMessage(answer, []);
  try {
    db ??= opened();
    while (countSome(db, AT_ONCE));
    tell({ nth, report: makeReport(db, question, home) });
  } catch (error) {
    tell({ nth, sentence: String(error) });
  }
});

function opened(): Db {
  const store = openStore(file, { now: () => instant(0) });
  if (!store.ok) throw new Error(store.error.sentence);
  return store.value;
}
