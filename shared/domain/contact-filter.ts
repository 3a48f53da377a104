import { type Result, ok, refused } from '../lib/result.ts';
import type { EnrolmentState } from './contact.ts';
import { type TokenKind, type TypedFilter, oneOf, readFilter } from './filter-tokens.ts';
import { STAGES, type Stage, TEMPERATURES, type Temperature } from './outlook.ts';
import { readState } from './places/states.ts';
import { CONSENT_KINDS, type ConsentKind } from './schedule.ts';

/** What one token of the contacts' filter narrows to. */
export type ContactToken =
  | { readonly kind: 'list' | 'tag' | 'campaign' | 'company' | 'place' | 'outcome'; readonly name: string }
  | { readonly kind: 'status'; readonly status: EnrolmentState }
  | { readonly kind: 'due'; readonly when: DueWhen }
  | { readonly kind: 'state'; readonly code: string }
  | { readonly kind: 'consent'; readonly of: ConsentKind }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'temperature'; readonly temperature: Temperature }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'never-called' | 'no-number' | 'do-not-call' | 'no-campaign' };

export const DUE_WHEN = ['now', 'today', 'tomorrow', 'week'] as const;
export type DueWhen = (typeof DUE_WHEN)[number];

export type ContactFilter = TypedFilter<ContactToken>;

export function readContactFilter(typed: string): ContactFilter {
  return readFilter(typed, CONTACT_TOKENS);
}

export const CONTACT_SORTS = ['name', 'company', 'list', 'added'] as const;
export type ContactSortKey = (typeof CONTACT_SORTS)[number];

export interface ContactSort {
  readonly key: ContactSortKey;
  readonly direction: 'ascending' | 'descending';
}

export const USUAL_SORT: ContactSort = { key: 'name', direction: 'ascending' };

/** Tokens whose values come from the workspace itself: asked for while one types. */
export const ASKED_FOR = ['list', 'tag', 'campaign', 'company', 'place', 'outcome'] as const;
export type AskedFor = (typeof ASKED_FOR)[number];

type Read = (value: string) => Result<ContactToken, string>;

const STATUSES = { waiting: 'open', 'in-hand': 'in-hand', done: 'done', never: 'never' } as const;
type StatusWord = keyof typeof STATUSES;
const STATUS_WORDS = Object.keys(STATUSES) as StatusWord[];

const named = (kind: AskedFor): Read => {
  return (name) => ok({ kind, name });
};
const alone = (kind: 'never-called' | 'no-number' | 'do-not-call' | 'no-campaign'): Read => {
  return () => ok({ kind });
};

export const CONTACT_TOKENS: readonly TokenKind<ContactToken>[] = [
  { key: 'list', title: 'On this list', example: 'Spring leads', read: named('list') },
  { key: 'tag', title: 'With this tag', example: 'vip', read: named('tag') },
  { key: 'company', title: 'Company begins like this', example: 'Globex', read: named('company') },
  { key: 'place', title: 'Place has these words', example: 'Portland', read: named('place') },
  { key: 'state', title: 'In this state, by number or address', example: 'OR', read: readPlace },
  { key: 'campaign', title: 'In this campaign', example: 'Renewals', read: named('campaign') },
  {
    key: 'status',
    title: 'How they stand in a campaign',
    example: 'waiting',
    values: STATUS_WORDS,
    read: (value) => {
      const read = oneOf('status', STATUS_WORDS, value);
      return read.ok ? ok({ kind: 'status', status: STATUSES[read.value] }) : read;
    },
  },
  {
    key: 'due',
    title: 'Due in a campaign',
    example: 'today',
    values: DUE_WHEN,
    read: (value) => {
      const read = oneOf('due', DUE_WHEN, value);
      return read.ok ? ok({ kind: 'due', when: read.value }) : read;
    },
  },
  { key: 'outcome', title: 'Was filed with this outcome', example: 'Callback', read: named('outcome') },
  {
    key: 'consent',
    title: 'Has agreed to this',
    example: 'ai-voice',
    values: CONSENT_KINDS,
    read: (value) => {
      const read = oneOf('consent', CONSENT_KINDS, value);
      return read.ok ? ok({ kind: 'consent', of: read.value }) : read;
    },
  },
  {
    key: 'temperature',
    title: 'Is this warm, by their calls',
    example: 'hot',
    values: TEMPERATURES,
    read: (value) => {
      const read = oneOf('temperature', TEMPERATURES, value);
      return read.ok ? ok({ kind: 'temperature', temperature: read.value }) : read;
    },
  },
  {
    key: 'stage',
    title: 'Has come this far',
    example: 'qualified',
    values: STAGES,
    read: (value) => {
      const read = oneOf('stage', STAGES, value);
      return read.ok ? ok({ kind: 'stage', stage: read.value }) : read;
    },
  },
  { key: 'number', title: 'Number begins like this', example: '+1503', read: readDigits },
  { key: 'never-called', title: 'Was never called', example: null, read: alone('never-called') },
  { key: 'no-number', title: 'Has no number that may be rung', example: null, read: alone('no-number') },
  { key: 'do-not-call', title: 'Is on your do-not-call list', example: null, read: alone('do-not-call') },
  { key: 'no-campaign', title: 'Is in no campaign', example: null, read: alone('no-campaign') },
];

function readPlace(typed: string): Result<ContactToken, string> {
  const code = readState(typed, 'US') ?? readState(typed, 'CA');
  if (code === null) return refused(`“${typed}” is no state or province. Use its letters, such as state:OR.`);
  return ok({ kind: 'state', code });
}

function readDigits(typed: string): Result<ContactToken, string> {
  const digits = typed.replace(/[\s().-]/g, '');
  if (!/^\+?\d{2,15}$/.test(digits))
    return refused(`“${typed}” is not the beginning of a number. Write it like number:+1503.`);
  return ok({ kind: 'number', digits });
}
