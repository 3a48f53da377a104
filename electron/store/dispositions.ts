import { sql } from 'drizzle-orm';
import { type DispositionKind, UNATTENDED_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import { type Db, type ReadDb, prepared, withTransaction } from './open.ts';
import { dispositionKinds } from './schema/campaigns.ts';
import { inserting, slot } from './statements.ts';

/**
 * Puts outcomes in place, in the order given; those known by their id are changed. Without a campaign they are
 * everybody's. None is ever deleted, because filed outcomes point at them.
 */
export function addDispositions(db: Db, campaignId: number | null, kinds: readonly DispositionKind[]): void {
  withTransaction(db, () => {
    for (const [position, kind] of kinds.entries()) put(db, { ...kind, campaignId, position });
  });
}

const put = inserting(
  dispositionKinds,
  `ON CONFLICT (id) DO UPDATE SET campaign_id = excluded.campaign_id, label = excluded.label,
    digit = excluded.digit, "group" = excluded."group", consequence = excluded.consequence,
    needs_confirm = excluded.needs_confirm, needs_note = excluded.needs_note, form = excluded.form,
    is_success = excluded.is_success, position = excluded.position`,
);

/** The outcomes an agent can file: by a digit, or by looking for one. */
export function offeredToAgents(kinds: readonly DispositionKind[]): DispositionKind[] {
  return kinds.filter(({ id }) => !FILED_BY_PARLEY.has(id));
}

const FILED_BY_PARLEY: ReadonlySet<string> = new Set(UNATTENDED_DISPOSITIONS.map(({ id }) => id));

/** The outcomes a campaign knows: its own, and everybody's on the digits it leaves free. */
export function dispositionsOf(db: ReadDb, campaignId: number | null): DispositionKind[] {
  const rows = offered(db).all({ campaignId });
  const taken = new Set(rows.filter((row) => row.campaignId !== null).map((row) => row.digit));
  return rows
    .filter((row) => row.campaignId !== null || row.digit === '' || !taken.has(row.digit))
    .map(({ campaignId: _campaignId, ...kind }) => kind);
}

const offered = prepared((db: ReadDb) =>
  db
    .select({
      id: dispositionKinds.id,
      campaignId: dispositionKinds.campaignId,
      label: dispositionKinds.label,
      digit: dispositionKinds.digit,
      group: dispositionKinds.group,
      consequence: dispositionKinds.consequence,
      needsConfirm: dispositionKinds.needsConfirm,
      needsNote: dispositionKinds.needsNote,
      form: dispositionKinds.form,
      isSuccess: dispositionKinds.isSuccess,
    })
    .from(dispositionKinds)
    .where(
      sql`${dispositionKinds.campaignId} IS NULL OR ${dispositionKinds.campaignId} = ${slot('campaignId')}`,
    )
    .orderBy(sql`${dispositionKinds.campaignId} IS NULL`, dispositionKinds.position)
    .prepare(),
);
