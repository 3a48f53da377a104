import {
  type Breaker,
  type CallResult,
  USUAL_BREAKER,
  breakerAfter,
  breakerAt,
  breakerLets,
  closedBreaker,
} from '../../shared/domain/breaker.ts';
import type { CampaignStatus } from '../../shared/domain/campaign.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { appendAudit, auditOf } from '../store/audit.ts';
import { type KeptCampaign, keptCampaign, setCampaignStatus } from '../store/campaigns.ts';
import { type Db, type ReadDb, withTransaction } from '../store/open.ts';

/** The breakers of the campaigns that call by themselves. A tripped one pauses its campaign, where all can see it. */
export interface Breaks {
  /** Whether one more call of a running campaign may begin, with so many of its calls under way. */
  lets(campaignId: number, underWay: number): boolean;
  /** Takes note of a result; answers with the sentence why the campaign was paused by it, else null. */
  told(campaignId: number, result: CallResult): string | null;
  /** Lets campaigns that were paused by their breaker try one call when it is time. Those it set going. */
  probe(campaigns: readonly KeptCampaign[], now: Instant): number[];
  /** When the next of them may try; null where none waits for that. */
  nextProbeAt(): Instant | null;
}

/** What the log keeps, so that a restart forgets no breaker. */
const TRIPPED = 'campaign.breaker';
const PROBING = 'campaign.probe';
const RECOVERED = 'campaign.recovered';
export const MISSED = 'campaign.missed';

export function openBreaks(db: Db): Breaks {
  const kept = new Map<number, Breaker>();

  const breakerOf = (campaignId: number): Breaker => {
    let breaker = kept.get(campaignId);
    if (breaker === undefined) kept.set(campaignId, (breaker = remembered(db, campaignId)));
    return breaker;
  };
  /** The log has the last word: a person, or another process, may have done something since. */
  const isStillOurs = (campaignId: number) => lastAction(db, campaignId)?.action === TRIPPED;
  const move = (campaignId: number, action: string, status: CampaignStatus, after: object, at: Instant) =>
    withTransaction(db, () => {
      const before = keptCampaign(db, campaignId)?.status ?? null;
      setCampaignStatus(db, campaignId, status, at);
      appendAudit(db, {
        at,
        agentId: null,
        action,
        subject: 'campaign',
        subjectId: String(campaignId),
        before: { status: before },
        after: { status, ...after },
      });
    });

  return {
    lets(campaignId, underWay) {
      // Whoever starts it by hand has looked into it: it begins anew.
      if (breakerOf(campaignId).kind === 'open') kept.set(campaignId, closedBreaker);
      return breakerLets(breakerOf(campaignId), underWay);
    },
    told(campaignId, result) {
      const before = breakerOf(campaignId);
      const breaker = breakerAfter(before, result, USUAL_BREAKER);
      kept.set(campaignId, breaker);
      const isRunning = keptCampaign(db, campaignId)?.status === 'active';
      if (before.kind === 'probing' && breaker.kind === 'closed' && isRunning)
        move(campaignId, RECOVERED, 'active', {}, result.at);
      if (before.kind === 'open' || breaker.kind !== 'open') return null;
      // Somebody has paused it meanwhile: then it stays as they left it, and nothing starts it again by itself.
      if (!isRunning) {
        kept.set(campaignId, closedBreaker);
        return null;
      }
      const { kind: _kind, ...evidence } = breaker;
      move(campaignId, TRIPPED, 'paused', evidence, result.at);
      return breaker.reason;
    },
    probe(campaigns, now) {
      const paused = new Set(campaigns.flatMap(({ id, status }) => (status === 'paused' ? [id] : [])));
      // Deleted, completed or started by hand: nothing waits for it, and whoever slept until then would not sleep.
      for (const [id, breaker] of kept) if (breaker.kind === 'open' && !paused.has(id)) kept.delete(id);
      return campaigns.flatMap(({ id, status }) => {
        if (status !== 'paused' || breakerOf(id).kind !== 'open') return [];
        const breaker = breakerAt(breakerOf(id), now);
        if (breaker.kind !== 'probing') return [];
        if (!isStillOurs(id)) {
          kept.set(id, closedBreaker);
          return [];
        }
        move(id, PROBING, 'active', { restMs: breaker.restMs }, now);
        kept.set(id, breaker);
        return [id];
      });
    },
    nextProbeAt() {
      const times = [...kept.values()].flatMap((each) => (each.kind === 'open' ? [each.probeAt] : []));
      return times.length === 0 ? null : times.reduce((a, b) => (a < b ? a : b));
    },
  };
}

/** As it was when Parley stopped, by what the log says last of the campaign. */
function remembered(db: Db, campaignId: number): Breaker {
  const last = lastAction(db, campaignId);
  const after = (last?.after ?? {}) as Partial<Extract<Breaker, { kind: 'open' }>>;
  const { restMs = USUAL_BREAKER.probeAfterMs, probeAt, reason = '', evidence = [] } = after;
  if (last?.action === TRIPPED && probeAt !== undefined)
    return { kind: 'open', restMs, probeAt, reason, evidence };
  return last?.action === PROBING ? { kind: 'probing', restMs, evidence } : closedBreaker;
}

/** What stands in the way of a campaign because its calls failed; null where nothing does. */
export interface BreakNow {
  readonly state: 'paused' | 'probing';
  readonly reason: string;
  readonly since: Instant;
  /** When one call is tried by itself; null while it is being tried. */
  readonly probeAt: Instant | null;
  readonly evidence: readonly CallResult[];
}

/** As the log tells it, so that every process and every screen sees the same. */
export function breakNow(db: ReadDb, campaignId: number): BreakNow | null {
  const rows = auditOf(db, 'campaign', String(campaignId), 10).rows.filter(({ action }) => action !== MISSED);
  const [last] = rows;
  if (last?.action !== TRIPPED && last?.action !== PROBING) return null;
  const tripped = rows.find(({ action }) => action === TRIPPED);
  const told = (tripped?.after ?? {}) as Partial<Extract<Breaker, { kind: 'open' }>>;
  const isProbing = last.action === PROBING;
  return {
    state: isProbing ? 'probing' : 'paused',
    reason: told.reason ?? '',
    since: tripped?.at ?? last.at,
    probeAt: isProbing ? null : (told.probeAt ?? null),
    evidence: told.evidence ?? [],
  };
}

/** What was done last; that a window was missed is no deed. */
function lastAction(db: Db, campaignId: number) {
  return auditOf(db, 'campaign', String(campaignId), 10).rows.find(({ action }) => action !== MISSED);
}
