import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { Screen } from '../../frame/Screen.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { BeingChecked } from './BeingChecked.tsx';
import { CallsPanel } from './CallsPanel.tsx';
import { DeadLetters } from './DeadLetters.tsx';

/** Every call there was, and events of carriers that nobody could act on, where there are any. */
export function CallsScreen() {
  const { tab } = useSearch({ from: '/calls' });
  const navigate = useNavigate();
  const { calls } = useClient();
  const mayLook = useWhyNotAllowed('supervisor') === null;
  const letters = useInfiniteQuery({
    queryKey: ['dead-letters'],
    queryFn: ({ pageParam }) => answered(calls.deadLetters({ before: pageParam })),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    enabled: mayLook,
  });
  const rows = letters.data?.pages.flatMap((page) => page.rows) ?? [];
  const panel = (
    <div className="flex h-full min-h-0 flex-col">
      <BeingChecked />
      <CallsPanel />
    </div>
  );
  const isShown = rows.length > 0 || tab === 'events';
  return (
    <Screen title="Calls" fixed>
      {!isShown ? (
        panel
      ) : (
        <Tabs
          label="Calls"
          className="h-full min-h-0 px-0 [&>[role=tablist]]:px-5 [&>[role=tabpanel]]:min-h-0 [&>[role=tabpanel]]:pt-0"
          value={tab ?? 'calls'}
          onChange={(next) =>
            void navigate({ to: '/calls', search: next === 'events' ? { tab: 'events' } : {} })
          }
          tabs={[
            { value: 'calls', label: 'Calls', panel },
            {
              value: 'events',
              label: 'Events set aside',
              extra: <span className="text-sm text-muted">{letters.hasNextPage ? '50+' : rows.length}</span>,
              panel: (
                <DeadLetters
                  rows={rows}
                  hasMore={letters.hasNextPage}
                  isLoading={letters.isFetchingNextPage}
                  onMore={() => void letters.fetchNextPage()}
                />
              ),
            },
          ]}
        />
      )}
    </Screen>
  );
}
