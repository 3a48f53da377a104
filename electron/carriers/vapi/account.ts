import { z } from 'zod';
import type { Clock } from '../../../shared/lib/clock.ts';
import { type Instant, MINUTE_MS } from '../../../shared/lib/instants.ts';
import type { Assistant, Checked, OwnNumber } from '../account.ts';
import { type VapiClient, refusalOf } from './client.ts';
import { type VapiAssistant, type VapiPhoneNumber, assistantShape, phoneNumberShape } from './shapes.ts';

/** The numbers and assistants of the account, as they were a few minutes ago at most. */
export interface Directory {
  /** Vapi’s own name for a number of the account. */
  numberId(number: string): Promise<NumberFound>;
  numbers(): Promise<readonly VapiPhoneNumber[] | null>;
  assistants(): Promise<readonly VapiAssistant[] | null>;
}

export type NumberFound =
  | { readonly kind: 'found'; readonly id: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreachable' };

const FRESH_MS = 10 * MINUTE_MS;
const LISTED_MAX = '1000';

export function openDirectory(client: VapiClient, clock: Clock): Directory {
  let known: { readonly numbers: readonly VapiPhoneNumber[]; readonly at: Instant } | null = null;
  const numbers = async () => {
    const found = await listed(client, '/phone-number', phoneNumberShape);
    if (found !== null) known = { numbers: found, at: clock.now() };
    return found;
  };
  return {
    async numberId(from) {
      const isFresh = known !== null && clock.now() - known.at <= FRESH_MS;
      const remembered = isFresh ? numberIn(known!.numbers, from) : ABSENT;
      if (remembered.kind === 'found') return remembered;
      const found = await numbers();
      return found === null ? { kind: 'unreachable' } : numberIn(found, from);
    },
    numbers,
    assistants: () => listed(client, '/assistant', assistantShape),
  };
}

const ABSENT: NumberFound = { kind: 'absent' };

function numberIn(numbers: readonly VapiPhoneNumber[], from: string): NumberFound {
  const found = numbers.find(({ id, number }) => number === from || id === from);
  return found === undefined ? ABSENT : { kind: 'found', id: found.id };
}

async function listed<T>(
  client: VapiClient,
  path: string,
  shape: z.ZodType<T>,
): Promise<readonly T[] | null> {
  const told = await client.get(path, { limit: LISTED_MAX });
  const rows = told.kind === 'ok' ? z.array(z.unknown()).safeParse(told.body).data : undefined;
  // One that is not understood must not hide the others.
  return rows?.flatMap((row) => shape.safeParse(row).data ?? []) ?? null;
}

export function ownNumbers(numbers: readonly VapiPhoneNumber[]): OwnNumber[] {
  return numbers.flatMap(({ number, name }) => (number ? [{ number, label: name ?? '' }] : []));
}

/** Filled in by Vapi itself, so nobody here needs to. */
const BUILT_IN = /^(now|date|time|month|day|year|(customer|phoneNumber|call|transport)\..+)$/;

/** An assistant as a campaign chooses it, with the names that its words want filled in. */
export function ownAssistant({ id, name, voice, firstMessage, model }: VapiAssistant): Assistant {
  const words = [firstMessage, ...(model?.messages ?? []).map(({ content }) => content)];
  const named = words.flatMap((text) =>
    [...(text ?? '').matchAll(/\{\{-?\s*([\w.]+)/g)].map((found) => found[1]!),
  );
  return {
    id,
    name: name ?? '',
    voice: voice?.provider && voice.voiceId ? `${voice.provider}:${voice.voiceId}` : '',
    opening: firstMessage ?? '',
    asksFor: [...new Set(named)].filter((each) => !BUILT_IN.test(each)),
  };
}

/** Asks Vapi whether it knows us: what somebody wants to hear who has just typed a key. */
export async function checkVapi(client: VapiClient): Promise<Checked> {
  const told = await client.get('/phone-number', { limit: LISTED_MAX });
  if (told.kind === 'not-sent' || told.kind === 'unclear')
    return { kind: 'not-reached', sentence: `Vapi: ${told.sentence} Nothing was checked.` };
  if (told.kind === 'no') return { kind: 'wrong', sentence: refusalOf(told.status, told.message) };
  const rows = z.array(z.unknown()).safeParse(told.body).data;
  if (rows === undefined)
    return { kind: 'not-reached', sentence: 'This address does not answer as Vapi does. Check the address.' };
  const assistants = await listed(client, '/assistant', assistantShape);
  if (rows.length === 0)
    return {
      kind: 'good',
      sentence: 'Connected. The account has no phone number yet: add one at Vapi to call.',
    };
  if (assistants?.length === 0)
    return {
      kind: 'good',
      sentence: 'Connected. The account has no assistant yet: make one at Vapi to call.',
    };
  return { kind: 'good', sentence: 'Connected to the Vapi account.' };
}
