import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Hello } from '../../shared/contract/app.ts';
import { useClient } from './client.tsx';
import { useClock } from './now.ts';
import { answered } from './queries.ts';
import { goByZonesOf } from './zones.ts';

export const HELLO = ['hello'] as const;

/** The clocks of page and kernel drift apart while a machine sleeps; this is the longest they may. */
const RESET_CLOCK_MS = 60_000;

export function useHelloQuery(): UseQueryResult<Hello> {
  const client = useClient();
  const clock = useClock();
  return useQuery({
    queryKey: HELLO,
    refetchInterval: RESET_CLOCK_MS,
    queryFn: async () => {
      const hello = await answered(client.app.hello());
      await goByZonesOf(client, hello);
      clock.set(hello);
      return hello;
    },
  });
}

/** What the frame stands on. Only below the gate, which waits for the first one. */
export function useHello(): Hello {
  const { data } = useHelloQuery();
  if (data === undefined) throw new Error('useHello was asked before the first hello arrived');
  return data;
}
