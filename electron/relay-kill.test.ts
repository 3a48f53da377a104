import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callByRef } from './store/calls.ts';
import { unreadDeliveries } from './store/deliveries.ts';
import { signedForm } from './relay/testing.ts';
import { TWILIO_TOKEN, attemptIdAt, callSidAt, openLiveRelay } from './testing-relay.ts';

const CALLS = 400;
const KILLED_AFTER = 250;
const AT_ONCE = 32;

test('killed in the middle, nothing that was answered is lost: every call comes to its end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-relay-'));
  const relay = spawn(
    process.execPath,
    [join(import.meta.dirname, 'testing-relay.ts'), folder, String(CALLS)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const over = new Promise((resolve) => relay.once('exit', resolve));
  const address = await new Promise<string>((resolve) =>
    relay.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())),
  );

  const answered = new Set<number>();
  let next = 0;
  const post = async (): Promise<void> => {
    for (let nth = next++; nth < CALLS; nth = next++) {
      const url = address.replace('attempt=here', `attempt=${attemptIdAt(nth)}`);
      const fields = { CallSid: callSidAt(nth), CallStatus: 'busy', SequenceNumber: '2' };
      const answer = await fetch(url, { method: 'POST', ...signedForm(url, fields, TWILIO_TOKEN) }).catch(
        () => null,
      );
      if (answer?.status === 204) answered.add(nth);
      if (answered.size === KILLED_AFTER) relay.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, post));
  await over;
  expect(answered.size).toBeGreaterThanOrEqual(KILLED_AFTER);
  expect(answered.size).toBeLessThan(CALLS);

  const again = await openLiveRelay(folder);
  await again.connection.readOn();
  const { db } = again.kernel;
  expect(unreadDeliveries(db, 1)).toEqual([]);
  const lost = [...answered].filter(
    (nth) => callByRef(db, 'carriers', `twilio:${callSidAt(nth)}`)?.end !== 'busy',
  );
  expect(lost).toEqual([]);
  await again.close();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);
