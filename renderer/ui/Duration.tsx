import { cn } from './cn.ts';
import { clockText, relativeText, spokenDuration } from './time-text.ts';
import { useNowValue } from './use-now.tsx';

export interface DurationProps {
  startedAt: number;
  /** Set once it is over; the timer then stands still. */
  endedAt?: number | null | undefined;
  /** What is being timed: `Call time`. Read before the time on demand, never while it ticks. */
  label: string;
  className?: string | undefined;
}

/** A running timer with digits that keep their place. Screen readers find a labelled twin, which stays silent. */
export function Duration({ startedAt, endedAt, label, className }: DurationProps) {
  const seconds = useNowValue((now) => Math.max(0, Math.floor(((endedAt ?? now) - startedAt) / 1000)));
  const ms = seconds * 1000;
  return (
    <span className={cn('tabular-nums', className)}>
      <span aria-hidden>{clockText(ms)}</span>
      <span role="timer" aria-live="off" className="sr-only">{`${label}: ${spokenDuration(ms)}`}</span>
    </span>
  );
}

export interface RelativeTimeProps {
  at: number;
  /** The exact time in words, shown on hover. */
  exact?: string | undefined;
  className?: string | undefined;
}

/** `5 min ago`, kept up to date. */
export function RelativeTime({ at, exact, className }: RelativeTimeProps) {
  const words = useNowValue((now) => relativeText(at, now));
  return (
    <time title={exact} className={cn('whitespace-nowrap', className)}>
      {words}
    </time>
  );
}
