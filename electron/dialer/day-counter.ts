import type { Clock } from '../../shared/lib/clock.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { firstInstant, localTime } from '../../shared/lib/zoned-time.ts';
import { campaignDay, campaignFigures } from '../store/campaign-figures.ts';
import { type ReadDb, prepared } from '../store/open.ts';
import type { Home } from './work.ts';

interface DayParts {
  readonly db: ReadDb;
  readonly clock: Pick<Clock, 'now'>;
  readonly home: Home;
}

interface Counted {
  readonly since: Instant;
  /** Calls of all the days before. */
  readonly before: number;
}

/** Calls of a campaign today: counted once a day, and from then on by what its kept total has grown. */
export function callsToday({ db, clock, home }: DayParts, campaignId: number): number {
  const kept = counted(db);
  const since = startOfDay({ home }, clock.now());
  const total = campaignFigures(db, campaignId).attempts;
  const known = kept.get(campaignId);
  if (known?.since === since) return Math.max(0, total - known.before);
  const today = campaignDay(db, campaignId, since).attempts;
  kept.set(campaignId, { since, before: total - today });
  return today;
}

const counted = prepared((_db: ReadDb) => new Map<number, Counted>());

export function startOfDay({ home }: { readonly home: Home }, now: Instant): Instant {
  return firstInstant(localTime(now, home.zone).date, 0, home.zone);
}
