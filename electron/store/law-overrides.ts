import { type LawBook, lawBook } from '../../shared/domain/law/book.ts';
import { type Override, mayOverride, withoutOverridden } from '../../shared/domain/law/overrides.ts';
import type { Rule } from '../../shared/domain/law/rule.ts';
import { type Result, ok } from '../../shared/lib/result.ts';
import { appendAudit } from './audit.ts';
import { type Db, type ReadDb, withTransaction } from './open.ts';
import { type Comparisons, comparedOf, ownHoursOf, ruleFrom } from './own-law.ts';
import { type Registry, registriesOf } from './registries.ts';
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

/**
 * The law as this workspace obeys it: without the rules that were taken out, with its own stricter hours, and, in
 * a live one, with when it was compared with each register. Practice reaches nobody, so nothing is compared there.
 */
export function obeyedLaw(db: ReadDb, law: LawBook, kind: 'practice' | 'live' = 'practice'): LawBook {
  const book = withoutOverridden(law, overridesOf(db));
  const own = ownHoursOf(db).map(ruleFrom);
  if (own.length === 0 && kind === 'practice') return book;
  const compared = comparedOf(db);
  const copies = Map.groupBy(
    registriesOf(db).filter(({ state }) => state === 'in-use'),
    ({ jurisdiction }) => jurisdiction,
  );
  const rules =
    kind === 'practice' ? book.rules : book.rules.map((rule) => withComparison(rule, compared, copies));
  return lawBook([...rules, ...own], book.closures, book.doubt);
}

function withComparison(
  rule: Rule,
  compared: Comparisons,
  copies: ReadonlyMap<string, readonly Registry[]>,
): Rule {
  if (rule.kind !== 'scrub-age') return rule;
  const read = (copies.get(rule.jurisdiction) ?? []).map(({ asOf, covers }) => ({ asOf, covers }));
  const comparedAt = compared[rule.id]?.at ?? null;
  return { ...rule, values: { ...rule.values, comparedAt, copies: read } };
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
