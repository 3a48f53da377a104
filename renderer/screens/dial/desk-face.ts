import type { DeskView } from '../../../shared/contract/desk.ts';
import { type Consult, attemptIn, consultIn, isInCall } from '../../../shared/domain/session.ts';
import type { Instant } from '../../../shared/lib/instants.ts';
import { STATE_WORD, type StateKind } from '../../ui/StateShape.tsx';

export type Session = NonNullable<DeskView['session']>;
export type DeskCall = NonNullable<DeskView['call']>;
export type Disposition = DeskView['dispositions'][number];
export type SessionState = Session['state'];

const SHAPE: Record<SessionState['kind'], StateKind> = {
  ready: 'ready',
  previewing: 'ready',
  dialing: 'dialing',
  ringing: 'ringing',
  connected: 'connected',
  'on-hold': 'hold',
  'wrap-up': 'wrap-up',
  paused: 'paused',
  trouble: 'trouble',
};

/** What a session says of itself after a crash or a restart; the kernel writes it, the screen explains it. */
export const RECOVERED = 'recovered after a restart';
export const TIME_RAN_OUT = 'wrap-up time ran out';
export const SLEPT = 'the computer went to sleep';

export function shapeOf(session: DeskView['session'], line: DeskView['line'] = null): StateKind {
  if (line?.kind === 'lost') return 'trouble';
  return session === null ? 'idle' : SHAPE[session.state.kind];
}

/** One or two words for the plate. */
export function wordFor({ state }: Session, line: DeskView['line'] = null): string {
  if (line !== null) return line.kind === 'lost' ? 'Carrier lost' : 'Asking';
  switch (state.kind) {
    case 'ready':
      return 'Ready';
    case 'previewing':
      return state.dialAt === null ? 'Preview' : 'Next';
    case 'paused':
      return 'Paused';
    case 'trouble':
      return 'Carrier unclear';
    case 'connected':
    case 'on-hold':
      return consultWord(state) ?? STATE_WORD[SHAPE[state.kind]];
    default:
      return STATE_WORD[SHAPE[state.kind]];
  }
}

function consultWord(state: SessionState): string | null {
  const consult = consultIn(state);
  if (consult === null || consult.colleague === 'gone') return null;
  if (state.kind === 'on-hold') return 'Consulting';
  return consult.colleague === 'there' ? 'All three' : null;
}

/** Where the colleague stands who is asked before somebody is handed over; null where nobody is. */
export function consultInWords(state: SessionState): string | null {
  const consult = consultIn(state);
  if (consult === null) return null;
  const isHeld = state.kind === 'on-hold';
  const { to, colleague } = consult;
  if (colleague === 'rung')
    return isHeld ? `${to} is being rung; the contact hears music` : `${to} is being rung`;
  if (colleague === 'there')
    return isHeld ? `You talk with ${to}; the contact hears music` : `${to} hears you both`;
  return isHeld
    ? `${to} is not on the line. Take the contact back, or ask somebody else.`
    : `${to} is not on the line.`;
}

/** What is the matter with the carrier while somebody may be on the line, and what to do about it. */
export function lineInWords({ kind, sentence }: NonNullable<DeskView['line']>): string {
  return kind === 'lost'
    ? `If you still hear each other, talk on: nothing is cut, and nothing new is dialed. ${sentence}`
    : `${sentence} Nothing is dialed until that is known.`;
}

/** When what the timer counts began. */
export function timedFrom({ state, since }: Session, call: DeskView['call']): Instant {
  switch (state.kind) {
    case 'ringing':
      return call?.ringingAt ?? since;
    case 'connected':
    case 'on-hold':
      return call?.answeredAt ?? since;
    case 'wrap-up':
      return state.endedAt;
    default:
      return since;
  }
}

/** The states that need all the room: the banner grows and shows the call's buttons. */
export function hasCallButtons(state: SessionState): boolean {
  return isInCall(state);
}

export function isOnTheLine(state: SessionState | undefined): boolean {
  return state?.kind === 'connected' || state?.kind === 'on-hold';
}

export function attemptOf(desk: DeskView): string | null {
  return desk.session === null ? null : attemptIn(desk.session.state);
}

/** What picked up, where it was no person. */
export function pickedUpBy(answeredBy: string | null | undefined): string | null {
  switch (answeredBy) {
    case 'machine_start':
      return 'Voicemail greeting';
    case 'machine_end_beep':
      return 'Voicemail, after the beep';
    case 'machine_end_silence':
    case 'machine_end_other':
      return 'Voicemail';
    case 'fax':
      return 'Fax machine';
    default:
      return null;
  }
}

/** How the call ended, in words. */
export function endInWords(call: DeskCall, transferredTo?: string): string {
  if (transferredTo !== undefined) return `Handed over to ${transferredTo}`;
  if (call.endedAt === null) return 'Handed over; the call goes on without you';
  if (call.answeredAt !== null) {
    if (call.endedBy === 'them') return 'They hung up';
    return call.endedBy === 'carrier' ? 'The line dropped' : 'You hung up';
  }
  switch (call.end) {
    case 'busy':
      return 'Busy';
    case 'no-answer':
      return 'Nobody answered';
    case 'canceled':
      return 'You hung up before anybody answered';
    case 'failed':
      return 'The call could not be put through';
    default:
      return 'The call has ended';
  }
}

/** The outcome that the call itself suggests. Never filed by itself; `Enter` takes it. */
export function suggestedOutcome(desk: DeskView): string | null {
  const { call } = desk;
  if (desk.session?.state.kind !== 'wrap-up' || call === null) return null;
  const id =
    call.answeredBy?.startsWith('machine') === true
      ? 'voicemail'
      : call.end === 'busy' || call.end === 'no-answer'
        ? call.end
        : null;
  return desk.dispositions.some((each) => each.id === id) ? id : null;
}

export interface Whys {
  readonly mute: string | null;
  readonly hold: string | null;
  readonly keypad: string | null;
  readonly transfer: string | null;
  /** Leaving the contact with the colleague who was asked; `T` does that once somebody is. */
  readonly handOver: string | null;
  readonly allThree: string | null;
  readonly voicemail: string | null;
  readonly hangUp: string | null;
}

/** Why each button of a call cannot be pressed now; null where it can. */
export function whyNot({ session, call, can }: DeskView): Whys {
  const state = session?.state;
  const line = isOnTheLine(state) ? null : 'Nobody is on the line.';
  const asked = askedIn(state);
  const machine = call?.answeredBy?.startsWith('machine') === true;
  return {
    mute: line ?? (can.mute ? null : 'This carrier cannot mute a call.'),
    hold: line ?? (can.hold ? null : 'This carrier cannot put a call on hold.'),
    keypad: line ?? (can.tones ? null : 'This carrier cannot send tones.'),
    transfer: line ?? (can.transfer ? null : 'This carrier cannot transfer a call.'),
    handOver: line ?? whyNotThere(asked),
    allThree: line ?? whyNotThere(asked),
    voicemail:
      line ??
      (!can.voicemailDrop
        ? 'This carrier cannot leave a recorded message.'
        : machine
          ? null
          : 'No machine has picked up, so no recorded message is left.'),
    hangUp: state !== undefined && isInCall(state) ? null : 'Nothing to hang up.',
  };
}

/** The colleague who is asked. One who is gone leaves the way free for another. */
export function askedIn(state: SessionState | undefined): Consult | null {
  const consult = state === undefined ? null : consultIn(state);
  return consult?.colleague === 'gone' ? null : consult;
}

function whyNotThere(asked: Consult | null): string | null {
  if (asked === null) return 'No colleague is being asked. T asks one.';
  return asked.colleague === 'there' ? null : `${asked.to} has not picked up yet.`;
}
