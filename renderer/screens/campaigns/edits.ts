import type { CampaignSheet, Rules } from './kinds.ts';

/** What somebody has changed and not saved yet. Rules are kept one by one, so that two people's can be joined. */
export interface Edits {
  readonly name?: string;
  readonly mode?: CampaignSheet['mode'];
  readonly callerId?: string;
  readonly script?: CampaignSheet['script'];
  readonly otherScript?: CampaignSheet['otherScript'];
  readonly rules?: Partial<Rules>;
}

/** The campaign with the edits laid over it. */
export function withEdits(sheet: CampaignSheet, { rules, ...rest }: Edits): CampaignSheet {
  return { ...sheet, ...rest, rules: { ...sheet.rules, ...rules } };
}

/** Joins a new edit to those there are. What says the same as the campaign itself is no edit. */
export function joined(sheet: CampaignSheet, before: Edits, edit: Edits): Edits {
  const { rules: own, ...rest } = { ...before, ...edit };
  const rules = differing(sheet.rules, { ...before.rules, ...edit.rules });
  const plain = differing<Omit<Edits, 'rules'>>(sheet, rest);
  return own === undefined || Object.keys(rules).length === 0 ? plain : { ...plain, rules };
}

export function isEmpty(edits: Edits): boolean {
  return Object.keys(edits).length === 0;
}

export type Change = Omit<Edits, 'rules'> & { readonly rules?: Rules };

/** What is sent to be saved: only what changed, and the rules whole. */
export function changeOf(sheet: CampaignSheet, { rules, ...rest }: Edits): Change {
  return rules === undefined ? rest : { ...rest, rules: { ...sheet.rules, ...rules } };
}

/** What was edited, in words: `hours, daily limit and script`. */
export function editsInWords({ rules = {}, ...rest }: Edits): string {
  const words = [...Object.keys(rest), ...Object.keys(rules)].map((key) => WORDS[key] ?? key);
  const all = [...new Set(words)];
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

const WORDS: Readonly<Record<string, string>> = {
  name: 'name',
  mode: 'pace',
  callerId: 'caller number',
  script: 'script',
  otherScript: 'second script',
  zone: 'time zone',
  windows: 'hours',
  startsOn: 'first day',
  endsOn: 'last day',
  frequency: 'frequency',
  attemptsMax: 'attempts',
  attemptsPerDayMax: 'attempts per day',
  numberPerDayMax: 'limit per number and day',
  numberPerWeekMax: 'limit per number and week',
  coolDownMs: 'rest between attempts',
  retryMs: 'time until the next attempt',
  dailyLimit: 'daily limit',
  order: 'order',
  voice: 'voice',
  assistant: 'assistant',
  aiVoice: 'voice of the assistant',
  purpose: 'purpose',
  message: 'words of the recording',
  playMessageId: 'message that is played',
  dropMessageId: 'message left on voicemail',
  ringMs: 'ringing time',
  wrapUpMs: 'wrap-up time',
  leadInMs: 'time before dialing',
};

function differing<T extends object>(from: T, edits: Partial<T>): Partial<T> {
  const kept = Object.entries(edits).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(from[key as keyof T]),
  );
  return Object.fromEntries(kept) as Partial<T>;
}
