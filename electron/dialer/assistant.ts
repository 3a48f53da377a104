import { scriptFields } from '../../shared/domain/script.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { contactById } from '../store/contacts.ts';
import { type EarlierCall, earlierCalls } from '../store/earlier-calls.ts';
import type { ReadDb } from '../store/open.ts';

/** Calls that are remembered to whoever talks next. */
const REMEMBERED_MAX = 3;
const TEXT_MAX = 600;

/**
 * What an AI voice may know of whom it talks to: the fields of the contact by names such as `firstName`, and what came of
 * the calls before as `earlierCalls`. What agents wrote for each other is not among it: it goes to another company.
 */
export function variablesFor(db: ReadDb, contactId: number | null): Readonly<Record<string, string>> {
  const contact = contactId === null ? null : contactById(db, contactId);
  if (contact === null || contactId === null) return {};
  const fields = [...scriptFields(contact, '')]
    .map(([name, value]) => [camelCased(name), value.slice(0, TEXT_MAX)] as const)
    .filter(([name, value]) => name !== '' && value !== '');
  const earlier = earlierCalls(db, contactId, REMEMBERED_MAX).map(inWords).join(' ');
  return { ...Object.fromEntries(fields), ...(earlier === '' ? {} : { earlierCalls: earlier }) };
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
