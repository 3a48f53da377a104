import { asc, eq } from 'drizzle-orm';
import type { Campaign, CampaignRules, CampaignStatus } from '../../shared/domain/campaign.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, writing } from './open.ts';
import { callerIds, campaigns } from './schema/campaigns.ts';
import { inserting, slot } from './statements.ts';

export type NewCampaign = Omit<Campaign, 'id'> & { readonly createdAt: Instant };

export function addCampaign(db: Db, campaign: NewCampaign): number {
  const startedAt = campaign.status === 'active' ? campaign.createdAt : null;
  return insert(db, { ...campaign, startedAt }).id;
}

const insert = inserting(campaigns);

const COLUMNS = {
  id: campaigns.id,
  name: campaigns.name,
  status: campaigns.status,
  mode: campaigns.mode,
  rules: campaigns.rules,
  callerId: campaigns.callerId,
  scriptId: campaigns.scriptId,
};

export function campaignById(db: ReadDb, id: number): Campaign | null {
  return byId(db).get({ id }) ?? null;
}

const byId = prepared((db: ReadDb) =>
  db
    .select(COLUMNS)
    .from(campaigns)
    .where(eq(campaigns.id, slot('id')))
    .prepare(),
);

/** All campaigns, the oldest first. There are hundreds, not thousands. */
export function campaignsOf(db: ReadDb): Campaign[] {
  return all(db).all();
}

const all = prepared((db: ReadDb) => db.select(COLUMNS).from(campaigns).orderBy(asc(campaigns.id)).prepare());

/** Starts, pauses or ends a campaign. The first start is remembered. */
export function setCampaignStatus(db: Db, id: number, status: CampaignStatus, at: Instant): void {
  const { changes } = moved(db).run({ id, status, at });
  assert(changes === 1, `changed the status of ${changes} rows for campaign ${id}`);
}

const moved = writing(`
  UPDATE campaigns SET status = :status, started_at = iif(:status = 'active', ifnull(started_at, :at), started_at)
  WHERE id = :id`);

export function changeCampaign(
  db: Db,
  id: number,
  change: Partial<Pick<Campaign, 'name' | 'mode' | 'callerId' | 'scriptId'>> & {
    readonly rules?: CampaignRules;
  },
): void {
  const { changes } = db.update(campaigns).set(change).where(eq(campaigns.id, id)).run();
  assert(changes === 1, `changed ${changes} rows for campaign ${id}`);
}

export interface CallerId {
  readonly id: number;
  readonly number: string;
  readonly label: string;
}

/** Adds a number we may show, or renames it. */
export function saveCallerId(db: Db, number: string, label: string): void {
  shown(db, { number, label });
}

const shown = inserting(callerIds, 'ON CONFLICT (number) DO UPDATE SET label = excluded.label');

export function callerIdsOf(db: ReadDb): CallerId[] {
  return showable(db).all();
}

const showable = prepared((db: ReadDb) =>
  db.select().from(callerIds).orderBy(asc(callerIds.label)).prepare(),
);
