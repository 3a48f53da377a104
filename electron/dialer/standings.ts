import type { CampaignRules } from '../../shared/domain/campaign.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import type { Subject } from '../../shared/domain/verdict.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, MINUTE_MS, instant } from '../../shared/lib/instants.ts';
import { keptCampaign } from '../store/campaigns.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import type { Db } from '../store/open.ts';
import { breathe } from './breathe.ts';
import { type Standing, type Yardstick, weighing } from './weigh.ts';
import { weighInWorker } from './weigh-aside.ts';

/** From so many contacts on a thread of its own does the weighing. */
const ASIDE_FROM = 20_000;

/** How the campaigns stand: counted in the background, and kept for a minute of the rules they were counted by. */
export interface Standings {
  /** What was counted last, however old; null where nothing was counted yet. */
  known(campaignId: number): Standing | null;
  /** How a campaign stands this minute. Null for a campaign that is gone. */
  now(campaignId: number): Promise<Standing | null>;
  /** How it would stand if it were running by these rules, or by its own. */
  under(campaignId: number, rules: CampaignRules | null): Promise<Standing | null>;
  close(): Promise<void>;
}

export interface StandingsParts {
  readonly db: Db;
  readonly file: string;
  readonly clock: Clock;
  readonly law: LawBook;
  readonly carrierTrouble: () => Subject['carrier'];
  /** Told when a standing was counted anew. */
  readonly counted: (campaignId: number) => void;
}

export function openStandings(parts: StandingsParts): Standings {
  const kept = new Map<number, Standing>();
  const running = new Map<string, Promise<Standing | null>>();
  const stopping = new AbortController();

  const weigh = async (campaignId: number, asOf: Instant, how: Omit<Yardstick, 'law' | 'carrier'>) => {
    const yardstick: Yardstick = { ...how, law: parts.law, carrier: parts.carrierTrouble() };
    const counts = enrolmentCounts(parts.db, campaignId);
    const total = counts.open + counts['in-hand'] + counts.done + counts.never;
    if (total >= ASIDE_FROM && parts.file !== ':memory:')
      return weighInWorker({ file: parts.file, campaignId, asOf, yardstick }, stopping.signal);
    return weighHere(parts.db, campaignId, asOf, yardstick, stopping.signal);
  };

  let countedBy = parts.law.kept;
  /** A law that was rewritten keeps its name: what was counted by the old one is worth nothing. */
  const forgetOtherLaw = () => {
    if (countedBy === parts.law.kept) return;
    countedBy = parts.law.kept;
    kept.clear();
    running.clear();
  };
  /** Whoever asks the same while it is being counted waits for that count. */
  const once = (key: string, count: () => Promise<Standing | null>) => {
    const under = running.get(key);
    if (under !== undefined) return under;
    const counting: Promise<Standing | null> = count().finally(() => {
      if (running.get(key) === counting) running.delete(key);
    });
    running.set(key, counting);
    return counting;
  };

  return {
    known: (campaignId) => kept.get(campaignId) ?? null,
    now(campaignId) {
      forgetOtherLaw();
      const minute = minuteOf(parts.clock.now());
      const campaign = keptCampaign(parts.db, campaignId);
      const last = kept.get(campaignId);
      const isFresh =
        last !== undefined && last.version === campaign?.version && minuteOf(last.asOf) === minute;
      if (isFresh) return Promise.resolve(last);
      return once(`${campaignId} ${campaign?.version} ${campaign?.status} ${minute}`, async () => {
        const by = parts.law.kept;
        const standing = await weigh(campaignId, parts.clock.now(), {});
        if (standing === null) return null;
        // Counted by a law that was rewritten meanwhile: told to who asked, and counted anew for the next.
        if (by === parts.law.kept) kept.set(campaignId, standing);
        parts.counted(campaignId);
        return standing;
      });
    },
    under(campaignId, rules) {
      const asOf = parts.clock.now();
      const how = { asIfActive: true, farAhead: true, ...(rules === null ? {} : { rules }) };
      return once(`${campaignId} ${asOf} ${JSON.stringify(rules)}`, () => weigh(campaignId, asOf, how));
    },
    async close() {
      stopping.abort();
      await Promise.allSettled(running.values());
    },
  };
}

async function weighHere(
  db: Db,
  campaignId: number,
  asOf: Instant,
  yardstick: Yardstick,
  signal: AbortSignal,
): Promise<Standing | null> {
  const run = weighing(db, campaignId, asOf, yardstick);
  for (let step = run.next(); ; step = run.next()) {
    if (step.done === true) return step.value;
    await breathe();
    // The store is closed behind us.
    if (signal.aborted) return null;
  }
}

function minuteOf(at: Instant): Instant {
  return instant(Math.floor(at / MINUTE_MS));
}
