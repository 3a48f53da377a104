import type { MatchBy } from '../../shared/domain/list-import.ts';
import type { MadeContact } from './judge.ts';
import { type KeyIndex, keyOfNumber, keyOfText } from './key-index.ts';

export interface Match {
  /** The row of the file, or the contact of the workspace. */
  readonly id: number;
  readonly by: 'number' | 'email';
  readonly value: string;
}

/** Whom some numbers and addresses belong to. */
export interface People {
  readonly numbers: KeyIndex;
  readonly emails: KeyIndex;
  /** Whether that address really is theirs: two addresses may share a key. */
  readonly hasEmail: (id: number, email: string) => boolean;
}

type Traceable = Pick<MadeContact, 'numbers' | 'email'>;

/** Who this is, among people that are known; null for somebody new. */
export function matchIn(people: People, { numbers, email }: Traceable, by: MatchBy): Match | null {
  if (by.numbers) {
    for (const { e164 } of numbers) {
      const id = people.numbers.get(keyOfNumber(e164));
      if (id !== null) return { id, by: 'number', value: e164 };
    }
  }
  if (!by.emails || email === '') return null;
  const address = tidyEmail(email);
  const id = people.emails.get(keyOfText(address));
  return id !== null && people.hasEmail(id, address) ? { id, by: 'email', value: address } : null;
}

/** From now on whoever has one of these is `id`. */
export function remember(people: People, { numbers, email }: Traceable, id: number, by: MatchBy): void {
  for (const { e164 } of numbers) people.numbers.add(keyOfNumber(e164), id);
  if (by.emails && email !== '') people.emails.add(keyOfText(tidyEmail(email)), id);
}

export function tidyEmail(email: string): string {
  return email.trim().toLowerCase();
}
