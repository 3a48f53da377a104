import { useState } from 'react';
import type { ContactCard } from '../../../shared/contract/desk.ts';

export type PhoneNumber = ContactCard['numbers'][number];

export interface ChosenNumber {
  readonly number: PhoneNumber | null;
  readonly choose: (numberId: number) => void;
  /** To the one above or below that can be rung. */
  readonly move: (by: 1 | -1) => void;
}

/** Which of their numbers the main key dials: the starred one until the agent points at another. */
export function useChosenNumber(contact: ContactCard | null): ChosenNumber {
  const [chosen, setChosen] = useState<{ contactId: number; numberId: number } | null>(null);
  const usable = contact?.numbers.filter((each) => each.isUsable) ?? [];
  const own = chosen !== null && chosen.contactId === contact?.id ? chosen.numberId : null;
  const number =
    usable.find((each) => each.id === own) ?? usable.find((each) => each.isStarred) ?? usable[0] ?? null;
  const choose = (numberId: number) => contact && setChosen({ contactId: contact.id, numberId });
  const move = (by: 1 | -1) => {
    const at = usable.findIndex((each) => each.id === number?.id);
    const next = usable[at + by];
    if (next !== undefined) choose(next.id);
  };
  return { number, choose, move };
}

/** `mobile ·0187`: enough to tell which phone a button rings. */
export function shortNumber({ kind, shown }: Pick<PhoneNumber, 'kind' | 'shown'>): string {
  return `${kind} ·${shown.replace(/\D/g, '').slice(-4)}`;
}
