import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ContactMeaning } from '../../../shared/contract/meaning.ts';
import type { Answer } from '../../../shared/contract/wire.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { answered } from '../../data/queries.ts';

// Every key begins with `meaning` or `followUps`, so that one push makes all of it fresh.

export function useContactMeaning(id: number) {
  const { meaning } = useClient();
  return useQuery({
    queryKey: ['meaning', 'contact', id],
    queryFn: () => answered(meaning.contact({ id })),
  });
}

export function useCallMeaning(id: number) {
  const { meaning } = useClient();
  return useQuery({ queryKey: ['meaning', 'call', id], queryFn: () => answered(meaning.call({ id })) });
}

/** Moves somebody, or takes a move back, and shows them as they are then. */
export function useMove() {
  const wish = useWish();
  const queries = useQueryClient();
  return async (asking: Promise<Answer<ContactMeaning>>): Promise<void> => {
    const told = await wish(asking);
    if (told !== null) await queries.invalidateQueries({ queryKey: ['meaning'] });
  };
}

export type Shown = 'due' | 'waiting' | 'closed';

export function useFollowUps(shown: Shown) {
  const { followUps } = useClient();
  return useQuery({
    queryKey: ['followUps', 'list', shown],
    queryFn: () => answered(followUps.list({ shown })),
  });
}

export function useFollowUpCounts() {
  const { followUps } = useClient();
  return useQuery({ queryKey: ['followUps', 'counts'], queryFn: () => answered(followUps.counts()) });
}
