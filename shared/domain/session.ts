import type { Instant } from '../lib/instants.ts';

/**
 * Where an agent's session stands. The kernel keeps it and the screen shows it; neither decides alone.
 *
 * ready       nobody in hand: looking for the next contact
 * previewing  a contact is on screen; `dialAt` is when it dials by itself, or null when the agent decides
 * dialing     the intent is written, the carrier is being asked
 * ringing     it rings there
 * connected   somebody, or something, picked up
 * on-hold     the contact hears music
 *             in both a colleague may be asked meanwhile, before the contact is handed over to them: `consult`
 * wrap-up     the call is over and waits for its outcome
 * paused      the agent is away, and says why
 * trouble     the carrier gave no clear answer: nothing is dialed until it has
 */
export type SessionState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'previewing'; readonly enrolmentId: number; readonly dialAt: Instant | null }
  | { readonly kind: 'dialing'; readonly attemptId: string }
  | { readonly kind: 'ringing'; readonly attemptId: string }
  | { readonly kind: 'connected'; readonly attemptId: string; readonly consult?: Consult | undefined }
  | { readonly kind: 'on-hold'; readonly attemptId: string; readonly consult?: Consult | undefined }
  | {
      readonly kind: 'wrap-up';
      readonly attemptId: string;
      readonly endedAt: Instant;
      /** To whom the contact was handed over: the talk is over for the agent, and the call goes on. */
      readonly transferredTo?: string | undefined;
    }
  | { readonly kind: 'paused'; readonly reason: string }
  | { readonly kind: 'trouble'; readonly attemptId: string; readonly what: string };

/** A colleague who is asked before a contact is handed over. With the contact off hold all three talk. */
export interface Consult {
  /** Their name, or their number as people write it. */
  readonly to: string;
  /** Rung, on the line, or not: they did not pick up, or have left. */
  readonly colleague: 'rung' | 'there' | 'gone';
}

export type SessionEvent =
  | { readonly kind: 'staged'; readonly enrolmentId: number; readonly dialAt: Instant | null }
  | { readonly kind: 'put-back' }
  | { readonly kind: 'dialed'; readonly attemptId: string }
  | { readonly kind: 'not-dialed' }
  | { readonly kind: 'rang' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'held' }
  | { readonly kind: 'taken-back' }
  | { readonly kind: 'consulted'; readonly to: string }
  | { readonly kind: 'colleague-came' }
  | { readonly kind: 'colleague-left' }
  | { readonly kind: 'consult-ended' }
  | { readonly kind: 'ended'; readonly at: Instant }
  | { readonly kind: 'transferred'; readonly at: Instant; readonly to: string }
  | { readonly kind: 'in-doubt'; readonly what: string }
  | { readonly kind: 'filed' }
  | { readonly kind: 'reopened'; readonly attemptId: string; readonly at: Instant }
  | { readonly kind: 'pause-asked'; readonly reason: string }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'recovered'; readonly reason: string };

export interface SessionFace {
  readonly state: SessionState;
  /** Set when the agent asked to pause in a call: the pause begins once the outcome is filed. */
  readonly pauseAfter: string | null;
}

export type SessionKind = SessionState['kind'];

/** The face after the event, or null where the event means nothing in this state. Pure and total. */
export function step(face: SessionFace, event: SessionEvent): SessionFace | null {
  const to = (state: SessionState): SessionFace => ({ ...face, state });
  const { state } = face;
  switch (event.kind) {
    case 'staged':
      return state.kind === 'ready'
        ? to({ kind: 'previewing', enrolmentId: event.enrolmentId, dialAt: event.dialAt })
        : null;
    case 'put-back':
      return state.kind === 'previewing' ? to({ kind: 'ready' }) : null;
    case 'dialed':
      return isBetweenCalls(state) ? to({ kind: 'dialing', attemptId: event.attemptId }) : null;
    case 'not-dialed':
      return state.kind === 'dialing' || state.kind === 'trouble' ? rest(face) : null;
    case 'rang':
      return state.kind === 'dialing' || state.kind === 'trouble'
        ? to({ kind: 'ringing', attemptId: state.attemptId })
        : null;
    case 'answered':
      return state.kind === 'dialing' || state.kind === 'ringing' || state.kind === 'trouble'
        ? to({ kind: 'connected', attemptId: state.attemptId })
        : null;
    case 'held':
      return state.kind === 'connected' ? to({ ...state, kind: 'on-hold' }) : null;
    case 'taken-back':
      return state.kind === 'on-hold' ? to({ ...state, kind: 'connected' }) : null;
    case 'consulted':
      // Two colleagues at once would be one too many to hand anybody over to.
      return state.kind === 'on-hold' && (state.consult?.colleague ?? 'gone') === 'gone'
        ? to({ ...state, consult: { to: event.to, colleague: 'rung' } })
        : null;
    case 'colleague-came':
      return withColleague(face, 'there');
    case 'colleague-left':
      return withColleague(face, 'gone');
    case 'consult-ended':
      return consultIn(state) === null || !isTalk(state)
        ? null
        : to({ kind: state.kind, attemptId: state.attemptId });
    case 'ended':
      return isInCall(state) ? to({ kind: 'wrap-up', attemptId: state.attemptId, endedAt: event.at }) : null;
    case 'transferred':
      return isTalk(state)
        ? to({
            kind: 'wrap-up',
            attemptId: state.attemptId,
            endedAt: event.at,
            transferredTo: event.to,
          })
        : null;
    case 'in-doubt':
      return state.kind === 'dialing'
        ? to({ kind: 'trouble', attemptId: state.attemptId, what: event.what })
        : null;
    case 'filed':
      return state.kind === 'wrap-up' ? rest(face) : null;
    case 'reopened':
      if (!isBetweenCalls(state) && state.kind !== 'paused') return null;
      return {
        state: { kind: 'wrap-up', attemptId: event.attemptId, endedAt: event.at },
        // Who took an outcome back in a pause is still away once it is filed anew: nothing dials by itself.
        pauseAfter: state.kind === 'paused' ? state.reason : face.pauseAfter,
      };
    case 'pause-asked':
      return isBetweenCalls(state)
        ? { state: { kind: 'paused', reason: event.reason }, pauseAfter: null }
        : state.kind === 'paused'
          ? to({ kind: 'paused', reason: event.reason })
          : { ...face, pauseAfter: event.reason };
    case 'resumed':
      if (state.kind === 'paused') return { state: { kind: 'ready' }, pauseAfter: null };
      return face.pauseAfter === null ? null : { ...face, pauseAfter: null };
    case 'recovered':
      // After a crash nothing rings by itself: a call in hand goes on, everything else waits for the agent.
      return isInCall(state) || state.kind === 'wrap-up'
        ? { ...face, pauseAfter: event.reason }
        : { state: { kind: 'paused', reason: event.reason }, pauseAfter: null };
  }
}

type InCall = Extract<SessionState, { kind: 'dialing' | 'ringing' | 'connected' | 'on-hold' | 'trouble' }>;

/** A call is under way, or may be. */
export function isInCall(state: SessionState): state is InCall {
  return 'attemptId' in state && state.kind !== 'wrap-up';
}

/** The attempt in hand, in a call or in wrap-up. */
export function attemptIn(state: SessionState): string | null {
  return 'attemptId' in state ? state.attemptId : null;
}

/** The colleague who is asked, or was; null where nobody is. */
export function consultIn(state: SessionState): Consult | null {
  return isTalk(state) ? (state.consult ?? null) : null;
}

function withColleague(face: SessionFace, colleague: Consult['colleague']): SessionFace | null {
  const { state } = face;
  const consult = consultIn(state);
  if (consult === null || !isTalk(state) || consult.colleague === colleague) return null;
  return { ...face, state: { ...state, consult: { ...consult, colleague } } };
}

function isTalk(state: SessionState): state is Extract<SessionState, { kind: 'connected' | 'on-hold' }> {
  return state.kind === 'connected' || state.kind === 'on-hold';
}

function isBetweenCalls(state: SessionState): boolean {
  return state.kind === 'ready' || state.kind === 'previewing';
}

/** After a call: on to the next, or to the pause that was asked for. */
function rest(face: SessionFace): SessionFace {
  return face.pauseAfter === null
    ? { ...face, state: { kind: 'ready' } }
    : { state: { kind: 'paused', reason: face.pauseAfter }, pauseAfter: null };
}
