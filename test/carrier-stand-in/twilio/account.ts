import { type Instant, after } from '../../../shared/lib/instants.ts';
import { type World, hexOf } from '../world.ts';
import type { Room } from './rooms.ts';
import type { TwilioCall } from './call.ts';
import type { Tape } from './tapes.ts';

/** What the account is allowed. All limits are off unless they are set. */
export interface TwilioLimits {
  /** More than these a second wait in Twilio’s own queue. */
  callsPerSecond: number;
  /** More than these at once are refused with 10004. */
  callsMax: number;
  /** More requests than these at once are refused with 429. */
  requestsMax: number;
  /** Calls wait no longer than this in the queue; beyond it they are refused with 22005. */
  queueMsMax: number;
  isTrial: boolean;
  /** Numbers that a trial may call. */
  readonly verified: string[];
  /** Where it may call, by the beginning of the number; null is everywhere. */
  countries: string[] | null;
  /** How long after the end of a call its price is known. */
  priceAfterMs: number;
  /** How long after the end of a recording it can be fetched. */
  recordingAfterMs: number;
}

export interface TwilioAccount {
  readonly sid: string;
  readonly authToken: string;
  readonly keySid: string;
  readonly keySecret: string;
  /** Nothing is dialed with these. */
  readonly testSid: string;
  readonly testAuthToken: string;
  /** Numbers the account owns. */
  readonly numbers: readonly { readonly sid: string; readonly phoneNumber: string; readonly name: string }[];
  readonly callerIds: { readonly sid: string; readonly phoneNumber: string; readonly name: string }[];
  readonly applications: { readonly sid: string; fields: Record<string, string> }[];
  readonly limits: TwilioLimits;
  readonly calls: Map<string, TwilioCall>;
  readonly rooms: Map<string, Room>;
  readonly tapes: Map<string, Tape>;
  /** What Twilio’s own debugger would show: the app never hears of it. */
  readonly debug: { readonly code: number; readonly callSid: string; readonly url: string }[];
  /** What was said and played to people, in its order. */
  readonly heard: { readonly callSid: string; readonly verb: string; readonly what: string }[];
  isSuspended: boolean;
  /** When the next call may leave the queue. */
  nextDialAt: Instant;
  requestsNow: number;
}

export interface Twilio {
  readonly world: World;
  readonly account: TwilioAccount;
  /** Where its API begins, as the answers write it. */
  readonly root: () => string;
}

/** Numbers that are kept for stories and reach nobody. */
const OWNED = ['+12025550100', '+12025550101', '+12025550102'];

export function openTwilio(world: World, limits: Partial<TwilioLimits> = {}): Twilio {
  const { random } = world;
  const account: TwilioAccount = {
    sid: `AC${'5'.repeat(32)}`,
    authToken: 'stand-in-twilio-auth-token',
    keySid: `SK${'6'.repeat(32)}`,
    keySecret: 'stand-in-twilio-key-secret',
    testSid: `AC${'7'.repeat(32)}`,
    testAuthToken: 'stand-in-twilio-test-token',
    numbers: OWNED.map((phoneNumber, nth) => ({
      sid: `PN${hexOf(random, 32)}`,
      phoneNumber,
      name: `Line ${nth + 1}`,
    })),
    callerIds: [],
    applications: [],
    limits: {
      callsPerSecond: Number.POSITIVE_INFINITY,
      callsMax: Number.POSITIVE_INFINITY,
      requestsMax: Number.POSITIVE_INFINITY,
      queueMsMax: 24 * 60 * 60_000,
      isTrial: false,
      verified: [],
      countries: null,
      priceAfterMs: 10_000,
      recordingAfterMs: 2_000,
      ...limits,
    },
    calls: new Map(),
    rooms: new Map(),
    tapes: new Map(),
    debug: [],
    heard: [],
    isSuspended: false,
    nextDialAt: world.clock.now(),
    requestsNow: 0,
  };
  return { world, account, root: () => `/2010-04-01/Accounts/${account.sid}` };
}

export function newSid({ world }: Twilio, letters: 'CA' | 'CF' | 'RE' | 'AP' | 'PN'): string {
  return letters + hexOf(world.random, 32);
}

/** Dates as Twilio writes them: RFC 2822, in UTC. */
export function twilioDate(at: Instant): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

/** How long a new call waits in the queue, and takes its place there. */
export function queueFor({ world, account }: Twilio): number {
  const now = world.clock.now();
  const from = account.nextDialAt > now ? account.nextDialAt : now;
  account.nextDialAt = after(from, 1_000 / account.limits.callsPerSecond);
  return from - now;
}
