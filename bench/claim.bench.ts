import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BRIEF_HUMAN } from '../electron/carriers/simulator/outcomes.ts';
import { practiceWorld } from '../electron/carriers/simulator/practice-world.ts';
import { simulatedCarrier } from '../electron/carriers/simulator/simulator.ts';
import { CONCURRENT } from '../electron/dialer/background-one.ts';
import { createKernel } from '../electron/kernel.ts';
import { addDispositions } from '../electron/store/dispositions.ts';
import { closeStore } from '../electron/store/open.ts';
import { setSetting } from '../electron/store/settings.ts';
import { usualRules } from '../shared/domain/campaign.ts';
import { UNATTENDED_DISPOSITIONS } from '../shared/domain/disposition.ts';
import { NOON } from '../shared/domain/testing-verdict.ts';
import { assert } from '../shared/lib/assert.ts';
import { seededRandom } from '../shared/lib/random.ts';
import { simulatedClock } from '../shared/lib/simulated-clock.ts';
import { longList } from './long-list.ts';
import { percentile } from './practice-house.ts';
import { report } from './report.ts';

/*
 * A whole kernel with a million people in a campaign that dials by itself: from the lock under which one of them
 * is chosen and the intent is written to the request to the carrier. The clock of the calls is simulated, what is
 * measured is the machine’s. And how much memory it holds, which a long list must not swell.
 */

const PEOPLE = 1_000_000;
const CALLS = 600;
const MB = 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const file = join(folder, 'workspace.db');
const clock = simulatedClock(NOON);
const world = simulatedCarrier({
  file: ':memory:',
  clock,
  seed: 'bench',
  latencyMs: [1, 1],
  world: { ...practiceWorld, byNumber: {}, mix: [[1, BRIEF_HUMAN]] },
});

function fill(): void {
  const db = longList(file, PEOPLE, NOON, { ...usualRules('America/New_York'), voice: 'ai' });
  db.$client.exec(`INSERT INTO consents (contact_id, kind, basis, source, given_at)
    SELECT id, 'ai-voice', 'in writing', 'form', ${NOON} FROM contacts`);
  addDispositions(db, null, UNATTENDED_DISPOSITIONS);
  setSetting(db, 'workspace', CONCURRENT, 1_000);
  closeStore(db);
}

async function claims(): Promise<void> {
  const times: number[] = [];
  let claimedAt: number | null = null;
  let isLocked: () => boolean = () => false;
  let wasLocked = false;
  const opened = createKernel({
    kind: 'practice',
    file,
    clock: {
      ...clock,
      // The first look at the clock under the lock of a turn is where a claim begins.
      now() {
        if (isLocked() && !wasLocked) claimedAt = performance.now();
        wasLocked = isLocked();
        return clock.now();
      },
    },
    random: seededRandom('bench'),
    carrier: {
      ...world,
      place(...asked: Parameters<typeof world.place>) {
        if (claimedAt !== null) times.push(performance.now() - claimedAt);
        claimedAt = null;
        return world.place(...asked);
      },
    },
    home: { country: 'US', zone: 'America/New_York' },
    tell() {},
    deskChanged() {},
    log: (line, error) => console.error(line, error),
  });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const kernel = opened.value;
  const sqlite = kernel.db.$client;
  isLocked = () => sqlite.inTransaction;
  const commits: number[] = [];
  sqlite.exec('CREATE TABLE bench (n INTEGER); INSERT INTO bench VALUES (0)');
  const plain = sqlite.prepare('UPDATE bench SET n = n + 1');
  for (let waits = 0; times.length < CALLS; waits++) {
    assert(waits < CALLS * 50, `only ${times.length} calls were begun`);
    await clock.advance(20);
    const startedAt = performance.now();
    plain.run();
    commits.push(performance.now() - startedAt);
  }
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const baseline = percentile(commits, 0.95);
  const bar = { of: 'value', atMost: 10 } as const;
  const name = `claim to request at 1 m, p95 of ${times.length}`;
  report({ name, value: percentile(times, 0.95), unit: 'ms', baseline, bar });
  report({ name: 'claim to request at 1 m, median', value: percentile(times, 0.5), unit: 'ms' });
  report({ name: 'memory of the kernel at 1 m', value: (heapUsed + external) / MB, unit: 'MB' });
  await kernel.stop();
}

try {
  fill();
  await claims();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
