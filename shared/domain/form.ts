import { isDate } from '../lib/zoned-time.ts';

/** What a field of a form holds. `choice` is one of `options`; `date` is a day of the calendar, `2026-11-24`. */
export type FieldKind = 'text' | 'number' | 'money' | 'date' | 'choice' | 'yes-no';

/** One question that an outcome asks before it is filed. */
export interface FormField {
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly isRequired: boolean;
  readonly options: readonly string[];
}

/** What was answered, by the field's key, as text. An empty answer is none. */
export type FormAnswers = Readonly<Record<string, string>>;

const MONEY = /^\d{1,12}(\.\d{1,2})?$/;
const NUMBER = /^-?\d{1,12}(\.\d{1,6})?$/;

/** Why the form cannot be filed as it stands, with the field to go to; null where it can. */
export function whyNotAnswered(
  form: readonly FormField[],
  answers: FormAnswers,
): { readonly key: string; readonly sentence: string } | null {
  for (const field of form) {
    const text = (answers[field.key] ?? '').trim();
    const sentence =
      text === '' ? (field.isRequired ? `“${field.label}” is still empty.` : null) : misfit(field, text);
    if (sentence !== null) return { key: field.key, sentence };
  }
  return null;
}

/** Only what the form asks, without blanks: what is kept with the outcome. */
export function answersKept(form: readonly FormField[], answers: FormAnswers): FormAnswers {
  const kept = form
    .map(({ key }) => [key, (answers[key] ?? '').trim()] as const)
    .filter(([, text]) => text !== '');
  return Object.fromEntries(kept);
}

function misfit({ kind, label, options }: FormField, text: string): string | null {
  switch (kind) {
    case 'text':
      return null;
    case 'number':
      return NUMBER.test(text) ? null : `“${label}” wants a number, like 12 or 3.5.`;
    case 'money':
      return MONEY.test(text) ? null : `“${label}” wants an amount, like 249 or 249.90.`;
    case 'date':
      return isDate(text) ? null : `“${label}” wants a date that exists.`;
    case 'choice':
      return options.includes(text) ? null : `“${label}” wants one of: ${options.join(', ')}.`;
    case 'yes-no':
      return text === 'yes' || text === 'no' ? null : `“${label}” wants yes or no.`;
  }
}
