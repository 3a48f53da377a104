import type { DeskView } from '../../shared/contract/desk.ts';

/** What the agent's ear would hear at this moment, were the call a real one. */
export type Heard =
  | { readonly kind: 'silence' }
  | { readonly kind: 'ringback' | 'busy' | 'congestion'; readonly attemptId: string; readonly number: string }
  | {
      readonly kind: 'line';
      readonly attemptId: string;
      readonly number: string;
      readonly isHeld: boolean;
      readonly isMuted: boolean;
      /** How many things the other side has said, and how long the last of them took. */
      readonly said: number;
      readonly lastMs: number;
      /** A machine that has begun to listen. */
      readonly isAfterBeep: boolean;
    };

const SILENCE: Heard = { kind: 'silence' };

export function heardIn({ session, call }: Pick<DeskView, 'session' | 'call'>): Heard {
  if (session === null || call === null) return SILENCE;
  const { attemptId, number } = call;
  switch (session.state.kind) {
    case 'ringing':
      return { kind: 'ringback', attemptId, number };
    case 'connected':
    case 'on-hold':
      return lineOf(call, session.state.kind === 'on-hold');
    case 'wrap-up':
      if (call.answeredAt !== null) return SILENCE;
      if (call.end === 'busy') return { kind: 'busy', attemptId, number };
      return call.end === 'failed' ? { kind: 'congestion', attemptId, number } : SILENCE;
    default:
      return SILENCE;
  }
}

function lineOf(call: NonNullable<DeskView['call']>, isHeld: boolean): Heard {
  const theirs = call.transcript.filter(({ speaker }) => speaker === 'contact');
  const last = theirs.at(-1);
  return {
    kind: 'line',
    attemptId: call.attemptId,
    number: call.number,
    isHeld,
    isMuted: call.isMuted,
    said: theirs.length,
    lastMs: last === undefined ? 0 : last.toMs - last.fromMs,
    isAfterBeep: call.answeredBy === 'machine_end_beep',
  };
}
