import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/* The carrier's end of bench/events.bench.ts, on a thread of its own: posts events and counts what is taken. */

export interface Telling {
  readonly port: number;
  readonly bodies: readonly string[];
  /** Events a second; null is as fast as they are taken. */
  readonly perSecond: number | null;
}

export interface Told {
  readonly taken: number;
  readonly seconds: number;
  readonly latencies: readonly number[];
}

/** Requests under way at a time, as a relay has connections. */
const AT_ONCE = 64;

const { port, bodies, perSecond } = workerData as Telling;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const latencies: number[] = [];
let taken = 0;

function post(body: string, dueAt: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = {
      port,
      agent,
      method: 'POST',
      host: '127.0.0.1',
      headers: { 'content-length': Buffer.byteLength(body) },
    };
    const sent = request(options, (answer) => {
      answer.resume();
      answer.once('end', () => {
        if (answer.statusCode === 204) taken += 1;
        latencies.push(performance.now() - dueAt);
        resolve();
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

const startedAt = performance.now();
const underWay = new Set<Promise<void>>();
for (const [nth, body] of bodies.entries()) {
  const dueAt = perSecond === null ? performance.now() : startedAt + (nth * 1_000) / perSecond;
  // Whoever is late does not wait; an event told late counts from when it was due.
  const waitMs = dueAt - performance.now();
  if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
  while (underWay.size >= AT_ONCE) await Promise.race(underWay);
  const sent: Promise<void> = post(body, perSecond === null ? performance.now() : dueAt);
  underWay.add(sent);
  void sent.finally(() => underWay.delete(sent));
}
await Promise.all(underWay);
const told: Told = { taken, seconds: (performance.now() - startedAt) / 1_000, latencies };
agent.destroy();
parentPort?.postMessage(told);
