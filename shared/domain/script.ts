/**
 * What a step is for. `say` is said in turn; `objection` is looked up when they raise it; `consent` is read out
 * word for word, and ticked once they have agreed.
 */
export type StepKind = 'say' | 'objection' | 'consent';

/** Where the talk may go from a step, instead of straight on. */
export interface Branch {
  readonly label: string;
  /** The key of the step it leads to. */
  readonly to: string;
}

/**
 * A part of what the agent says, as it is kept. `text` may name fields: `{{first name|there}}` has a fallback after
 * the bar. The first scripts had titles and texts alone, so everything else may be missing.
 */
export interface ScriptBlock {
  readonly title: string;
  readonly text: string;
  /** Names the step within its script for as long as it lives, however it is moved or renamed. */
  readonly key?: string | undefined;
  readonly kind?: StepKind | undefined;
  readonly branches?: readonly Branch[] | undefined;
}

/** A step with nothing missing. */
export interface ScriptStep {
  readonly key: string;
  readonly kind: StepKind;
  readonly title: string;
  readonly text: string;
  readonly branches: readonly Branch[];
}

/** The steps of a script, whole. Branches that lead nowhere any more are left out: nobody is sent into the dark. */
export function stepsOf(blocks: readonly ScriptBlock[]): ScriptStep[] {
  const taken = new Set(blocks.flatMap(({ key }) => (key === undefined ? [] : [key])));
  const named = blocks.map((block) => {
    const key = block.key ?? freshKey(taken);
    taken.add(key);
    return { ...block, key };
  });
  return named.map(({ key, kind = 'say', title, text, branches = [] }) => ({
    key,
    kind,
    title,
    text,
    branches: branches.filter(({ to }) => to !== key && taken.has(to)),
  }));
}

/** A key no step has yet. */
export function freshKey(taken: ReadonlySet<string>): string {
  let nth = taken.size + 1;
  while (taken.has(`s${nth}`)) nth += 1;
  return `s${nth}`;
}

/** The lines they have to agree to before a success counts, and have not yet. */
export function consentMissing(
  steps: readonly Pick<ScriptStep, 'key' | 'kind' | 'title'>[],
  ticked: readonly string[],
): { readonly key: string; readonly title: string } | null {
  return steps.find(({ kind, key }) => kind === 'consent' && !ticked.includes(key)) ?? null;
}

interface TwoScripts {
  readonly id: number;
  readonly scriptId: number | null;
  readonly otherScriptId?: number | null | undefined;
}

/** Multiplies neighbouring numbers far apart (Knuth's 2654435761), so that halves of a list are not its ends. */
const SCATTER = 2_654_435_761;

/**
 * Which of a campaign's scripts a contact hears. With two, each contact has one of them for good: who heard the
 * first opening yesterday does not hear the other today, and the halves do not depend on who rings when.
 */
export function scriptFor({ id, scriptId, otherScriptId }: TwoScripts, contactId: number): number | null {
  if (scriptId === null || otherScriptId == null) return scriptId;
  const scattered = Number((BigInt(contactId) * BigInt(SCATTER) + BigInt(id)) & 0xffff_ffffn);
  return scattered < 0x8000_0000 ? scriptId : otherScriptId;
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
