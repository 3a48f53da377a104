/** The fields every script may name, with a fallback for those who have none. */
export const FIELDS = [
  { field: '{{first name|there}}', label: 'First name' },
  { field: '{{name}}', label: 'Whole name' },
  { field: '{{company|your company}}', label: 'Company' },
  { field: '{{title}}', label: 'Title' },
  { field: '{{place|your area}}', label: 'Place' },
  { field: '{{my name}}', label: 'The agent’s name' },
] as const;

/** The text with a field put in at the caret, or at the end, and where the caret goes. */
export function insertedAt(text: string, caret: number | null, field: string) {
  const at = caret === null ? text.length : Math.min(caret, text.length);
  const gap = at > 0 && !/\s/.test(text[at - 1]!) ? ' ' : '';
  return { value: text.slice(0, at) + gap + field + text.slice(at), caret: at + gap.length + field.length };
}
