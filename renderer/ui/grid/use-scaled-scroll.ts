import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Measure, clampTop, isScaled, scrollTopAt, topAt, wheelPx } from './window.ts';

export interface ScaledScroll {
  /** How far the first row is above the upper edge, in pixels of the whole list. */
  readonly top: number;
  moveTo: (top: number) => void;
  onScroll: () => void;
}

/** Keeps a list and its bar together. Wheel and keys move the list and the bar follows; dragging is the other way round. */
export function useScaledScroll(scrollerRef: RefObject<HTMLElement | null>, measure: Measure): ScaledScroll {
  const [top, setTop] = useState(0);
  const topRef = useRef(0);
  const measureRef = useRef(measure);
  // Where we put the bar, as the browser has rounded it: the echo of that is told from a hand on the bar.
  const oursRef = useRef(0);
  useLayoutEffect(() => {
    measureRef.current = measure;
  });

  const moveTo = useCallback(
    (next: number) => {
      const to = clampTop(next, measureRef.current);
      topRef.current = to;
      setTop(to);
      const bar = scrollerRef.current;
      if (bar === null) return;
      bar.scrollTo({ top: scrollTopAt(to, measureRef.current), behavior: 'instant' });
      oursRef.current = bar.scrollTop;
    },
    [scrollerRef],
  );

  const onScroll = useCallback(() => {
    const bar = scrollerRef.current;
    if (bar === null || Math.abs(bar.scrollTop - oursRef.current) < 0.5) return;
    oursRef.current = bar.scrollTop;
    topRef.current = topAt(bar.scrollTop, measureRef.current);
    setTop(topRef.current);
  }, [scrollerRef]);

  const scaled = isScaled(measure);
  useEffect(() => {
    const bar = scrollerRef.current;
    if (bar === null || !scaled) return undefined;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      moveTo(topRef.current + wheelPx(event.deltaY, event.deltaMode, measureRef.current));
    };
    bar.addEventListener('wheel', onWheel, { passive: false });
    return () => bar.removeEventListener('wheel', onWheel);
  }, [scrollerRef, scaled, moveTo]);

  // A shorter list, or more room: what stood beyond the end comes back into it.
  const { rows, rowPx, viewPx } = measure;
  useLayoutEffect(() => moveTo(topRef.current), [rows, rowPx, viewPx, moveTo]);

  return { top, moveTo, onScroll };
}
