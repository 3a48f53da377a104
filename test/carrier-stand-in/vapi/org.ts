import { type Instant, MINUTE_MS, instant } from '../../../shared/lib/instants.ts';
import { seededRandom } from '../../../shared/lib/random.ts';
import { uuidAt } from '../../../shared/lib/uuid.ts';
import { type World, hexOf } from '../world.ts';
import type { VapiCall } from './call.ts';

/** What the organisation is allowed. All limits are off unless they are set. */
export interface VapiLimits {
  callsMax: number;
  /** How one call too many is turned away: Vapi has done all three. */
  overCallsMax: 'refused' | 'blocked' | 'ended';
  requestsPerMinuteMax: number;
  /** How long after the end of a call its report is sent. */
  reportAfterMs: number;
  /** How long after the end of a call its recording is there. */
  recordingAfterMs: number;
  /** Numbers of Vapi’s own are for a few calls a day. */
  dailyCallsMax: number;
}

/** How the body of an event looks: as today, without its envelope, or by the names of older notes. */
export type BodyShape = 'today' | 'bare' | 'old' | 'old-bare';

export interface Assistant {
  readonly id: string;
  readonly name: string;
  readonly firstMessage: string;
  /** Where its events go when a call says nothing else. */
  server: Record<string, unknown> | null;
}

export interface VapiNumber {
  readonly id: string;
  readonly provider: 'twilio' | 'vapi';
  readonly number: string;
  readonly name: string;
}

export interface VapiOrg {
  readonly orgId: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly assistants: readonly Assistant[];
  readonly phoneNumbers: readonly VapiNumber[];
  /** Credentials of the kind `webhook`, by their id: how events are signed. */
  readonly credentials: Readonly<
    Record<string, { readonly kind: 'hmac' | 'bearer'; readonly secret: string }>
  >;
  readonly limits: VapiLimits;
  readonly calls: Map<string, VapiCall>;
  /** What came through control addresses, in its order. */
  readonly controls: { readonly callId: string; readonly message: Record<string, unknown> }[];
  bodyShape: BodyShape;
  isFrozen: boolean;
  readonly askedAt: Instant[];
}

export interface Vapi {
  readonly world: World;
  readonly org: VapiOrg;
}

const OPENED_AT = instant(Date.UTC(2025, 5, 2, 9));

export function openVapi(world: World, limits: Partial<VapiLimits> = {}): Vapi {
  // The same at every start, so that settings that were typed once still fit.
  const random = seededRandom('vapi’s own');
  const id = () => uuidAt(OPENED_AT, random);
  const org: VapiOrg = {
    orgId: id(),
    privateKey: 'stand-in-vapi-private-key',
    publicKey: 'stand-in-vapi-public-key',
    assistants: [
      { id: id(), name: 'Appointments', firstMessage: 'Hello, this is the practice company.', server: null },
      { id: id(), name: 'Reminders', firstMessage: 'Hello, a short reminder.', server: null },
    ],
    phoneNumbers: [
      { id: id(), provider: 'twilio', number: '+12025550110', name: 'Imported line' },
      { id: id(), provider: 'vapi', number: '+12025550111', name: 'Free line' },
    ],
    credentials: {
      'stand-in-hmac': { kind: 'hmac', secret: 'stand-in-vapi-signing-secret' },
      'stand-in-bearer': { kind: 'bearer', secret: 'stand-in-vapi-bearer-secret' },
    },
    limits: {
      callsMax: Number.POSITIVE_INFINITY,
      overCallsMax: 'refused',
      requestsPerMinuteMax: Number.POSITIVE_INFINITY,
      reportAfterMs: 2_000,
      recordingAfterMs: 3_000,
      dailyCallsMax: Number.POSITIVE_INFINITY,
      ...limits,
    },
    calls: new Map(),
    controls: [],
    bodyShape: 'today',
    isFrozen: false,
    askedAt: [],
  };
  return { world, org };
}

/** Whether one more request is too many for this minute. Counts it where it is not. */
export function isTooMany({ org, world }: Vapi): boolean {
  const now = world.clock.now();
  while (org.askedAt.length > 0 && org.askedAt[0]! <= now - MINUTE_MS) org.askedAt.shift();
  if (org.askedAt.length >= org.limits.requestsPerMinuteMax) return true;
  if (Number.isFinite(org.limits.requestsPerMinuteMax)) org.askedAt.push(now);
  return false;
}

export function providerIdOf({ world }: Vapi): string {
  return `CA${hexOf(world.random, 32)}`;
}

export function iso(at: Instant): string {
  return new Date(at).toISOString();
}
