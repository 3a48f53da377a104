import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../../../shared/contract/wire.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';

const CARRIERS = ['carriers'];
/** A state shown here comes from what carriers answered last; it is looked at again while somebody looks. */
const LOOK_MS = 5_000;

export function useCarriers() {
  const client = useClient();
  return useQuery({
    queryKey: CARRIERS,
    queryFn: () => answered(client.carriers.list()),
    refetchInterval: LOOK_MS,
  });
}

/** What is left on an account. Asked for when somebody looks, and not every few seconds. */
export function useBalance(kind: string, isAsked: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ['carrier-balance', kind],
    queryFn: () => answered(client.carriers.balance({ kind })),
    enabled: isAsked,
    staleTime: 60_000,
  });
}

/** Runs one wish at a time and keeps why it was refused. What is listed is asked for again afterwards. */
export function useCarrierWish() {
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async <T>(wish: () => Promise<Answer<T>>): Promise<Answer<T>> => {
    setBusy(true);
    setRefusal(null);
    const answer = await wish();
    setBusy(false);
    await queries.invalidateQueries({ queryKey: CARRIERS });
    if (!answer.ok) setRefusal(answer.error.sentence);
    return answer;
  };
  return { run, isBusy, refusal, setRefusal };
}
