import type { Standing } from '../../shared/contract/standing.ts';
import type { StateKind } from '../ui/StateShape.tsx';

/** The shape and colour of how the engine stands; its words come from `standing-words`. */
export function standingFace({ state, underWay }: Pick<Standing, 'state' | 'underWay'>): StateKind {
  switch (state) {
    case 'resting':
      return 'idle';
    case 'running':
      return underWay > 0 ? 'dialing' : 'ready';
    case 'paused':
      return 'paused';
    case 'trouble':
      return 'trouble';
  }
}
