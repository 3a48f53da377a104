import { type DispositionKind, UNATTENDED_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import { type Db, type ReadDb, withTransaction } from './open.ts';
import { dispositionKinds } from './schema/campaigns.ts';
import { asking, inserting } from './statements.ts';

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
  const rows = offered(db).all(campaignId);
  const taken = new Set(rows.filter((row) => row.campaignId !== null).map((row) => row.digit));
  return rows
    .filter((row) => row.campaignId !== null || row.digit === '' || !taken.has(row.digit))
    .map(({ campaignId: _campaignId, ...kind }) => kind);
}

/** One of the outcomes a campaign knows; null for any other. */
export function dispositionIn(db: ReadDb, campaignId: number | null, id: string): DispositionKind | null {
  const row = offeredOne(db).get(id, campaignId, campaignId);
  if (row === undefined) return null;
  const { campaignId: _campaignId, ...kind } = row;
  return kind;
}

const COLUMNS = {
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
};

const offered = asking(
  dispositionKinds,
  COLUMNS,
  'WHERE campaign_id IS NULL OR campaign_id = +? ORDER BY campaign_id IS NULL, position',
);

const offeredOne = asking(
  dispositionKinds,
  COLUMNS,
  `AS k WHERE id = +? AND (campaign_id = +? OR (campaign_id IS NULL AND (digit = '' OR NOT EXISTS (
    SELECT 1 FROM disposition_kinds o WHERE o.campaign_id = +? AND o.digit = k.digit))))`,
);
