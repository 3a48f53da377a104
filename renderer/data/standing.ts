import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { CampaignStanding, Computer, Standing } from '../../shared/contract/standing.ts';
import { useClient } from './client.tsx';
import { useWish } from './desk.ts';
import { answered } from './queries.ts';
import { useWhyNotAllowed } from './roles.ts';

const STANDING = ['standing'] as const;
const COMPUTER = ['computer'] as const;

/** How the engine stands. Each push carries all of it, so nothing is asked again for one. */
export function useStanding(): UseQueryResult<Standing> {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(
    () => client.standing.changed((standing) => queries.setQueryData(STANDING, standing)),
    [client, queries],
  );
  return useQuery({ queryKey: STANDING, queryFn: () => answered(client.standing.now()) });
}

interface PauseAll {
  readonly isPaused: boolean;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Why the person may not let it go on; stopping is anybody’s. */
  readonly whyNotResume: string | null;
}

/** The one switch for everything that Parley dials by itself. */
export function usePauseAll(): PauseAll {
  const { data } = useStanding();
  const client = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  const whyNotResume = useWhyNotAllowed('supervisor');
  const show = useCallback(
    async (asked: ReturnType<typeof client.standing.pauseAll>) => {
      const standing = await wish(asked);
      if (standing !== null) queries.setQueryData(STANDING, standing);
    },
    [queries, wish],
  );
  return {
    isPaused: data?.paused != null,
    pause: () => void show(client.standing.pauseAll()),
    resume: () => void show(client.standing.resumeAll()),
    whyNotResume,
  };
}

/** The calls of one campaign in the six words for it, and its breaker. Goes stale with its campaign. */
export function useCampaignStanding(id: number): UseQueryResult<CampaignStanding> {
  const client = useClient();
  return useQuery({
    queryKey: ['campaigns', 'standing', id],
    queryFn: () => answered(client.standing.ofCampaign({ id })),
  });
}

export function useComputer(): UseQueryResult<Computer> {
  const client = useClient();
  return useQuery({ queryKey: COMPUTER, queryFn: () => answered(client.standing.computer()) });
}

type ComputerChange = Parameters<ReturnType<typeof useClient>['standing']['setComputer']>[0];

export function useSetComputer(): (change: ComputerChange) => Promise<void> {
  const client = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  return useCallback(
    async (change) => {
      const kept = await wish(client.standing.setComputer(change));
      if (kept !== null) queries.setQueryData(COMPUTER, kept);
    },
    [client, queries, wish],
  );
}
