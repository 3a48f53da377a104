import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { signedForm } from '../electron/relay/testing.ts';
import {
  TWILIO_TOKEN,
  attemptIdAt,
  begunCalls,
  callSidAt,
  openLiveRelay,
} from '../electron/testing-relay.ts';
import { callByRef } from '../electron/store/calls.ts';
import { percentile } from './practice-house.ts';
import type { Post, Posted, Posting } from './teller.ts';
import { report } from './report.ts';

/*
 * What a carrier signs, taken by the relay of a whole live workspace: 1,000 requests a second into a file that is synced at
 * each commit, answered once they are written down, and acted on. Then as fast as they go, beside a bare node:http server
 * that does nothing. PARLEY_RELAY_SECONDS=30 for the whole half minute.
 */

const SECONDS = Number(process.env['PARLEY_RELAY_SECONDS'] ?? 5);
const PER_SECOND = 1_000;
const FLAT_OUT = 5_000;
const STATUSES = ['initiated', 'ringing', 'in-progress', 'completed'];

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
// The carrier knows nothing but what it posts, and says so at once: asking it is measured elsewhere.
const live = await openLiveRelay(folder, { fetch: async () => [], find: async () => ({ kind: 'absent' }) });
const { db } = live.kernel;
const { port } = live.connection.state();
const total = PER_SECOND + PER_SECOND * SECONDS + FLAT_OUT;
begunCalls(db, Math.ceil(total / STATUSES.length));

let made = 0;

/** So many calls are under way at a time: a call’s next word comes after a word of each of the others. */
const UNDER_WAY = 250;

/** The next requests, signed before anybody measures. */
function posts(count: number): Post[] {
  const calls = Math.floor(count / STATUSES.length);
  const all: Post[] = [];
  for (let from = 0; from < calls; from += UNDER_WAY)
    for (const [step, CallStatus] of STATUSES.entries())
      for (let nth = from; nth < Math.min(calls, from + UNDER_WAY); nth++)
        all.push(post(made + nth, CallStatus, step));
  made += calls;
  return all;
}

function post(nth: number, CallStatus: string, step: number): Post {
  const address = live.addressOf(attemptIdAt(nth));
  const Timestamp = new Date(live.kernel.clock.now() + step * 1_000).toUTCString();
  const fields = {
    AccountSid: `AC${'a'.repeat(32)}`,
    ApiVersion: '2010-04-01',
    CallSid: callSidAt(nth),
    CallStatus,
    CallbackSource: 'call-progress-events',
    Direction: 'outbound-api',
    From: '+12125550199',
    SequenceNumber: String(step),
    Timestamp,
    To: '+12125550101',
    ...(CallStatus === 'completed' ? { CallDuration: '30' } : {}),
  };
  const { body, headers } = signedForm(address, fields, TWILIO_TOKEN);
  const signed = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': headers['x-twilio-signature'],
  };
  return { path: address.replace(/^https?:\/\/[^/]+/, ''), headers: signed, body };
}

async function posted(posting: Posting): Promise<Posted> {
  const worker = new Worker(new URL('./teller.ts', import.meta.url), { workerData: posting });
  const [answer] = (await once(worker, 'message')) as [Posted];
  await worker.terminate();
  return answer;
}

async function bare(posting: Omit<Posting, 'port'>): Promise<Posted> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(204).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = await posted({ ...posting, port: (server.address() as AddressInfo).port });
  server.closeAllConnections();
  server.close();
  return answer;
}

/** Calls whose row does not say that they ended. */
function unended(from: number, to: number): number {
  let count = 0;
  for (let nth = from; nth < to; nth++)
    if (callByRef(db, 'carriers', `twilio:${callSidAt(nth)}`)?.end !== 'completed') count += 1;
  return count;
}

// The first second of a process is spent on compiling it.
await posted({ port, posts: posts(PER_SECOND), perSecond: null });
await live.connection.readOn();

const before = made;
const paced = posts(PER_SECOND * SECONDS);
const told = await posted({ port, posts: paced, perSecond: PER_SECOND });
await live.connection.readOn();
const calm = await bare({ posts: paced.slice(0, 3 * PER_SECOND), perSecond: PER_SECOND });
report({
  name: `signed requests a second, for ${SECONDS} s, written down and answered`,
  value: Math.round(told.taken / told.seconds),
  unit: '/s',
  baseline: Math.round(calm.taken / calm.seconds),
  bar: { of: 'value', atLeast: 950 },
});
report({
  name: 'of these, not answered as taken, or calls that did not come to their end',
  value: paced.length - told.taken + unended(before, made),
  unit: '',
  bar: { of: 'value', atMost: 0 },
});
report({
  name: 'from due until answered, p99',
  value: percentile([...told.latencies], 0.99),
  unit: 'ms',
  baseline: percentile([...calm.latencies], 0.99),
  bar: { of: 'value', atMost: 25 },
});
report({ name: 'from due until answered, p50', value: percentile([...told.latencies], 0.5), unit: 'ms' });

const flat = posts(FLAT_OUT);
const idle = process.threadCpuUsage();
const plain = await bare({ posts: flat, perSecond: null });
const between = process.threadCpuUsage();
const ours = await posted({ port, posts: flat, perSecond: null });
const beganReading = performance.now();
await live.connection.readOn();
const done = process.threadCpuUsage();
report({
  name: 'signed requests a second as fast as they go, beside a bare node:http server',
  value: Math.round(ours.taken / ours.seconds),
  unit: '/s',
  baseline: Math.round(plain.taken / plain.seconds),
  bar: { of: 'ratio', atLeast: 0.2 },
});
report({
  name: 'processor time for each, acting on it included',
  value: Math.round(microsFrom(between, done) / flat.length),
  unit: 'µs',
  baseline: Math.round(microsFrom(idle, between) / flat.length),
});
report({
  name: 'acted on after the last of these was answered',
  value: Math.round(performance.now() - beganReading),
  unit: 'ms',
});
await live.close();

function microsFrom(from: NodeJS.CpuUsage, to: NodeJS.CpuUsage): number {
  return to.user + to.system - from.user - from.system;
}
rmSync(folder, { recursive: true, force: true });
