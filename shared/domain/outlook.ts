import type { DispositionKind } from './disposition.ts';
import type { Sentiment } from './sentiment.ts';

/** How warm a contact is, and how far they have come: moved by outcomes through rules that people can read. */
export const TEMPERATURES = ['hot', 'warm', 'cold'] as const;
export type Temperature = (typeof TEMPERATURES)[number];

export const STAGES = ['new', 'contacted', 'interested', 'qualified', 'won', 'lost'] as const;
export type Stage = (typeof STAGES)[number];

export const TEMPERATURE_WORD: Readonly<Record<Temperature, string>> = {
  hot: 'Hot',
  warm: 'Warm',
  cold: 'Cold',
};

export const STAGE_WORD: Readonly<Record<Stage, string>> = {
  new: 'New',
  contacted: 'Contacted',
  interested: 'Interested',
  qualified: 'Qualified',
  won: 'Won',
  lost: 'Lost',
};

/** Null is what nobody has said yet. */
export interface Outlook {
  readonly temperature: Temperature | null;
  readonly stage: Stage | null;
}

/** In a rule’s place of an outcome: any of a kind. */
export const ANY_SUCCESS = 'any-success';
export const ANY_REACHED = 'any-reached';

/** When a call has this outcome, and sounded so, then the contact becomes that. Null leaves it as it is. */
export interface OutlookRule {
  /** The outcome’s id, or any of a kind. */
  readonly outcome: string;
  /** Null: however it sounded, or where nobody knows. */
  readonly sentiment: Sentiment | null;
  readonly temperature: Temperature | null;
  readonly stage: Stage | null;
}

export const OUTLOOK_RULES_MAX = 60;

/** What a workspace starts with. The first rule that fits a call decides, so the narrow ones stand first. */
export const USUAL_OUTLOOK_RULES: readonly OutlookRule[] = [
  { outcome: 'qualified', sentiment: null, temperature: 'hot', stage: 'qualified' },
  { outcome: 'interested', sentiment: 'bad', temperature: 'warm', stage: 'interested' },
  { outcome: 'interested', sentiment: null, temperature: 'hot', stage: 'interested' },
  { outcome: 'callback', sentiment: 'bad', temperature: 'cold', stage: 'contacted' },
  { outcome: 'callback', sentiment: null, temperature: 'warm', stage: 'contacted' },
  { outcome: 'not-interested', sentiment: 'good', temperature: 'cold', stage: 'contacted' },
  { outcome: 'not-interested', sentiment: null, temperature: 'cold', stage: 'lost' },
  { outcome: 'not-qualified', sentiment: null, temperature: 'cold', stage: 'lost' },
  { outcome: 'do-not-call', sentiment: null, temperature: 'cold', stage: 'lost' },
  { outcome: ANY_SUCCESS, sentiment: null, temperature: 'hot', stage: 'interested' },
  { outcome: ANY_REACHED, sentiment: 'good', temperature: 'warm', stage: 'contacted' },
  { outcome: ANY_REACHED, sentiment: 'bad', temperature: 'cold', stage: 'contacted' },
  { outcome: ANY_REACHED, sentiment: null, temperature: null, stage: 'contacted' },
];

/** What a rule looks at. */
export interface CallMeant {
  readonly kind: Pick<DispositionKind, 'id' | 'label' | 'group' | 'isSuccess'>;
  /** Null where there are no words to go by. */
  readonly sentiment: Sentiment | null;
}

/** The first rule that fits a call; null where none does. */
export function ruleFor(rules: readonly OutlookRule[], meant: CallMeant): OutlookRule | null {
  return rules.find((rule) => isOf(rule, meant) && fitsSound(rule, meant)) ?? null;
}

function isOf({ outcome }: OutlookRule, { kind }: CallMeant): boolean {
  if (outcome === ANY_SUCCESS) return kind.isSuccess;
  if (outcome === ANY_REACHED) return kind.group === 'reached';
  return outcome === kind.id;
}

function fitsSound({ sentiment }: OutlookRule, meant: CallMeant): boolean {
  return sentiment === null || sentiment === meant.sentiment;
}

const SOUNDED: Readonly<Record<Sentiment, string>> = {
  good: ' and they sounded friendly',
  neutral: ' and they sounded neutral',
  mixed: ' and they sounded now friendly, now not',
  bad: ' and they sounded unfriendly',
};

/** Why a rule moved somebody, to be kept with the move: the rule may read otherwise tomorrow. */
export function whyMoved({ sentiment }: Pick<OutlookRule, 'sentiment'>, { kind }: CallMeant): string {
  return `A call was filed as “${kind.label}”${sentiment === null ? '' : SOUNDED[sentiment]}.`;
}

/** A rule that can never decide, because one above it fits every call that it fits. */
export function isShadowed(rules: readonly OutlookRule[], nth: number): boolean {
  const rule = rules[nth];
  return rules
    .slice(0, nth)
    .some(
      (above) =>
        above.outcome === rule?.outcome && (above.sentiment === null || above.sentiment === rule.sentiment),
    );
}
