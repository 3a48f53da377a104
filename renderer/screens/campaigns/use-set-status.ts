import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CampaignRow } from '../../../shared/contract/records.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { useToasts } from '../../ui/Toaster.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';

type Wished = 'active' | 'paused';

/** Starts or pauses a campaign at once, and offers to take it back. */
export function useSetStatus(): (row: CampaignRow, wished: Wished) => Promise<void> {
  const client = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  const toasts = useToasts();
  const announce = useAnnounce();
  return useCallback(
    async (row, wished) => {
      const set = async (status: Wished) => {
        const changed = await wish(client.campaigns.setStatus({ id: row.id, status }));
        await queries.invalidateQueries({ queryKey: ['campaigns'] });
        return changed !== null;
      };
      if (!(await set(wished))) return;
      const text = wished === 'active' ? `${row.name} is running.` : `${row.name} is paused.`;
      announce(text);
      toasts.show({
        text,
        // A draft that was started can only be paused again: it was never a draft of anything dialed.
        undo: () => void set(wished === 'active' ? 'paused' : 'active'),
      });
    },
    [client, queries, wish, toasts, announce],
  );
}
