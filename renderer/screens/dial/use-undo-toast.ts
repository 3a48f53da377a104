import { useEffect } from 'react';
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
  const text = undo === null ? null : `${undo.label} saved for ${undo.name}.`;
  const until = undo?.until ?? 0;
  useEffect(() => {
    if (text === null) return undefined;
    // The kernel's clock may run faster than ours; a toast lives in real time.
    const shownMs = Math.max(1, (until - clock.now()) / speed);
    const id = toasts.show({ text, undo: wishes.undo, shownMs });
    return () => toasts.close(id);
  }, [text, until, toasts, clock, speed, wishes]);
}
