import { cn } from './cn.ts';

export interface SkeletonProps {
  /** What is being read, for screen readers: `Loading calls`. */
  label: string;
  /** Rows of the list that will stand here. */
  rows?: number | undefined;
  /** For other shapes: size it like the result. */
  className?: string | undefined;
}

// Uneven like words, and always the same, so that nothing dances between two renders.
const WIDTHS = ['62%', '48%', '71%', '55%', '66%'];

/** Holds the place of what is still being read. Nothing is seen for the first 200 ms. */
export function Skeleton({ label, rows, className }: SkeletonProps) {
  return (
    <div aria-busy className={cn('appear-late', className)}>
      <output className="sr-only">{label}</output>
      {rows === undefined ? (
        <div className="h-full min-h-4 rounded-sm bg-hover" />
      ) : (
        Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex h-row items-center border-b px-2">
            <div className="h-2.5 rounded-sm bg-pressed" style={{ width: WIDTHS[row % WIDTHS.length] }} />
          </div>
        ))
      )}
    </div>
  );
}
