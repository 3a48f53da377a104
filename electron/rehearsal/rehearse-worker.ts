import { parentPort, workerData } from 'node:worker_threads';
import type { RehearsalOrder } from './order.ts';
import type { FromWorker } from './rehearsals.ts';
import { runRehearsal } from './run.ts';
import { goByZonesOfMain } from '../store/zones-here.ts';

/* The thread that rehearses: it tells how far it is, then what came of it, and ends. */

goByZonesOfMain();
const tell = (message: FromWorker) => parentPort?.postMessage(message, []);

const told = await runRehearsal(
  workerData as RehearsalOrder,
  { progress: (progress) => tell({ kind: 'progress', progress }) },
  new AbortController().signal,
);
tell({ kind: 'told', told });
