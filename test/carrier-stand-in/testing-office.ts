import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulatedCarrier } from '../../electron/carriers/carrier.ts';
import type { Values } from '../../electron/carriers/known.ts';
import { hooksFor } from '../../electron/hooks.ts';
import { sessionSecrets } from '../../electron/host.ts';
import { type Kernel, createKernel } from '../../electron/kernel.ts';
import { openRelay } from '../../electron/relay/relay.ts';
import { giveConsent } from '../../electron/store/consents.ts';
import { closeStore } from '../../electron/store/open.ts';
import { setSetting } from '../../electron/store/settings.ts';
import { aCampaign, aContact, aStore, anEnrolment } from '../../electron/store/testing.ts';
import { type HookBook, carriersOf, keepSecrets } from '../../electron/workspace-carriers.ts';
import { type CampaignRules, usualRules } from '../../shared/domain/campaign.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { instant } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import type { StandIn } from './open.ts';
import { type WorldClock, worldClock } from './world-clock.ts';

/** Ten in the morning in New York, on a Wednesday. */
export const TEN = instant(Date.UTC(2026, 10, 18, 15));

/** All of them in New York. */
const AREAS = ['212', '718', '917', '646', '347', '516', '914', '585', '315', '518'];

/** The machine’s time, but beginning at ten, and as fast as is wished for. */
export function tenOClock(speed: number): WorldClock {
  return worldClock(fastClock(1, Date.now()), speed);
}

/** The same, at one pace: all processes that are told when it began agree on the time. */
export function fastClock(speed: number, startedAt: number): Clock {
  return {
    now: () => instant(TEN + (Date.now() - startedAt) * speed),
    after(delayMs, run) {
      const timer = setTimeout(run, Math.min(Math.max(0, delayMs) / speed, 2 ** 31 - 1));
      return () => clearTimeout(timer);
    },
  };
}

/** A whole kernel whose carrier is one of the stand-in’s, with a relay that hears its events or without one. */
export interface TestOffice {
  readonly kernel: Kernel;
  readonly complaints: readonly string[];
  /** A campaign without an agent that calls them all, and the numbers it calls. */
  campaign(
    rules: Partial<CampaignRules>,
    callerId: string,
    people: number,
  ): { id: number; numbers: readonly E164[] };
  close(): Promise<void>;
}

export interface OfficeWish {
  readonly clock: Clock;
  readonly kind: 'twilio' | 'vapi';
  /** What a supervisor would type for the carrier. */
  readonly values: Values;
  readonly hasRelay: boolean;
  /** Left out, a folder of its own that is gone afterwards. */
  readonly folder?: string;
}

export function officeFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'parley-office-'));
}

export async function openTestOffice(wish: OfficeWish): Promise<TestOffice> {
  const { clock, kind, values, hasRelay } = wish;
  const folder = wish.folder ?? officeFolder();
  const file = join(folder, 'parley.db');
  const complaints: string[] = [];
  const log = (line: string, error?: unknown) =>
    void complaints.push(error instanceof Error ? `${line}: ${error.message}` : line);
  const book: HookBook = { current: null };
  const secrets = sessionSecrets();
  await keepSecrets(secrets, 'office', kind, values);
  const kept = { order: [kind], values: {}, numbers: {} };
  const carriers = await carriersOf({ workspaceId: 'office', kept, secrets, clock, hooks: book });
  if (!existsSync(file)) closeStore(aStore(file));
  const made = createKernel({
    kind: 'practice',
    file,
    clock,
    random: seededRandom(`office ${clock.now()}`),
    // True enough: behind the stand-in there is nobody.
    carrier: { ...carriers.carrier!, reaches: 'nobody' } satisfies SimulatedCarrier,
    home: { country: 'US', zone: 'America/New_York' },
    tell: () => {},
    deskChanged: () => {},
    log,
  });
  assert(made.ok, made.ok ? '' : made.error.sentence);
  const kernel = made.value;
  const secret = 'of this installation alone';
  const proofs = { carriers, secret, clock, twilioTokens: () => [values['authToken'] ?? ''].filter(Boolean) };
  const relay = hasRelay
    ? await openRelay({
        db: kernel.db,
        clock,
        secret,
        hooks: hooksFor(proofs),
        take: (events, also) => kernel.intake.together(events, also),
        log,
      })
    : null;
  if (relay !== null)
    book.current = {
      urlFor: (carrier, about, attemptId) =>
        relay.addressOf(`http://127.0.0.1:${relay.port}`, carrier, about, attemptId),
      secretFor: (attemptId) => relay.secretFor(attemptId),
    };

  return {
    kernel,
    complaints,
    campaign(rules, callerId, people) {
      setSetting(kernel.db, 'workspace', 'background.concurrent', 10);
      const id = aCampaign(kernel.db, { rules: { ...usualRules('America/New_York'), ...rules }, callerId });
      const numbers = Array.from({ length: people }, (_, nth) => {
        const e164 =
          `+1${AREAS[nth % AREAS.length]}55501${String(10 + Math.floor(nth / AREAS.length)).padStart(2, '0')}` as E164;
        const numberOf = { e164, kind: 'mobile' as const, zones: ['America/New_York'], isStarred: true };
        const contactId = aContact(kernel.db, { name: `Maria Lopez ${nth}`, numbers: [numberOf] });
        const givenAt = clock.now();
        giveConsent(kernel.db, { contactId, kind: 'ai-voice', basis: 'in writing', source: 'form', givenAt });
        anEnrolment(kernel.db, { campaignId: id, contactId, dueAt: givenAt });
        return e164;
      });
      return { id, numbers };
    },
    async close() {
      book.current = null;
      await relay?.close();
      await kernel.stop();
      await carriers.carrier!.close();
      if (wish.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a supervisor would type for a carrier of the stand-in. */
export function valuesOf({ twilio, vapi }: StandIn, kind: 'twilio' | 'vapi'): Values {
  return kind === 'twilio'
    ? { accountSid: twilio.sid, authToken: twilio.authToken, baseUrl: twilio.baseUrl, callsPerSecond: '30' }
    : { key: vapi.privateKey, assistantId: vapi.assistants[0]!.id, baseUrl: vapi.baseUrl };
}
