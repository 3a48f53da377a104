import type { Board, BoardCall } from '../../../shared/contract/board.ts';
import { counted } from '../../data/words.ts';

/** What a call is in, as the order of attention knows it. */
export function stateOfCall({ status, isHeld }: BoardCall): string {
  return isHeld ? 'on-hold' : status;
}

export interface Strip {
  readonly label: string;
  readonly count: number;
}

/** How many are in what, for the strip above the board. */
export function stripOf({ agents, calls }: Board): Strip[] {
  const inState = (...states: string[]) => agents.filter(({ state }) => states.includes(state)).length;
  const calling = (status: BoardCall['status']) => calls.filter((call) => call.status === status).length;
  return [
    { label: 'waiting', count: inState('ready', 'previewing') },
    { label: 'dialing', count: calling('queued') },
    { label: 'ringing', count: calling('ringing') },
    { label: 'talking', count: calling('in-progress') },
    { label: 'in wrap-up', count: inState('wrap-up') },
    { label: 'paused', count: inState('paused') },
    { label: 'in trouble', count: inState('trouble') },
  ];
}

/** The whole board in a sentence, for whoever asks to hear it. */
export function boardInWords(board: Board): string {
  const parts = stripOf(board)
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => `${count} ${label}`);
  const about = parts.length === 0 ? 'nothing goes on' : parts.join(', ');
  return `${counted(board.agents.length, 'agent')} at work, ${counted(board.calls.length, 'call')} under way: ${about}.`;
}

const VOICE_WORD: Readonly<Record<BoardCall['voice'], string>> = {
  agent: '',
  ai: 'AI voice',
  recorded: 'Recorded message',
};

/** Who speaks for us: an agent who took a call over comes before the voice that held it. */
export function whoSpeaks({ voice, agent, isMuted }: Pick<BoardCall, 'voice' | 'agent' | 'isMuted'>): string {
  if (voice === 'agent') return agent || '–';
  if (agent !== '') return `${agent}, after the AI voice`;
  return isMuted ? `${VOICE_WORD[voice]}, silenced` : VOICE_WORD[voice];
}

/** In the place of a name that is not for everybody’s eyes. */
export const HIDDEN = '•••';
