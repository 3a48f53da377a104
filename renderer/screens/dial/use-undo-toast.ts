import { useEffect, useRef } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { useHello } from '../../data/hello.ts';
import { useClock } from '../../data/now.ts';
import { useToasts } from '../../ui/Toaster.tsx';
import { useWishes } from './use-wishes.ts';

/** "No answer saved for Maria Lopez. Undo", for as long as the kernel would take it back. */
export function useUndoToast(undo: DeskView['undo']): void {
  const toasts = useToasts();
  const clock = useClock();
  const { speed } = useHello();
  const wishes = useWishes();
  const latest = useRef(undo);
  latest.current = undo;
  const key = undo === null ? null : `${undo.attemptId} ${undo.until}`;
  useEffect(() => {
    const { current } = latest;
    if (key === null || current === null) return undefined;
    // The kernel's clock may run faster than ours; a toast lives in real time.
    const shownMs = Math.max(1, (current.until - clock.now()) / speed);
    const id = toasts.show({
      text: `${current.label} saved for ${current.name}.`,
      undo: wishes.undo,
      shownMs,
    });
    return () => toasts.close(id);
  }, [key, toasts, clock, speed, wishes]);
}
