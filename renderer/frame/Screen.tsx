import type { ReactNode } from 'react';
import { cn } from '../ui/cn.ts';

interface ScreenProps {
  title: string;
  /** A quiet line beside the title: a count, a state. */
  note?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** The body scrolls by itself; screens that divide their room bring their own scrolling. */
  fixed?: boolean | undefined;
  children: ReactNode;
}

/** A screen's heading and body. The heading takes the focus when the screen is gone to. */
export function Screen({ title, note, actions, fixed, children }: ScreenProps) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-5 py-2">
        <h1 tabIndex={-1} className="text-xl font-semibold outline-none">
          {title}
        </h1>
        {note != null && <div className="min-w-0 text-muted">{note}</div>}
        <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>
      </header>
      <div className={cn('min-h-0 flex-1', fixed !== true && 'overflow-y-auto')}>{children}</div>
    </div>
  );
}
