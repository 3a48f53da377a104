import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ParleyClient } from '../../../shared/contract/contract.ts';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { refused } from '../../../shared/lib/result.ts';
import { useClient } from '../../data/client.tsx';
import { createDraft, type Draft, type DraftView, type Words } from './draft.ts';
import { later } from './later.ts';

export interface DraftInHand extends DraftView, Pick<Draft, 'edit' | 'flush' | 'close' | 'reopen'> {
  readonly attemptId: string | null;
}

const NO_CALL = refused({ code: 'not-now', sentence: 'There is no call to write about.' } as const);

/** The draft of the call in hand. It belongs to the attempt: another attempt, another draft. */
export function useDraft(attemptId: string | null, kept: DeskView['draft']): DraftInHand {
  const client = useClient();
  const own = kept?.attemptId === attemptId ? kept : null;
  const [held, hold] = useState(() => openDraft(client, attemptId, own));
  if (held.attemptId !== attemptId || held.client !== client) hold(openDraft(client, attemptId, own));
  const { draft } = held;
  useEffect(() => draft.adopt(own), [draft, own]);
  useEffect(() => draft.flush, [draft]);
  const view = useSyncExternalStore(draft.subscribe, draft.view);
  const { edit, flush, close, reopen } = draft;
  return { ...view, attemptId, edit, flush, close, reopen };
}

function keep(client: ParleyClient, attemptId: string, words: Words) {
  const { dispositionId, callback } = words;
  return client.desk.draft({ attemptId, dispositionId, callback, ...saidIn(words) });
}

/** What is said besides the outcome and its time, as the kernel takes it. */
export function saidIn({ note, anyoneMayCall, answers, ticked }: Words) {
  return { note, anyoneMayCall, answers: { ...answers }, ticked: [...ticked] };
}

/** What the kernel kept is there from the first picture on, so that nothing is seen to change. */
function openDraft(client: ParleyClient, attemptId: string | null, kept: DeskView['draft']) {
  const draft = createDraft({
    save: async (words) => (attemptId === null ? NO_CALL : keep(client, attemptId, words)),
    later,
  });
  draft.adopt(kept);
  return { client, attemptId, draft };
}
