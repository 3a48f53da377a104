import type { LawBook } from '../../shared/domain/law/book.ts';
import { type Override, mayOverride, withoutOverridden } from '../../shared/domain/law/overrides.ts';
import { type Result, ok } from '../../shared/lib/result.ts';
import { appendAudit } from './audit.ts';
import { type Db, type ReadDb, withTransaction } from './open.ts';
import { setSetting, setting } from './settings.ts';

const OVERRIDES = 'law.overrides';

/** The rules of law that somebody has taken out here. */
export function overridesOf(db: ReadDb): readonly Override[] {
  return setting<readonly Override[]>(db, 'workspace', OVERRIDES) ?? [];
}

/** Takes a rule out, in somebody’s name: it is in the audit log from then on. Held from the next start on. */
export function addOverride(db: Db, law: LawBook, override: Override, agentId: number): Result<null, string> {
  const may = mayOverride(law, override.rule, override.reason);
  if (!may.ok) return may;
  change(db, [...overridesOf(db).filter(({ rule }) => rule !== override.rule), override], override, agentId);
  return ok(null);
}

/** Puts a rule back in force. False when it was never taken out. */
export function removeOverride(db: Db, rule: string, by: Pick<Override, 'at'>, agentId: number): boolean {
  const kept = overridesOf(db).filter((each) => each.rule !== rule);
  if (kept.length === overridesOf(db).length) return false;
  change(db, kept, { rule, at: by.at }, agentId);
  return true;
}

/** The law as this workspace obeys it. */
export function obeyedLaw(db: ReadDb, law: LawBook): LawBook {
  return withoutOverridden(law, overridesOf(db));
}

function change(
  db: Db,
  overrides: readonly Override[],
  { rule, at }: Pick<Override, 'rule' | 'at'>,
  agentId: number,
): void {
  const find = (all: readonly Override[]) => all.find((each) => each.rule === rule) ?? null;
  withTransaction(db, () => {
    const before = find(overridesOf(db));
    setSetting(db, 'workspace', OVERRIDES, overrides);
    appendAudit(db, {
      at,
      agentId,
      action: 'law.override',
      subject: 'law',
      subjectId: rule,
      before,
      after: find(overrides),
    });
  });
}
