import type { Done } from '../carrier.ts';
import { roomsNamed } from './agent-line.ts';
import { NONSENSE, type Told, type TwilioClient, unreachable } from './client.ts';
import type { Leg } from './place.ts';
import { callShape, participantShape } from './shapes.ts';

export interface LegParts {
  readonly client: TwilioClient;
  readonly legs: Map<string, Leg>;
}

/** Where a call is. Not known of one that was placed before the last start: then the rooms are looked through. */
export async function legOf(
  parts: LegParts,
  callRef: string,
): Promise<Leg | Exclude<Done, { kind: 'done' }>> {
  const known = parts.legs.get(callRef);
  if (known !== undefined) return known;
  const rooms = await roomsNamed(parts.client, null);
  if (rooms === null) return NONSENSE;
  for (const conference of rooms) {
    const told = await parts.client.get(`/Conferences/${conference.sid}/Participants/${callRef}.json`);
    const participant = told.kind === 'ok' ? participantShape.safeParse(told.body).data : undefined;
    if (participant === undefined) continue;
    const leg: Leg = {
      conferenceSid: conference.sid,
      room: conference.friendly_name,
      label: participant.label ?? callRef,
      from: (await fromOf(parts, callRef)) ?? '',
    };
    parts.legs.set(callRef, leg);
    return leg;
  }
  const told = await parts.client.get(`/Calls/${callRef}.json`);
  if (told.kind !== 'ok')
    return told.kind === 'no' && told.status === 404 ? { kind: 'gone' } : unreachable(told);
  const call = callShape.safeParse(told.body).data;
  if (call === undefined) return NONSENSE;
  return call.status === 'in-progress'
    ? { kind: 'cannot', sentence: 'This call is not on an agent’s line, so only hanging up is possible.' }
    : { kind: 'gone' };
}

export async function fromOf({ client }: LegParts, callRef: string): Promise<string | null> {
  const told = await client.get(`/Calls/${callRef}.json`);
  return told.kind === 'ok' ? (callShape.safeParse(told.body).data?.from ?? null) : null;
}

export function participantPath({ conferenceSid }: Pick<Leg, 'conferenceSid'>, who: string): string {
  return `/Conferences/${conferenceSid}/Participants/${encodeURIComponent(who)}.json`;
}

export function done(told: Told): Done {
  if (told.kind === 'ok') return { kind: 'done' };
  if (told.kind !== 'no') return unreachable(told);
  if (told.trouble.remedy === 'refresh' && (told.status === 404 || told.trouble.code === '21220'))
    return { kind: 'gone' };
  return { kind: 'cannot', sentence: told.trouble.sentence };
}
