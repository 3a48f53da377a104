import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallSheet } from '../../../shared/contract/call-details.ts';
import type { Answer } from '../../../shared/contract/wire.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { answered } from '../../data/queries.ts';

/** One call with all that is kept of it; read anew whenever calls change. */
export function useCallSheet(id: number) {
  const { calls } = useClient();
  return useQuery({
    queryKey: ['calls', 'sheet', id],
    queryFn: () => answered(calls.sheet({ id })),
    placeholderData: keepPreviousData,
  });
}

/** Waits for a change to a call, and shows it as it is then. Null where it was refused. */
export function useCallChange() {
  const wish = useWish();
  const queries = useQueryClient();
  return async (change: Promise<Answer<CallSheet>>): Promise<CallSheet | null> => {
    const sheet = await wish(change);
    if (sheet !== null) void queries.invalidateQueries({ queryKey: ['calls'] });
    return sheet;
  };
}
