import type { DeskView } from '../../../shared/contract/desk.ts';

/** After a call the other side ended, a digit meant as a tone may still be on its way down. */
export const DIGITS_REST_MS = 400;

/** The second press of an outcome that cannot be taken back has to come within this. */
export const CONFIRM_MS = 4_000;

/** How long digits are not taken for outcomes after wrap-up came on screen. */
export function digitsRestMs(call: DeskView['call']): number {
  return call?.endedBy === 'us' ? 0 : DIGITS_REST_MS;
}

/** The field of a form that keeps the outcome from being filed, and why. */
export interface FormTrouble {
  readonly key: string;
  readonly sentence: string;
}

interface Said {
  readonly note: string;
  readonly hasTime: boolean;
  readonly isArmed: boolean;
  readonly formTrouble?: FormTrouble | null;
  /** The line of the script they have not agreed to yet. */
  readonly consentMissing?: string | null;
}

export type DigitMeaning =
  | { readonly kind: 'file' }
  | { readonly kind: 'ask-time' }
  | { readonly kind: 'ask-note' }
  | { readonly kind: 'ask-form'; readonly trouble: FormTrouble }
  | { readonly kind: 'ask-consent'; readonly title: string }
  | { readonly kind: 'arm' };

/** What choosing this outcome to be filed leads to: most are filed, some need one thing more. */
export function meaningOf(
  disposition: DeskView['dispositions'][number],
  { note, hasTime, isArmed, formTrouble = null, consentMissing = null }: Said,
): DigitMeaning {
  if (disposition.asksForTime && !hasTime) return { kind: 'ask-time' };
  if (disposition.needsNote && note.trim() === '') return { kind: 'ask-note' };
  if (formTrouble !== null) return { kind: 'ask-form', trouble: formTrouble };
  if (disposition.isSuccess && consentMissing !== null) return { kind: 'ask-consent', title: consentMissing };
  if (disposition.needsConfirm && !isArmed) return { kind: 'arm' };
  return { kind: 'file' };
}
