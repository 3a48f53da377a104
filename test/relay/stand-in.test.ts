import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { E164 } from '../../shared/domain/phone.ts';
import { assert } from '../../shared/lib/assert.ts';
import { machineClock } from '../../shared/lib/clock.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { uuidAt } from '../../shared/lib/uuid.ts';
import { openConnection } from '../../electron/connection.ts';
import { sendAttempt } from '../../electron/dialer/attempts.ts';
import { sessionSecrets } from '../../electron/host.ts';
import { createKernel } from '../../electron/kernel.ts';
import { insertIntent } from '../../electron/store/attempts.ts';
import { callOfAttempt } from '../../electron/store/calls.ts';
import { type HookBook, carriersOf, keepSecrets } from '../../electron/workspace-carriers.ts';
import type { HookTrouble } from '../carrier-stand-in/faults.ts';
import { openStandIn } from '../carrier-stand-in/open.ts';
import { until } from '../carrier-stand-in/testing-until.ts';

/*
 * A live workspace against the carriers' stand-in, over real sockets: its webhooks come in by the relay, some of them lost,
 * doubled, out of order or forged. Then the same with no way in at all. Every call has to come to the same end.
 */

const SPEED = 60;
const FATES = ['human', 'busy', 'no-answer', 'human', 'busy', 'human'] as const;
const TROUBLES: readonly HookTrouble[] = ['drop', 'double', 'reorder', 'wrong-signature'];
const PATIENCE_MS = 25_000;

interface Lived {
  readonly ends: readonly (string | null)[];
  readonly kept: number;
  readonly forged: number;
}

async function lived(kind: 'twilio' | 'vapi', hasWayIn: boolean): Promise<Lived> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-stand-in-'));
  const clock = machineClock(SPEED);
  const random = seededRandom(`${kind} ${hasWayIn}`);
  const world = await openStandIn({ seed: 'relay', clock });
  const secrets = sessionSecrets();
  await keepSecrets(secrets, 'w', 'twilio', { authToken: world.twilio.authToken });
  await keepSecrets(secrets, 'w', 'vapi', { key: world.vapi.privateKey });
  const values = {
    twilio: { accountSid: world.twilio.sid, baseUrl: world.twilio.baseUrl, callsPerSecond: '30' },
    vapi: { assistantId: world.vapi.assistants[0]!.id, baseUrl: world.vapi.baseUrl },
  };
  const book: HookBook = { current: null };
  const kept = { order: [kind], values, numbers: {} };
  const carriers = await carriersOf({ workspaceId: 'w', kept, secrets, clock, hooks: book });
  const carrier = carriers.carrier!;
  const home = { country: 'US', zone: 'America/New_York' } as const;
  const file = join(folder, 'parley.db');
  const told = { tell() {}, deskChanged() {}, log() {} };
  const made = createKernel({ ...told, kind: 'live', file, clock, random, carrier, home });
  assert(made.ok, 'the kernel opens');
  const kernel = made.value;
  const parts = { kernel, workspaceId: 'w', carriers, secrets, book, clock, random };
  const connection = await openConnection({ ...parts, log() {}, changed() {} });
  if (hasWayIn) {
    const url = `http://127.0.0.1:${connection.state().port}`;
    await connection.change({ plan: { kind: 'own-url', url }, port: null });
    await connection.check();
    for (const trouble of TROUBLES) world.control.fault({ on: 'hook', trouble, chance: 0.2 });
  }
  const from = kind === 'twilio' ? world.twilio.numbers[0]!.phoneNumber : world.vapi.phoneNumbers[0]!.number;
  const ids = FATES.map(() => uuidAt(clock.now(), random));
  for (const [nth, id] of ids.entries()) {
    const to = `+1202555018${nth}` as E164;
    world.control.script(
      to,
      FATES[nth] === 'human' ? { kind: 'human', talkMs: 20_000 } : { kind: FATES[nth]! },
    );
    const nobody = { campaignId: null, enrolmentId: null, contactId: null, agentId: null, sessionId: null };
    const when = { intendedAt: clock.now(), sentAt: null, closedAt: null, trouble: null };
    const attempt = { ...nobody, ...when, id, to, from, carrier: carrier.name, state: 'intended' as const };
    insertIntent(kernel.db, attempt, { kind: 'ring' });
    const say = kind === 'twilio' ? { say: { kind: 'words' as const, text: 'Hello from us.' } } : {};
    const options = { ringMs: 25_000, record: false, ...say };
    await sendAttempt(kernel.db, carrier, attempt, options, clock, new AbortController().signal);
  }
  const ends = () => ids.map((id) => callOfAttempt(kernel.db, id)?.end ?? null);
  await until(ends, (all) => all.every((end) => end !== null), PATIENCE_MS);
  await connection.readOn();
  const { figures } = connection.state();
  expect(world.truth.secondCalls()).toEqual([]);
  expect(world.violations).toEqual([]);
  const result = { ends: ends(), kept: figures.kept, forged: figures.refused['not-genuine'] ?? 0 };
  await connection.close();
  await kernel.stop();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
  return result;
}

test.each(['twilio', 'vapi'] as const)(
  '%s: webhooks lost, doubled, reordered and forged, or none at all, and every call comes to the same end',
  async (kind) => {
    const heard = await lived(kind, true);
    const asked = await lived(kind, false);
    expect(heard.ends).toEqual(FATES.map((fate) => (fate === 'human' ? 'completed' : fate)));
    expect(asked.ends).toEqual(heard.ends);
    expect(heard.kept).toBeGreaterThan(0);
    expect(heard.forged).toBeGreaterThan(0);
    expect(asked.kept).toBe(0);
  },
  60_000,
);
