import type { AssistantChoices, Briefing } from '../../shared/contract/assistants.ts';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import { type E164, showPhone } from '../../shared/domain/phone.ts';
import type { Assistant } from '../carriers/account.ts';
import { variablesFor } from '../dialer/assistant.ts';
import type { Kernel } from '../kernel.ts';
import { type KeptCampaign, keptCampaign } from '../store/campaigns.ts';
import { contactById } from '../store/contacts.ts';
import { someoneIn } from '../store/contacts-named.ts';
import type { AccountLine } from '../workspace-carriers.ts';
import { gone } from './campaign-edits.ts';
import { firstOf } from './campaign-first.ts';
import { audited } from './audited.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, within } from './within.ts';

/** The voices that talk by themselves: who may be chosen, and what they will be told. */
export function assistantsHandlers(rooms: Rooms): ParleyHandlers<unknown>['assistants'] {
  return {
    choices: () => within(rooms, async (kernel) => ok(await choicesOf(rooms, kernel))),
    briefing: ({ campaignId, assistant }) =>
      within(rooms, async (kernel) => {
        const campaign = keptCampaign(kernel.db, campaignId);
        if (campaign === null || campaign.deletedAt !== null) return gone;
        const id = assistant === '' ? usualOf(rooms) : assistant;
        const found = (await assistantsOf(rooms))?.find((each) => each.id === id) ?? null;
        return ok(briefingFor(kernel, campaign, found));
      }),
    webCall: ({ campaignId, assistant }) =>
      within(rooms, (kernel) => {
        const campaign = keptCampaign(kernel.db, campaignId);
        if (campaign === null || campaign.deletedAt !== null) return gone;
        const line = voiceLine(rooms);
        const values = line === null ? null : (rooms.seat.carriers?.valuesOf(line.kind) ?? null);
        const publicKey = values?.['publicKey'] ?? '';
        if (publicKey === '') return refuse('not-now', NO_PUBLIC_KEY);
        if ((values?.['baseUrl'] ?? '') !== '') return refuse('not-now', OWN_ADDRESS);
        const id = assistant === '' ? usualOf(rooms) : assistant;
        const entry = { action: 'assistant.test-call', subject: 'campaign', subjectId: String(campaignId) };
        audited(rooms, { ...entry, before: null, after: { assistant: id } }, () => {});
        const told = briefingFor(kernel, campaign, null).variables.map(
          ({ name, value }) => [name, value] as const,
        );
        const variables = Object.fromEntries(told);
        return ok({ publicKey, assistant: id, variables });
      }),
  };
}

/** The carrier whose voices talk by themselves; null where none is set up. */
export function voiceLine({ seat }: Rooms): AccountLine | null {
  return (
    seat.carriers?.lines.find(
      ({ serves, carrier }) => serves.includes('voice') && carrier.assistants !== undefined,
    ) ?? null
  );
}

/** Who talks where a campaign names nobody. */
export function usualOf(rooms: Rooms): string {
  const line = voiceLine(rooms);
  return (line === null ? null : rooms.seat.carriers?.valuesOf(line.kind))?.['assistantId'] ?? '';
}

async function assistantsOf(rooms: Rooms): Promise<readonly Assistant[] | null> {
  return (await voiceLine(rooms)?.carrier.assistants?.()) ?? null;
}

const NO_PUBLIC_KEY =
  'A test call needs the public key of your Vapi account. Enter it in Settings › Carriers, under Vapi.';
/** The policy of its page names Vapi alone. */
const OWN_ADDRESS =
  'A test call goes to Vapi’s own address alone, and another address is entered in Settings › Carriers.';
const PRACTICE =
  'In practice an invented voice talks. The assistants of your own account can be chosen once Vapi is set up in a workspace of your own.';
const NOT_SET_UP =
  'Vapi is not set up in this workspace. Set it up in Settings › Carriers; what is chosen here stays.';
const NOT_REACHED =
  'The assistants and numbers could not be fetched from Vapi. What is chosen stays, and calls go by it. Try again in a while.';

async function choicesOf(rooms: Rooms, { kind, home }: Kernel): Promise<AssistantChoices> {
  const none = { assistants: [], voices: [], numbers: [], usual: usualOf(rooms) };
  const line = voiceLine(rooms);
  if (line === null)
    return { ...none, state: 'not-set-up', sentence: kind === 'practice' ? PRACTICE : NOT_SET_UP };
  const [found, numbers] = await Promise.all([assistantsOf(rooms), line.carrier.numbers()]);
  if (found === null || numbers === null) return { ...none, state: 'not-reached', sentence: NOT_REACHED };
  return {
    ...none,
    state: 'listed',
    sentence: '',
    assistants: found.map(({ id, name }) => ({ id, name: name === '' ? id : name })),
    voices: [...new Set(found.map(({ voice }) => voice))].filter((voice) => voice !== '').sort(),
    numbers: numbers.map(({ number, label }) => ({
      number,
      label,
      shown: showPhone(number as E164, home.country),
    })),
  };
}

/** What the assistant is told of the first who would be rung, and what it misses. */
function briefingFor(kernel: Kernel, campaign: KeptCampaign, assistant: Assistant | null): Briefing {
  // Where nobody may be rung anybody shows as well what would be told.
  const contactId = firstOf(kernel, campaign, 1)[0]?.contactId ?? someoneIn(kernel.db, campaign.id);
  const contact = contactId === null ? null : contactById(kernel.db, contactId);
  const known = variablesFor(kernel.db, contact?.id ?? null);
  return {
    contact: contact?.name ?? null,
    variables: Object.entries(known).map(([name, value]) => ({ name, value })),
    opening: filledIn(assistant?.opening ?? '', known),
    gaps: contact === null ? [] : (assistant?.asksFor ?? []).filter((name) => !Object.hasOwn(known, name)),
  };
}

/** Plain names are filled in as Vapi does it; what is reckoned with filters stays as it is written. */
function filledIn(text: string, known: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(known, name) ? known[name]! : whole,
  );
}
