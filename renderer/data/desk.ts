import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext } from 'react';
import { useStore } from 'zustand';
import type { DeskView } from '../../shared/contract/desk.ts';
import type { Answer, RefusalCode } from '../../shared/contract/wire.ts';
import { useToasts } from '../ui/Toaster.tsx';
import type { DeskMirror, Mirrored } from './desk-mirror.ts';
import { HELLO } from './hello.ts';
import { useTell } from './message.ts';

export const DeskContext = createContext<DeskMirror | null>(null);

export function useDeskMirror(): DeskMirror {
  const mirror = useContext(DeskContext);
  if (mirror === null) throw new Error('the desk needs a DeskContext around it');
  return mirror;
}

/** The mirror as it stands, for those who must also draw the time before the first desk. */
export function useMirrored(): Mirrored {
  return useStore(useDeskMirror());
}

/** The desk now. Only below the gate, which waits for the first one. */
export function useDesk(): DeskView {
  return useDeskValue((desk) => desk);
}

/** A part of the desk; renders again only when that part changes. */
export function useDeskValue<T>(read: (desk: DeskView) => T): T {
  return useStore(useDeskMirror(), ({ view }) => {
    if (view === null) throw new Error('the desk was asked for before it arrived');
    return read(view);
  });
}

/** Refusals that concern more than the button just pressed, and so may not pass by unseen. */
const WEIGHTY: ReadonlySet<RefusalCode> = new Set(['storage', 'carrier', 'our-mistake']);
/** Refusals that mean the frame no longer shows who is here. */
const ABOUT_WHO: ReadonlySet<RefusalCode> = new Set(['not-signed-in', 'locked']);

export type Wish = <T>(wish: Promise<Answer<T>>) => Promise<T | null>;

/** Waits for a wish. A refusal is told on the status bar and aloud, and yields null. */
export function useWish(): Wish {
  const tell = useTell();
  const toasts = useToasts();
  const queries = useQueryClient();
  return useCallback(
    async (wish) => {
      const answer = await wish;
      if (answer.ok) return answer.value;
      const { code, sentence } = answer.error;
      tell(sentence);
      if (WEIGHTY.has(code)) toasts.show({ text: sentence, tone: 'bad' });
      if (ABOUT_WHO.has(code)) void queries.invalidateQueries({ queryKey: HELLO });
      return null;
    },
    [tell, toasts, queries],
  );
}
