import type { Connection } from '../../shared/contract/relay.ts';
import type { StateKind } from '../ui/StateShape.tsx';

export const TUNNEL_STATE: Readonly<Record<Connection['state'], { state: StateKind; word: string }>> = {
  off: { state: 'idle', word: 'Off' },
  connecting: { state: 'dialing', word: 'Connecting' },
  up: { state: 'ready', word: 'Up' },
  down: { state: 'trouble', word: 'Down' },
};

/** For the foot of the window, where there is room for two words. */
export function tunnelInWords({ isPractice, state }: Connection): string {
  if (isPractice) return 'Tunnel: not needed in practice';
  return `Tunnel: ${state === 'down' ? 'down, carriers are asked' : TUNNEL_STATE[state].word.toLowerCase()}`;
}
