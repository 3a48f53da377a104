import type { Consulted, Done, Unreachable } from '../carrier.ts';
import { roomsNamed } from './agent-line.ts';
import { type Form, NONSENSE, unreachable } from './client.ts';
import { type LegParts, done, legOf, participantPath } from './legs.ts';
import { participantShape } from './shapes.ts';
import { talkInRoom } from './twiml.ts';

/* A colleague who is asked before a call is handed over. They are known by their label alone, so a restart forgets nothing. */

/** Twilio says this of a label that somebody in the room has: the colleague is rung already. */
const LABEL_TAKEN = '16025';

/** A leg of a colleague, and the room it is in. */
interface Colleague {
  readonly callSid: string;
  readonly status: string;
  readonly room: string;
}

/** Rings a colleague into the agent’s room, in which the contact is on hold. */
export async function ringColleague(parts: LegParts, callRef: string, to: string): Promise<Done> {
  const leg = await legOf(parts, callRef);
  if ('kind' in leg) return leg;
  const form: Form = {
    From: leg.from,
    To: to,
    Label: labelOf(callRef),
    Timeout: '30',
    EarlyMedia: 'true',
    Beep: 'false',
    StartConferenceOnEnter: 'true',
    EndConferenceOnExit: 'false',
  };
  const told = await parts.client.post(`/Conferences/${leg.conferenceSid}/Participants.json`, form);
  return told.kind === 'no' && told.trouble.code === LABEL_TAKEN ? { kind: 'done' } : done(told);
}

/** Where the colleague stands. Those who are in no room are gone. */
export async function colleagueAtTwilio(parts: LegParts, callRef: string): Promise<Consulted | Unreachable> {
  const found = await colleagueOf(parts, callRef);
  if (found !== null && 'kind' in found) return found;
  return { kind: 'consulted', colleague: standingOf(found) };
}

function standingOf(found: Colleague | null): Consulted['colleague'] {
  if (found?.status === 'connected') return 'there';
  return found === null || ['complete', 'failed'].includes(found.status) ? 'gone' : 'rung';
}

export async function letColleagueGo(parts: LegParts, callRef: string): Promise<Done> {
  const found = await colleagueOf(parts, callRef);
  if (found === null) return { kind: 'done' };
  if ('kind' in found) return found;
  const gone = done(await parts.client.post(`/Calls/${found.callSid}.json`, { Status: 'completed' }));
  return gone.kind === 'gone' ? { kind: 'done' } : gone;
}

/**
 * Moves colleague and contact into a room of their own, the colleague first: the agent’s room is where the next contact
 * comes. Asked again after an answer that never came, it moves only whoever has not been moved.
 */
export async function leaveTogether(parts: LegParts, callRef: string): Promise<Done> {
  const found = await colleagueOf(parts, callRef);
  if (found !== null && 'kind' in found) return found;
  if (found === null || standingOf(found) !== 'there') return NOT_THERE;
  const room = roomTogether(callRef);
  if (found.room !== room) {
    const Twiml = talkInRoom(room, labelOf(callRef));
    const moved = done(await parts.client.post(`/Calls/${found.callSid}.json`, { Twiml }));
    if (moved.kind !== 'done') return moved.kind === 'gone' ? NOT_THERE : moved;
  }
  const isMoved = await participantIn(parts, room, callRef);
  if (isMoved !== null && 'kind' in isMoved) return isMoved;
  if (isMoved !== null) return { kind: 'done' };
  const followed = done(
    await parts.client.post(`/Calls/${callRef}.json`, { Twiml: talkInRoom(room, callRef) }),
  );
  // Nobody comes to the colleague any more, who would wait in silence.
  if (followed.kind === 'gone')
    await parts.client.post(`/Calls/${found.callSid}.json`, { Status: 'completed' });
  return followed;
}

const NOT_THERE: Done = {
  kind: 'cannot',
  sentence: 'Your colleague is not on the line any more, so nobody was handed over.',
};

/** In the agent’s room, or in the one of their own after a hand-over that was half done. */
async function colleagueOf(parts: LegParts, callRef: string): Promise<Colleague | null | Unreachable> {
  const known = parts.legs.get(callRef);
  const inAgents =
    known === undefined
      ? await participantIn(parts, null, labelOf(callRef))
      : await participantAt(parts, known.conferenceSid, known.room, labelOf(callRef));
  return inAgents ?? participantIn(parts, roomTogether(callRef), labelOf(callRef));
}

/** By the name of the room; in any room where no name is given. */
async function participantIn(
  parts: LegParts,
  room: string | null,
  who: string,
): Promise<Colleague | null | Unreachable> {
  const rooms = await roomsNamed(parts.client, room);
  if (rooms === null) return NONSENSE;
  for (const { sid, friendly_name } of rooms) {
    const found = await participantAt(parts, sid, friendly_name, who);
    if (found !== null) return found;
  }
  return null;
}

async function participantAt(
  { client }: LegParts,
  conferenceSid: string,
  room: string,
  who: string,
): Promise<Colleague | null | Unreachable> {
  const told = await client.get(participantPath({ conferenceSid }, who));
  if (told.kind === 'no' && told.status === 404) return null;
  if (told.kind !== 'ok') return unreachable(told);
  const participant = participantShape.safeParse(told.body).data;
  if (participant === undefined) return NONSENSE;
  return { callSid: participant.call_sid, status: participant.status ?? '', room };
}

function labelOf(callRef: string): string {
  return `colleague-${callRef}`;
}

function roomTogether(callRef: string): string {
  return `together-${callRef}`;
}
