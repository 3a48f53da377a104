import { type CampaignRules, wholeRules } from '../../shared/domain/campaign.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import { decide } from '../../shared/domain/verdict.ts';
import type { RuleId } from '../../shared/domain/verdict-rule.ts';
import { type Clock, sleep } from '../../shared/lib/clock.ts';
import { type Instant, later } from '../../shared/lib/instants.ts';
import { campaignsToPlan, keptCampaign, setPlanned } from '../store/campaigns.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import { planEnrolment } from '../store/list-order.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { replanAside } from './replan-aside.ts';
import { type Weighed, pagesOf } from './weigh.ts';

/** Contacts planned under one lock. */
const SLICE_ROWS = 250;

/** How long the planner rests between two slices, in milliseconds: others get to write meanwhile. */
const REST_MS = 1;

/** From so many contacts on a thread of its own does the planning. */
const ASIDE_FROM = 20_000;

/** What holds a whole campaign or a whole place is asked at the moment of choosing, once for all of them. */
const SHARED: ReadonlySet<RuleId> = new Set([
  'campaign-not-active',
  'campaign-dates',
  'campaign-hours',
  'daily-limit',
  'legal-hours',
  'place-unknown',
  'number-in-use',
  'carrier',
]);

/**
 * Gives every contact of a campaign the due time and the place in the order that its rules say: after a change
 * of the rules, after people came in. At most a slice at a time, each kept as a whole; begun anew it does no
 * harm. False where the rules changed meanwhile, or it was told to stop.
 */
export async function replanCampaign(
  db: Db,
  law: LawBook,
  campaignId: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  const campaign = keptCampaign(db, campaignId);
  if (campaign === null) return true;
  const rules = wholeRules(campaign.rules);
  const now = clock.now();
  const pages = pagesOf(db, campaignId, now, { law, carrier: null, asIfActive: true });
  if (pages === null) return true;
  for (let last: number | null = 0; last !== null; ) {
    const from: number = last;
    // Read and written under one lock: what an outcome says meanwhile is neither overlooked nor undone.
    last = withTransaction(db, () => {
      const page = pages(from, SLICE_ROWS);
      page.rows.forEach((row) => replanOne(db, row, rules, now));
      return page.last;
    });
    if (keptCampaign(db, campaignId)?.version !== campaign.version) return false;
    await sleep(clock, REST_MS, signal);
    if (signal.aborted) return false;
  }
  return setPlanned(db, campaignId, campaign.version);
}

function replanOne(db: Db, { enrolment, subject }: Weighed, rules: CampaignRules, now: Instant): void {
  const facts = subject.enrolment;
  if (facts === null || facts.state !== 'open') return;
  const decision = decide(subject, now);
  // Who is closed for good is closed where that is found; here nobody is given up.
  if (decision.kind === 'never') return;
  const until = decision.kind === 'wait' && !SHARED.has(decision.rule) ? decision.until : null;
  const dueAt = until === null ? facts.restUntil : later(until, facts.restUntil);
  planEnrolment(db, rules.order, enrolment.id, dueAt, facts.restUntil, now);
}

/** Plans whatever is not planned yet, one campaign after the other, in the background. */
export interface Replanner {
  /** The rules or the people of a campaign have changed. */
  plan(campaignId: number): void;
  /** Done with everything it was told so far. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface ReplannerParts {
  readonly db: Db;
  readonly file: string;
  readonly law: LawBook;
  readonly clock: Clock;
  readonly planned: (campaignId: number) => void;
  readonly log: (line: string, error?: unknown) => void;
}

export function startReplanner({ db, file, law, clock, planned, log }: ReplannerParts): Replanner {
  const stopping = new AbortController();
  // What a crash left unplanned comes first.
  const waiting = new Set(campaignsToPlan(db));
  let running: Promise<void> = Promise.resolve();

  const planOne = (campaignId: number) => {
    const { signal } = stopping;
    const counts = enrolmentCounts(db, campaignId);
    const total = counts.open + counts['in-hand'] + counts.done + counts.never;
    return total >= ASIDE_FROM && file !== ':memory:'
      ? replanAside({ file, law, campaignId, now: clock.now() }, signal)
      : replanCampaign(db, law, campaignId, clock, signal);
  };

  const work = async () => {
    for (const id of waiting) {
      if (stopping.signal.aborted) return;
      waiting.delete(id);
      try {
        const isDone = await planOne(id);
        if (isDone) planned(id);
        else if (!stopping.signal.aborted) waiting.add(id);
      } catch (error) {
        log(`the contacts of campaign ${id} could not all be planned; it goes on at the next start`, error);
      }
    }
  };
  const goOn = () => {
    running = running.then(work);
  };
  if (waiting.size > 0) goOn();

  return {
    plan(campaignId) {
      waiting.add(campaignId);
      goOn();
    },
    idle: () => running,
    async close() {
      stopping.abort();
      await running;
    },
  };
}
