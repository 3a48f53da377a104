import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, MINUTE_MS } from '../../shared/lib/instants.ts';
import type { Tiding } from '../../shared/domain/tiding.ts';
import { plural } from '../../shared/domain/verdict-words.ts';
import { openAttempts } from '../store/attempts.ts';
import { appendAudit } from '../store/audit.ts';
import { campaignFigures } from '../store/campaign-figures.ts';
import { campaignsOf, keptCampaign, setCampaignStatus } from '../store/campaigns.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { hasPromise } from '../store/standing-figures.ts';

export interface CompletionParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly say: (tiding: Tiding) => void;
  /** Told after a campaign was completed. */
  readonly changed: (campaignId: number) => void;
}

/** An outcome may be taken back, and a list may be on its way in: nothing is completed before. */
const GRACE_MS = MINUTE_MS;

export const COMPLETED = 'campaign.completed';
export const REOPENED = 'campaign.reopened';

/**
 * Completes campaigns in which nobody is left: everybody is done, or never to be called. Whoever waits for a retry
 * or a callback keeps theirs alive. The counts are kept by the store, so a look costs the same at any size.
 */
export function openCompletion({ db, clock, say, changed }: CompletionParts): { look(): void } {
  const emptySince = new Map<number, Instant>();
  return {
    look() {
      const now = clock.now();
      for (const { id, status } of campaignsOf(db)) {
        if (status !== 'active' || !isFinished(db, id)) {
          emptySince.delete(id);
          continue;
        }
        const since = emptySince.get(id) ?? now;
        emptySince.set(id, since);
        // A clock set back says nothing about how long it has been.
        if (now < since) emptySince.set(id, now);
        else if (now - since >= GRACE_MS && complete(db, id, now)) {
          emptySince.delete(id);
          changed(id);
          say(tidingOf(db, id));
        }
      }
    },
  };
}

function isFinished(db: Db, campaignId: number): boolean {
  const { open, 'in-hand': inHand, done, never } = enrolmentCounts(db, campaignId);
  if (open + inHand > 0 || done + never === 0) return false;
  return !openAttempts(db).some((each) => each.campaignId === campaignId) && !hasPromise(db, campaignId);
}

/** Looked at again under the lock: somebody may have added people since. */
function complete(db: Db, campaignId: number, at: Instant): boolean {
  return withTransaction(db, () => {
    if (keptCampaign(db, campaignId)?.status !== 'active' || !isFinished(db, campaignId)) return false;
    move(db, campaignId, 'completed', COMPLETED, null, at);
    return true;
  });
}

/**
 * New people open a completed campaign again: paused, so that nobody is rung whom no one meant to ring today. In the
 * transaction of the caller’s, or one of its own. False where it was not completed.
 */
export function reopenCampaign(db: Db, campaignId: number, agentId: number | null, at: Instant): boolean {
  return withTransaction(db, () => {
    if (keptCampaign(db, campaignId)?.status !== 'completed') return false;
    move(db, campaignId, 'paused', REOPENED, agentId, at);
    return true;
  });
}

function move(
  db: Db,
  id: number,
  status: 'completed' | 'paused',
  action: string,
  agentId: number | null,
  at: Instant,
): void {
  const before = { status: keptCampaign(db, id)?.status ?? null };
  setCampaignStatus(db, id, status, at);
  appendAudit(db, {
    at,
    agentId,
    action,
    subject: 'campaign',
    subjectId: String(id),
    before,
    after: { status },
  });
}

function tidingOf(db: Db, id: number): Tiding {
  const { done, never } = enrolmentCounts(db, id);
  const { reached } = campaignFigures(db, id);
  const name = keptCampaign(db, id)?.name ?? '';
  return {
    kind: 'campaign-finished',
    title: `“${name}” is done`,
    body: `Everybody in it has been reached or is finished: ${plural(done + never, 'contact')}, of whom ${reached} answered. Add people to go on.`,
    path: `/campaigns/${id}`,
  };
}
