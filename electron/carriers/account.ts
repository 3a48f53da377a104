import type { Instant } from '../../shared/lib/instants.ts';
import type { Carrier } from './carrier.ts';

/** What came of looking whether credentials work. */
export type Checked =
  | { readonly kind: 'good'; readonly sentence: string }
  /** The carrier said no: wrong, expired, revoked, or good for nothing but tests. */
  | { readonly kind: 'wrong'; readonly sentence: string }
  /** Nobody knows: the carrier could not be asked. */
  | { readonly kind: 'not-reached'; readonly sentence: string };

/** A number of the account that may be shown to whoever is called. */
export interface OwnNumber {
  readonly number: string;
  readonly label: string;
}

/** Somebody at the carrier who holds a talk by themselves. */
export interface Assistant {
  /** The carrier’s own name for it. */
  readonly id: string;
  readonly name: string;
  /** `maker:name`; empty where the carrier does not say. */
  readonly voice: string;
  /** What it says first, merge fields and all. */
  readonly opening: string;
  /** The names of all that its words want filled in. */
  readonly asksFor: readonly string[];
}

/** What an agent’s phone on the screen needs of a carrier whose calls it can take. */
export interface Softphone {
  /** Good for an hour. */
  pass(agentId: number): string;
  /** Where the carrier is entered; null lets it choose. */
  readonly edge: string | null;
  /** Whether a call that rings at an agent’s phone is the one that was made to them just now. */
  expects(agentId: number, callRef: string): Promise<boolean>;
  /** An agent’s phone is reachable in mid-call and in none itself: it is rung again where its call is gone. */
  back(agentId: number): Promise<void>;
}

/** What a supervisor asks about an account, apart from calls. */
export interface Account {
  check(): Promise<Checked>;
  /** Null where the carrier cannot be asked. */
  numbers(): Promise<readonly OwnNumber[] | null>;
  /** Who may talk there; null where the carrier cannot be asked. Left out where nobody talks by themselves. */
  assistants?(): Promise<readonly Assistant[] | null>;
  /** Null where the carrier does not say. */
  balance(): Promise<{ readonly amount: number; readonly currency: string } | null>;
  lastWellAt(): Instant | null;
  /** Left out where agents talk over phones of their own. */
  readonly softphone?: Softphone;
}

export type AccountCarrier = Carrier & Account;

/** The phone that agents answer at, where one was given in full. */
export function agentAddress(phone: string | undefined): string | null {
  return phone !== undefined && /^\+\d{6,15}$/.test(phone) ? phone : null;
}
