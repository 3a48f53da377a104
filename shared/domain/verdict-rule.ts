import type { Instant } from '../lib/instants.ts';
import type { Subject } from './verdict.ts';

/** The rules, in the order of the gate: what is said where several stand in the way alike. */
export const RULE_IDS = [
  'bad-number',
  'do-not-call',
  'no-consent',
  'register',
  'place-unknown',
  'finished',
  'attempts-spent',
  'campaign-not-active',
  'campaign-dates',
  'daily-limit',
  'not-due',
  'campaign-hours',
  'legal-hours',
  'frequency',
  'attempts-per-day',
  'number-caps',
  'legal-caps',
  'cool-down',
  'number-in-use',
  'caller-id',
  'carrier',
] as const;

export type RuleId = (typeof RULE_IDS)[number];

export type Values = Readonly<Record<string, string | number | null>>;

/** What stands in the way, without words: those are made when somebody reads them. */
export interface Obstacle {
  readonly kind: 'wait' | 'never';
  readonly rule: RuleId;
  /** When it lifts; null where nobody knows, and where it never does. */
  readonly until: Instant | null;
  readonly values: Values;
}

export type Decision = { readonly kind: 'ring' } | Obstacle;

export const NOTHING_IN_THE_WAY: Decision = { kind: 'ring' };

/** What is told of a rule that has nothing against a call. */
export interface Passed {
  readonly values: Values;
  /** When it begins to hold, as things stand. */
  readonly changesAt: Instant | null;
}

/** One rule. Both questions are pure, and the second is asked only where the first found nothing. */
export interface Rule {
  readonly id: RuleId;
  inTheWay(subject: Subject, now: Instant): Obstacle | null;
  /** Null where the rule has nothing to say about such a subject. */
  passes(subject: Subject, now: Instant): Passed | null;
}

export function wait(rule: RuleId, until: Instant | null, values: Values): Obstacle {
  return { kind: 'wait', rule, until, values };
}

export function never(rule: RuleId, values: Values): Obstacle {
  return { kind: 'never', rule, until: null, values };
}

/** A rule that holds for good, or until somebody changes something. */
export const noChange = (values: Values = {}): Passed => ({ values, changesAt: null });
