import { type Clock, sleep } from '../../../shared/lib/clock.ts';
import { SECOND_MS } from '../../../shared/lib/instants.ts';
import type { Refused } from '../carrier.ts';
import type { TwilioClient } from './client.ts';
import { callStatusOf } from './events.ts';
import { type TwilioConference, callShape, conferenceShape, pageOf, participantShape } from './shapes.ts';
import { roomOf, waitInRoom } from './twiml.ts';

/**
 * The line to each agent: one call a shift, parked in a room of the agent’s own, into which the contacts come. It is
 * looked at before every call, because a contact who comes into an empty room hears nobody.
 */
export interface AgentLines {
  /** Null once the agent is in the room; otherwise why nobody may be rung. */
  ensure(agentId: number, from: string, signal: AbortSignal): Promise<Refused | null>;
  /** Rings the agent again where their own leg broke off in the middle of a call. Asked of a call that goes on. */
  restore(agentId: number, from: string): Promise<void>;
  /** The agent’s phone is there again in mid-call, as after a reload of its page: it is rung once its old leg is gone. */
  back(agentId: number): Promise<void>;
  /** Whether this is the call that was made to the agent’s phone; where one is being made, that is waited for. */
  expects(agentId: number, callSid: string): Promise<boolean>;
  /** The agent’s own leg, to whisper to; null where none is known. */
  legOf(agentId: number): string | null;
  leave(agentId: number): void;
}

export interface AgentLineParts {
  readonly client: TwilioClient;
  readonly clock: Clock;
  /** Where an agent is rung: their softphone, or a phone of theirs. */
  readonly addressOf: (agentId: number) => string;
  /** How long the agent’s own phone rings, and how often it is looked at meanwhile. */
  readonly ringMs?: number;
  readonly lookEveryMs?: number;
}

export function agentLines(parts: AgentLineParts): AgentLines {
  const { client, clock, addressOf, ringMs = 20 * SECOND_MS, lookEveryMs = SECOND_MS / 2 } = parts;
  const legs = new Map<number, string>();
  const ringing = new Map<number, Promise<unknown>>();
  const shown = new Map<number, string>();

  /** Waits until the leg is up. False where it ended or was never taken. */
  const isUp = async (leg: string, signal: AbortSignal): Promise<boolean | 'unknown'> => {
    for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
      const told = await client.get(`/Calls/${leg}.json`);
      if (told.kind === 'no') return false;
      const call = told.kind === 'ok' ? callShape.safeParse(told.body).data : undefined;
      const status = call === undefined ? null : callStatusOf(call.status);
      if (status === null) return 'unknown';
      if (status === 'in-progress') return true;
      if (status === 'ended' || waitedMs >= ringMs + 5 * SECOND_MS || signal.aborted) return false;
      await sleep(clock, lookEveryMs, signal);
    }
  };

  const ring = async (agentId: number, from: string, signal: AbortSignal): Promise<Refused | null> => {
    const room = roomOf(agentId);
    const asked = client.post(
      '/Calls.json',
      {
        To: addressOf(agentId),
        From: from,
        Twiml: waitInRoom(room, room),
        Timeout: String(Math.round(ringMs / SECOND_MS)),
        TimeLimit: '86400',
      },
      signal,
    );
    // The phone may ring before Twilio has answered with the name of the call.
    ringing.set(agentId, asked);
    const told = await asked;
    if (told.kind === 'no') {
      const { code, sentence, retry } = told.trouble;
      return { kind: 'refused', code: `agent-${code}`, sentence: `Your own phone: ${sentence}`, retry };
    }
    const call = told.kind === 'ok' ? callShape.safeParse(told.body).data : undefined;
    if (call === undefined) return LINE_UNKNOWN;
    legs.set(agentId, call.sid);
    return (await isUp(call.sid, signal)) === true ? null : NOT_THERE;
  };

  const isGone = async (leg: string): Promise<boolean> => {
    const told = await client.get(`/Calls/${leg}.json`);
    const call = told.kind === 'ok' ? callShape.safeParse(told.body).data : undefined;
    return call !== undefined && callStatusOf(call.status) === 'ended';
  };

  const restore = async (agentId: number, from: string): Promise<void> => {
    const leg = legs.get(agentId);
    // Only the one who finds it gone rings: whoever asks at the same time finds none.
    if (leg === undefined || !(await isGone(leg)) || legs.get(agentId) !== leg) return;
    legs.delete(agentId);
    await ring(agentId, from, new AbortController().signal);
  };

  return {
    restore,
    async back(agentId) {
      const [leg, from] = [legs.get(agentId), shown.get(agentId)];
      for (const afterMs of BACK_MS) {
        // A page that was closed in haste has not hung up; Twilio notices a little later.
        if (afterMs > 0) await sleep(clock, afterMs);
        if (leg === undefined || from === undefined || legs.get(agentId) !== leg) return;
        await restore(agentId, from);
      }
    },
    async ensure(agentId, from, signal) {
      shown.set(agentId, from);
      const leg = legs.get(agentId) ?? (await findLeg(client, roomOf(agentId))).leg;
      // Rung again, somebody who waits in the room would be in it twice.
      if (leg === undefined) return LINE_UNKNOWN;
      if (leg !== null) {
        const up = await isUp(leg, signal);
        if (up === 'unknown') return LINE_UNKNOWN;
        legs.set(agentId, leg);
        if (up) return null;
        legs.delete(agentId);
      }
      return ring(agentId, from, signal);
    },
    async expects(agentId, callSid) {
      await ringing.get(agentId);
      return legs.get(agentId) === callSid;
    },
    legOf: (agentId) => legs.get(agentId) ?? null,
    leave(agentId) {
      const known = legs.get(agentId);
      legs.delete(agentId);
      void (async () => {
        // A line that was opened before the last start is still the agent’s.
        const leg = known ?? (await findLeg(client, roomOf(agentId))).leg;
        if (leg != null) await client.post(`/Calls/${leg}.json`, { Status: 'completed' });
      })();
    },
  };
}

/** How long the old leg of a phone that is back is looked for, from one look to the next. */
const BACK_MS = [0, SECOND_MS, 3 * SECOND_MS, 6 * SECOND_MS];

const NOT_THERE: Refused = {
  kind: 'refused',
  code: 'agent-not-there',
  sentence: 'Your own phone did not answer, so nobody was rung. Open it and resume; it is rung again first.',
  retry: false,
};

const LINE_UNKNOWN: Refused = {
  kind: 'refused',
  code: 'agent-line-unknown',
  sentence: 'Twilio could not say whether your own line is up, so nobody was rung. It is asked again.',
  retry: true,
};

/** The leg of whoever waits in a room; null where nobody does, and undefined where that cannot be learned. */
interface Sought {
  readonly leg: string | null | undefined;
}

const UNKNOWN: Sought = { leg: undefined };

/** After a restart: the agent may be waiting in the room still. */
async function findLeg(client: TwilioClient, room: string): Promise<Sought> {
  const rooms = await roomsNamed(client, room);
  if (rooms === null) return UNKNOWN;
  for (const conference of rooms) {
    const told = await client.get(
      `/Conferences/${conference.sid}/Participants/${encodeURIComponent(room)}.json`,
    );
    if (told.kind !== 'ok' && !(told.kind === 'no' && told.status === 404)) return UNKNOWN;
    const participant = told.kind === 'ok' ? participantShape.safeParse(told.body).data : undefined;
    if (participant?.status === 'connected') return { leg: participant.call_sid };
  }
  return { leg: null };
}

/** Rooms in use. One in which somebody waits alone is not in progress yet. Null where Twilio cannot be asked. */
export async function roomsNamed(
  client: TwilioClient,
  room: string | null,
): Promise<TwilioConference[] | null> {
  const name = room === null ? {} : { FriendlyName: room };
  const found: TwilioConference[] = [];
  for (const Status of ['in-progress', 'init']) {
    const told = await client.get('/Conferences.json', { ...name, Status, PageSize: '50' });
    const page = told.kind === 'ok' ? pageOf(told.body, 'conferences', conferenceShape) : null;
    if (page === null) return null;
    found.push(...page.rows);
  }
  return found;
}
