import { asc, eq } from 'drizzle-orm';
import type { Campaign, CampaignRules, CampaignStatus } from '../../shared/domain/campaign.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { rulesFrom } from './campaign-rules.ts';
import { type Db, type ReadDb, prepared, reading, writing } from './open.ts';
import { callerIds, campaigns } from './schema/campaigns.ts';
import { inserting } from './statements.ts';

export type NewCampaign = Omit<Campaign, 'id'> & {
  readonly createdAt: Instant;
  readonly createdBy?: number | null;
};

/** A campaign with what its editors need to know of each other. */
export interface KeptCampaign extends Campaign {
  /** Rises with each change. */
  readonly version: number;
  /** The version whose rules every open enrolment was last planned by. */
  readonly plannedVersion: number;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly deletedAt: Instant | null;
}

export function addCampaign(db: Db, campaign: NewCampaign): number {
  const startedAt = campaign.status === 'active' ? campaign.createdAt : null;
  return insert(db, { ...campaign, startedAt, version: 1, plannedVersion: 1 }).id;
}

const insert = inserting(campaigns);

const COLUMNS = `id, name, status, mode, rules, caller_id AS callerId, script_id AS scriptId,
  other_script_id AS otherScriptId`;
const KEPT = `${COLUMNS}, version, planned_version AS plannedVersion, created_at AS createdAt,
  started_at AS startedAt, deleted_at AS deletedAt`;

/** As it lies in the file. */
type Row<C extends Campaign> = Omit<C, 'rules'> & { readonly rules: string };

export function campaignById(db: ReadDb, id: number): Campaign | null {
  return whole(byId(db).get(id));
}

// In plain SQL, as is every question that is asked for each call: drizzle takes five times as long.
const byId = reading<Row<Campaign>>(`SELECT ${COLUMNS} FROM campaigns WHERE id = +?`);

/** With its version, and also when it was deleted: whoever asks has to look at `deletedAt`. */
export function keptCampaign(db: ReadDb, id: number): KeptCampaign | null {
  return whole(keptById(db).get(id));
}

const keptById = reading<Row<KeptCampaign>>(`SELECT ${KEPT} FROM campaigns WHERE id = +?`);

/** All campaigns but the deleted ones, the oldest first. There are hundreds, not thousands. */
export function campaignsOf(db: ReadDb): KeptCampaign[] {
  return all(db)
    .all()
    .map((row) => whole(row)!);
}

const all = reading<Row<KeptCampaign>>(`SELECT ${KEPT} FROM campaigns WHERE deleted_at IS NULL ORDER BY id`);

/** Starts, pauses or ends a campaign. The first start is remembered. */
export function setCampaignStatus(db: Db, id: number, status: CampaignStatus, at: Instant): void {
  const { changes } = moved(db).run({ id, status, at });
  assert(changes === 1, `changed the status of ${changes} rows for campaign ${id}`);
}

const moved = writing(`
  UPDATE campaigns SET status = :status, started_at = iif(:status = 'active', ifnull(started_at, :at), started_at)
  WHERE id = +:id`);

export type CampaignChange = Partial<
  Pick<Campaign, 'name' | 'mode' | 'callerId' | 'scriptId' | 'otherScriptId'>
> & {
  readonly rules?: CampaignRules;
};

/** Keeps a change as the next version. */
export function changeCampaign(db: Db, id: number, change: CampaignChange): void {
  if (Object.keys(change).length > 0) {
    const { changes } = db.update(campaigns).set(change).where(eq(campaigns.id, id)).run();
    assert(changes === 1, `changed ${changes} rows for campaign ${id}`);
  }
  raised(db).run({ id, isPlanned: change.rules === undefined ? 1 : 0 });
}

// A change that leaves the rules alone leaves nothing to plan.
const raised = writing(`
  UPDATE campaigns SET version = version + 1,
    planned_version = iif(:isPlanned AND planned_version = version, version + 1, planned_version)
  WHERE id = +:id`);

/** Every open enrolment goes by the rules of this version now. False where a later one has come meanwhile. */
export function setPlanned(db: Db, id: number, version: number): boolean {
  return planned(db).run({ id, version }).changes === 1;
}

const planned = writing(
  'UPDATE campaigns SET planned_version = :version WHERE id = +:id AND version = +:version',
);

/** Campaigns whose rules have changed and whose contacts still go by the old ones: after a crash, too. */
export function campaignsToPlan(db: ReadDb): number[] {
  return unplanned(db)
    .all()
    .map(({ id }) => id);
}

const unplanned = reading<{ id: number }>(
  'SELECT id FROM campaigns WHERE planned_version <> version AND deleted_at IS NULL ORDER BY id',
);

/** Takes a campaign out of sight, or brings it back with null. Nothing of it is lost. */
export function setCampaignDeleted(db: Db, id: number, at: Instant | null): void {
  const { changes } = deleted(db).run(at, id);
  assert(changes === 1, `deleted ${changes} rows for campaign ${id}`);
}

const deleted = writing('UPDATE campaigns SET deleted_at = ? WHERE id = +?');

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

/** The same rules are the same object, and may have been kept before some of them were thought of. */
function whole<C extends Campaign>(row: Row<C> | undefined): C | null {
  return row === undefined ? null : ({ ...row, rules: rulesFrom(row.rules) } as unknown as C);
}
