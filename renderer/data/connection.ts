import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Connection, Letter } from '../../shared/contract/relay.ts';
import { useClient } from './client.tsx';
import { answered } from './queries.ts';

const CONNECTION = ['connection'] as const;
const LETTERS = ['connection-letters'] as const;
/** What came in is counted, not told: it is asked for again while somebody looks. */
const LOOK_MS = 5_000;

/** How carriers reach us. Each push carries all of it. With `isWatched` what came in is counted on. */
export function useConnection(isWatched = false): UseQueryResult<Connection> {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(
    () => client.relay.changed((connection) => queries.setQueryData(CONNECTION, connection)),
    [client, queries],
  );
  return useQuery({
    queryKey: CONNECTION,
    queryFn: () => answered(client.relay.now()),
    refetchInterval: isWatched ? LOOK_MS : false,
  });
}

/** What nobody could act on, for whoever may look at it. */
export function useLetters(isAsked: boolean): UseQueryResult<readonly Letter[]> {
  const client = useClient();
  return useQuery({
    queryKey: LETTERS,
    queryFn: () => answered(client.relay.letters()),
    enabled: isAsked,
    refetchInterval: LOOK_MS,
  });
}

/** What has to be entered at a carrier by hand, for whoever may know it. */
export function useAddresses(isAsked: boolean, base: string | null) {
  const client = useClient();
  return useQuery({
    queryKey: ['connection-addresses', base],
    queryFn: () => answered(client.relay.addresses()),
    enabled: isAsked,
  });
}

/** Shows a connection at once that an answer brought, and looks anew at what came in. */
export function useShowConnection(): (connection: Connection | null) => void {
  const queries = useQueryClient();
  return (connection) => {
    if (connection !== null) queries.setQueryData(CONNECTION, connection);
    void queries.invalidateQueries({ queryKey: LETTERS });
  };
}
