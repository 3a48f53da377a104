import { DAY_MS, type Instant, after } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, withTransaction } from '../store/open.ts';
import { type Recording, campaignOfCall, recordingsKeptBefore } from '../store/recordings.ts';
import { setSetting, setting } from '../store/settings.ts';

/** How long sounds are kept and how much room they may take; what a supervisor set. */
export interface KeepingRules {
  /** Null where they are kept until somebody deletes them. */
  readonly keptDays: number | null;
  readonly budgetBytes: number;
}

const GIB = 1024 ** 3;
const USUAL: KeepingRules = { keptDays: null, budgetBytes: 20 * GIB };

const WORKSPACE = 'workspace';
const KEPT_DAYS = 'recordings.kept-days';
const BUDGET = 'recordings.budget-bytes';

export function keepingRules(db: ReadDb): KeepingRules {
  return {
    keptDays: setting<number>(db, WORKSPACE, KEPT_DAYS),
    budgetBytes: setting<number>(db, WORKSPACE, BUDGET) ?? USUAL.budgetBytes,
  };
}

export function setKeepingRules(db: Db, { keptDays, budgetBytes }: KeepingRules): void {
  withTransaction(db, () => {
    setSetting(db, WORKSPACE, KEPT_DAYS, keptDays);
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

/** Looked at in one go; what is too old beyond that waits for the next look. */
const LOOKED_AT_MAX = 500;

/** Sounds that are kept for longer than they may be, with the days they were to be kept. */
export function tooOld(
  db: ReadDb,
  now: Instant,
  campaignIds: readonly number[],
): readonly { readonly recording: Recording; readonly days: number }[] {
  const { keptDays } = keepingRules(db);
  const own = new Map(campaignIds.map((id) => [id, keptDaysOfCampaign(db, id)]));
  const all = [keptDays, ...own.values()].filter((days) => days !== null);
  if (all.length === 0) return [];
  const before = after(now, -Math.min(...all) * DAY_MS);
  return recordingsKeptBefore(db, before, LOOKED_AT_MAX).flatMap((recording) => {
    const campaignId = campaignOfCall(db, recording.callId);
    const ownDays = campaignId === null ? null : own.get(campaignId);
    const days = ownDays ?? keptDays;
    const { fetchedAt } = recording;
    if (days === null || fetchedAt === null || fetchedAt > after(now, -days * DAY_MS)) return [];
    return [{ recording, days }];
  });
}
