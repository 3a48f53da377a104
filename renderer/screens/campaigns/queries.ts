import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../data/client.tsx';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { answered } from '../../data/queries.ts';
import type { Rules } from './kinds.ts';
import { useSettled } from './use-settled.ts';

// Every key begins with `campaigns`, so that one push makes all of it fresh.

/** The verdicts on a whole list change with the minute, unasked. */
const LOOK_AGAIN_MS = 60_000;
const LIVE_MS = 5_000;
/** How long a hand rests before the effect of what it did is counted. */
const RESTED_MS = 250;

export function useCampaignRows() {
  const { campaigns } = useClient();
  return useQuery({
    queryKey: ['campaigns'],
    queryFn: () => answered(campaigns.list()),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function useSheet(id: number) {
  const { campaigns } = useClient();
  return useQuery({ queryKey: sheetKey(id), queryFn: () => answered(campaigns.get({ id })) });
}

export function sheetKey(id: number) {
  return ['campaigns', id, 'sheet'];
}

export function useTemplates() {
  const { campaigns } = useClient();
  const notAllowed = useWhyNotAllowed('supervisor');
  return useQuery({
    queryKey: ['campaigns', 'templates'],
    queryFn: () => answered(campaigns.templates()),
    enabled: notAllowed === null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Who may be rung under these rules, before and after, counted by the verdict that dials. */
export function useEffectOf(id: number, rules: Rules) {
  const { campaigns } = useClient();
  const notAllowed = useWhyNotAllowed('supervisor');
  const { settled, isLatest } = useSettled(rules, RESTED_MS);
  const query = useQuery({
    queryKey: ['campaigns', id, 'effect', settled],
    queryFn: () => answered(campaigns.effect({ id, rules: settled })),
    enabled: notAllowed === null,
    placeholderData: keepPreviousData,
  });
  const data = useLastKnown(query.data);
  return { data, error: query.error, isCounting: query.isFetching || !isLatest };
}

/** A count that was refused leaves the one before it standing, so that nothing jumps. */
function useLastKnown<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}

export function useFirst(id: number, count: number) {
  const { campaigns } = useClient();
  return useQuery({
    queryKey: ['campaigns', id, 'first', count],
    queryFn: () => answered(campaigns.first({ id, count })),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function useWhyNot(id: number) {
  const { campaigns } = useClient();
  return useQuery({
    queryKey: ['campaigns', id, 'why-not'],
    queryFn: () => answered(campaigns.whyNot({ id })),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function useWhyNotWho(id: number, rule: string) {
  const { campaigns } = useClient();
  return useInfiniteQuery({
    queryKey: ['campaigns', id, 'why-not-who', rule],
    queryFn: ({ pageParam }) => answered(campaigns.whyNotWho({ id, rule, after: pageParam })),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
}

export function useExplanation(id: number, contactId: number) {
  const { campaigns } = useClient();
  return useQuery({
    queryKey: ['campaigns', id, 'explain', contactId],
    queryFn: () => answered(campaigns.explain({ id, contactId })),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function useCheckUp(id: number) {
  const { campaigns } = useClient();
  return useQuery({
    queryKey: ['campaigns', id, 'check-up'],
    queryFn: () => answered(campaigns.checkUp({ id })),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function useLive(id: number) {
  const { campaigns } = useClient();
  return useQuery({
    queryKey: ['campaigns', id, 'live'],
    queryFn: () => answered(campaigns.live({ id })),
    refetchInterval: LIVE_MS,
  });
}

/** Who would come in from a list or a search, before anything is done. */
export function useWeighed(id: number, listId: number | null, search: string, enabled: boolean) {
  const { campaigns } = useClient();
  const { settled } = useSettled(search, RESTED_MS);
  return useQuery({
    queryKey: ['campaigns', id, 'weigh', listId, settled],
    queryFn: () => answered(campaigns.weighPeople({ id, listId, search: settled })),
    enabled,
    placeholderData: keepPreviousData,
  });
}
