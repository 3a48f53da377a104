import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeskView } from '../shared/contract/desk.ts';
import { instant } from '../shared/lib/instants.ts';
import { seededRandom } from '../shared/lib/random.ts';
import { simulatedClock } from '../shared/lib/simulated-clock.ts';
import { simulatedCarrier } from './carriers/simulator/simulator.ts';
import { createKernel, type Kernel } from './kernel.ts';
import { PRACTICE_HOME, fillPractice } from './practice.ts';
import { addAgent } from './store/agents.ts';
import { campaignsOf } from './store/campaigns.ts';

/** A Friday, 12:30 in New York. */
const HALF_PAST_TWELVE = instant(Date.UTC(2026, 10, 20, 17, 30));

/** An agent at work on the practice campaign, in preview, with the first contact in hand; `end` puts all away. */
export function deskAtWork() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-dialing-'));
  const clock = simulatedClock(HALF_PAST_TWELVE);
  const carrier = simulatedCarrier({ file: ':memory:', clock, seed: 'dialing' });
  const made = createKernel({
    kind: 'practice',
    file: join(folder, 'parley.db'),
    clock,
    random: seededRandom('dialing'),
    carrier,
    home: PRACTICE_HOME,
    tell: () => {},
    deskChanged: () => {},
    log: () => {},
  });
  if (!made.ok) throw new Error(made.error.sentence);
  const kernel: Kernel = made.value;
  fillPractice(kernel.db, clock.now());
  const person = addAgent(kernel.db, { name: 'Ann', role: 'agent', createdAt: clock.now() });
  const campaignId = campaignsOf(kernel.db)[0]!.id;
  kernel.desk.start(person, campaignId, 'preview');
  const end = async () => {
    const stopped = kernel.stop();
    await clock.advance(1000);
    await stopped;
    rmSync(folder, { recursive: true, force: true });
  };
  return { kernel, clock, person, campaignId, end, view: (): DeskView => kernel.desk.view(person) };
}
