import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CampaignRules, usualRules } from '../shared/domain/campaign.ts';
import type { Person } from '../shared/domain/people.ts';
import type { E164 } from '../shared/domain/phone.ts';
import type { Tiding } from '../shared/domain/tiding.ts';
import { assert } from '../shared/lib/assert.ts';
import { type Instant, SECOND_MS, instant } from '../shared/lib/instants.ts';
import { seededRandom } from '../shared/lib/random.ts';
import { type SimulatedClock, simulatedClock } from '../shared/lib/simulated-clock.ts';
import type { SimulatedCarrier } from './carriers/carrier.ts';
import { simulatedCarrier } from './carriers/simulator/simulator.ts';
import { type Kernel, createKernel } from './kernel.ts';
import { addAgent } from './store/agents.ts';
import { giveConsent } from './store/consents.ts';
import { closeStore } from './store/open.ts';
import { aCampaign, aContact, aStore, anEnrolment } from './store/testing.ts';

/* A whole kernel with a simulated clock and carrier, for what only shows where its rooms are put together. */

/** Ten in the morning in New York, on a Wednesday. */
export const TEN = instant(Date.UTC(2026, 10, 18, 15));

export class KernelHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'parley-kernel-'));
  readonly clock: SimulatedClock;
  readonly world: ReturnType<typeof simulatedCarrier>;
  readonly tidings: Tiding[] = [];
  readonly notes: string[] = [];
  readonly complaints: string[] = [];
  readonly rung: { readonly to: string; readonly at: Instant }[] = [];
  kernel!: Kernel;
  private people = 0;

  constructor(at: Instant = TEN) {
    this.clock = simulatedClock(at);
    const file = join(this.folder, 'world.db');
    this.world = simulatedCarrier({ file, clock: this.clock, seed: 'kernel' });
    closeStore(aStore(join(this.folder, 'parley.db')));
    this.begin();
  }

  get db() {
    return this.kernel.db;
  }

  /** Starts a kernel on the workspace: the first, or the next after `stop`. */
  begin(): void {
    const { clock, world } = this;
    const carrier: SimulatedCarrier = {
      ...world,
      place: (request, signal) => {
        this.rung.push({ to: request.to, at: clock.now() });
        return world.place(request, signal);
      },
      close: async () => {},
    };
    const made = createKernel({
      kind: 'practice',
      file: join(this.folder, 'parley.db'),
      clock,
      random: seededRandom(`kernel ${clock.now()}`),
      carrier,
      home: { country: 'US', zone: 'America/New_York' },
      tell: () => {},
      deskChanged: () => {},
      log: (line, error) => void this.complaints.push(`${line} ${String(error)}`),
      note: (line) => void this.notes.push(line),
      notify: (tiding) => void this.tidings.push(tiding),
    });
    assert(made.ok, made.ok ? '' : made.error.sentence);
    this.kernel = made.value;
  }

  campaign(rules: Partial<CampaignRules> = {}, name = 'Spring'): number {
    return aCampaign(this.db, {
      name,
      rules: { ...usualRules('America/New_York'), voice: 'ai', ...rules },
    });
  }

  /** Contacts who agreed to an AI voice. `ends` are the last two digits of their numbers, which say what happens. */
  fill(campaignId: number, count: number, ends: string): number[] {
    return Array.from({ length: count }, () => {
      const nth = this.people++;
      const e164 = `+1${AREAS[nth % AREAS.length]}55501${ends}` as E164;
      const numbers = [{ e164, kind: 'mobile' as const, zones: ['America/New_York'], isStarred: true }];
      const contactId = aContact(this.db, { name: `Maria Lopez ${nth}`, numbers });
      const givenAt = this.clock.now();
      giveConsent(this.db, { contactId, kind: 'ai-voice', basis: 'in writing', source: 'form', givenAt });
      return anEnrolment(this.db, { campaignId, contactId, dueAt: givenAt });
    });
  }

  agent(name = 'Ann'): Person {
    return addAgent(this.db, { name, role: 'supervisor', createdAt: this.clock.now() });
  }

  async stop(): Promise<void> {
    const stopped = this.kernel.stop();
    await this.clock.advance(20 * SECOND_MS);
    await stopped;
  }

  async end(): Promise<void> {
    await this.stop();
    await this.world.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** All of them in New York. */
const AREAS = '212 718 917 646 347 516 914 585 315 518 332 607 631 680 716 838 845 929 934 363'.split(' ');
