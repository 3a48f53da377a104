import { fillIn, scriptFields } from '../../shared/domain/script.ts';
import type { CampaignRules } from '../../shared/domain/campaign.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Spoken } from '../carriers/carrier.ts';
import { contactById } from '../store/contacts.ts';
import { messageById, noteMessageUse } from '../store/messages.ts';
import type { Db, ReadDb } from '../store/open.ts';

interface Listener {
  readonly contactId: number | null;
  /** The attempt whose call it is for. */
  readonly attemptId: string;
}

/** What a campaign plays to whoever answers: its sound, or its words; null where it has none, and somebody else speaks. */
export function messageTo(
  db: ReadDb,
  { voice, message, playMessageId }: Pick<CampaignRules, 'voice' | 'message' | 'playMessageId'>,
  { contactId, attemptId }: Listener,
): Spoken | null {
  if (voice !== 'recorded') return null;
  const sound = soundFor(db, playMessageId, attemptId);
  if (sound !== null || message.trim() === '') return sound;
  const contact = contactId === null ? null : contactById(db, contactId);
  const fields = contact === null ? new Map<string, string>() : scriptFields(contact, '');
  const text = fillIn(message, fields)
    .map((run) => run.text)
    .join('')
    .trim();
  return { kind: 'words', text };
}

/** What is left on a machine: the campaign’s own sound for it, or what it plays anyway; null for the carrier’s usual one. */
export function messageForMachine(db: ReadDb, rules: CampaignRules, listener: Listener): Spoken | null {
  return soundFor(db, rules.dropMessageId, listener.attemptId) ?? messageTo(db, rules, listener);
}

/** Counts it where a sound of ours was given to a call. */
export function noteGiven(db: Db, say: Spoken | null, how: 'left' | 'played', usedAt: Instant): void {
  const given = say?.kind === 'sound' ? soundIn(say.soundId) : null;
  if (given !== null) noteMessageUse(db, { ...given, how, usedAt });
}

/** A sound for one call: its id names both, so that whoever fetches it by that id is heard only while that call lives. */
function soundFor(db: ReadDb, messageId: number | null, attemptId: string): Spoken | null {
  const message = messageId === null ? null : messageById(db, messageId);
  if (message === null) return null;
  const { id, durationMs, name } = message;
  return { kind: 'sound', soundId: `${id}.${attemptId}`, durationMs, name };
}

const SOUND = /^(\d{1,15})\.([\w-]{1,64})$/;

export function soundIn(soundId: string): { readonly messageId: number; readonly attemptId: string } | null {
  const [, messageId, attemptId] = SOUND.exec(soundId) ?? [];
  return messageId === undefined || attemptId === undefined
    ? null
    : { messageId: Number(messageId), attemptId };
}
