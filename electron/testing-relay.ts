import { join } from 'node:path';
import type { Attempt } from '../shared/domain/attempt.ts';
import type { E164 } from '../shared/domain/phone.ts';
import { assert, present } from '../shared/lib/assert.ts';
import { machineClock } from '../shared/lib/clock.ts';
import { seededRandom } from '../shared/lib/random.ts';
import type { Carrier } from './carriers/carrier.ts';
import { type Connection, openConnection } from './connection.ts';
import { sessionSecrets } from './host.ts';
import { type Kernel, createKernel } from './kernel.ts';
import { attemptById, insertIntent, markAttempt } from './store/attempts.ts';
import { insertCall } from './store/calls.ts';
import { type Db, withTransaction } from './store/open.ts';
import { type HookBook, carriersOf, keepSecrets } from './workspace-carriers.ts';

/*
 * A live workspace with a relay, for tests and benchmarks that post to it as Twilio would. Run by itself with a folder, it
 * says where it listens and waits for what comes.
 */

export const TWILIO_TOKEN = 'a token of nobody at all';

export interface LiveRelay {
  readonly kernel: Kernel;
  readonly connection: Connection;
  /** Where Twilio would post to about an attempt, and what it would sign. */
  readonly addressOf: (attemptId: string) => string;
  /** Where it would fetch a sound. */
  readonly soundAddressOf: (soundId: string) => string;
  close(): Promise<void>;
}

/** `asks` is what the carrier says to whoever asks it; left out, nobody answers and everything has to come by itself. */
export async function openLiveRelay(folder: string, asks: Partial<Carrier> = {}): Promise<LiveRelay> {
  const clock = machineClock();
  const random = seededRandom('live relay');
  const secrets = sessionSecrets();
  const accountSid = `AC${'a'.repeat(32)}`;
  await keepSecrets(secrets, 'w', 'twilio', { authToken: TWILIO_TOKEN });
  const hooks: HookBook = { current: null };
  const values = { twilio: { accountSid, baseUrl: 'http://127.0.0.1:9' } };
  const kept = { order: ['twilio'], values, numbers: {} };
  const carriers = await carriersOf({ workspaceId: 'w', kept, secrets, clock, hooks });
  const made = createKernel({
    kind: 'live',
    file: join(folder, 'parley.db'),
    clock,
    random,
    carrier: { ...present(carriers.carrier, 'the carrier'), ...asks },
    home: { country: 'US', zone: 'America/New_York' },
    tell() {},
    deskChanged() {},
    log() {},
  });
  assert(made.ok, made.ok ? '' : made.error.sentence);
  const kernel = made.value;
  const parts = { kernel, workspaceId: 'w', carriers, secrets, book: hooks, clock, random };
  const connection = await openConnection({ ...parts, log() {}, changed() {} });
  const url = `http://127.0.0.1:${connection.state().port}`;
  await connection.change({ plan: { kind: 'own-url', url }, port: null });
  await connection.check();
  return {
    kernel,
    connection,
    addressOf: (attemptId) => present(hooks.current?.urlFor('twilio', 'call', attemptId), 'an address'),
    soundAddressOf: (soundId) => present(hooks.current?.urlFor('twilio', 'sound', soundId), 'an address'),
    async close() {
      await connection.close();
      await kernel.stop();
    },
  };
}

/** Attempts whose requests are on the wire, each on a number of its own. */
export function sentAttempts(db: Db, count: number): string[] {
  const at = machineClock().now();
  const ids = Array.from({ length: count }, (_, nth) => attemptIdAt(nth));
  withTransaction(db, () => {
    for (const [nth, id] of ids.entries()) {
      const to = `+1${201 + Math.floor(nth / 100)}55501${String(nth % 100).padStart(2, '0')}` as E164;
      const nobody = { campaignId: null, enrolmentId: null, contactId: null, agentId: null, sessionId: null };
      const when = { intendedAt: at, sentAt: null, closedAt: null, trouble: null };
      const from = '+12125550199';
      const attempt: Attempt = { ...nobody, ...when, id, to, from, carrier: 'carriers', state: 'intended' };
      insertIntent(db, attempt, { kind: 'ring' });
      markAttempt(db, id, 'intended', 'sent', { at });
    }
  });
  return ids;
}

/** Calls that have begun, of which nothing was told yet. */
export function begunCalls(db: Db, count: number): void {
  const ids = sentAttempts(db, count);
  withTransaction(db, () => {
    for (const [nth, id] of ids.entries()) {
      const at = machineClock().now();
      markAttempt(db, id, 'sent', 'accepted', { at });
      const attempt = present(attemptById(db, id), 'the attempt');
      insertCall(db, { attempt, carrier: 'carriers', callRef: `twilio:${callSidAt(nth)}`, startedAt: at });
    }
  });
}

export function attemptIdAt(nth: number): string {
  return `0190f3aa-0000-7000-8000-${nth.toString(16).padStart(12, '0')}`;
}

export function callSidAt(nth: number): string {
  return `CA${nth.toString(16).padStart(32, '0')}`;
}

const [, script, folder] = process.argv;
if (script === import.meta.filename && folder !== undefined) {
  const live = await openLiveRelay(folder);
  const [count] = process.argv.slice(3).map(Number);
  sentAttempts(live.kernel.db, count ?? 0);
  process.stdout.write(`${live.addressOf('here')}\n`);
}
