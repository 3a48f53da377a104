import type { Instant } from '../../../shared/lib/instants.ts';
import type { Ring } from '../truth.ts';
import { type OfficeUser, type VoipStudio, officeDate } from './office.ts';

export type LegState = 'INITIAL' | 'RINGING' | 'CONNECTED' | 'ON_HOLD' | 'HANGUP';

/** One end of a call: the agent’s phone, or whoever is called. Both share the root. */
export interface Leg {
  readonly id: number;
  readonly rootId: number;
  readonly kind: 'agent' | 'contact';
  readonly user: OfficeUser;
  readonly dst: string;
  readonly clid: string;
  readonly startedAt: Instant;
  readonly ring: Ring;
  state: LegState;
  connectedAt: Instant | null;
  endedAt: Instant | null;
  endedBy: 'src' | 'dst' | 'api' | null;
  cause: string;
  readonly timers: Set<() => void>;
}

/** The record that stays of a leg. */
export interface Cdr {
  readonly id: number;
  readonly leg: Leg;
  readonly isRecorded: boolean;
}

export function isLive({ state }: Leg): boolean {
  return state !== 'HANGUP';
}

export function talkSecondsOf({ connectedAt, endedAt }: Leg): number {
  return connectedAt === null || endedAt === null
    ? 0
    : Math.max(1, Math.round((endedAt - connectedAt) / 1_000));
}

/** A live leg as the API shows it. Its own id is a number; the one it hangs on is text. */
export function legFace(studio: VoipStudio, leg: Leg): Record<string, unknown> {
  const isAgent = leg.kind === 'agent';
  return {
    id: leg.id,
    state: leg.state,
    src: leg.user.extension,
    src_id: leg.user.id,
    src_name: leg.user.name,
    dst: leg.dst,
    dst_id: isAgent ? leg.user.id : null,
    dst_name: isAgent ? leg.user.name : null,
    clid: leg.clid,
    context: 'LOCAL_USER',
    destination: isAgent ? 'in' : 'out',
    start_time: officeDate(studio, leg.startedAt),
    connected_at: leg.connectedAt === null ? null : officeDate(studio, leg.connectedAt),
    duration:
      leg.connectedAt === null ? 0 : Math.round((studio.world.carrierNow() - leg.connectedAt) / 1_000),
    parent_id: isAgent ? null : String(leg.rootId),
    queue_state: null,
    monitor_state: leg.state === 'CONNECTED' ? 'ON' : 'OFF',
  };
}

export function cdrFace(studio: VoipStudio, { id, leg }: Cdr): Record<string, unknown> {
  const seconds = talkSecondsOf(leg);
  return {
    id,
    call_id: leg.rootId,
    live_id: leg.id,
    parent_live_id: leg.kind === 'agent' ? null : leg.rootId,
    user_id: leg.user.id,
    calldate: officeDate(studio, leg.startedAt),
    src: leg.user.extension,
    src_id: String(leg.user.id),
    src_name: leg.user.name,
    dst: leg.dst,
    dst_id: null,
    dst_name: null,
    clid: leg.clid,
    duration: leg.endedAt === null ? 0 : Math.round((leg.endedAt - leg.startedAt) / 1_000),
    billsec: seconds,
    disposition: seconds > 0 ? 'ANSWERED' : leg.cause,
    type: 'outbound',
    context: 'LOCAL_USER',
    destination: leg.kind === 'agent' ? 'in' : 'out',
    rate: 0.0121,
    charge: Math.round(((0.0121 * seconds) / 60) * 10_000) / 10_000,
    t_cause: leg.cause,
  };
}

export function monitorFace(studio: VoipStudio, { id, leg }: Cdr): Record<string, unknown> {
  const seconds = talkSecondsOf(leg);
  return {
    id,
    timestamp: officeDate(studio, leg.connectedAt ?? leg.startedAt),
    caller: leg.user.extension,
    called: leg.dst,
    duration: seconds,
    type: 'outbound',
    size: seconds * 4_000,
  };
}
