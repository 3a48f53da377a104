import type { Instant } from '../lib/instants.ts';
import type { Zone } from '../lib/zoned-time.ts';
import type { E164 } from './phone.ts';

/** A person we may ring. Names are for the screen; the law looks at the numbers. */
export interface Contact {
  readonly id: number;
  readonly name: string;
  readonly company: string;
  readonly title: string;
  readonly place: string;
  readonly email: string;
  readonly fields: Readonly<Record<string, string>>;
}

export type NumberKind = 'mobile' | 'office' | 'home' | 'other';

/**
 * One phone of theirs. `zones` are all the zones the number, address and ZIP may mean; the strictest of them
 * is obeyed, so a doubtful number has more of them, never fewer.
 */
export interface ContactNumber {
  readonly id: number;
  readonly contactId: number;
  readonly e164: E164;
  readonly kind: NumberKind;
  readonly zones: readonly Zone[];
  readonly isStarred: boolean;
}

export type EnrolmentState = 'open' | 'in-hand' | 'done' | 'never';

/**
 * One contact in one campaign. `dueAt` is the soonest instant at which asking for a verdict makes sense; until
 * `restUntil` the contact rests by its own story, whatever the campaign's rules are.
 */
export interface Enrolment {
  readonly id: number;
  readonly campaignId: number;
  readonly contactId: number;
  readonly state: EnrolmentState;
  readonly priority: number;
  readonly attempts: number;
  readonly dueAt: Instant;
  readonly restUntil: Instant;
  /** The instant from which the last outcome’s span counts; null where something else than a span decides. */
  readonly restFrom: Instant | null;
  readonly lastAttemptAt: Instant | null;
  readonly lastOutcome: string | null;
}
