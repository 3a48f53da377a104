import { stateName } from '../places/states.ts';
import type { Closure, HoursRule } from './rule.ts';

/** The jurisdiction of a supervisor’s own rule that holds wherever they ring. */
export const EVERYWHERE = 'everywhere';

const DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

const COUNTRIES: Readonly<Record<string, string>> = {
  '*': 'our own policy',
  AT: 'Austria',
  AU: 'Australia',
  BE: 'Belgium',
  CA: 'Canada',
  CZ: 'Czechia',
  DE: 'Germany',
  DK: 'Denmark',
  ES: 'Spain',
  FI: 'Finland',
  FR: 'France',
  GB: 'the United Kingdom',
  GR: 'Greece',
  HU: 'Hungary',
  IE: 'Ireland',
  IT: 'Italy',
  LU: 'Luxembourg',
  NL: 'the Netherlands',
  NZ: 'New Zealand',
  PL: 'Poland',
  PT: 'Portugal',
  RO: 'Romania',
  SE: 'Sweden',
  US: 'federal law',
};

/** “In Florida, calls are allowed 8:00–20:00 on Fridays.” */
export function hoursSentence(
  { jurisdiction, isOwn }: HoursRule,
  spans: readonly { readonly from: number; readonly to: number }[],
  weekday: number,
): string {
  const day = DAYS[weekday - 1];
  const says = byRule({ jurisdiction, isOwn });
  if (spans.length === 0) return `${says}, no calls are allowed on ${day}.`;
  const hours = spans.map(({ from, to }) => `${clockTime(from)}–${clockTime(to)}`).join(' and ');
  return `${says}, calls are allowed ${hours} on ${day}.`;
}

/** What stands before what a rule says: “In Florida”, “By federal law”, “By your own rule”. */
export function byRule({ jurisdiction, isOwn }: { jurisdiction: string; isOwn?: true | undefined }): string {
  return isOwn === true ? byOwnRule(jurisdiction) : by(jurisdiction);
}

/** “By your own rule”, “By your own rule for Florida”. */
function byOwnRule(jurisdiction: string): string {
  return jurisdiction === EVERYWHERE ? 'By your own rule' : `By your own rule for ${placeName(jurisdiction)}`;
}

/** “Florida”, “the United States”, “everywhere”, “JP” where we have no name. */
export function placeName(jurisdiction: string): string {
  if (jurisdiction === 'US') return 'the United States';
  if (jurisdiction === '*') return 'the rest of the world';
  if (jurisdiction === EVERYWHERE) return 'everywhere';
  return COUNTRIES[jurisdiction] ?? stateName(jurisdiction);
}

/** “In Alabama, no calls are allowed on Christmas Day.” */
export function closedSentence(jurisdiction: string, holiday: string): string {
  return `${by(jurisdiction)}, no calls are allowed on ${holiday}.`;
}

/** “In Louisiana, calls are forbidden until further notice.” */
export function closureSentence({ jurisdiction, until }: Closure): string {
  return `${by(jurisdiction)}, calls are forbidden ${until === null ? 'until further notice' : `until ${until}`}.`;
}

/** “In Florida”, “By federal law”, “In JP” where we have no name. */
export function by(jurisdiction: string): string {
  if (jurisdiction === 'US' || jurisdiction === '*') return `By ${COUNTRIES[jurisdiction]}`;
  return `In ${COUNTRIES[jurisdiction] ?? stateName(jurisdiction)}`;
}

function clockTime(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}
