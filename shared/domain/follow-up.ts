import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, after } from '../lib/instants.ts';
import { fillIn } from './script.ts';
import type { Sentiment } from './sentiment.ts';

/**
 * What is done after an outcome, and when. Only a call is carried out by itself, under the same verdict as every call;
 * an e-mail or a text message is a draft, which a person sends or does not.
 */
export const FOLLOW_UP_KINDS = ['call', 'task', 'email', 'sms'] as const;
export type FollowUpKind = (typeof FOLLOW_UP_KINDS)[number];

export const FOLLOW_UP_WORD: Readonly<Record<FollowUpKind, string>> = {
  call: 'Call again',
  task: 'Task',
  email: 'E-mail draft',
  sms: 'Text message draft',
};

export interface FollowUpStep {
  readonly kind: FollowUpKind;
  /** From the outcome on, not from the step before. */
  readonly afterMs: number;
  /** What is to be done, or a draft’s subject. May name fields, as scripts do. */
  readonly title: string;
  readonly text: string;
}

/** A sequence, and what starts it. */
export interface FollowUpPlan {
  readonly id: number;
  readonly name: string;
  /** Null: in every campaign. */
  readonly campaignId: number | null;
  readonly outcome: string;
  /** Null: however the call sounded. */
  readonly sentiment: Sentiment | null;
  readonly isOn: boolean;
  /** Outcomes filed before do not start it. */
  readonly since: Instant;
  readonly steps: readonly FollowUpStep[];
}

export const STEPS_MAX = 10;
export const PLANS_MAX = 50;
/** Longer than this nobody remembers what it was about. */
export const AFTER_MAX_MS = 400 * DAY_MS;

/** waiting: its time has not come · due: somebody may do it · done, skipped: by a person or the engine · stopped: not any more, and why */
export const FOLLOW_UP_STATES = ['waiting', 'due', 'done', 'skipped', 'stopped'] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

/** Whether an outcome starts a sequence. */
export function starts(
  plan: FollowUpPlan,
  outcome: {
    readonly dispositionId: string;
    readonly campaignId: number | null;
    readonly sentiment: Sentiment | null;
    readonly filedAt: Instant;
  },
): boolean {
  return (
    plan.isOn &&
    plan.outcome === outcome.dispositionId &&
    (plan.campaignId === null || plan.campaignId === outcome.campaignId) &&
    (plan.sentiment === null || plan.sentiment === outcome.sentiment) &&
    outcome.filedAt >= plan.since
  );
}

export function dueOf({ afterMs }: Pick<FollowUpStep, 'afterMs'>, filedAt: Instant): Instant {
  return after(filedAt, afterMs);
}

/** The text with its fields filled in, gaps shown in brackets, as in a script. */
export function merged(text: string, fields: ReadonlyMap<string, string>): string {
  return fillIn(text, fields)
    .map((run) => run.text)
    .join('');
}

/** `2 days`, `4 hours`: how long after the outcome. */
export function spanText(ms: number): string {
  const [count, unit] =
    ms % DAY_MS === 0
      ? [ms / DAY_MS, 'day']
      : ms % HOUR_MS === 0
        ? [ms / HOUR_MS, 'hour']
        : [Math.round(ms / MINUTE_MS), 'minute'];
  return ms === 0 ? 'at once' : `${count} ${unit}${count === 1 ? '' : 's'} later`;
}

/** Why a sequence cannot be kept so; null where it can. */
export function planTrouble({
  name,
  steps,
}: Pick<FollowUpPlan, 'name'> & { readonly steps: readonly FollowUpStep[] }): string | null {
  if (name.trim() === '') return 'Give the sequence a name. Nothing was saved.';
  if (steps.length === 0) return 'A sequence without a step does nothing. Add one. Nothing was saved.';
  const empty = steps.findIndex(({ kind, title }) => kind !== 'call' && title.trim() === '');
  return empty === -1
    ? null
    : `Step ${empty + 1} (${FOLLOW_UP_WORD[steps[empty]!.kind].toLowerCase()}) does not say what it is. Give it a title. Nothing was saved.`;
}
