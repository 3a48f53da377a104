import type { ReactNode } from 'react';
import { cn } from './cn.ts';

/** The nine states a line or a person can be in. */
export const STATES = [
  'idle',
  'ready',
  'dialing',
  'ringing',
  'connected',
  'hold',
  'wrap-up',
  'paused',
  'trouble',
] as const;
export type StateKind = (typeof STATES)[number];

/** The word for each state, where the screen has no better one. */
export const STATE_WORD: Record<StateKind, string> = {
  idle: 'Not started',
  ready: 'Ready',
  dialing: 'Dialing',
  ringing: 'Ringing',
  connected: 'Connected',
  hold: 'On hold',
  'wrap-up': 'Wrap-up',
  paused: 'Paused',
  trouble: 'Trouble',
};

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.75,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

// Each outline differs enough to be told apart at 12 px without its colour.
const SHAPES: Record<StateKind, ReactNode> = {
  idle: <circle cx="8" cy="8" r="5.25" {...line} />,
  ready: <circle cx="8" cy="8" r="5.5" fill="currentColor" />,
  dialing: (
    <g fill="currentColor">
      <circle cx="2.75" cy="8" r="1.9" />
      <circle cx="8" cy="8" r="1.9" />
      <circle cx="13.25" cy="8" r="1.9" />
    </g>
  ),
  ringing: (
    <g {...line}>
      <circle cx="4" cy="12" r="1.6" fill="currentColor" stroke="none" />
      <path d="M4 7.6A4.4 4.4 0 0 1 8.4 12" />
      <path d="M4 3A9 9 0 0 1 13 12" />
    </g>
  ),
  connected: (
    <g fill="currentColor">
      <rect x="1" y="6" width="2.2" height="4" rx="1.1" />
      <rect x="4.9" y="2.5" width="2.2" height="11" rx="1.1" />
      <rect x="8.9" y="4.5" width="2.2" height="7" rx="1.1" />
      <rect x="12.8" y="6.5" width="2.2" height="3" rx="1.1" />
    </g>
  ),
  hold: (
    <g fill="currentColor">
      <rect x="3.5" y="2.5" width="3.25" height="11" rx="1" />
      <rect x="9.25" y="2.5" width="3.25" height="11" rx="1" />
    </g>
  ),
  'wrap-up': (
    <g {...line}>
      <path d="M2.5 13.5l.8-3.2 7.6-7.6a1.3 1.3 0 0 1 1.9 0l.5.5a1.3 1.3 0 0 1 0 1.9l-7.6 7.6z" />
      <path d="M9.3 4.3l2.4 2.4" />
    </g>
  ),
  paused: (
    <g {...line}>
      <path d="M2.5 6h8.5v4.5a3 3 0 0 1-3 3H5.5a3 3 0 0 1-3-3z" />
      <path d="M11 7h.8a1.9 1.9 0 0 1 0 3.8H11" />
      <path d="M5 1.8v1.6M8.5 1.8v1.6" />
    </g>
  ),
  trouble: (
    <g {...line}>
      <path d="M8 2.2l6.2 11.3H1.8z" />
      <path d="M8 6.6v3" />
      <path d="M8 11.6v.1" />
    </g>
  ),
};

interface StateShapeProps {
  state: StateKind;
  className?: string | undefined;
}

/** The shape of a state. Always stands beside its word, so it is silent. */
export function StateShape({ state, className }: StateShapeProps) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      className={cn('size-[1em] shrink-0', state === 'ringing' && 'ring-pulse', className)}
    >
      {SHAPES[state]}
    </svg>
  );
}
