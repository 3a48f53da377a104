/**
 * Where the agent's end of a call stands.
 *
 * off           not reachable, and not asked to be
 * registering   on the way to be reachable
 * idle          reachable, and in no call
 * incoming      a call rings for the agent
 * connecting    picked up, and the sound is on its way
 * open          both sides can hear each other
 * reconnecting  the network is gone for a moment; the call is not over
 * trouble       not reachable although asked to be; the reason is a sentence
 */
export type PhoneState =
  | { readonly kind: 'off' }
  | { readonly kind: 'registering' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'incoming'; readonly attemptId: string }
  | { readonly kind: 'connecting'; readonly attemptId: string; readonly isMuted: boolean }
  | { readonly kind: 'open'; readonly attemptId: string; readonly isMuted: boolean }
  | { readonly kind: 'reconnecting'; readonly attemptId: string; readonly isMuted: boolean }
  | { readonly kind: 'trouble'; readonly sentence: string };

export type PhoneChange =
  | { readonly kind: 'register-asked' }
  | { readonly kind: 'registered' }
  | { readonly kind: 'unregistered' }
  | { readonly kind: 'rang'; readonly attemptId: string }
  | { readonly kind: 'picked-up' }
  | { readonly kind: 'sound-came' }
  | { readonly kind: 'network-lost' }
  | { readonly kind: 'network-back' }
  | { readonly kind: 'muted'; readonly isOn: boolean }
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly sentence: string };

/** The state after the change, or null where the change means nothing in this one. Pure and total. */
export function stepPhone(state: PhoneState, change: PhoneChange): PhoneState | null {
  switch (change.kind) {
    case 'register-asked':
      return state.kind === 'off' || state.kind === 'trouble' ? { kind: 'registering' } : null;
    case 'registered':
      return state.kind === 'registering' ? { kind: 'idle' } : null;
    case 'unregistered':
      // A call in hand goes on: it was put through already.
      return isInHand(state) || state.kind === 'off' ? null : { kind: 'off' };
    case 'rang':
      return state.kind === 'idle' ? { kind: 'incoming', attemptId: change.attemptId } : null;
    case 'picked-up':
      return state.kind === 'incoming'
        ? { kind: 'connecting', attemptId: state.attemptId, isMuted: false }
        : null;
    case 'sound-came':
      return state.kind === 'connecting' ? { ...state, kind: 'open' } : null;
    case 'network-lost':
      return state.kind === 'open' || state.kind === 'connecting' ? { ...state, kind: 'reconnecting' } : null;
    case 'network-back':
      return state.kind === 'reconnecting' ? { ...state, kind: 'open' } : null;
    case 'muted':
      return isTalking(state) && state.isMuted !== change.isOn ? { ...state, isMuted: change.isOn } : null;
    case 'ended':
      return isInHand(state) ? { kind: 'idle' } : null;
    case 'failed':
      return isTalking(state) || state.kind === 'off' ? null : { kind: 'trouble', sentence: change.sentence };
  }
}

type Talking = Extract<PhoneState, { isMuted: boolean }>;

/** Somebody is, or was a moment ago, on the line. */
export function isTalking(state: PhoneState): state is Talking {
  return 'isMuted' in state;
}

/** A call that rings or is open. There is never more than one. */
export function isInHand(state: PhoneState): state is Extract<PhoneState, { attemptId: string }> {
  return 'attemptId' in state;
}
