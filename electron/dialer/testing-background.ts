import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CampaignRules, usualRules } from '../../shared/domain/campaign.ts';
import { shippedLaw } from '../../shared/domain/law/book.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { type Instant, MINUTE_MS, SECOND_MS, instant } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { type SimulatedClock, simulatedClock } from '../../shared/lib/simulated-clock.ts';
import type { Carrier } from '../carriers/carrier.ts';
import type { World } from '../carriers/simulator/outcomes.ts';
import { simulatedCarrier } from '../carriers/simulator/simulator.ts';
import { giveConsent } from '../store/consents.ts';
import { type Db, closeStore } from '../store/open.ts';
import { aCampaign, aContact, aStore, anEnrolment } from '../store/testing.ts';
import { type Background, startBackground } from './background.ts';
import { openGate } from './gate.ts';
import { openInquiry } from './recover.ts';
import { applyPending, takeIn } from './track.ts';

/** Ten in the morning in New York, on a Wednesday. */
export const TEN = instant(Date.UTC(2026, 10, 18, 15));

/** All of them in New York. */
const AREAS = '212 718 917 646 347 516 914 585 315 518 332 607 631 680 716 838 845 929 934 363'.split(' ');

export interface Rung {
  readonly attemptId: string;
  readonly to: string;
  readonly at: Instant;
}

/** One process with campaigns that call by themselves, wired as the kernel wires it; doubts are asked about each minute. */
export interface Process {
  readonly background: Background;
  readonly db: Db;
  readonly notes: string[];
  readonly notices: { title: string; body: string; path: string }[];
  readonly complaints: string[];
  /** What a carrier may answer in place of the world; null lets the world answer. */
  answer: Carrier['place'] | null;
  stop(): Promise<void>;
  /** Ends it as a power cut would: whatever it still hears is lost. */
  crash(): void;
}

export class BackgroundHome {
  readonly folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'parley-background-'));
  readonly clock: SimulatedClock;
  readonly world: ReturnType<typeof simulatedCarrier>;
  readonly rung: Rung[] = [];
  readonly processes: Process[] = [];
  private lives = 0;
  private people = 0;

  constructor(at: Instant = TEN, world?: World) {
    this.clock = simulatedClock(at);
    const file = join(this.folder, 'world.db');
    this.world = simulatedCarrier({
      file,
      clock: this.clock,
      seed: 'background',
      ...(world ? { world } : {}),
    });
  }

  get db(): Db {
    return this.processes.at(-1)!.db;
  }

  /** Starts a process on the workspace. The clock has to be moved for it to do anything. */
  begin(): Process {
    const { clock, world } = this;
    this.lives += 1;
    let isDead = false;
    const process = { notes: [], notices: [], complaints: [], answer: null } as unknown as Process & {
      notes: string[];
    };
    const carrier: typeof world = {
      ...world,
      place: (request, signal) => {
        this.rung.push({ attemptId: request.attemptId, to: request.to, at: clock.now() });
        const placed =
          process.answer === null ? world.place(request, signal) : process.answer(request, signal);
        return isDead
          ? new Promise(() => {})
          : placed.then((each) => (isDead ? new Promise(() => {}) : each));
      },
      close: async () => {},
    };
    const own = {
      now: () => clock.now(),
      after: (ms: number, run: () => void) => clock.after(ms, () => (isDead ? undefined : run())),
    };
    const db = aStore(join(this.folder, 'parley.db'));
    const background = startBackground({
      db,
      carrier,
      clock: own,
      random: seededRandom(`process ${this.lives}`),
      law: shippedLaw,
      gate: openGate(own, carrier),
      log: (line, error) => void process.complaints.push(`${line} ${String(error)}`),
      note: (line) => void process.notes.push(line),
      notify: (notice) => void process.notices.push(notice),
      changed() {},
    });
    const apply = () => background.learned(applyPending(db, own).flatMap((each) => each.attemptId ?? []));
    const stopListening = world.listen((event) => {
      if (!isDead && takeIn(db, world.name, event, own)) apply();
    });
    const inquiry = openInquiry({ db, carrier, clock: own, isUnderWay: background.isUnderWay });
    let isOver = false;
    let cancel = () => {};
    const ask = async (everything: boolean): Promise<void> => {
      const found = await inquiry.ask(everything);
      if (isOver || isDead) return;
      apply();
      background.learned(found);
      cancel = own.after(MINUTE_MS, () => void (asking = ask(false)));
    };
    let asking = ask(true);
    const stop = async () => {
      isOver = true;
      cancel();
      stopListening();
      inquiry.close();
      const closed = background.close();
      await clock.advance(20 * SECOND_MS);
      await closed;
      await asking;
      closeStore(db);
      this.processes.splice(this.processes.indexOf(process), 1);
    };
    const crash = () => {
      isDead = true;
      stopListening();
      cancel();
      db.$client.close();
      this.processes.splice(this.processes.indexOf(process), 1);
    };
    Object.assign(process, { background, db, stop, crash });
    this.processes.push(process);
    return process;
  }

  campaign(db: Db, rules: Partial<CampaignRules> = {}, name = 'Spring'): number {
    return aCampaign(db, { name, rules: { ...usualRules('America/New_York'), voice: 'ai', ...rules } });
  }

  /**
   * Contacts who agreed to an AI voice, each with a number of their own. `ends` are the last two digits, which say
   * what happens; at most twenty numbers end alike.
   */
  fill(db: Db, campaignId: number, count: number, ends: string): number[] {
    return Array.from({ length: count }, () => {
      const nth = this.people++;
      const e164 = `+1${AREAS[nth % AREAS.length]}55501${ends}` as E164;
      const numbers = [{ e164, kind: 'mobile' as const, zones: ['America/New_York'], isStarred: true }];
      const contactId = aContact(db, { name: `Contact ${nth}`, numbers });
      const givenAt = this.clock.now();
      giveConsent(db, { contactId, kind: 'ai-voice', basis: 'in writing', source: 'form', givenAt });
      return anEnrolment(db, { campaignId, contactId, dueAt: givenAt });
    });
  }

  async end(): Promise<void> {
    while (this.processes.length > 0) await this.processes[0]!.stop();
    await this.world.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
