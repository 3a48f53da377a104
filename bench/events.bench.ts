import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CarrierEvent } from '../electron/carriers/carrier.ts';
import { openIntake } from '../electron/dialer/intake.ts';
import { insertIntent } from '../electron/store/attempts.ts';
import { callByRef, insertCall } from '../electron/store/calls.ts';
import { type Db, closeStore, openStore, withTransaction } from '../electron/store/open.ts';
import type { Attempt } from '../shared/domain/attempt.ts';
import { type CallEvent, storyOf } from '../shared/domain/call.ts';
import type { E164 } from '../shared/domain/phone.ts';
import { machineClock } from '../shared/lib/clock.ts';
import { after, instant } from '../shared/lib/instants.ts';
import { seededRandom } from '../shared/lib/random.ts';
import type { Posted, Posting } from './teller.ts';
import { percentile } from './practice-house.ts';
import { report } from './report.ts';

/*
 * A thousand carrier events a second, each posted by itself and answered once it is on the disk and acted on, on a
 * file that is synced at each commit. Every twentieth is told twice, and they overtake each other. Then as fast as
 * they go, beside a bare node:http server that does nothing, and beside raw inserts of the same rows.
 * PARLEY_EVENTS_SECONDS=60 for the whole minute.
 */

const SECONDS = Number(process.env.PARLEY_EVENTS_SECONDS ?? 5);
const PER_SECOND = 1_000;
const FLAT_OUT = 5_000;
const NOON = instant(Date.UTC(2026, 10, 18, 17));
const EACH = 8;

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const opened = openStore(join(folder, 'workspace.db'), { now: () => NOON });
if (!opened.ok) throw new Error(opened.error.sentence);
const db = opened.value;
const random = seededRandom('events');

function eventsOfCall(callRef: string): CallEvent[] {
  const facts: CallEvent['facts'][] = [
    { status: 'queued', rawStatus: 'queued' },
    { status: 'ringing', rawStatus: 'ringing' },
    { status: 'in-progress', rawStatus: 'in-progress' },
    { answeredBy: 'human' },
    { transcript: [{ speaker: 'contact', fromMs: 0, toMs: 900, text: 'Hello, who is this please' }] },
    { status: 'ended', rawStatus: 'completed', end: 'completed', endedBy: 'them', seconds: 30 },
    { recordingRef: `${callRef}.wav` },
    { costMicros: 14_000, currency: 'USD' },
  ];
  return facts.map((each, nth) => ({ key: `${callRef}:${nth}`, at: after(NOON, nth * 4_000), facts: each }));
}

let made = 0;

/** Calls that have begun, and all that is still to be told of them, shuffled as far as a few seconds mix them. */
function callsWith(events: number) {
  const calls = Array.from({ length: Math.ceil(events / EACH) }, () => `call-${made++}`);
  withTransaction(db, () => {
    for (const callRef of calls) {
      const nth = Number(callRef.slice(5));
      const to = `+1${201 + Math.floor(nth / 100)}55501${String(nth % 100).padStart(2, '0')}` as E164;
      const nobody = { campaignId: null, enrolmentId: null, contactId: null, agentId: null, sessionId: null };
      const attempt: Attempt = {
        ...nobody,
        id: `attempt-${callRef}`,
        to,
        from: '+12125550199',
        carrier: 'bench',
        state: 'intended',
        intendedAt: NOON,
        sentAt: null,
        closedAt: null,
        trouble: null,
      };
      insertIntent(db, attempt, { kind: 'ring' });
      db.$client
        .prepare("UPDATE attempts SET state = 'accepted', sent_at = ? WHERE id = ?")
        .run(NOON, attempt.id);
      insertCall(db, { attempt, carrier: 'bench', callRef, startedAt: NOON });
    }
  });
  const inTurn = calls.flatMap((callRef, call) =>
    eventsOfCall(callRef).map((event, nth) => ({
      callRef,
      event,
      order: call + nth * 40 + random.next() * 60,
    })),
  );
  const told = inTurn
    .sort((a, b) => a.order - b.order)
    .map(
      ({ callRef, event }): CarrierEvent => ({
        callRef,
        attemptId: `attempt-${callRef}`,
        event,
      }),
    );
  const doubled = told.flatMap((each) => (random.next() < 0.05 ? [each, each] : [each]));
  return { calls, bodies: doubled.map((each) => JSON.stringify(each)), distinct: told.length };
}

async function serving<T>(answer: RequestListener, work: (port: number) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

type Telling = Omit<Posting, 'posts'> & { readonly bodies: readonly string[] };

async function tell({ bodies, ...how }: Telling): Promise<Posted> {
  const posting: Posting = { ...how, posts: bodies.map((body) => ({ path: '/', headers: {}, body })) };
  const worker = new Worker(new URL('./teller.ts', import.meta.url), { workerData: posting });
  const [told] = (await once(worker, 'message')) as [Posted];
  await worker.terminate();
  return told;
}

const failures: unknown[] = [];
const intake = openIntake({ db, carrier: 'bench', clock: machineClock(), noticed() {} });

/** As a relay does it: the whole body, one event of it, and an answer once it is safe. */
const relay: RequestListener = (request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    intake.soon(JSON.parse(Buffer.concat(parts).toString()) as CarrierEvent).then(
      () => response.writeHead(204).end(),
      (error: unknown) => {
        failures.push(error);
        response.writeHead(503).end();
      },
    );
  });
};

const nothing: RequestListener = (request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(204).end());
};

function inboxRows(of: Db): number {
  return (
    of.$client.prepare('SELECT count(*) AS n FROM inbox WHERE applied_at IS NOT NULL').get() as { n: number }
  ).n;
}

/** Calls whose row does not say what all their events add up to. */
function wrongEnds(calls: readonly string[]): number {
  return calls.filter((callRef) => {
    const call = callByRef(db, 'bench', callRef);
    const { error: _error, transcript: _said, ...story } = storyOf(eventsOfCall(callRef));
    return Object.entries(story).some(([key, value]) => call?.[key as keyof typeof call] !== value);
  }).length;
}

// The first second of a process is spent on compiling it.
const first = callsWith(PER_SECOND);
await serving(relay, (port) => tell({ port, bodies: first.bodies, perSecond: null }));
const before = inboxRows(db);

const paced = callsWith(PER_SECOND * SECONDS);
const told = await serving(relay, (port) => tell({ port, bodies: paced.bodies, perSecond: PER_SECOND }));
const few = paced.bodies.slice(0, 3 * PER_SECOND);
const bareToo = await serving(nothing, (port) => tell({ port, bodies: few, perSecond: PER_SECOND }));
const lost = paced.distinct - (inboxRows(db) - before) + (paced.bodies.length - told.taken);
report({
  name: `events a second, for ${SECONDS} s, kept and applied`,
  value: Math.round(told.taken / told.seconds),
  unit: '/s',
  baseline: Math.round(bareToo.taken / bareToo.seconds),
  bar: { of: 'value', atLeast: 950 },
});
report({
  name: 'of these, lost or answered as failed',
  value: lost + failures.length,
  unit: '',
  bar: { of: 'value', atMost: 0 },
});
report({
  name: 'calls that came to another end',
  value: wrongEnds(paced.calls),
  unit: '',
  bar: { of: 'value', atMost: 0 },
});
report({ name: 'told until safe, p95', value: percentile([...told.latencies], 0.95), unit: 'ms' });

const flat = callsWith(FLAT_OUT);
const bare = await serving(nothing, (port) => tell({ port, bodies: flat.bodies, perSecond: null }));
const ours = await serving(relay, (port) => tell({ port, bodies: flat.bodies, perSecond: null }));
const raw = rawInserts(flat.bodies);
await intake.close();
report({
  name: 'events a second as fast as they go, beside a bare node:http server',
  value: Math.round(ours.taken / ours.seconds),
  unit: '/s',
  baseline: Math.round(bare.taken / bare.seconds),
  bar: { of: 'ratio', atLeast: 0.25 },
});
report({
  name: 'the same, beside raw inserts, one commit each',
  value: Math.round(ours.taken / ours.seconds),
  unit: '/s',
  baseline: Math.round(flat.bodies.length / raw),
  bar: { of: 'ratio', atLeast: 1 },
});
closeStore(db);
rmSync(folder, { recursive: true, force: true });

/** The same bodies into a bare table of a synced file, each in a commit of its own, in seconds. */
function rawInserts(bodies: readonly string[]): number {
  const store = openStore(join(folder, 'raw.db'), { now: () => NOON });
  if (!store.ok) throw new Error(store.error.sentence);
  const sqlite = store.value.$client;
  sqlite.exec('CREATE TABLE raw (id INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  const insert = sqlite.prepare('INSERT INTO raw (body) VALUES (?)');
  const startedAt = performance.now();
  for (const body of bodies) insert.run(body);
  const seconds = (performance.now() - startedAt) / 1_000;
  closeStore(store.value);
  return seconds;
}
