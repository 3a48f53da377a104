import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Board } from '../../../shared/contract/board.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';

/** Everything on the board is drawn anew no more often than this. */
const REPAINT_MS = 500;
/** What a lost push would leave standing is caught by this. */
const LOOK_AGAIN_MS = 4_000;

const BOARD = ['board'] as const;

/** The board, read again as soon as something changes, and then at most twice a second. */
export function useBoard(): UseQueryResult<Board> {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(() => {
    let isDue = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      isDue = false;
      void queries.invalidateQueries({ queryKey: BOARD });
      timer = setTimeout(() => {
        timer = undefined;
        if (isDue) read();
      }, REPAINT_MS);
    };
    const noticed = () => {
      isDue = true;
      if (timer === undefined) read();
    };
    const stop = [
      client.app.changed(({ changes }, gap) => {
        if (gap || changes.some(({ entity }) => entity === 'calls')) noticed();
      }),
      client.desk.changed(noticed),
    ];
    return () => {
      clearTimeout(timer);
      for (const each of stop) each();
    };
  }, [client, queries]);
  return useQuery({
    queryKey: BOARD,
    queryFn: () => answered(client.board.now()),
    refetchInterval: LOOK_AGAIN_MS,
    gcTime: 0,
  });
}

/** The board as it is, or as it was when it was frozen. */
export function useFrozen(board: Board | undefined): {
  shown: Board | undefined;
  isFrozen: boolean;
  toggle: () => void;
} {
  const [kept, setKept] = useState<Board | null>(null);
  return {
    shown: kept ?? board,
    isFrozen: kept !== null,
    toggle: () => setKept(kept === null ? (board ?? null) : null),
  };
}
