import type { Clock } from '../../../shared/lib/clock.ts';
import type { AccountCarrier, Checked } from '../account.ts';
import type { CallAction, Capabilities, Done, PlaceRequest, Placed, Refused } from '../carrier.ts';
import { openHealth } from '../health.ts';
import { openSoundOverHttp } from '../sound-over-http.ts';
import { type Told, type VoipstudioClient, unreachable, voipstudioClient } from './client.ts';
import { offsetBy } from './events.ts';
import {
  type LookParts,
  digitsOf,
  fetchFromVoipstudio,
  findAtVoipstudio,
  historyAtVoipstudio,
} from './look.ts';
import { createdShape, legShape, rowsOf, userShape } from './shapes.ts';

export interface VoipstudioOptions {
  readonly token: string;
  readonly baseUrl?: string | undefined;
  /** Whose phone rings first; left out, the one of whoever made the token. */
  readonly userId?: string | undefined;
  /** What the account is billed in: its records say no currency. */
  readonly currency?: string | undefined;
  readonly clock: Clock;
  readonly spacingMs?: number;
  readonly timeoutMs?: number;
  readonly trace?: (line: string) => void;
}

/** Each call rings the agent’s own phone first, so nobody can be rung while the agent is still busy elsewhere. */
export const NO_POWER =
  'VoIPStudio rings your own phone before each contact, so calls cannot begin by themselves. Start the session one call at a time.';

const CAN: Capabilities = {
  hold: false,
  mute: false,
  tones: false,
  transfer: true,
  consult: false,
  monitor: false,
  voicemailDrop: false,
  machineDetection: false,
  recording: true,
  transcript: false,
  speaks: false,
  onlyByHand: NO_POWER,
  // Ten in a minute: the guard of theirs that was seen.
  callsPerSecond: 10 / 60,
  // A call takes them ten seconds to make, and its record two to appear.
  certaintyMs: 90_000,
};

export function voipstudioCarrier(options: VoipstudioOptions): AccountCarrier {
  const { clock, userId } = options;
  const health = openHealth(clock, () => client.get('/ping'));
  const client: VoipstudioClient = voipstudioClient({ ...options, health });
  let offsetMs: number | null = null;
  const parts: LookParts = {
    client,
    clock,
    currency: options.currency || 'USD',
    offsetMs: () => offsetMs,
    held: new Map(),
  };

  return {
    name: 'voipstudio',
    can: CAN,
    readiness: () => health.readiness(),
    async place(request, signal) {
      const { placed, startedAt } = await place(client, clock, userId, request, signal);
      offsetMs = offsetBy(startedAt, clock.now()) ?? offsetMs;
      return placed;
    },
    find: (attempt) => findAtVoipstudio(parts, attempt),
    fetch: (callRef) => fetchFromVoipstudio(parts, callRef),
    control: (callRef, action) => control(client, callRef, action),
    history: (range, cursor) => historyAtVoipstudio(parts, range, cursor),
    async recording(recordingRef) {
      const sound = await client.sound(`/monitors/${encodeURIComponent(recordingRef)}.mp3`);
      if (sound?.status === 404) return null;
      if (sound?.status !== 200)
        return {
          kind: 'unreachable',
          sentence: 'VoIPStudio does not hand out this recording now. It is fetched later.',
        };
      return { kind: 'sound', mime: 'audio/mpeg', bytes: sound.bytes };
    },
    openRecording: (recordingRef, part) =>
      openSoundOverHttp(client.soundAddress(`/monitors/${encodeURIComponent(recordingRef)}.mp3`), part),
    // All is asked for: their webhooks cannot be set for a call, and are heard by the relay where somebody set them up.
    listen: () => () => {},
    async close() {
      health.close();
    },
    check: () => check(client),
    // Their numbers are not listed by any way that is known: a supervisor types them.
    numbers: async () => null,
    balance: async () => null,
    lastWellAt: () => health.lastWellAt(),
  };
}

async function place(
  client: VoipstudioClient,
  clock: Clock,
  userId: string | undefined,
  request: PlaceRequest,
  signal: AbortSignal,
): Promise<{ readonly placed: Placed; readonly startedAt?: string | null | undefined }> {
  if (signal.aborted) return { placed: NOT_SENT };
  if (request.say !== undefined || request.agentId === undefined) return { placed: CANNOT_SPEAK };
  const callerId = digitsOf(request.from);
  const told = await client.send(
    'POST',
    '/calls',
    {
      to: digitsOf(request.to),
      ...(userId ? { from: Number(userId) } : {}),
      ...(callerId === '' ? {} : { caller_id: callerId }),
    },
    signal,
  );
  if (told.kind !== 'ok') return { placed: refusedOrUnclear(told) };
  const made = createdShape.safeParse(told.body).data?.data;
  if (made === undefined) return { placed: NOT_UNDERSTOOD };
  return { placed: { kind: 'placed', callRef: made.id, at: clock.now() }, startedAt: made.start_time };
}

function refusedOrUnclear(told: Exclude<Told, { kind: 'ok' }>): Placed {
  if (told.kind === 'no') return told.refusal;
  const said = `VoIPStudio: ${told.sentence}`;
  if (told.kind === 'not-sent')
    return { kind: 'refused', code: 'no-connection', sentence: `${said} Nobody was rung.`, retry: true };
  return {
    kind: 'unclear',
    sentence: `${said} There may be a call; it is asked about before anybody is rung again.`,
  };
}

async function control(client: VoipstudioClient, callRef: string, action: CallAction): Promise<Done> {
  switch (action.kind) {
    case 'hang-up':
      return hangUp(client, callRef);
    case 'transfer':
      if (action.warm) return cannot('VoIPStudio can only hand a call over without asking first.');
      return done(
        await client.send('PATCH', `/calls/${await contactLeg(client, callRef)}`, {
          dst: digitsOf(action.to),
        }),
      );
    case 'consult':
    case 'consult-end':
      return cannot('With VoIPStudio a colleague is asked on your own phone.');
    case 'hold':
    case 'mute':
    case 'tones':
      return cannot('With VoIPStudio this is done on your own phone.');
    case 'drop-voicemail':
      return cannot('VoIPStudio cannot leave a message by itself.');
    case 'monitor':
      return cannot('VoIPStudio lets nobody listen in from here.');
  }
}

async function hangUp(client: VoipstudioClient, callRef: string): Promise<Done> {
  const told = await client.send('DELETE', `/calls/${encodeURIComponent(callRef)}`);
  if (told.kind === 'no' && told.status === 400)
    return cannot('VoIPStudio ends a call only once somebody has answered. Hang up on your own phone.');
  return done(told);
}

/** The contact’s own leg, which is the one to hand over; the call itself where it cannot be told. */
async function contactLeg(client: VoipstudioClient, callRef: string): Promise<string> {
  const live = await client.get('/calls', { limit: '200' });
  const legs = live.kind === 'ok' ? rowsOf(live.body, legShape) : null;
  return encodeURIComponent(legs?.find(({ parent_id }) => parent_id === callRef)?.id ?? callRef);
}

async function check(client: VoipstudioClient): Promise<Checked> {
  const told = await client.get('/me');
  if (told.kind === 'no') return { kind: 'wrong', sentence: told.refusal.sentence };
  if (told.kind !== 'ok')
    return { kind: 'not-reached', sentence: `VoIPStudio: ${told.sentence} Nothing was checked.` };
  const user = userShape.safeParse(told.body).data?.data;
  if (user === undefined)
    return {
      kind: 'not-reached',
      sentence: 'This address does not answer as VoIPStudio does. Check the address.',
    };
  return { kind: 'good', sentence: `Connected as ${user.email || `user ${user.id}`}.` };
}

function done(told: Told): Done {
  if (told.kind === 'ok') return { kind: 'done' };
  if (told.kind !== 'no') return unreachable(told);
  return told.status === 404 ? { kind: 'gone' } : cannot(told.refusal.sentence);
}

function cannot(sentence: string): Done {
  return { kind: 'cannot', sentence };
}

const NOT_SENT: Refused = {
  kind: 'refused',
  code: 'not-sent',
  sentence: 'Stopped before VoIPStudio was asked. Nobody was rung.',
  retry: true,
};
const CANNOT_SPEAK: Refused = {
  kind: 'refused',
  code: 'cannot-speak',
  sentence:
    'VoIPStudio needs an agent on the line. Set up Twilio for recorded messages, or Vapi for an AI voice.',
  retry: false,
};
const NOT_UNDERSTOOD: Placed = {
  kind: 'unclear',
  sentence:
    'VoIPStudio’s answer could not be understood. There may be a call; it is asked about before anybody is rung again.',
};
