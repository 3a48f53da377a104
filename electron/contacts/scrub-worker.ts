import { parentPort, workerData } from 'node:worker_threads';
import { instant } from '../../shared/lib/instants.ts';
import { scrub } from '../store/contact-erase.ts';
import { closeStore, openStore } from '../store/open.ts';

/* The thread that rewrites the file after somebody was erased. Readers go on meanwhile, writers wait for its end. */

const { file } = workerData as { file: string };
const opened = openStore(file, { now: () => instant(0), waitMs: 60_000 });
if (opened.ok) {
  try {
    scrub(opened.value);
  } finally {
    closeStore(opened.value);
  }
}
parentPort?.postMessage(opened.ok, []);
