/** A part of what the agent says. `text` may name fields: `{{first name|there}}` has a fallback after the bar. */
export interface ScriptBlock {
  readonly title: string;
  readonly text: string;
}

export interface ScriptRun {
  readonly kind: 'words' | 'field' | 'gap';
  readonly text: string;
}

const FIELD = /\{\{([^{}]*)\}\}/g;

/**
 * The text with its fields filled in. A field nobody knows becomes a marked gap with its fallback, or with its
 * name in brackets: never braces, and never a blank that an agent would read out as silence.
 */
export function fillIn(text: string, fields: ReadonlyMap<string, string>): ScriptRun[] {
  const runs: ScriptRun[] = [];
  let end = 0;
  for (const match of text.matchAll(FIELD)) {
    runs.push(...wordsIn(text.slice(end, match.index)), fieldIn(match[1]!, fields));
    end = match.index + match[0].length;
  }
  return [...runs, ...wordsIn(text.slice(end))];
}

/** What stands between fields. Braces that close nothing are a slip of the writer's, and nobody says them. */
function wordsIn(text: string): ScriptRun[] {
  const words = text.replace(/[{}]/g, '');
  return words === '' ? [] : [{ kind: 'words', text: words }];
}

function fieldIn(inside: string, fields: ReadonlyMap<string, string>): ScriptRun {
  const [name = '', ...rest] = inside.split('|').map((part) => part.trim());
  const value = fields.get(keyOf(name))?.trim() ?? '';
  if (value !== '') return { kind: 'field', text: value };
  return { kind: 'gap', text: rest.join(' ').trim() || `[${name || 'missing'}]` };
}

/** A field's name as people type it and as a file's first line has it: the same in small letters. */
function keyOf(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, ' ');
}

/** Every field a script may name, from who is rung and who rings. Names are matched in small letters. */
export function scriptFields(
  contact: {
    name: string;
    company: string;
    title: string;
    place: string;
    fields: Readonly<Record<string, string>>;
  },
  agentName: string,
): Map<string, string> {
  const fields = new Map(Object.entries(contact.fields).map(([name, value]) => [keyOf(name), value]));
  fields.set('name', contact.name);
  fields.set('first name', contact.name.trim().split(/\s/)[0] ?? '');
  fields.set('company', contact.company);
  fields.set('title', contact.title);
  fields.set('place', contact.place);
  fields.set('my name', agentName);
  return fields;
}
