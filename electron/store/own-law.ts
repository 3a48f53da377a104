import type { HoursRule } from '../../shared/domain/law/rule.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Db, ReadDb } from './open.ts';
import { setSetting, setting } from './settings.ts';

/* What a workspace adds to the law: stricter hours of its own, and when its lists were compared with registers. */

/** Hours that a supervisor keeps somewhere, or everywhere, inside those of the law. */
export interface OwnHours {
  readonly id: string;
  readonly jurisdiction: string;
  readonly days: HoursRule['values']['days'];
  readonly by: string;
  readonly reason: string;
  /** The date on which it was made, in the workspace’s own zone. */
  readonly on: string;
}

/** By the id of the rule that asks for it. */
export type Comparisons = Readonly<Record<string, { readonly at: Instant; readonly by: string }>>;

const OWN = 'law.own-hours';
const COMPARED = 'law.registers';

export function ownHoursOf(db: ReadDb): readonly OwnHours[] {
  return setting<readonly OwnHours[]>(db, 'workspace', OWN) ?? [];
}

export function setOwnHours(db: Db, hours: readonly OwnHours[]): void {
  setSetting(db, 'workspace', OWN, hours);
}

export function comparedOf(db: ReadDb): Comparisons {
  return setting<Comparisons>(db, 'workspace', COMPARED) ?? {};
}

export function setCompared(db: Db, compared: Comparisons): void {
  setSetting(db, 'workspace', COMPARED, compared);
}

/** Hours of one’s own as the book of law has them. */
export function ruleFrom({ id, jurisdiction, days, reason, on }: OwnHours): HoursRule {
  return {
    id,
    jurisdiction,
    kind: 'hours',
    values: { days },
    citation: reason,
    effectiveFrom: null,
    effectiveUntil: null,
    asOf: on,
    confidence: 'policy',
    note: null,
    isOwn: true,
  };
}
