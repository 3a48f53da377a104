import type { DeskView } from '../../shared/contract/desk.ts';
import type { SessionKind } from '../../shared/domain/session.ts';
import { STATE_WORD, type StateKind } from '../ui/StateShape.tsx';

/** The desk's state in the words and shapes of the screen. */
export interface DeskFace {
  readonly state: StateKind;
  readonly word: string;
  /** Who is in hand, when somebody is. */
  readonly name: string | null;
}

export const STATE_OF: Readonly<Record<SessionKind, StateKind>> = {
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

export function faceOf({ session, contact }: Pick<DeskView, 'session' | 'contact'>): DeskFace {
  if (session === null) return { state: 'idle', word: STATE_WORD.idle, name: null };
  const state = STATE_OF[session.state.kind];
  const word = session.state.kind === 'paused' ? `Paused: ${session.state.reason}` : STATE_WORD[state];
  return { state, word, name: contact?.name ?? null };
}

/** The window's title: a state worth knowing in the taskbar comes first, then the place. */
export function titleOf(face: DeskFace, place: string | null): string {
  const parts = [place, 'Parley'].filter((part) => part !== null).join(' · ');
  if (face.state === 'idle' || face.state === 'ready') return parts;
  const who = face.name === null ? '' : ` — ${face.name}`;
  return `● ${face.word}${who} · Parley`;
}
