import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Hello } from '../../shared/contract/app.ts';
import type { Preferences } from '../../shared/domain/preferences.ts';
import { useClient } from './client.tsx';
import { useWish } from './desk.ts';
import { HELLO } from './hello.ts';

/** Changes preferences at once on screen, and puts them back if the kernel refuses. */
export function useSetPreferences(): (change: Partial<Preferences>) => Promise<void> {
  const client = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  return useCallback(
    async (change) => {
      const shown = queries.getQueryData<Hello>(HELLO);
      const show = (preferences: Preferences) =>
        queries.setQueryData<Hello>(HELLO, (hello) => hello && { ...hello, preferences });
      if (shown !== undefined) show({ ...shown.preferences, ...change });
      const kept = await wish(client.app.setPreferences(change));
      if (kept !== null) show(kept);
      else if (shown !== undefined) show(shown.preferences);
    },
    [client, queries, wish],
  );
}
