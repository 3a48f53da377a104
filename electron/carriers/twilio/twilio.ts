import type { CallStatus } from '../../../shared/domain/call.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { MINUTE_MS } from '../../../shared/lib/instants.ts';
import type { Capabilities, Carrier, CarrierEvent, RecordedSound, Unreachable } from '../carrier.ts';
import { openHealth } from '../health.ts';
import { type Account, type Softphone, agentAddress } from '../account.ts';
import { openSoundOverHttp } from '../sound-over-http.ts';
import { balanceAtTwilio, checkTwilio, numbersAtTwilio } from './account.ts';
import { type AgentLines, agentLines } from './agent-line.ts';
import {
  type TwilioClient,
  type TwilioCredentials,
  type TwilioPlace,
  twilioClient,
  unreachable,
} from './client.ts';
import { colleagueAtTwilio } from './consult.ts';
import { controlAtTwilio } from './control.ts';
import { fetchFromTwilio, findAtTwilio, historyAtTwilio } from './look.ts';
import { type Hooks, type Leg, placeAtTwilio } from './place.ts';
import { recordingShape } from './shapes.ts';
import { softphonePass } from './token.ts';
import { clientOf } from './twiml.ts';

export interface TwilioOptions extends TwilioPlace {
  readonly credentials: TwilioCredentials;
  readonly clock: Clock;
  /** Where Twilio may call us back; null where nothing reaches us and everything is asked for. */
  readonly hooks?: Hooks | null;
  /** Calls the account may begin in a second. Twilio lets more wait, and then they ring when nobody expects it. */
  readonly callsPerSecond?: number;
  /** A phone that agents answer at instead of their softphone. */
  readonly agentPhone?: string | undefined;
  readonly voicemail?: string | undefined;
  readonly timeoutMs?: number;
  readonly trace?: (line: string) => void;
}

export type TwilioCarrier = Carrier & Account;

const CAN: Capabilities = {
  hold: true,
  mute: true,
  tones: true,
  transfer: true,
  consult: true,
  monitor: true,
  voicemailDrop: true,
  machineDetection: true,
  recording: true,
  transcript: false,
  speaks: true,
  callsPerSecond: 1,
  certaintyMs: MINUTE_MS,
};

/** How many calls are remembered with their rooms; any other is looked up. */
const LEGS_MAX = 1_000;

export function twilioCarrier(options: TwilioOptions): TwilioCarrier {
  const { credentials, clock, hooks = null, callsPerSecond = 1, agentPhone, voicemail = '' } = options;
  const health = openHealth(clock, () => client.get('.json'));
  const client: TwilioClient = twilioClient({ ...options, health });
  const addressOf = (agentId: number) => agentAddress(agentPhone) ?? clientOf(agentId);
  const lines = agentLines({ client, clock, addressOf });
  const legs = new Map<string, Leg>();
  const listeners = new Set<(event: CarrierEvent) => void>();
  const tell = (event: CarrierEvent) => {
    for (const listener of listeners) listener(event);
  };
  const parts = { client, clock, lines, hooks, legs, voicemail: voicemail || null, tell };

  return {
    name: 'twilio',
    can: { ...CAN, callsPerSecond },
    readiness: () => health.readiness(),
    async place(request, signal) {
      const placed = await placeAtTwilio(parts, request, signal);
      for (const old of legs.keys()) if (legs.size > LEGS_MAX) legs.delete(old);
      return placed;
    },
    find: (attempt) => findAtTwilio(client, attempt),
    async fetch(callRef) {
      const told = await fetchFromTwilio(client, clock, callRef);
      const leg = legs.get(callRef);
      // Whoever talks to an agent must not be left alone in the room.
      if (leg !== undefined && goesOn(told)) void lines.restore(agentIn(leg), leg.from);
      return told;
    },
    control: (callRef, action) => controlAtTwilio(parts, callRef, action),
    consulted: (callRef) => colleagueAtTwilio(parts, callRef),
    history: (range, cursor) => historyAtTwilio(client, range, cursor),
    recording: (recordingRef) => soundOf(client, recordingRef),
    async openRecording(recordingRef, part) {
      const path = `/Recordings/${encodeURIComponent(recordingRef)}`;
      const told = await client.get(`${path}.json`);
      if (told.kind === 'no' && told.status === 404) return null;
      if (told.kind !== 'ok') return unreachable(told);
      const isDual = recordingShape.safeParse(told.body).data?.channels === 2;
      return openSoundOverHttp(
        client.soundAddress(`${path}.wav${isDual ? '?RequestedChannels=2' : ''}`),
        part,
      );
    },
    listen(onEvent) {
      listeners.add(onEvent);
      return () => void listeners.delete(onEvent);
    },
    agentLeft: (agentId) => lines.leave(agentId),
    async close() {
      health.close();
      listeners.clear();
    },
    check: () => checkTwilio(client),
    numbers: () => numbersAtTwilio(client),
    balance: () => balanceAtTwilio(client),
    lastWellAt: () => health.lastWellAt(),
    ...(credentials.keySid.startsWith('SK') && agentAddress(agentPhone) === null
      ? { softphone: softphoneOf(options, lines) }
      : {}),
  };
}

/** The auth token signs no passes, and whoever answers at a phone of their own needs none. */
function softphoneOf({ credentials, region, edge, clock }: TwilioOptions, lines: AgentLines): Softphone {
  return {
    edge: edge ?? null,
    pass: (agentId) =>
      softphonePass({
        ...credentials,
        region,
        identity: clientOf(agentId).slice('client:'.length),
        now: clock.now(),
      }),
    back: (agentId) => lines.back(agentId),
    expects: (agentId, callRef) => lines.expects(agentId, callRef),
  };
}

function goesOn(told: Awaited<ReturnType<Carrier['fetch']>>): boolean {
  if (told === null || 'kind' in told) return false;
  const isIn = (status: CallStatus) => told.some(({ facts }) => facts.status === status);
  return isIn('in-progress') && !isIn('ended');
}

function agentIn({ room }: Leg): number {
  return Number(room.replace('agent-', ''));
}

/** Both sides on a channel each where there are two. Some recordings have only one. */
async function soundOf(client: TwilioClient, ref: string): Promise<RecordedSound | null | Unreachable> {
  for (const channels of ['?RequestedChannels=2', '']) {
    const sound = await client.sound(`/Recordings/${encodeURIComponent(ref)}.wav${channels}`);
    if (sound === null)
      return { kind: 'unreachable', sentence: 'Twilio cannot be reached. The recording is fetched later.' };
    if (sound.status === 404 || sound.status === 410) return null;
    if (sound.status === 200) return { kind: 'sound', mime: 'audio/wav', bytes: sound.bytes };
    if (sound.status !== 400)
      return {
        kind: 'unreachable',
        sentence: `Twilio does not hand out this recording now (HTTP ${sound.status}). It is fetched later.`,
      };
  }
  return {
    kind: 'unreachable',
    sentence: 'Twilio does not hand out this recording now. It is fetched later.',
  };
}
