import type { Attempt } from '../../shared/domain/attempt.ts';
import type { Campaign } from '../../shared/domain/campaign.ts';
import { type ScriptStep, scriptFor, stepsOf } from '../../shared/domain/script.ts';
import { campaignById } from '../store/campaigns.ts';
import type { ReadDb } from '../store/open.ts';
import { scriptById } from '../store/scripts.ts';

export interface ScriptHeard {
  readonly id: number;
  readonly steps: readonly ScriptStep[];
}

/** The script a contact hears in a campaign; null where it has none. */
export function scriptHeard(db: ReadDb, campaign: Campaign, contactId: number): ScriptHeard | null {
  const id = scriptFor(campaign, contactId);
  const script = id === null ? null : scriptById(db, id);
  return script === null ? null : { id: script.id, steps: stepsOf(script.blocks) };
}

/** The script a call is held with. A number that belongs to nobody is rung without one. */
export function scriptHeardIn(
  db: ReadDb,
  { campaignId, contactId }: Pick<Attempt, 'campaignId' | 'contactId'>,
): ScriptHeard | null {
  const campaign = campaignId === null ? null : campaignById(db, campaignId);
  return campaign === null || contactId === null ? null : scriptHeard(db, campaign, contactId);
}
