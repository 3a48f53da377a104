import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useClient } from './client.tsx';
import { useDeskValue, useWish } from './desk.ts';
import { HELLO, useHello } from './hello.ts';

interface Practice {
  /** Opens the practice workspace, and makes it where there is none yet. */
  open: () => Promise<void>;
  whyNot: string | null;
}

/** The way from real work to practice, for whoever has nothing to dial yet. */
export function usePractice(): Practice {
  const { me, workspace } = useHello();
  const client = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  const isBusy = useDeskValue((desk) => desk.session !== null);
  const name = me?.name ?? '';
  const open = useCallback(async () => {
    await wish(client.app.begin({ as: 'show-me', name }));
    await queries.invalidateQueries({ queryKey: HELLO });
  }, [client, queries, wish, name]);
  if (workspace?.kind === 'practice') return { open, whyNot: 'You are in the practice workspace.' };
  return { open, whyNot: isBusy ? 'End your session first.' : null };
}
