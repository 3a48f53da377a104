import { type Db, type ReadDb, withTransaction } from '../store/open.ts';
import { campaignsOf } from '../store/campaigns.ts';
import type { AgedRecording, KeepingAges } from '../store/recording-ages.ts';
import { setSetting, setting } from '../store/settings.ts';

/** How long sounds are kept and how much room they may take; what a supervisor set. */
export interface KeepingRules {
  /** Null where they are kept until somebody deletes them. */
  readonly keptDays: number | null;
  /** At most so long where the other end is in the EU, the EEA or the United Kingdom. Null is as all others. */
  readonly protectedDays?: number | null | undefined;
  readonly budgetBytes: number;
}

const GIB = 1024 ** 3;
const USUAL: KeepingRules = { keptDays: null, budgetBytes: 20 * GIB };

const WORKSPACE = 'workspace';
const KEPT_DAYS = 'recordings.kept-days';
const PROTECTED_DAYS = 'recordings.protected-days';
const BUDGET = 'recordings.budget-bytes';

export function keepingRules(db: ReadDb): KeepingRules & { readonly protectedDays: number | null } {
  return {
    keptDays: setting<number>(db, WORKSPACE, KEPT_DAYS),
    protectedDays: setting<number>(db, WORKSPACE, PROTECTED_DAYS),
    budgetBytes: setting<number>(db, WORKSPACE, BUDGET) ?? USUAL.budgetBytes,
  };
}

export function setKeepingRules(db: Db, { keptDays, protectedDays, budgetBytes }: KeepingRules): void {
  withTransaction(db, () => {
    setSetting(db, WORKSPACE, KEPT_DAYS, keptDays);
    setSetting(db, WORKSPACE, PROTECTED_DAYS, protectedDays ?? null);
    setSetting(db, WORKSPACE, BUDGET, budgetBytes);
  });
}

/** A campaign may keep its sounds for another while than the workspace. Null where it does as the workspace. */
export function keptDaysOfCampaign(db: ReadDb, campaignId: number): number | null {
  return setting<number>(db, `campaign:${campaignId}`, KEPT_DAYS);
}

export function setKeptDaysOfCampaign(db: Db, campaignId: number, days: number | null): void {
  setSetting(db, `campaign:${campaignId}`, KEPT_DAYS, days);
}

/** All of what was set, as one question is asked by it. */
export function keepingAges(db: ReadDb): KeepingAges {
  const { keptDays, protectedDays } = keepingRules(db);
  const own = campaignsOf(db).flatMap(({ id }) => {
    const days = keptDaysOfCampaign(db, id);
    return days === null ? [] : [[id, days] as const];
  });
  return { keptDays, protectedDays, ofCampaigns: Object.fromEntries(own) };
}

/** Why a sound went, for whoever looks for it later. */
export function whyGone({ days, why }: AgedRecording): string {
  return `It was kept for ${days} days, as ${SET_BY[why]}.`;
}

const SET_BY: Readonly<Record<AgedRecording['why'], string>> = {
  workspace: 'this workspace has set',
  campaign: 'its campaign has set',
  law: 'this workspace has set for places whose law limits the keeping',
};
