import { shippedLaw } from '../../../../shared/domain/law/book.ts';
import { hoursOn, type Span } from '../../../../shared/domain/law/hours.ts';
import type { RuleRef } from '../../../../shared/domain/law/rule.ts';
import { stateCodes } from '../../../../shared/domain/places/states.ts';
import { lawMode } from '../../../../shared/domain/verdict-law.ts';
import { countries } from '../../../../shared/generated/zone-table.ts';
import { addDays, weekdayOn } from '../../../../shared/lib/zoned-time.ts';
import type { CampaignSheet } from '../kinds.ts';
import { piecesOn } from './week.ts';

/** As far as holidays are looked for: what a supervisor plans with. */
const DAYS_AHEAD = 14;

/**
 * Every rule of law that is stricter than these hours somewhere in the campaign’s country, by the clock there,
 * from `date` on. It only tells: whom the law holds back is decided for each contact by the verdict.
 */
export function lawStricterThan(
  { rules, mode }: Pick<CampaignSheet, 'rules' | 'mode'>,
  date: string,
): RuleRef[] {
  const country = countryOf(rules.zone);
  if (country === null) return [];
  const how = { mode: lawMode(rules.voice, mode), purpose: rules.purpose };
  const states = stateCodes.filter((state) => state.startsWith(`${country}-`));
  const places = [[], ...states.map((state) => [state])];
  const found = new Map<string, RuleRef>();
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const day = addDays(date, ahead);
    const pieces = piecesOn(rules.windows, weekdayOn(day));
    for (const inState of places) {
      const law = hoursOn(shippedLaw, { countries: [country], states: inState }, day, how);
      if (pieces.every((piece) => isInside(piece, law.spans))) continue;
      for (const ref of strictest(law.rules, law.because, pieces)) found.set(ref.sentence, ref);
    }
  }
  return [...found.values()];
}

type Ruled = ReturnType<typeof hoursOn>['rules'];

/** Of the rules asked, those that by themselves leave out some of the hours; a closed day has only its reason. */
function strictest(rules: Ruled, because: readonly RuleRef[], pieces: readonly Span[]): RuleRef[] {
  const asked = new Set(rules.map(({ ref }) => ref.id));
  const hours = rules.filter(({ spans }) => !pieces.every((piece) => isInside(piece, spans)));
  return [...hours.map(({ ref }) => ref), ...because.filter(({ id }) => !asked.has(id))];
}

function isInside(piece: Span, spans: readonly Span[]): boolean {
  return spans.some(({ from, to }) => from <= piece.from && piece.to <= to);
}

/** The country of a zone. Small neighbours share zones with those whose law we know, who then speak for it. */
export function countryOf(zone: string): string | null {
  const found = countries
    .split('\n')
    .filter((line) => line.slice(3).split(' ').includes(zone))
    .map((line) => line.slice(0, 2));
  return found.find((country) => shippedLaw.byJurisdiction.has(country)) ?? found[0] ?? null;
}
