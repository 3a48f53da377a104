import type { ReactNode } from 'react';
import { cn } from '../../ui/cn.ts';

interface RegionProps {
  /** Its name, said when `F6` comes here. */
  label: string;
  tone?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A part of the desk that `F6` stops at. */
export function Region({ label, tone, className, children }: RegionProps) {
  return (
    <section
      aria-label={label}
      data-region
      tabIndex={-1}
      data-tone={tone}
      className={cn('focus-inset', className)}
    >
      {children}
    </section>
  );
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
