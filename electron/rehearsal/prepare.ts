import { join } from 'node:path';
import type { LawBook } from '../../shared/domain/law/book.ts';
import type { Person } from '../../shared/domain/people.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { resumeCalling } from '../dialer/pause-all.ts';
import { replanCampaign } from '../dialer/replan.ts';
import { addAgent } from '../store/agents.ts';
import { type KeptCampaign, campaignsToPlan, keptCampaign, setCampaignStatus } from '../store/campaigns.ts';
import { copyStore, forgetAfterwards } from '../store/copy.ts';
import { dispositionsOf } from '../store/dispositions.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import { type Db, closeStore, openStore } from '../store/open.ts';
import { type PastCall, leaveOnly, pastCalls } from '../store/rehearsal-figures.ts';
import { storeTrouble } from '../store/trouble.ts';
import type { RehearsalOrder } from './order.ts';
import { PAST_CALLS_MAX } from './world.ts';

/** A copy of the workspace in which one campaign runs, and as many agents as are wished for. */
export interface Stage {
  readonly file: string;
  readonly people: readonly Person[];
  readonly past: readonly PastCall[];
}

/** Copies the workspace and clears the copy for the rehearsal. The workspace itself is only read. */
export async function prepareStage(
  order: RehearsalOrder,
  law: LawBook,
  signal: AbortSignal,
): Promise<Result<Stage, string>> {
  const { campaignId, from } = order;
  const file = join(order.folder, 'rehearsal.db');
  const copied = copyInto(order.file, file);
  if (!copied.ok) return copied;
  const opened = openStore(file, { now: () => from, isThrowaway: true });
  if (!opened.ok) return refused(opened.error.sentence);
  const db = opened.value;
  try {
    forgetAfterwards(db);
    const campaign = keptCampaign(db, campaignId);
    if (campaign === null || campaign.deletedAt !== null) return refused('This campaign is gone.');
    const trouble = whyNotRehearsed(db, campaign);
    if (trouble !== null) return refused(trouble);
    const past = pastCalls(db, campaignId, PAST_CALLS_MAX);
    leaveOnly(db, campaignId, from);
    setCampaignStatus(db, campaignId, 'active', from);
    // A pause of the workspace says nothing about how a day would go.
    resumeCalling(db, { id: null, name: 'the rehearsal' }, from);
    const people = Array.from({ length: agentsNeeded(campaign, order.agents) }, (_, nth) =>
      addAgent(db, { name: `Agent ${nth + 1}`, role: 'agent', createdAt: from }),
    );
    await planAll(db, law, order, signal);
    return ok({ file, people, past });
  } finally {
    closeStore(db);
  }
}

function whyNotRehearsed(db: Db, { id, name }: KeptCampaign): string | null {
  const counts = enrolmentCounts(db, id);
  if (counts.open + counts['in-hand'] === 0)
    return `Nobody is left to be rung in “${name}”. Add people first; then rehearse it.`;
  return dispositionsOf(db, id).length === 0 ? `“${name}” offers no outcome that could be filed.` : null;
}

/** An AI voice and a recorded message need nobody: such a campaign dials by itself. */
function agentsNeeded({ rules }: KeptCampaign, wished: number): number {
  return rules.voice === 'agent' ? wished : 0;
}

function copyInto(from: string, to: string): Result<null, string> {
  try {
    copyStore(from, to);
    return ok(null);
  } catch (error) {
    const trouble = storeTrouble(to, error);
    if (trouble === null) throw error;
    return refused(`The workspace could not be copied for the rehearsal. ${trouble.sentence}`);
  }
}

/** Done here, on this thread: the kernel would hand a large campaign to another, which has other time. */
async function planAll(
  db: Db,
  law: LawBook,
  { from, campaignId }: RehearsalOrder,
  signal: AbortSignal,
): Promise<void> {
  if (campaignsToPlan(db).includes(campaignId))
    await replanCampaign(db, law, campaignId, still(from), signal);
}

/** Time stands still while the stage is set; whoever wants to wait only lets others have a turn. */
function still(at: RehearsalOrder['from']): Clock {
  return {
    now: () => at,
    after(_delayMs, run) {
      const turn = setImmediate(run);
      return () => clearImmediate(turn);
    },
  };
}
