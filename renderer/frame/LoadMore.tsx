import { useEffect, useRef } from 'react';
import { Button } from '../ui/Button.tsx';

interface LoadMoreProps {
  shown: number;
  /** `120 contacts`. */
  what: (count: number) => string;
  hasMore: boolean;
  isLoading: boolean;
  onMore: () => void;
}

/** The end of a long table: asks for the next page when it comes into view, and has a button for the keyboard. */
export function LoadMore({ shown, what, hasMore, isLoading, onMore }: LoadMoreProps) {
  const foot = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    if (!hasMore || isLoading || foot.current === null) return undefined;
    const watcher = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && more.current(),
      { rootMargin: '400px' },
    );
    watcher.observe(foot.current);
    return () => watcher.disconnect();
  }, [hasMore, isLoading]);
  if (shown === 0) return null;
  return (
    <div ref={foot} className="flex items-center gap-3 px-5 py-3 text-sm text-muted">
      {hasMore ? `${what(shown)} so far.` : `${what(shown)}, all of them.`}
      {hasMore && (
        <Button size="sm" disabledReason={isLoading ? 'More are on the way.' : null} onClick={onMore}>
          Show more
        </Button>
      )}
    </div>
  );
}
