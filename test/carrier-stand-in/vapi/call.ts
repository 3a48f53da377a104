import type { TranscriptSegment } from '../../../shared/domain/call.ts';
import type { Instant } from '../../../shared/lib/instants.ts';
import type { Fate } from '../fates.ts';
import type { Ring } from '../truth.ts';

export type VapiStatus = 'scheduled' | 'queued' | 'ringing' | 'in-progress' | 'forwarding' | 'ended';

export interface VapiCall {
  readonly id: string;
  readonly createdAt: Instant;
  /** As it was asked for. */
  readonly wish: CallWish;
  readonly customer: Customer;
  readonly fate: Fate;
  /** Null for calls of the past that were never made here. */
  readonly ring: Ring | null;
  readonly providerId: string;
  status: VapiStatus;
  updatedAt: Instant;
  startedAt: Instant | null;
  endedAt: Instant | null;
  endedReason: string | null;
  destination: unknown;
  /** What was said until now. */
  readonly said: TranscriptSegment[];
  isReported: boolean;
  hasRecording: boolean;
  readonly muted: Set<'assistant' | 'customer'>;
  readonly timers: Set<() => void>;
  name: string | null;
}

export interface Customer {
  readonly number?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly extension?: string | undefined;
  readonly externalId?: string | undefined;
  readonly assistantOverrides?: Overrides | undefined;
}

export interface Overrides {
  readonly variableValues?: Readonly<Record<string, unknown>> | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly maxDurationSeconds?: number | undefined;
  readonly voicemailDetection?: unknown;
  readonly voicemailMessage?: string | undefined;
  readonly firstMessage?: string | undefined;
  readonly server?: Server | undefined;
  readonly serverMessages?: readonly string[] | undefined;
  readonly artifactPlan?:
    | {
        readonly recordingEnabled?: boolean | undefined;
        readonly structuredOutputIds?: readonly string[] | undefined;
      }
    | undefined;
}

export interface Server {
  readonly url: string;
  readonly timeoutSeconds?: number | undefined;
  readonly credentialId?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly backoffPlan?:
    | {
        readonly type: 'fixed' | 'exponential';
        readonly maxRetries: number;
        readonly baseDelaySeconds: number;
      }
    | undefined;
}

export interface CallWish {
  readonly assistantId?: string | undefined;
  readonly assistant?: Readonly<Record<string, unknown>> | undefined;
  readonly phoneNumberId?: string | undefined;
  readonly assistantOverrides?: Overrides | undefined;
  readonly schedulePlan?: { readonly earliestAt: string; readonly latestAt?: string | undefined } | undefined;
  readonly name?: string | undefined;
}

export function overridesOf({ wish, customer }: VapiCall): Overrides {
  return { ...wish.assistantOverrides, ...customer.assistantOverrides };
}

export function isLive({ status }: VapiCall): boolean {
  return status !== 'ended';
}

export function talkMsOf({ startedAt, endedAt }: VapiCall): number {
  return startedAt === null || endedAt === null ? 0 : endedAt - startedAt;
}
