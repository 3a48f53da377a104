import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CampaignRules, usualRules } from '../../shared/domain/campaign.ts';
import type { Person } from '../../shared/domain/people.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { assert } from '../../shared/lib/assert.ts';
import { SECOND_MS, instant } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { type SimulatedClock, simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { type Line, failOver } from '../../electron/carriers/fail-over.ts';
import { type Kernel, createKernel } from '../../electron/kernel.ts';
import { addAgent } from '../../electron/store/agents.ts';
import { giveConsent } from '../../electron/store/consents.ts';
import { closeStore } from '../../electron/store/open.ts';
import { aCampaign, aContact, aStore, anEnrolment } from '../../electron/store/testing.ts';
import { type StandIn, type StandInOptions, openStandIn } from '../carrier-stand-in/open.ts';

/* A live kernel whose carriers are real ones, asked over real sockets; only the people at the other end are not. */

/** Ten in the morning in New York, on a Wednesday. */
const TEN = instant(Date.UTC(2026, 10, 18, 15));
const AREAS = '212 718 917 646 347 516 914 585 315 518 332 607 631 680 716 838 845 929 934 363'.split(' ');
/** Time goes by in such steps, and sockets get a moment of the real one in between. */
const STEP_MS = SECOND_MS;

export class LiveHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'parley-live-'));
  readonly complaints: string[] = [];
  readonly clock: SimulatedClock;
  readonly world: StandIn;
  kernel!: Kernel;
  private readonly linesOf: (home: LiveHome) => [Line, ...Line[]];
  private people = 0;

  private constructor(clock: SimulatedClock, world: StandIn, linesOf: LiveHome['linesOf']) {
    this.clock = clock;
    this.world = world;
    this.linesOf = linesOf;
    closeStore(aStore(join(this.folder, 'parley.db')));
    this.begin();
  }

  static async open(
    linesOf: (home: LiveHome) => [Line, ...Line[]],
    options: Partial<StandInOptions> = {},
  ): Promise<LiveHome> {
    const clock = simulatedClock(TEN);
    const world = await openStandIn({ seed: 'live', clock, ...options });
    return new LiveHome(clock, world, linesOf);
  }

  get db() {
    return this.kernel.db;
  }

  /** Starts a kernel on the workspace, with carriers that know nothing of what was before. */
  begin(): void {
    const made = createKernel({
      kind: 'live',
      file: join(this.folder, 'parley.db'),
      clock: this.clock,
      random: seededRandom(`live ${this.clock.now()}`),
      carrier: failOver(this.linesOf(this)),
      home: { country: 'US', zone: 'America/New_York' },
      tell: () => {},
      deskChanged: () => {},
      log: (line, error) => void this.complaints.push(`${line} ${String(error)}`),
    });
    assert(made.ok, made.ok ? '' : made.error.sentence);
    this.kernel = made.value;
  }

  campaign(rules: Partial<CampaignRules>): number {
    const callerId = this.world.twilio.numbers[0]!.phoneNumber;
    return aCampaign(this.db, { callerId, rules: { ...usualRules('America/New_York'), ...rules } });
  }

  /** People in New York who agreed to whatever voice there is. */
  fill(campaignId: number, count: number): E164[] {
    return Array.from({ length: count }, () => {
      const nth = this.people++;
      const e164 =
        `+1${AREAS[nth % AREAS.length]}55501${String(10 + Math.floor(nth / AREAS.length))}` as E164;
      const numbers = [{ e164, kind: 'mobile' as const, zones: ['America/New_York'], isStarred: true }];
      const contactId = aContact(this.db, { name: `Maria Lopez ${nth}`, numbers });
      const givenAt = this.clock.now();
      giveConsent(this.db, { contactId, kind: 'ai-voice', basis: 'in writing', source: 'form', givenAt });
      anEnrolment(this.db, { campaignId, contactId, dueAt: givenAt });
      return e164;
    });
  }

  agent(): Person {
    return addAgent(this.db, { name: 'Ann', role: 'supervisor', createdAt: this.clock.now() });
  }

  /** Lets so much time go by, or as much as it takes until it is so. */
  async live(ms: number, isSo: () => boolean = () => false): Promise<void> {
    for (let left = ms; left > 0 && !isSo(); left -= STEP_MS) {
      await this.clock.advance(STEP_MS);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  async stop(): Promise<void> {
    let isStopped = false;
    const stopping = this.kernel.stop().then(() => (isStopped = true));
    await this.live(600 * SECOND_MS, () => isStopped);
    await stopping;
  }

  async end(): Promise<void> {
    await this.stop();
    await this.world.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
