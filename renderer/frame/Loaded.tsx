import type { ReactNode } from 'react';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';

/** The little of a query that drawing it takes. */
interface Loading<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  refetch(): unknown;
}

interface LoadedProps<T> {
  query: Loading<T>;
  /** For the skeleton: `Loading calls`. */
  label: string;
  /** For trouble: `The calls could not be read.` */
  what: string;
  rows?: number | undefined;
  children: (data: T) => ReactNode;
}

/** What was read, or the place it will take, or why it cannot be had. Old rows stay while new ones are asked for. */
export function Loaded<T>({ query, label, what, rows = 8, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) return <Skeleton label={label} rows={rows} className="px-5" />;
  return (
    <ErrorState
      className="px-5"
      what={what}
      safe="Nothing was changed."
      next={query.error.message}
      action={{ label: 'Try again', run: () => void query.refetch() }}
    />
  );
}
