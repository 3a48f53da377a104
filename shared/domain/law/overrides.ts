import { type Result, ok, refused } from '../../lib/result.ts';
import type { Instant } from '../../lib/instants.ts';
import { type LawBook, lawBook } from './book.ts';
import type { Rule } from './rule.ts';

/**
 * A rule that somebody has taken out, with their name and their reason. A supervisor may be stricter than the
 * law by the rules of a campaign; looser only here, and only where the rule is not the text of a law.
 */
export interface Override {
  readonly rule: string;
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
}

/** Whether a rule may be taken out: our own policy may, and a reading in which our sources differ. */
export function mayOverride(book: LawBook, id: string, reason: string): Result<Rule, string> {
  const rule = book.rules.find((each) => each.id === id);
  if (rule === undefined) return refused(`There is no rule “${id}”. Nothing was changed.`);
  if (reason.trim() === '')
    return refused('Say why this rule does not hold for you. Whoever looks into it later will ask.');
  if (rule.confidence !== 'policy' && rule.confidence !== 'C')
    return refused(`This rule is the text of a law (${rule.citation}). It cannot be taken out.`);
  return ok(rule);
}

/** The book without the rules that were taken out. One that may not be is obeyed, whoever wrote it down. */
export function withoutOverridden(book: LawBook, overrides: readonly Override[]): LawBook {
  const out = new Set(
    overrides.filter(({ rule, reason }) => mayOverride(book, rule, reason).ok).map(({ rule }) => rule),
  );
  if (out.size === 0) return book;
  return lawBook(
    book.rules.filter(({ id }) => !out.has(id)),
    book.closures,
    book.doubt,
  );
}
