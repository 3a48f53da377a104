import type { Answer, Fields } from '../http.ts';
import { one } from '../http.ts';
import type { Route, Routed } from '../routes.ts';
import {
  CreateParticipantForm,
  ParticipantAnswer,
  ParticipantListAnswer,
  ListParticipantsQuery,
  UpdateParticipantForm,
} from '../shapes/twilio-conferences.ts';
import { type Twilio, twilioDate } from './account.ts';
import { type TwilioCall, callbackOf, planOf } from './call.ts';
import { wishOf } from './calls.ts';
import { type NewCall, endCall, startCall } from './life.ts';
import { pageOf } from './paging.ts';
import { NOT_FOUND, refusal, refusalOf } from './refusals.ts';
import {
  type Member,
  type Membership,
  type Room,
  changeMember,
  expectMember,
  isLabelTaken,
  joinRoom,
  roomOf,
} from './rooms.ts';

const PARTICIPANTS = '/2010-04-01/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants.json';
const PARTICIPANT =
  '/2010-04-01/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json';
/** Twilio lets phones of participants ring this much longer than asked. */
const EXTRA_RING_MS = 5_000;

export function participantRoutes(twilio: Twilio): readonly Route[] {
  const found = (asked: Routed, then: (room: Room, member: Member) => Answer): Answer => {
    const room = liveRoom(twilio, asked);
    const member = room === null ? null : memberOf(room, asked.params['CallSid'] ?? '');
    return room === null || member === null ? NOT_FOUND() : then(room, member);
  };
  return [
    {
      method: 'POST',
      path: PARTICIPANTS,
      form: CreateParticipantForm,
      answer: ParticipantAnswer,
      run: (asked) => add(twilio, asked),
    },
    {
      method: 'GET',
      path: PARTICIPANTS,
      query: ListParticipantsQuery,
      answer: ParticipantListAnswer,
      run: (asked) => {
        const room = liveRoom(twilio, asked);
        if (room === null) return NOT_FOUND();
        const is = (name: string, value: boolean) =>
          one(asked.query, name) === undefined || one(asked.query, name) === String(value);
        const shown = [...room.members.values()].filter(
          ({ muted, hold, coaching }) => is('Muted', muted) && is('Hold', hold) && is('Coaching', coaching),
        );
        return pageOf('participants', shown, (member) => face(twilio, room, member), asked);
      },
    },
    {
      method: 'GET',
      path: PARTICIPANT,
      answer: ParticipantAnswer,
      run: (asked) => found(asked, (room, member) => ({ status: 200, json: face(twilio, room, member) })),
    },
    {
      method: 'POST',
      path: PARTICIPANT,
      form: UpdateParticipantForm,
      answer: ParticipantAnswer,
      run: (asked) => found(asked, (room, member) => change(twilio, room, member, asked.form)),
    },
    {
      method: 'DELETE',
      path: PARTICIPANT,
      run: (asked) =>
        found(asked, (_room, { call }) => {
          endCall(twilio, call, call.answeredAt === null ? 'canceled' : 'completed');
          return { status: 204 };
        }),
    },
  ];
}

function liveRoom(twilio: Twilio, { params }: Routed): Room | null {
  const room = twilio.account.rooms.get(params['ConferenceSid'] ?? '');
  return room === undefined || room.status === 'completed' ? null : room;
}

/** By the call or by the label. Whoever has left is not there any more. */
function memberOf(room: Room, name: string): Member | null {
  return room.members.get(name) ?? [...room.members.values()].find(({ label }) => label === name) ?? null;
}

/** The only request that takes a room’s name instead of its SID, and makes the room where there is none. */
function add(twilio: Twilio, asked: Routed): Answer {
  const { form, params } = asked;
  const { world, account } = twilio;
  const name = params['ConferenceSid'] ?? '';
  const known = account.rooms.get(name);
  if (known?.status === 'completed' || (known === undefined && /^CF[0-9a-f]{32}$/.test(name)))
    return NOT_FOUND();
  let fate: NewCall['fate'] | null = null;
  const drawn = () => (fate ??= world.fates.next(one(form, 'To') ?? ''));
  const code = refusalOf(twilio, form, drawn);
  if (code !== null) return refusal(code);
  const callback = callbackOf(form, 'ConferenceStatusCallback', ['start', 'end']);
  const room = known ?? roomOf(twilio, name, callback);
  const membership = wishedMembership(form);
  if (isLabelTaken(room, membership.label)) return refusal(16025);
  const plan = planOf(form);
  const enter = (call: TwilioCall) => {
    const stop = new AbortController();
    call.interrupt = () => stop.abort();
    // A room that was ended while the phone rang takes nobody in.
    if (room.status === 'completed') return endCall(twilio, call, 'completed');
    void joinRoom(twilio, room, call, membership, stop.signal).then(() => {
      // Whoever is taken out by the API goes on elsewhere; with the room gone there is nothing left to do.
      if (!stop.signal.aborted) endCall(twilio, call, 'completed');
    });
  };
  const wish = {
    ...wishOf(form, { ...plan, timeoutMs: plan.timeoutMs + EXTRA_RING_MS }, enter),
    fate: drawn(),
  };
  const call = startCall(twilio, wish);
  const member = expectMember(twilio, room, call, membership);
  return { status: 201, json: face(twilio, room, member) };
}

function wishedMembership(form: Fields): Membership {
  return {
    label: one(form, 'Label') ?? null,
    muted: one(form, 'Muted') === 'true',
    hold: false,
    coaching: one(form, 'Coaching') === 'true',
    callSidToCoach: one(form, 'CallSidToCoach') ?? null,
    startOnEnter: one(form, 'StartConferenceOnEnter') !== 'false',
    endOnExit: one(form, 'EndConferenceOnExit') === 'true',
  };
}

function change(twilio: Twilio, room: Room, member: Member, form: Fields): Answer {
  const coached = one(form, 'CallSidToCoach');
  const target = coached === undefined ? undefined : room.members.get(coached);
  if (coached !== undefined && target === undefined) return refusal(13240);
  if (target?.hold === true) return refusal(16027);
  const flag = (name: string) => (one(form, name) === undefined ? null : one(form, name) === 'true');
  const [muted, hold, coaching, endOnExit] = ['Muted', 'Hold', 'Coaching', 'EndConferenceOnExit'].map(flag);
  changeMember(twilio, room, member, {
    ...(muted != null && { muted }),
    ...(hold != null && { hold }),
    ...(coaching != null && { coaching }),
    ...(endOnExit != null && { endOnExit }),
    ...(coached !== undefined && { callSidToCoach: coached }),
  });
  return { status: 200, json: face(twilio, room, member) };
}

const STATUS: Readonly<Record<string, string>> = {
  queued: 'queued',
  ringing: 'ringing',
  'in-progress': 'connected',
  completed: 'complete',
};

function face(twilio: Twilio, room: Room, member: Member): Record<string, unknown> {
  return {
    account_sid: twilio.account.sid,
    call_sid: member.call.sid,
    conference_sid: room.sid,
    label: member.label,
    muted: member.muted,
    hold: member.hold,
    coaching: member.coaching,
    call_sid_to_coach: member.callSidToCoach,
    start_conference_on_enter: member.startOnEnter,
    end_conference_on_exit: member.endOnExit,
    status: STATUS[member.call.status] ?? 'failed',
    queue_time: String(Math.round(member.call.queueMs)),
    date_created: twilioDate(member.createdAt),
    date_updated: twilioDate(member.updatedAt),
    uri: `${twilio.root()}/Conferences/${room.sid}/Participants/${member.call.sid}.json`,
  };
}
