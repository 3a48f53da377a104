import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { cn } from './cn.ts';

export interface StateAction {
  label: string;
  run: () => void;
  shortcut?: string | undefined;
  disabledReason?: string | null | undefined;
}

export interface EmptyStateProps {
  /** What is missing, in one sentence. */
  sentence: ReactNode;
  /** The one thing to do about it. */
  action?: StateAction | undefined;
  /** A quieter second way. */
  otherwise?: StateAction | undefined;
  className?: string | undefined;
}

/** One sentence, one button, one key. */
export function EmptyState({ sentence, action, otherwise, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center gap-3 px-4 py-10 text-center', className)}>
      <p className="max-w-[52ch] text-muted">{sentence}</p>
      <div className="flex flex-wrap justify-center gap-2">
        {action !== undefined && <StateButton action={action} variant="primary" />}
        {otherwise !== undefined && <StateButton action={otherwise} variant="ghost" />}
      </div>
    </div>
  );
}

/** The button of an empty or error state. */
export function StateButton({
  action,
  variant,
}: {
  action: StateAction;
  variant: 'primary' | 'secondary' | 'ghost';
}) {
  return (
    <Button
      variant={variant}
      shortcut={action.shortcut}
      disabledReason={action.disabledReason}
      onClick={action.run}
    >
      {action.label}
    </Button>
  );
}
