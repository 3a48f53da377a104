/** Words an agent types often, behind a short name: `;vm` becomes the whole sentence. */
export interface Snippet {
  readonly name: string;
  readonly text: string;
}

export const USUAL_SNIPPETS: readonly Snippet[] = [
  { name: 'vm', text: 'Left a message on the voicemail.' },
  { name: 'na', text: 'No answer.' },
  { name: 'gk', text: 'Spoke to the front desk; asked to be put through.' },
  { name: 'dm', text: 'The decision lies with: ' },
  { name: 'mail', text: 'Wants it in writing, to: ' },
  { name: 'back', text: 'Asked to be rung back.' },
];

const NAME = /(^|\s);([a-z0-9-]{1,20})$/i;

/** What stands before the caret with the snippet's words in place of its name; null where no snippet is named. */
export function expanded(
  text: string,
  caret: number,
  snippets: readonly Snippet[],
): { readonly text: string; readonly caret: number } | null {
  const before = text.slice(0, caret);
  const found = NAME.exec(before);
  const snippet = snippets.find(({ name }) => name.toLowerCase() === found?.[2]?.toLowerCase());
  if (found === null || snippet === undefined) return null;
  const kept = before.slice(0, found.index) + found[1] + snippet.text;
  return { text: kept + text.slice(caret), caret: kept.length };
}

/** The snippets whose names begin with what is being typed; none where no `;` stands before the caret. */
export function offered(text: string, caret: number, snippets: readonly Snippet[]): readonly Snippet[] {
  const found = /(^|\s);([a-z0-9-]{0,20})$/i.exec(text.slice(0, caret));
  if (found === null) return [];
  return snippets.filter(({ name }) => name.toLowerCase().startsWith(found[2]!.toLowerCase()));
}
