import { fillIn, scriptFields } from '../../shared/domain/script.ts';
import type { CampaignRules } from '../../shared/domain/campaign.ts';
import type { Spoken } from '../carriers/carrier.ts';
import { contactById } from '../store/contacts.ts';
import type { ReadDb } from '../store/open.ts';

/** What a campaign's recorded message says to a contact; null where it has none, and somebody else speaks. */
export function messageTo(
  db: ReadDb,
  { voice, message }: Pick<CampaignRules, 'voice' | 'message'>,
  contactId: number | null,
): Spoken | null {
  if (voice !== 'recorded' || message.trim() === '') return null;
  const contact = contactId === null ? null : contactById(db, contactId);
  const fields = contact === null ? new Map<string, string>() : scriptFields(contact, '');
  const text = fillIn(message, fields)
    .map((run) => run.text)
    .join('')
    .trim();
  return { kind: 'words', text };
}
