import { hoursInWords } from '../../../../shared/domain/campaign.ts';
import type { LawBook } from '../../../../shared/domain/law/book.ts';
import { hoursOn, type Span } from '../../../../shared/domain/law/hours.ts';
import { byRule } from '../../../../shared/domain/law/sentences.ts';
import { stateCodes } from '../../../../shared/domain/places/states.ts';
import { lawMode } from '../../../../shared/domain/verdict-law.ts';
import { zonesInUse } from '../../../../shared/lib/zones/table.ts';
import { addDays, weekdayOn } from '../../../../shared/lib/zoned-time.ts';
import type { CampaignSheet, Window } from '../kinds.ts';
import { dayName, piecesOn } from './week.ts';

/** One rule of law that is stricter than a campaign’s hours. */
export interface Stricter {
  readonly sentence: string;
  readonly citation: string;
}

/** As far as holidays are looked for: what a supervisor plans with. */
const DAYS_AHEAD = 14;

/**
 * Where the law is stricter than these hours in the campaign’s country, by the clock there, from `date` on. It
 * only tells: whom the law holds back is decided for each contact by the verdict.
 */
export function lawStricterThan(
  book: LawBook,
  { rules, mode }: Pick<CampaignSheet, 'rules' | 'mode'>,
  date: string,
): Stricter[] {
  const country = countryOf(book, rules.zone);
  if (country === null) return [];
  const states = stateCodes.filter((state) => state.startsWith(`${country}-`));
  const found = new Map<string, Found>();
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const day = addDays(date, ahead);
    const weekday = weekdayOn(day);
    const pieces = piecesOn(rules.windows, weekday);
    const how = { mode: lawMode(rules.voice, mode), purpose: rules.purpose };
    for (const state of [[], ...states.map((each) => [each])]) {
      const law = hoursOn(book, { countries: [country], states: state }, day, how);
      if (!pieces.every((piece) => isInside(piece, law.spans))) note(found, book, law, weekday, pieces);
    }
  }
  return inSentences([...found.values()], rules);
}

/** A rule of hours, with what it leaves open on each weekday on which that is too little; or a closed day. */
type Found =
  | {
      readonly citation: string;
      readonly jurisdiction: string;
      readonly says: string;
      readonly open: Map<number, readonly Span[]>;
    }
  | (Stricter & { readonly open: null });

type Law = ReturnType<typeof hoursOn>;

function note(
  found: Map<string, Found>,
  book: LawBook,
  law: Law,
  weekday: number,
  pieces: readonly Span[],
): void {
  for (const { ref, spans } of law.rules) {
    if (pieces.every((piece) => isInside(piece, spans))) continue;
    const rule = book.rules.find(({ id }) => id === ref.id);
    const known = found.get(ref.id);
    if (known?.open != null) known.open.set(weekday, spans);
    else if (rule !== undefined)
      found.set(ref.id, {
        citation: ref.citation,
        jurisdiction: rule.jurisdiction,
        says: byRule(rule as { jurisdiction: string; isOwn?: true }),
        open: new Map([[weekday, spans]]),
      });
  }
  const hours = new Set(law.rules.map(({ ref }) => ref.id));
  for (const { id, sentence, citation } of law.because)
    if (!hours.has(id)) found.set(sentence, { sentence, citation, open: null });
}

/** The country’s own hours first. A state that says the same as its country adds nothing. */
function inSentences(found: readonly Found[], rules: CampaignSheet['rules']): Stricter[] {
  const told = new Set<string>();
  return found.flatMap((each) => {
    if (each.open === null) return [{ sentence: each.sentence, citation: each.citation }];
    const windows = [...each.open].flatMap(([weekday, spans]) =>
      spans.map((span): Window => ({ weekday, ...span })),
    );
    const closed = [...each.open].filter(([, spans]) => spans.length === 0).map(([weekday]) => weekday);
    const parts = [
      windows.length === 0 ? null : `calls are allowed ${hoursInWords({ ...rules, windows })}`,
      closed.length === 0
        ? null
        : `no calls are allowed on ${closed
            .sort((a, b) => a - b)
            .map(daysName)
            .join(', ')}`,
    ].filter((part) => part !== null);
    const said = parts.join(', and ');
    if (told.has(said)) return [];
    if (!each.jurisdiction.includes('-')) told.add(said);
    return [{ sentence: `${each.says}, ${said}.`, citation: each.citation }];
  });
}

function daysName(weekday: number): string {
  return `${dayName(weekday)}s`;
}

function isInside(piece: Span, spans: readonly Span[]): boolean {
  return spans.some(({ from, to }) => from <= piece.from && piece.to <= to);
}

/** The country of a zone. Small neighbours share zones with those whose law we know, who then speak for it. */
export function countryOf(book: LawBook, zone: string): string | null {
  const found = zonesInUse()
    .table.countries.split('\n')
    .filter((line) => line.slice(3).split(' ').includes(zone))
    .map((line) => line.slice(0, 2));
  return found.find((country) => book.byJurisdiction.has(country)) ?? found[0] ?? null;
}
