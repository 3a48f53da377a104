import canada from '../../../resources/law/canada.json' with { type: 'json' };
import closures from '../../../resources/law/closures.json' with { type: 'json' };
import europe from '../../../resources/law/europe.json' with { type: 'json' };
import pacific from '../../../resources/law/pacific.json' with { type: 'json' };
import policy from '../../../resources/law/policy.json' with { type: 'json' };
import unitedKingdom from '../../../resources/law/united-kingdom.json' with { type: 'json' };
import usFederal from '../../../resources/law/us-federal.json' with { type: 'json' };
import usStates from '../../../resources/law/us-states.json' with { type: 'json' };
import { type Result, ok, refused } from '../../lib/result.ts';
import { isDate } from '../../lib/zoned-time.ts';
import { zonesInUse } from '../../lib/zones/table.ts';
import type { Whereabouts } from '../whereabouts.ts';
import { EVERYWHERE } from './sentences.ts';
import type { Closure, Mode, Purpose, Rule, RuleKind } from './rule.ts';

/** All rules and closures that are obeyed, ready to be asked. Made anew when either changes. */
export interface LawBook {
  readonly rules: readonly Rule[];
  readonly closures: readonly Closure[];
  readonly byJurisdiction: ReadonlyMap<string, readonly Rule[]>;
  /**
   * Why the clocks there are not to be relied on to the hour, in a sentence: every stretch of open hours is then
   * an hour shorter at both ends. Null where they are.
   */
  readonly doubt: string | null;
  /** Answers given before. They hold as long as what the book says, and are gone when it is rewritten. */
  readonly kept: Map<string, unknown>;
}

/** Which of the rules are asked. What is left out is asked for strictly: automatic dialing, for sales. */
export interface Circumstances {
  readonly mode?: Mode;
  readonly purpose?: Purpose;
}

/** The rules that come with Parley. A test reads every one of them against a schema. */
export const shippedRules = [
  ...usFederal,
  ...usStates,
  ...canada,
  ...unitedKingdom,
  ...europe,
  ...pacific,
  ...policy,
] as unknown as readonly Rule[];

export const shippedClosures = closures as unknown as readonly Closure[];

export const shippedLaw: LawBook = lawBook(shippedRules, shippedClosures);

/** A book of these rules and closures. Closures that arrived later go behind the shipped ones. */
export function lawBook(
  rules: readonly Rule[],
  closed: readonly Closure[],
  doubt: string | null = zonesInUse().doubt,
): LawBook {
  return {
    rules,
    closures: closed,
    byJurisdiction: Map.groupBy(rules, (rule) => rule.jurisdiction),
    doubt,
    kept: new Map(),
  };
}

/** Makes a book say what another says, for all who hold it: what they ask next is answered anew. */
export function rewriteBook(book: LawBook, as: LawBook): void {
  Object.assign(book, as, { kept: new Map() });
}

/** Reads an update of the closures. One bad row refuses all of it: half a list looks like a whole one. */
export function readClosures(data: unknown): Result<readonly Closure[], string> {
  if (!Array.isArray(data))
    return refused('The list of closed days is not a list. The last good one stays in use.');
  const bad = data.findIndex((row) => !isClosure(row));
  if (bad !== -1)
    return refused(`Row ${bad + 1} of the closed days cannot be read. The last good list stays in use.`);
  return ok(data as Closure[]);
}

/**
 * The rules of one kind that hold at these places on any of these dates. Our policy for the rest of the world
 * speaks for a country that has no such rule, and where nobody knows the country.
 */
export function rulesFor<K extends RuleKind>(
  book: LawBook,
  kind: K,
  where: Pick<Whereabouts, 'countries' | 'states'>,
  dates: readonly string[],
  { mode = 'automatic', purpose = 'sales' }: Circumstances,
): readonly Extract<Rule, { kind: K }>[] {
  const inForce = (jurisdiction: string) =>
    (book.byJurisdiction.get(jurisdiction) ?? []).filter(
      (rule): rule is Extract<Rule, { kind: K }> =>
        rule.kind === kind &&
        (rule.modes ?? [mode]).includes(mode) &&
        (rule.purposes ?? [purpose]).includes(purpose) &&
        dates.some((date) => holdsOn(rule, date)),
    );
  const byCountry = where.countries.map(inForce);
  // A supervisor’s own rule is beside the law: it never stands in for a law that is not written here.
  const isCovered =
    byCountry.length > 0 && byCountry.every((rules) => rules.some(({ isOwn }) => isOwn !== true));
  return [
    ...byCountry.flat(),
    ...where.states.flatMap(inForce),
    ...(isCovered ? [] : inForce('*')),
    ...inForce(EVERYWHERE),
  ];
}

/** The closures of these places on a date. */
export function closuresFor(
  book: LawBook,
  where: Pick<Whereabouts, 'countries' | 'states'>,
  date: string,
): readonly Closure[] {
  return book.closures.filter(
    ({ jurisdiction, from, until }) =>
      (jurisdiction === '*' ||
        where.countries.includes(jurisdiction) ||
        where.states.includes(jurisdiction)) &&
      from <= date &&
      (until === null || date < until),
  );
}

function holdsOn({ effectiveFrom, effectiveUntil }: Rule, date: string): boolean {
  return (
    (effectiveFrom === null || effectiveFrom <= date) && (effectiveUntil === null || date < effectiveUntil)
  );
}

function isClosure(row: unknown): row is Closure {
  if (typeof row !== 'object' || row === null) return false;
  const { id, jurisdiction, from, until, citation, note } = row as Record<string, unknown>;
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  const isDay = (value: unknown) => typeof value === 'string' && isDate(value);
  return (
    [id, citation].every(isText) &&
    isText(jurisdiction) &&
    /^(\*|[A-Z]{2}(-[A-Z0-9]{1,3})?)$/.test(jurisdiction) &&
    isDay(from) &&
    (until === null || (isDay(until) && (from as string) < (until as string))) &&
    (note === null || typeof note === 'string')
  );
}
