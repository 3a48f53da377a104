import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DeskView } from '../../shared/contract/desk.ts';
import type { Answer, Refusal } from '../../shared/contract/wire.ts';

/** The desk as the kernel last told it. `trouble` is why there is none yet, or why it may be old. */
export interface Mirrored {
  readonly view: DeskView | null;
  readonly trouble: Refusal | null;
}

export interface DeskMirror extends StoreApi<Mirrored> {
  /** Asks for the whole desk again: at the start, after a gap, after the line was lost. */
  refresh(): Promise<void>;
  /** Another person or workspace: what was mirrored is nobody's now. */
  forget(): void;
  /** Follows the pushes until the returned function is called. */
  follow(): () => void;
}

export interface DeskSource {
  view(): Promise<Answer<DeskView>>;
  changed(listener: (view: DeskView, gap: boolean) => void): () => void;
}

/** Keeps a copy of the desk. Every push is a whole desk, so the newest one heard is the truth. */
export function createDeskMirror(source: DeskSource): DeskMirror {
  const store = createStore<Mirrored>(() => ({ view: null, trouble: null }));
  let heard = 0;

  const refresh = async () => {
    const heardBefore = heard;
    const answer = await source.view();
    // A push overtook the answer; pushes are sent for every change, so it is at least as new.
    if (heard !== heardBefore) return;
    store.setState(answer.ok ? { view: answer.value, trouble: null } : { trouble: answer.error });
  };
  const take = (view: DeskView, gap: boolean) => {
    heard += 1;
    store.setState({ view, trouble: null });
    if (gap) void refresh();
  };
  return {
    ...store,
    refresh,
    forget: () => {
      heard += 1;
      store.setState({ view: null, trouble: null });
    },
    follow: () => source.changed(take),
  };
}
