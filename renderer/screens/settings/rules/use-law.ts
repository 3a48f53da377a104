import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Law } from '../../../../shared/contract/law.ts';
import type { Answer } from '../../../../shared/contract/wire.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { answered } from '../../../data/queries.ts';
import { useToasts } from '../../../ui/Toaster.tsx';

const LAW = ['law'] as const;

export function useLaw() {
  const client = useClient();
  return useQuery({ queryKey: LAW, queryFn: () => answered(client.law.read()) });
}

/** Changes the law of this workspace: what comes back is the book as it is obeyed from now on. */
export function useLawWish(): (wish: Promise<Answer<Law>>, said: string) => Promise<boolean> {
  const queries = useQueryClient();
  const wish = useWish();
  const toasts = useToasts();
  return async (asked, said) => {
    const law = await wish(asked);
    if (law === null) return false;
    queries.setQueryData(LAW, law);
    toasts.show({ text: said });
    return true;
  };
}

/** The same for a form that stays open, and shows why it was refused. */
export function useLawForm(onDone: () => void) {
  const queries = useQueryClient();
  const toasts = useToasts();
  const [refusal, setRefusal] = useState<string | null>(null);
  const save = async (asked: Promise<Answer<Law>>, said: string) => {
    const answer = await asked;
    if (!answer.ok) return setRefusal(answer.error.sentence);
    queries.setQueryData(LAW, answer.value);
    toasts.show({ text: said });
    onDone();
  };
  return { save, refusal };
}
