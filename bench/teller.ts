import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/* The carrier's end of a bench, on a thread of its own: posts what was made before, and counts what is taken. */

export interface Post {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Posting {
  readonly port: number;
  readonly posts: readonly Post[];
  /** Requests a second; null is as fast as they are taken. */
  readonly perSecond: number | null;
}

export interface Posted {
  readonly taken: number;
  readonly seconds: number;
  /** From when a request was due until its answer was here, in milliseconds. */
  readonly latencies: readonly number[];
}

/** Requests under way at a time, as a tunnel has connections. */
const AT_ONCE = 64;

const { port, posts, perSecond } = workerData as Posting;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const latencies: number[] = [];
let taken = 0;

function send({ path, headers: own, body }: Post, dueAt: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { ...own, 'content-length': Buffer.byteLength(body) };
    const sent = request({ port, agent, path, headers, method: 'POST', host: '127.0.0.1' }, (answer) => {
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
for (const [nth, post] of posts.entries()) {
  const dueAt = perSecond === null ? performance.now() : startedAt + (nth * 1_000) / perSecond;
  // Whoever is late does not wait; what is told late counts from when it was due.
  const waitMs = dueAt - performance.now();
  if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
  while (underWay.size >= AT_ONCE) await Promise.race(underWay);
  const sent: Promise<void> = send(post, perSecond === null ? performance.now() : dueAt);
  underWay.add(sent);
  void sent.finally(() => underWay.delete(sent));
}
await Promise.all(underWay);
const posted: Posted = { taken, seconds: (performance.now() - startedAt) / 1_000, latencies };
agent.destroy();
parentPort?.postMessage(posted);
