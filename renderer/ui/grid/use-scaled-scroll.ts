import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Measure, clampTop, isScaled, scrollTopAt, topAt, wheelPx } from './window.ts';

export interface ScaledScroll {
  /** How far the first row is above the upper edge, in pixels of the whole list. */
  readonly top: number;
  moveTo: (top: number) => void;
  onScroll: () => void;
}

/** Keeps a list and its bar together. Wheel and keys move the list and the bar follows; dragging is the other way round. */
export function useScaledScroll(scroller: RefObject<HTMLElement | null>, measure: Measure): ScaledScroll {
  const [top, setTop] = useState(0);
  const now = useRef({ top, measure, ours: 0 });
  useLayoutEffect(() => {
    now.current.measure = measure;
  });

  const moveTo = useCallback(
    (next: number) => {
      const { measure: latest } = now.current;
      const to = clampTop(next, latest);
      now.current.top = to;
      setTop(to);
      const bar = scroller.current;
      if (bar === null) return;
      bar.scrollTop = scrollTopAt(to, latest);
      // As the browser has rounded it: the echo of this is told from a hand on the bar.
      now.current.ours = bar.scrollTop;
    },
    [scroller],
  );

  const onScroll = useCallback(() => {
    const bar = scroller.current;
    if (bar === null || Math.abs(bar.scrollTop - now.current.ours) < 0.5) return;
    now.current.ours = bar.scrollTop;
    now.current.top = topAt(bar.scrollTop, now.current.measure);
    setTop(now.current.top);
  }, [scroller]);

  const scaled = isScaled(measure);
  useEffect(() => {
    const bar = scroller.current;
    if (bar === null || !scaled) return undefined;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      moveTo(now.current.top + wheelPx(event.deltaY, event.deltaMode, now.current.measure));
    };
    bar.addEventListener('wheel', onWheel, { passive: false });
    return () => bar.removeEventListener('wheel', onWheel);
  }, [scroller, scaled, moveTo]);

  // A shorter list, or more room: what stood beyond the end comes back into it.
  const { rows, rowPx, viewPx } = measure;
  useLayoutEffect(() => {
    moveTo(now.current.top);
  }, [rows, rowPx, viewPx, moveTo]);

  return { top, moveTo, onScroll };
}
