import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from '../../ui/cn.ts';

interface RegionProps {
  /** Its name, said when `F6` comes here. */
  label: string;
  tone?: string | undefined;
  className?: string | undefined;
  /** It may scroll while holding nothing else to focus, and so is a stop of its own. */
  scrolls?: boolean | undefined;
  /** A press of the mouse on a button here leaves the focus where it is, so that Enter keeps its meaning. */
  leavesFocus?: boolean | undefined;
  children: ReactNode;
}

/** A part of the desk that `F6` stops at. */
export function Region({ label, tone, className, scrolls, leavesFocus, children }: RegionProps) {
  const region = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = region.current;
    if (element === null || leavesFocus !== true) return undefined;
    element.addEventListener('mousedown', keepFocus);
    return () => element.removeEventListener('mousedown', keepFocus);
  }, [leavesFocus]);
  return (
    <section
      ref={region}
      aria-label={label}
      data-region
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable
      tabIndex={scrolls === true ? 0 : -1}
      data-tone={tone}
      className={cn('focus-inset', className)}
    >
      {children}
    </section>
  );
}

function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('button') !== null) event.preventDefault();
}

/** The quiet heading of a part of a column. */
export function Heading({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <div className="flex min-h-6 items-baseline justify-between gap-2">
      <h2 className="text-sm font-semibold text-muted">{children}</h2>
      {aside}
    </div>
  );
}
