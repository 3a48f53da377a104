import { parentPort, workerData } from 'node:worker_threads';
import { openStandIn } from '../test/carrier-stand-in/open.ts';
import { machineClock } from '../shared/lib/clock.ts';
import { type Instant } from '../shared/lib/instants.ts';

/* Vapi’s stand-in on a thread of its own, with calls of the past in its books. */

const { count, from, to, numbers } = workerData as {
  count: number;
  from: Instant;
  to: Instant;
  numbers: readonly string[];
};
const world = await openStandIn({ seed: 'past', clock: machineClock() });
world.control.past({ carrier: 'vapi', count, from, to, numbers });
parentPort!.postMessage({ key: world.vapi.privateKey, baseUrl: world.vapi.baseUrl });
parentPort!.once('message', () => {
  parentPort!.postMessage({ violations: world.violations.length });
  void world.close().then(() => parentPort!.close());
});
