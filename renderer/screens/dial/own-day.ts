import type { TimeShare } from '../../../shared/domain/time-ledger.ts';
import type { StateKind } from '../../ui/StateShape.tsx';

export type DayShare = TimeShare & { readonly seconds: number };

const KINDS: Readonly<Record<TimeShare['kind'], { readonly word: string; readonly shape: StateKind }>> = {
  connected: { word: 'Talking', shape: 'connected' },
  'on-hold': { word: 'On hold', shape: 'hold' },
  ringing: { word: 'Ringing', shape: 'ringing' },
  dialing: { word: 'Dialing', shape: 'dialing' },
  previewing: { word: 'Looking at the next contact', shape: 'ready' },
  ready: { word: 'Waiting for somebody to ring', shape: 'ready' },
  'wrap-up': { word: 'Writing it up', shape: 'wrap-up' },
  paused: { word: 'Paused', shape: 'paused' },
  trouble: { word: 'Carrier in doubt', shape: 'trouble' },
  away: { word: 'Between sessions', shape: 'idle' },
};

const ORDER = Object.keys(KINDS);

export function wordOf({ kind, reason }: Pick<TimeShare, 'kind' | 'reason'>): string {
  return reason === null ? KINDS[kind].word : `${KINDS[kind].word}: ${reason}`;
}

export function shapeOf(kind: TimeShare['kind']): StateKind {
  return KINDS[kind].shape;
}

/** Talking first, then what leads up to it, then what is not talking: the same order each day. */
export function inOrder(shares: readonly DayShare[]): DayShare[] {
  return shares
    .filter(({ seconds }) => seconds > 0)
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.seconds - a.seconds);
}
