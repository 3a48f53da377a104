import { after } from '../../../shared/lib/instants.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { CallAction, CarrierEvent, Done, Spoken } from '../carrier.ts';
import type { AgentLines } from './agent-line.ts';
import type { Form } from './client.ts';
import { leaveTogether, letColleagueGo, ringColleague } from './consult.ts';
import { type LegParts, done, fromOf, legOf, participantPath } from './legs.ts';
import { type Hooks, messageFor } from './place.ts';
import { handOver, pressKeys } from './twiml.ts';

interface ControlParts extends LegParts {
  readonly clock: Clock;
  readonly lines: AgentLines;
  readonly hooks: Hooks | null;
  /** What is left on a machine where the wish names no words of its own. */
  readonly voicemail: string | null;
  readonly tell: (event: CarrierEvent) => void;
}

/** Does something to a call under way. One request each, and none that could ring the contact. */
export async function controlAtTwilio(
  parts: ControlParts,
  callRef: string,
  action: CallAction,
): Promise<Done> {
  switch (action.kind) {
    case 'hang-up':
      return done(await parts.client.post(`/Calls/${callRef}.json`, { Status: 'completed' }));
    case 'hold':
      return hold(parts, callRef, action.on);
    case 'mute':
      return mute(parts, callRef, action.on);
    case 'tones':
      return tones(parts, callRef, action.digits);
    case 'drop-voicemail':
      return leaveMessage(parts, callRef, action.say ?? null);
    case 'transfer':
      return action.warm ? leaveTogether(parts, callRef) : transfer(parts, callRef, action.to);
    case 'consult':
      return ringColleague(parts, callRef, action.to);
    case 'consult-end':
      return letColleagueGo(parts, callRef);
    case 'monitor':
      return monitor(parts, callRef, action);
  }
}

async function hold(parts: ControlParts, callRef: string, on: boolean): Promise<Done> {
  const leg = await legOf(parts, callRef);
  if ('kind' in leg) return leg;
  const did = done(await parts.client.post(participantPath(leg, callRef), { Hold: String(on) }));
  if (did.kind === 'done') {
    const at = after(parts.clock.now(), parts.client.skewMs());
    parts.tell({ callRef, attemptId: null, event: { key: `held:${at}`, at, facts: { isHeld: on } } });
  }
  return did;
}

/** The agent is muted, not the contact. */
async function mute(parts: ControlParts, callRef: string, on: boolean): Promise<Done> {
  const leg = await legOf(parts, callRef);
  if ('kind' in leg) return leg;
  return done(await parts.client.post(participantPath(leg, leg.room), { Muted: String(on) }));
}

async function tones(parts: ControlParts, callRef: string, digits: string): Promise<Done> {
  if (!/^[0-9*#wW]{1,32}$/.test(digits))
    return { kind: 'cannot', sentence: 'Only digits, star and pound can be sent as tones.' };
  const leg = await legOf(parts, callRef);
  if ('kind' in leg) return leg;
  const Twiml = pressKeys(digits, leg.room, leg.label);
  return done(await parts.client.post(`/Calls/${callRef}.json`, { Twiml }));
}

async function leaveMessage(parts: ControlParts, callRef: string, say: Spoken | null): Promise<Done> {
  const { voicemail } = parts;
  const words: Spoken | null = say ?? (voicemail ? { kind: 'words', text: voicemail } : null);
  if (words === null)
    return {
      kind: 'cannot',
      sentence: 'There is no message to leave. Write one in Settings › Carriers, under Twilio.',
    };
  const Twiml = messageFor(parts.hooks, words);
  if (Twiml === null)
    return {
      kind: 'cannot',
      sentence:
        words.kind === 'words'
          ? 'This message is too long for Twilio. Shorten it.'
          : 'Twilio plays this recording from here, and there is no way in from outside just now. See Settings › Connection.',
    };
  return done(await parts.client.post(`/Calls/${callRef}.json`, { Twiml }));
}

async function transfer(parts: ControlParts, callRef: string, to: string): Promise<Done> {
  const from = parts.legs.get(callRef)?.from ?? (await fromOf(parts, callRef));
  if (from === null) return { kind: 'gone' };
  return done(await parts.client.post(`/Calls/${callRef}.json`, { Twiml: handOver(to, from) }));
}

async function monitor(
  parts: ControlParts,
  callRef: string,
  { as, agent }: Extract<CallAction, { kind: 'monitor' }>,
): Promise<Done> {
  const leg = await legOf(parts, callRef);
  if ('kind' in leg) return leg;
  const label = `listening-${agent}`;
  const agentLeg = parts.lines.legOf(Number(leg.room.replace('agent-', '')));
  if (as === 'whisper' && agentLeg === null)
    return { kind: 'cannot', sentence: 'The agent’s own line is not known, so nobody can whisper to them.' };
  const how: Form =
    as === 'whisper'
      ? { Coaching: 'true', CallSidToCoach: agentLeg!, Muted: 'false' }
      : { Coaching: 'false', Muted: String(as === 'listen') };
  // Whoever is in the room already changes how they are in it; anybody else is rung.
  const changed = await parts.client.post(participantPath(leg, label), how);
  if (changed.kind !== 'no' || changed.status !== 404) return done(changed);
  const form: Form = {
    From: leg.from,
    To: agent,
    Label: label,
    Beep: 'false',
    EndConferenceOnExit: 'false',
    ...(as === 'whisper' ? how : { Muted: String(as === 'listen') }),
  };
  return done(await parts.client.post(`/Conferences/${leg.conferenceSid}/Participants.json`, form));
}
