import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ContactSheet } from '../../../../shared/contract/contacts.ts';
import type { Answer } from '../../../../shared/contract/wire.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { answered } from '../../../data/queries.ts';

// Every key begins with `contacts`, so that one push makes all of it fresh.

const LOOK_AGAIN_MS = 30_000;

export function useContactSheet(id: number) {
  const { contacts } = useClient();
  return useQuery({
    queryKey: ['contacts', id, 'sheet'],
    queryFn: () => answered(contacts.sheet({ id })),
    // Verdicts change with the minute, unasked.
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function useJournal(id: number) {
  const { contacts } = useClient();
  return useInfiniteQuery({
    queryKey: ['contacts', id, 'journal'],
    queryFn: ({ pageParam }) => answered(contacts.journal({ id, before: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

/** Does something to the person shown and shows them as they are then. False when it was refused, and said why. */
export function useEdit(id: number) {
  const queries = useQueryClient();
  const wish = useWish();
  return useCallback(
    async (asking: Promise<Answer<ContactSheet>>): Promise<boolean> => {
      const sheet = await wish(asking);
      if (sheet === null) return false;
      queries.setQueryData(['contacts', id, 'sheet'], sheet);
      void queries.invalidateQueries({ queryKey: ['contacts', id, 'journal'] });
      return true;
    },
    [queries, wish, id],
  );
}
