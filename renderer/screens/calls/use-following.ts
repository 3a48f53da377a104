import { type RefObject, useEffect, useRef } from 'react';
import { usePlayer } from './use-player.ts';

const LOOKING = ['wheel', 'touchmove', 'keydown'] as const;
const PAGING: ReadonlySet<string> = new Set(['PageUp', 'PageDown', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** Keeps the line that is being said in view, unless the reader has gone elsewhere; seeking brings them back. */
export function useFollowing(list: RefObject<HTMLOListElement | null>, said: number): void {
  const player = usePlayer();
  const isFollowing = useRef(true);
  useEffect(() => player.onSeek(() => void (isFollowing.current = true)), [player]);
  useEffect(() => {
    const place = list.current?.closest('aside');
    const leave = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || PAGING.has(event.key)) isFollowing.current = false;
    };
    for (const kind of LOOKING) place?.addEventListener(kind, leave, { passive: true });
    return () => {
      for (const kind of LOOKING) place?.removeEventListener(kind, leave);
    };
  }, [list]);
  useEffect(() => {
    if (said === -1 || !isFollowing.current || !player.store.getState().isPlaying) return;
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [list, said, player]);
}
