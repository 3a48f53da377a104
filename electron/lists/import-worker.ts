import { parentPort, workerData } from 'node:worker_threads';
import { never, present } from '../../shared/lib/assert.ts';
import { type Clock, machineClock } from '../../shared/lib/clock.ts';
import { after } from '../../shared/lib/instants.ts';
import { closeStore, heedWaiters } from '../store/open.ts';
import { openStaging } from '../store/import-staging.ts';
import { carryLog, writeInBulk } from '../store/bulk-writing.ts';
import { openWorkerStore } from '../store/worker-connection.ts';
import type { GivenOrder, ImportAnswer } from './import-aside.ts';
import { checkFile } from './check.ts';
import { fixAlike } from './fix.ts';
import { commitImport, undoImport } from './commit.ts';
import { threadWorkMs } from './thread-work.ts';
import type { ImportProgress } from '../../shared/domain/list-import.ts';
import { goByZonesOfMain } from '../store/zones-here.ts';

/* One step of one import on a thread and connections of its own. Told to stop, it ends between two slices. */

goByZonesOfMain();
const port = present(parentPort, 'the port of the import thread');
const order = workerData as GivenOrder;
heedWaiters(order.waiters);
const stop = new AbortController();
port.on('message', () => stop.abort());

/** The kernel’s hour, whatever clock it goes by, and real rests: a thread cannot share a clock. */
const machine = machineClock();
const aheadMs = order.now - machine.now();
const clock: Clock = {
  now: () => after(machine.now(), aheadMs),
  after: (ms, then) => machine.after(ms, then),
};
const tell = (progress: ImportProgress) => port.postMessage({ progress }, []);

async function run(): Promise<ImportAnswer> {
  const opened = openWorkerStore(order.file, clock);
  if (!opened.ok) return { kind: 'trouble', sentence: opened.error.sentence };
  const db = opened.value;
  writeInBulk(db);
  const common = { db, clock, tell, signal: stop.signal, workedMs: threadWorkMs };
  try {
    switch (order.step) {
      case 'check': {
        const staging = openStaging(order.staging);
        const checked = await checkFile({
          ...common,
          staging,
          settings: order.settings,
          source: order.source,
        });
        staging.close();
        return checked.ok
          ? { kind: 'checked', checked: checked.value }
          : { kind: 'trouble', sentence: checked.error };
      }
      case 'fix': {
        const staging = openStaging(order.staging);
        const fixed = await fixAlike(
          { ...common, staging, settings: order.settings },
          order.of,
          order.change,
        );
        staging.close();
        return { kind: 'fixed', fixed };
      }
      case 'commit': {
        const staging = openStaging(order.staging);
        const isIn = await commitImport({ ...common, staging, importId: order.importId });
        staging.close();
        return isIn ? { kind: 'committed' } : { kind: 'stopped' };
      }
      case 'undo': {
        const undone = await undoImport({ ...common, importId: order.importId });
        return undone === null ? { kind: 'stopped' } : { kind: 'undone', ...undone };
      }
      default:
        return never(order);
    }
  } finally {
    carryLog(db);
    closeStore(db);
  }
}

const answer = await run();
port.postMessage({ answer }, []);
port.close();
