import { sql } from 'drizzle-orm';
import type { DispositionKind } from '../../shared/domain/disposition.ts';
import { type ReadDb, prepared } from './open.ts';
import { dispositionKinds } from './schema/campaigns.ts';
import { slot } from './statements.ts';

/** The outcomes of one campaign alone, or, without a campaign, those of everybody. In their order. */
export function ownDispositionsOf(db: ReadDb, campaignId: number | null): DispositionKind[] {
  return own(db)
    .all({ campaignId })
    .map(({ campaignId: _campaignId, position: _position, ...kind }) => kind);
}

const own = prepared((db: ReadDb) =>
  db
    .select()
    .from(dispositionKinds)
    .where(sql`${dispositionKinds.campaignId} IS ${slot('campaignId')}`)
    .orderBy(dispositionKinds.position)
    .prepare(),
);
