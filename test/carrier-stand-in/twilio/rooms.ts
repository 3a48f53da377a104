import type { Instant } from '../../../shared/lib/instants.ts';
import { type Twilio, newSid, twilioDate } from './account.ts';
import { type Callback, type TwilioCall, isLive } from './call.ts';
import { sendForm } from './callbacks.ts';

export type RoomEnd =
  | 'conference-ended-via-api'
  | 'participant-with-end-conference-on-exit-left'
  | 'participant-with-end-conference-on-exit-kicked'
  | 'last-participant-kicked'
  | 'last-participant-left';

type LeaveReason =
  | 'participant_hung_up'
  | 'participant_updated_via_api'
  | 'moderator_ended_conference'
  | 'conference_ended_via_api';

/** A conference. */
export interface Room {
  readonly sid: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly members: Map<string, Member>;
  callback: Callback | null;
  status: 'init' | 'in-progress' | 'completed';
  updatedAt: Instant;
  endedBecause: RoomEnd | null;
  endedBySid: string | null;
  sequence: number;
}

/** How somebody is in a room. */
export interface Membership {
  readonly label: string | null;
  muted: boolean;
  hold: boolean;
  coaching: boolean;
  callSidToCoach: string | null;
  readonly startOnEnter: boolean;
  endOnExit: boolean;
}

export interface Member extends Membership {
  readonly call: TwilioCall;
  readonly createdAt: Instant;
  updatedAt: Instant;
  /** False while their phone still rings. */
  isIn: boolean;
  /** Takes them out; set once they are in. */
  leave: (reason: LeaveReason) => void;
}

/** What an event is called where it is asked for. */
const GROUPS: Readonly<Record<string, string>> = {
  'conference-start': 'start',
  'conference-end': 'end',
  'participant-join': 'join',
  'participant-leave': 'leave',
  'participant-mute': 'mute',
  'participant-unmute': 'mute',
  'participant-hold': 'hold',
  'participant-unhold': 'hold',
  'participant-modify': 'modify',
};

export function membershipOf(attributes: Readonly<Record<string, string>>): Membership {
  return {
    label: attributes['participantLabel'] ?? null,
    muted: attributes['muted'] === 'true',
    hold: false,
    coaching: attributes['coach'] !== undefined,
    callSidToCoach: attributes['coach'] ?? null,
    startOnEnter: attributes['startConferenceOnEnter'] !== 'false',
    endOnExit: attributes['endConferenceOnExit'] === 'true',
  };
}

/** The live room of that name; a new one where there is none. Only the first who comes says who is told of it. */
export function roomOf(twilio: Twilio, name: string, callback: Callback | null): Room {
  const { account, world } = twilio;
  const known = [...account.rooms.values()].find((room) => room.name === name && room.status !== 'completed');
  if (known !== undefined) {
    if (known.members.size === 0) known.callback ??= callback;
    return known;
  }
  const room: Room = {
    sid: newSid(twilio, 'CF'),
    name,
    createdAt: world.carrierNow(),
    members: new Map(),
    callback,
    status: 'init',
    updatedAt: world.carrierNow(),
    endedBecause: null,
    endedBySid: null,
    sequence: 0,
  };
  account.rooms.set(room.sid, room);
  return room;
}

/** Somebody who is expected in a room: their phone rings. */
export function expectMember(twilio: Twilio, room: Room, call: TwilioCall, membership: Membership): Member {
  const now = twilio.world.carrierNow();
  const member: Member = {
    ...membership,
    call,
    createdAt: now,
    updatedAt: now,
    isIn: false,
    leave: () => {},
  };
  room.members.set(call.sid, member);
  call.onEnd.add(() => {
    if (!member.isIn) room.members.delete(call.sid);
  });
  return member;
}

export function isLabelTaken(room: Room, label: string | null): boolean {
  return (
    label !== null &&
    [...room.members.values()].some((member) => member.label === label && isLive(member.call))
  );
}

/** Puts a call into a room. Resolves once it has left, with what `action` is told. */
export function joinRoom(
  twilio: Twilio,
  room: Room,
  call: TwilioCall,
  membership: Membership,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const member = room.members.get(call.sid) ?? expectMember(twilio, room, call, membership);
  return new Promise((done) => {
    member.isIn = true;
    tell(twilio, room, 'participant-join', member);
    startWhenReady(twilio, room);
    const leave = (reason: LeaveReason) => {
      if (!room.members.delete(call.sid)) return;
      tell(twilio, room, 'participant-leave', member, {
        ReasonParticipantLeft: reason,
        ParticipantCallStatus: call.status,
      });
      if (room.status !== 'completed') endWhenLeft(twilio, room, member, reason);
      done({ ConferenceSid: room.sid });
    };
    member.leave = leave;
    call.onEnd.add(() => leave('participant_hung_up'));
    signal.addEventListener(
      'abort',
      () => leave(isLive(call) ? 'participant_updated_via_api' : 'participant_hung_up'),
      {
        once: true,
      },
    );
  });
}

function startWhenReady(twilio: Twilio, room: Room): void {
  const present = [...room.members.values()].filter(({ isIn }) => isIn);
  if (room.status !== 'init' || present.length < 2 || !present.some(({ startOnEnter }) => startOnEnter))
    return;
  room.status = 'in-progress';
  touch(twilio, room);
  tell(twilio, room, 'conference-start', null);
}

function endWhenLeft(twilio: Twilio, room: Room, gone: Member, reason: LeaveReason): void {
  const isKicked = reason === 'participant_updated_via_api' && isLive(gone.call);
  if (gone.endOnExit)
    return endRoom(
      twilio,
      room,
      `participant-with-end-conference-on-exit-${isKicked ? 'kicked' : 'left'}`,
      gone.call.sid,
    );
  // Those whose phones still ring keep a room open.
  if (room.members.size === 0)
    endRoom(twilio, room, isKicked ? 'last-participant-kicked' : 'last-participant-left', gone.call.sid);
}

export function endRoom(twilio: Twilio, room: Room, because: RoomEnd, bySid: string | null): void {
  if (room.status === 'completed') return;
  room.status = 'completed';
  room.endedBecause = because;
  room.endedBySid = bySid;
  touch(twilio, room);
  const reason =
    because === 'conference-ended-via-api' ? 'conference_ended_via_api' : 'moderator_ended_conference';
  for (const member of room.members.values()) member.leave(reason);
  tell(twilio, room, 'conference-end', null, {
    ReasonConferenceEnded: because,
    ...(bySid !== null && { CallSidEndingConference: bySid }),
  });
}

function touch({ world }: Twilio, room: Room): void {
  room.updatedAt = world.carrierNow();
}

/** Changes how somebody is in the room, and tells of each change. */
export function changeMember(twilio: Twilio, room: Room, member: Member, wish: Partial<Membership>): void {
  const was = { muted: member.muted, hold: member.hold };
  Object.assign(member, wish);
  member.updatedAt = twilio.world.carrierNow();
  if (member.muted !== was.muted)
    tell(twilio, room, member.muted ? 'participant-mute' : 'participant-unmute', member);
  if (member.hold !== was.hold)
    tell(twilio, room, member.hold ? 'participant-hold' : 'participant-unhold', member);
  if (wish.coaching !== undefined) tell(twilio, room, 'participant-modify', member);
}

function tell(
  twilio: Twilio,
  room: Room,
  event: string,
  member: Member | null,
  more: Record<string, string> = {},
): void {
  const sequence = room.sequence++;
  const { callback } = room;
  if (callback === null || !callback.events.includes(GROUPS[event]!)) return;
  sendForm(twilio, callback, {
    kind: event,
    shape: 'conference',
    call: member?.call ?? null,
    fields: {
      ConferenceSid: room.sid,
      FriendlyName: room.name,
      AccountSid: twilio.account.sid,
      Timestamp: twilioDate(twilio.world.carrierNow()),
      SequenceNumber: String(sequence),
      StatusCallbackEvent: event,
      ...(member !== null && memberFields(member)),
      ...more,
    },
  });
}

function memberFields(member: Member): Record<string, string> {
  return {
    CallSid: member.call.sid,
    ...(member.label !== null && { ParticipantLabel: member.label }),
    Muted: String(member.muted),
    Hold: String(member.hold),
    Coaching: String(member.coaching),
    ...(member.callSidToCoach !== null && { CallSidToCoach: member.callSidToCoach }),
    StartConferenceOnEnter: String(member.startOnEnter),
    EndConferenceOnExit: String(member.endOnExit),
  };
}
