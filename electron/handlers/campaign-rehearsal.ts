import type { z } from 'zod';
import type { RehearsalStanding, rehearsalWishShape } from '../../shared/contract/rehearsal.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import type { Kernel } from '../kernel.ts';
import { rehearsalStart } from '../rehearsal/start.ts';
import type { KeptCampaign } from '../store/campaigns.ts';
import { refuse } from './refusals.ts';

/** Starts a rehearsal; how it goes is asked for with `rehearsalOf`. It rings nobody and changes nothing. */
export function rehearse(
  kernel: Kernel,
  campaign: KeptCampaign,
  { agents, hours, seed }: z.output<typeof rehearsalWishShape>,
): Answer<RehearsalStanding> {
  const from = rehearsalStart(campaign.rules, kernel.clock.now());
  const started = kernel.rehearsals.start({ campaignId: campaign.id, from, hours, agents, seed });
  return started.ok ? rehearsalOf(kernel, campaign) : refuse('not-now', started.error);
}

export function rehearsalOf(kernel: Kernel, { id }: KeptCampaign): Answer<RehearsalStanding> {
  return { ok: true, value: kernel.rehearsals.standing(id) };
}

export async function cancelRehearsal(
  kernel: Kernel,
  campaign: KeptCampaign,
): Promise<Answer<RehearsalStanding>> {
  await kernel.rehearsals.cancel(campaign.id);
  return rehearsalOf(kernel, campaign);
}
