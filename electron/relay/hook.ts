import type { IncomingHttpHeaders } from 'node:http';
import type { CarrierEvent } from '../carriers/carrier.ts';
import type { Delivery } from '../store/deliveries.ts';

/** A request as it came through the tunnel: nothing of it is believed yet. */
export interface Posted {
  readonly kind: string;
  readonly attemptId: string | null;
  /** Where the carrier was told to post to, by our own record: what proxies say of it counts for nothing. */
  readonly url: string;
  readonly mime: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What the relay knows of one carrier. */
export interface Hook {
  /** Whether it comes from the carrier and was not changed: decided in constant time, before it is read. */
  readonly isGenuine: (posted: Posted) => boolean;
  /** The carrier’s own mark for one delivery and all its repetitions. */
  readonly tokenOf?: (headers: IncomingHttpHeaders) => string | null;
  /** What it tells. Called for what was written down, perhaps after a restart, perhaps more than once. */
  readonly read: (delivery: Delivery) => Reading;
  /** What the carrier is told to do next, for hooks that ask; null for those that only tell. */
  readonly answer?: (posted: Posted) => HookAnswer | null;
}

export type Reading =
  | { readonly kind: 'read'; readonly events: readonly CarrierEvent[] }
  | { readonly kind: 'unreadable'; readonly sentence: string };

export interface HookAnswer {
  readonly mime: 'text/xml' | 'application/json';
  readonly text: string;
}

export function unreadable(sentence: string): Reading {
  return { kind: 'unreadable', sentence };
}
