import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface CallsLinkProps {
  /** As the list of calls is asked. */
  filter: string;
  /** What opens, for whoever hears it: “Dials, 120 calls”. */
  label: string;
  /** How many calls there are behind it: none are not opened. */
  count: number;
  className?: string | undefined;
  tabIndex?: number | undefined;
  /** Its place in a table that arrows go through. */
  cell?: number | undefined;
  onFocus?: (() => void) | undefined;
  children: ReactNode;
}

/** A number that opens the calls behind it. */
export function CallsLink({
  filter,
  label,
  count,
  className = '',
  tabIndex,
  cell,
  onFocus,
  children,
}: CallsLinkProps) {
  if (count === 0) return children;
  return (
    <Link
      to="/calls"
      search={{ filter }}
      aria-label={label}
      tabIndex={tabIndex}
      data-cell={cell}
      onFocus={onFocus}
      className={`target underline decoration-edge underline-offset-2 hover:decoration-current ${className}`}
    >
      {children}
    </Link>
  );
}
