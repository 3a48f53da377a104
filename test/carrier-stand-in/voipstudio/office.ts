import type { Instant } from '../../../shared/lib/instants.ts';
import type { World } from '../world.ts';
import type { Cdr, Leg } from './leg.ts';

export interface VoipStudioLimits {
  /** More calls than these in a minute are turned away with 400. */
  callsPerMinuteMax: number;
  requestsPerSecondMax: number;
  /** How long it takes to answer a request for a call: with the real one, five to ten seconds. */
  answerAfterMs: number;
  /** How long after the end of a call its record is there. */
  recordAfterMs: number;
}

export interface OfficeUser {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly extension: string;
  /** Whether a phone of theirs is open. */
  hasPhone: boolean;
  /** How long they let it ring; null where they do not pick up. */
  answersAfterMs: number | null;
}

export interface Office {
  readonly token: string;
  readonly email: string;
  readonly password: string;
  readonly users: readonly OfficeUser[];
  /** Caller IDs of the account, digits alone. */
  readonly numbers: readonly string[];
  /** Where its events go: set by hand in the dashboard, and not signed. */
  webhooks: string[];
  readonly limits: VoipStudioLimits;
  readonly legs: Map<number, Leg>;
  readonly cdrs: Cdr[];
  readonly apiTokens: { readonly name: string; readonly token: string }[];
  isTokenRevoked: boolean;
  /** How far the account’s own clock is ahead of UTC: its times are told in it, and do not say so. */
  zoneMs: number;
  lastId: number;
  readonly startedAt: Instant[];
  readonly askedAt: Instant[];
}

export interface VoipStudio {
  readonly world: World;
  readonly office: Office;
}

export function openVoipStudio(world: World, limits: Partial<VoipStudioLimits> = {}): VoipStudio {
  const office: Office = {
    token: 'stand-in-voipstudio-token',
    email: 'agent@practice.example',
    password: 'stand-in-voipstudio-password',
    users: [
      {
        id: 123_456,
        name: 'Agent 42',
        email: 'agent@practice.example',
        extension: '101',
        hasPhone: true,
        answersAfterMs: 1_200,
      },
      {
        id: 123_457,
        name: 'Agent 43',
        email: 'second@practice.example',
        extension: '102',
        hasPhone: false,
        answersAfterMs: 1_200,
      },
    ],
    numbers: ['12025550120', '12025550121'],
    webhooks: [],
    limits: {
      callsPerMinuteMax: Number.POSITIVE_INFINITY,
      requestsPerSecondMax: Number.POSITIVE_INFINITY,
      answerAfterMs: 500,
      recordAfterMs: 2_000,
      ...limits,
    },
    legs: new Map(),
    cdrs: [],
    apiTokens: [],
    isTokenRevoked: false,
    zoneMs: 0,
    lastId: 70_000,
    startedAt: [],
    askedAt: [],
  };
  return { world, office };
}

export function nextId({ office }: VoipStudio): number {
  office.lastId += 1;
  return office.lastId;
}

/** Dates as VoIPStudio writes them, in the account’s own time. */
export function officeDate({ office }: VoipStudio, at: Instant): string {
  return new Date(at + office.zoneMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** Whether one more within `spanMs` is too many. Counts it where it is not. */
export function isOver(times: Instant[], now: Instant, spanMs: number, max: number): boolean {
  while (times.length > 0 && times[0]! <= now - spanMs) times.shift();
  if (times.length >= max) return true;
  if (Number.isFinite(max)) times.push(now);
  return false;
}
