import { parentPort, workerData } from 'node:worker_threads';
import { present } from '../../shared/lib/assert.ts';
import { type Clock, machineClock } from '../../shared/lib/clock.ts';
import { after } from '../../shared/lib/instants.ts';
import type { ImportProgress } from '../../shared/domain/list-import.ts';
import { heedWaiters } from '../store/open.ts';
import { goByZonesOfMain } from '../store/zones-here.ts';
import type { GivenOrder } from './import-aside.ts';
import { takeStep } from './import-step.ts';

/* One step of one import on a thread of its own. Told to stop, it ends between two slices. */

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

const answer = await takeStep(order, { clock, tell, signal: stop.signal });
port.postMessage({ answer }, []);
port.close();
