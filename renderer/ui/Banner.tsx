import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from './Badge.tsx';
import { cn } from './cn.ts';
import { IconButton } from './IconButton.tsx';
import { type StateKind, StateShape } from './StateShape.tsx';

export interface BannerProps {
  tone?: Tone | undefined;
  /** The sentence, with its point first. */
  title: ReactNode;
  children?: ReactNode;
  /** Buttons at the right. */
  actions?: ReactNode;
  onDismiss?: (() => void) | undefined;
  className?: string | undefined;
}

const SHAPE: Record<Tone, StateKind> = {
  neutral: 'idle',
  accent: 'ready',
  good: 'ready',
  warn: 'trouble',
  bad: 'trouble',
  practice: 'idle',
};

/** A lasting notice across the top of a screen or panel. Trouble is announced by whoever puts it up. */
export function Banner({ tone = 'neutral', title, children, actions, onDismiss, className }: BannerProps) {
  return (
    <div
      data-tone={tone}
      className={cn(
        'flex min-h-10 items-center gap-3 border-b border-b-tone/40 bg-tone-tint px-4 py-1.5',
        className,
      )}
    >
      <StateShape state={SHAPE[tone]} className="text-tone" />
      <div className="min-w-0 flex-1">
        <span className="font-medium">{title}</span>
        {children != null && <span className="text-muted"> {children}</span>}
      </div>
      {actions}
      {onDismiss !== undefined && <IconButton label="Dismiss" icon={<X />} size="sm" onClick={onDismiss} />}
    </div>
  );
}
