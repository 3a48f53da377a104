import type { CampaignRules } from '../../shared/domain/campaign.ts';
import { scriptFields } from '../../shared/domain/script.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { lastPromiseTo } from '../store/callbacks.ts';
import { contactById } from '../store/contacts.ts';
import { type EarlierCall, earlierCalls } from '../store/earlier-calls.ts';
import type { ReadDb } from '../store/open.ts';
import type { SendOptions } from './attempts.ts';

/** Calls that are remembered to whoever talks next. */
const REMEMBERED_MAX = 3;
const TEXT_MAX = 600;

/** Who talks in a campaign of an AI voice, whose voice it is, and what it knows of this contact. */
export function whoTalks(
  db: ReadDb,
  { assistant, aiVoice }: Pick<CampaignRules, 'assistant' | 'aiVoice'>,
  contactId: number | null,
): Pick<SendOptions, 'assistant' | 'voice' | 'variables'> {
  return {
    ...(assistant === '' ? {} : { assistant }),
    ...(aiVoice === '' ? {} : { voice: aiVoice }),
    variables: variablesFor(db, contactId),
  };
}

/**
 * What an AI voice may know of whom it talks to: the fields of the contact by names such as `firstName`, and what came of
 * the calls before. What agents wrote for each other is not among it: it goes to another company.
 */
export function variablesFor(db: ReadDb, contactId: number | null): Readonly<Record<string, string>> {
  const contact = contactId === null ? null : contactById(db, contactId);
  if (contact === null || contactId === null) return {};
  const fields = [...scriptFields(contact, '')].map(
    ([name, value]) => [camelCased(name), value.slice(0, TEXT_MAX)] as const,
  );
  // What happened outranks a column of a list that has the same name.
  const known = [...fields, ...Object.entries(memoryOf(db, contactId))];
  return Object.fromEntries(known.filter(([name, value]) => name !== '' && value !== ''));
}

/** What is remembered of the calls before (row B7): the last one by its parts, and the last few in a row. */
function memoryOf(db: ReadDb, contactId: number): Readonly<Record<string, string>> {
  const calls = earlierCalls(db, contactId, REMEMBERED_MAX);
  const [last] = calls;
  const promise = lastPromiseTo(db, contactId);
  return {
    lastCallOn: last === undefined ? '' : dayOf(last.startedAt),
    lastOutcome: last?.outcome ?? '',
    lastSummary: calls.find(({ summary }) => summary !== null)?.summary?.slice(0, TEXT_MAX) ?? '',
    lastPromise: promise === null ? '' : `to call on ${dayOf(promise.dueAt)}`,
    earlierCalls: calls.map(inWords).join(' '),
  };
}

function inWords({ startedAt, outcome, summary }: EarlierCall): string {
  const words = [outcome, summary?.slice(0, TEXT_MAX)].filter(Boolean).join('. ');
  return `${dayOf(startedAt)}: ${words === '' ? 'called' : words.replace(/\.$/, '')}.`;
}

function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** As the words of an assistant name it: `first name` is `{{firstName}}`. */
function camelCased(name: string): string {
  const [first = '', ...rest] = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return first + rest.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}
