import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JobState } from '../../../shared/domain/schedule.ts';
import type { Answer } from '../../../shared/contract/wire.ts';
import { useClient } from '../../data/client.tsx';
import { useTell } from '../../data/message.ts';
import { answered } from '../../data/queries.ts';

/** Everything here is drawn from `schedules`, which the kernel says is stale after each change. */
export const SCHEDULES = 'schedules';

export function useSchedulePages() {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: [SCHEDULES, 'page'],
    queryFn: ({ pageParam }) => answered(client.schedules.page({ after: pageParam })),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
}

export function useJobPages(state: JobState | null) {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: [SCHEDULES, 'jobs', state],
    queryFn: ({ pageParam }) => answered(client.schedules.jobs({ day: null, state, after: pageParam })),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
}

export function useToday() {
  const client = useClient();
  return useQuery({ queryKey: [SCHEDULES, 'today'], queryFn: () => answered(client.schedules.today()) });
}

export function useSchedulable(contactId: number | null) {
  const client = useClient();
  return useQuery({
    queryKey: [SCHEDULES, 'of', contactId],
    queryFn: () => answered(client.schedules.ofContact({ contactId: contactId! })),
    enabled: contactId !== null,
  });
}

export function usePerson(contactId: number) {
  const client = useClient();
  return useQuery({
    queryKey: [SCHEDULES, 'person', contactId],
    queryFn: () => answered(client.schedules.person({ contactId })),
  });
}

/** Makes a change, and says why when it was not made. Answers whether it was. */
export function useAct(): (asking: Promise<Answer<unknown>>) => Promise<boolean> {
  const queries = useQueryClient();
  const tell = useTell();
  return async (asking) => {
    const answer = await asking;
    if (!answer.ok) tell(answer.error.sentence);
    await queries.invalidateQueries({ queryKey: [SCHEDULES] });
    return answer.ok;
  };
}
