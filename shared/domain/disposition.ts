import { HOUR_MS, type Instant, after } from '../lib/instants.ts';
import type { CampaignRules } from './campaign.ts';
import type { FormField } from './form.ts';

/** What filing an outcome does to the contact. The row on screen says it in words, from the same value. */
export type Consequence =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'callback' }
  | { readonly kind: 'bad-number' }
  | { readonly kind: 'stop-calling' };

export interface DispositionKind {
  readonly id: string;
  readonly label: string;
  /** The key that files it in wrap-up. */
  readonly digit: string;
  readonly group: 'reached' | 'not-reached' | 'stop';
  readonly consequence: Consequence;
  /** Asks for the same digit once more, because it reaches another person or cannot be taken back. */
  readonly needsConfirm: boolean;
  readonly needsNote: boolean;
  /** What is asked before it can be filed. */
  readonly form: readonly FormField[];
  readonly isSuccess: boolean;
}

const usual = { needsConfirm: false, needsNote: false, form: [], isSuccess: false };

/** The outcomes every campaign starts with (rows E7, C10). */
export const STANDARD_DISPOSITIONS: readonly DispositionKind[] = [
  {
    ...usual,
    id: 'qualified',
    label: 'Qualified',
    digit: '1',
    group: 'reached',
    consequence: { kind: 'done' },
    isSuccess: true,
  },
  {
    ...usual,
    id: 'callback',
    label: 'Callback',
    digit: '2',
    group: 'reached',
    consequence: { kind: 'callback' },
  },
  {
    ...usual,
    id: 'no-answer',
    label: 'No answer',
    digit: '3',
    group: 'not-reached',
    consequence: { kind: 'retry', afterMs: 4 * HOUR_MS },
  },
  {
    ...usual,
    id: 'voicemail',
    label: 'Voicemail',
    digit: '4',
    group: 'not-reached',
    consequence: { kind: 'retry', afterMs: 24 * HOUR_MS },
  },
  {
    ...usual,
    id: 'interested',
    label: 'Interested',
    digit: '5',
    group: 'reached',
    consequence: { kind: 'retry', afterMs: 72 * HOUR_MS },
    isSuccess: true,
  },
  {
    ...usual,
    id: 'not-interested',
    label: 'Not interested',
    digit: '6',
    group: 'reached',
    consequence: { kind: 'done' },
  },
  {
    ...usual,
    id: 'not-qualified',
    label: 'Not qualified',
    digit: '7',
    group: 'reached',
    consequence: { kind: 'done' },
  },
  {
    ...usual,
    id: 'wrong-number',
    label: 'Wrong number',
    digit: '8',
    group: 'stop',
    consequence: { kind: 'bad-number' },
  },
  {
    ...usual,
    id: 'do-not-call',
    label: 'Do not call',
    digit: '9',
    group: 'stop',
    consequence: { kind: 'stop-calling' },
    needsConfirm: true,
  },
  {
    ...usual,
    id: 'busy',
    label: 'Busy',
    digit: '0',
    group: 'not-reached',
    consequence: { kind: 'retry', afterMs: HOUR_MS },
  },
];

/**
 * What a call without an agent may come to besides: no key files these, so no agent is offered them. Busy, no
 * answer and voicemail are the same as everybody’s.
 */
export const UNATTENDED_DISPOSITIONS: readonly DispositionKind[] = [
  {
    ...usual,
    id: 'answered',
    label: 'Answered',
    digit: '',
    group: 'reached',
    consequence: { kind: 'done' },
  },
  {
    ...usual,
    id: 'failed',
    label: 'Failed',
    digit: '',
    group: 'not-reached',
    consequence: { kind: 'retry', afterMs: HOUR_MS },
  },
];

/** What becomes of the enrolment. `null` for `dueAt` means that nothing is due any more. */
export interface EnrolmentChange {
  readonly state: 'open' | 'done' | 'never';
  readonly dueAt: Instant | null;
}

/** How long a contact rests after this outcome in a campaign; null where the outcome does not say. */
export function restAfter(
  { id, consequence }: Pick<DispositionKind, 'id' | 'consequence'>,
  { retryMs }: Pick<CampaignRules, 'retryMs'>,
): number | null {
  return consequence.kind === 'retry' ? (retryMs[id] ?? consequence.afterMs) : null;
}

/** Carries a consequence out on paper. The attempt just made is already counted in `attempts`. */
export function enrolmentAfter(
  consequence: Consequence,
  attempts: number,
  attemptsMax: number,
  callbackAt: Instant | null,
  now: Instant,
): EnrolmentChange {
  switch (consequence.kind) {
    case 'done':
      return { state: 'done', dueAt: null };
    case 'stop-calling':
    case 'bad-number':
      return { state: 'never', dueAt: null };
    case 'callback':
      // A promise outranks the count of attempts: we said that we would ring.
      return { state: 'open', dueAt: callbackAt ?? after(now, 24 * HOUR_MS) };
    case 'retry':
      return attempts >= attemptsMax
        ? { state: 'done', dueAt: null }
        : { state: 'open', dueAt: after(now, consequence.afterMs) };
  }
}

/** Says on the row what the key does. */
export function consequenceInWords(consequence: Consequence): string {
  switch (consequence.kind) {
    case 'done':
      return 'closes';
    case 'retry':
      return `again in ${spanInWords(consequence.afterMs)}`;
    case 'callback':
      return 'asks for a time';
    case 'bad-number':
      return 'drops this number';
    case 'stop-calling':
      return 'stops all numbers';
  }
}

function spanInWords(ms: number): string {
  const hours = Math.round(ms / HOUR_MS);
  return hours % 24 === 0 && hours >= 48 ? `${hours / 24} days` : `${hours} h`;
}
