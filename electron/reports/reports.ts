import { Worker } from 'node:worker_threads';
import type { Report } from '../../shared/contract/reports.ts';
import type { ReportQuestion } from '../../shared/domain/report.ts';
import { workerFile } from '../contacts/worker-file.ts';
import type { Db } from '../store/open.ts';
import { countSome } from '../store/report-sums.ts';
import { type ReportHome, makeReport } from './report.ts';

export interface ReportOrder {
  readonly nth: number;
  readonly question: ReportQuestion;
  readonly home: ReportHome;
}

export type ReportAnswer =
  | { readonly nth: number; readonly report: Report }
  | { readonly nth: number; readonly sentence: string };

/** Reports of a workspace, added up on a thread of their own: a year of calls holds nobody up. */
export interface Reports {
  make(question: ReportQuestion, home: ReportHome): Promise<Report>;
  close(): Promise<void>;
}

interface Waiting {
  readonly done: (report: Report) => void;
  readonly failed: (error: Error) => void;
}

const COUNTED_HERE = 1_000;

/** The thread starts with the first question and then stays. */
export function openReports(db: Db, file: string): Reports {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let last = 0;

  const fail = (error: Error) => {
    worker = null;
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  const started = () => {
    if (worker !== null) return worker;
    const made = new Worker(workerFile('report-worker', import.meta.url), { workerData: { file } });
    made.on('message', (answer: ReportAnswer) => {
      const asked = waiting.get(answer.nth);
      waiting.delete(answer.nth);
      if (waiting.size === 0) made.unref();
      if ('report' in answer) asked?.done(answer.report);
      else asked?.failed(new Error(answer.sentence));
    });
    made.once('error', fail);
    made.once('exit', () => fail(new Error('the thread that adds up ended')));
    worker = made;
    return made;
  };

  return {
    async make(question, home) {
      // A store that lies in memory is known to this thread alone.
      if (file === ':memory:') {
        while (countSome(db, COUNTED_HERE));
        return makeReport(db, question, home);
      }
      return new Promise((done, failed) => {
        const nth = ++last;
        waiting.set(nth, { done, failed });
        const thread = started();
        thread.ref();
        thread.postMessage({ nth, question, home } satisfies ReportOrder, []);
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
