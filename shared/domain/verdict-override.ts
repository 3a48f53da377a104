import type { Instant } from '../lib/instants.ts';
import { type LawBook, lawBook } from './law/book.ts';
import type { Rule } from './law/rule.ts';
import { RULES } from './verdict-rules.ts';
import type { RuleId } from './verdict-rule.ts';
import { titleOf } from './verdict-words.ts';
import { type Subject, decide } from './verdict.ts';

/**
 * What a supervisor may set aside for one call that is made by hand: hours and caps of our own making, and our
 * own note that a number is not in use. Never the text of a law, a person’s wish, or a number that is in a call.
 */
export interface SetAside {
  /** Everything that stood in the way. */
  readonly rules: readonly RuleId[];
  /** The subject as it is weighed without what was set aside. */
  readonly subject: Subject;
}

/** Null where nothing stands in the way, or where anything does that nobody here may set aside. */
export function setAside(subject: Subject, now: Instant): SetAside | null {
  const rules = RULES.filter((rule) => rule.inTheWay(subject, now) !== null).map(({ id }) => id);
  if (rules.length === 0 || subject.call.mode !== 'manual') return null;
  const without: Subject = {
    ...subject,
    number: { ...subject.number, isUsable: true },
    law: withoutOurOwn(subject.law),
  };
  return decide(without, now).kind === 'ring' ? { rules, subject: without } : null;
}

/** Whether a supervisor could let this call through, and what they would set aside; for the screen. */
export function overrideInWords(found: SetAside | null): string {
  if (found === null) return 'No supervisor can let this call through.';
  const past = found.rules.map((rule) => OURS[rule] ?? titleOf(rule)).join(' and ');
  return `A supervisor can let this one call past ${past}, with their PIN and a reason.`;
}

/** The rules as far as they are ours: what else they hold nobody sets aside. */
const OURS: Readonly<Partial<Record<RuleId, string>>> = {
  'bad-number': 'our note that the number is not in use',
  'legal-hours': 'our own calling hours',
  'legal-caps': 'our own limit of calls to one number',
};

/**
 * The book without rules of our own. Our policy for the rest of the world stays: it stands in for laws that are not
 * written here, and nobody here can say that they would allow the call.
 */
function withoutOurOwn(book: LawBook): LawBook {
  if (!book.rules.some(isOurs)) return book;
  return lawBook(book.rules.flatMap(opened), book.closures, book.doubt);
}

function isOurs({ confidence, jurisdiction, isOwn }: Rule): boolean {
  return isOwn === true || (confidence === 'policy' && jurisdiction !== '*');
}

/** Hours that our policy keeps in a country are open all day, and not gone: the rest of the world’s would step in. */
function opened(rule: Rule): readonly Rule[] {
  if (!isOurs(rule)) return [rule];
  if (rule.isOwn === true) return [];
  if (rule.kind === 'hours') return [{ ...rule, values: { days: { 'mon-sun': ['00:00-24:00'] } } }];
  return rule.kind === 'cap' ? [] : [rule];
}
