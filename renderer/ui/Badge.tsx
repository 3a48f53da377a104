import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { STATE_WORD, type StateKind, StateShape } from './StateShape.tsx';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'practice';

interface BadgeProps {
  tone?: Tone | undefined;
  icon?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}

/** A short word set apart. Colour only supports the word. */
export function Badge({ tone = 'neutral', icon, children, className }: BadgeProps) {
  return (
    <span
      data-tone={tone}
      className={cn(
        'inline-flex h-[1.6em] items-center gap-1 rounded-sm bg-tone-tint px-1.5 text-sm font-medium whitespace-nowrap text-tone forced-colors:border [&>svg]:size-[1em]',
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}

interface StateBadgeProps {
  state: StateKind;
  /** In place of the usual word: `Paused: lunch`, `Carrier lost`. */
  word?: string | undefined;
  /** `plain` for rows, `tint` to stand out, `filled` for the banner. */
  look?: 'plain' | 'tint' | 'filled' | undefined;
  className?: string | undefined;
}

const LOOK = {
  plain: 'text-tone',
  tint: 'rounded-sm bg-tone-tint px-1.5 py-px text-tone forced-colors:border',
  filled: 'rounded-sm bg-tone px-2 py-0.5 text-on-tone forced-colors:border',
};

/** A state told in word, shape and colour. */
export function StateBadge({ state, word, look = 'plain', className }: StateBadgeProps) {
  return (
    <span
      data-tone={state}
      className={cn('inline-flex items-center gap-1.5 font-medium whitespace-nowrap', LOOK[look], className)}
    >
      <StateShape state={state} />
      {word ?? STATE_WORD[state]}
    </span>
  );
}
