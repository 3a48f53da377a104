import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LATEST_FIRST } from '../../../shared/domain/call-filter.ts';
import { partsOf } from '../../../shared/domain/filter-tokens.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { counted } from '../../data/words.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** More parts than these are not tried one by one. */
const PARTS_MAX = 6;

/** No calls: says which part of the filter leaves out the most, and offers to drop it. */
export function NoCalls({ filter, onFilter }: { filter: string; onFilter: (filter: string) => void }) {
  const { calls } = useClient();
  const navigate = useNavigate();
  const parts = partsOf(filter);
  const tried = parts.length > 1 && parts.length <= PARTS_MAX ? parts : [];
  const without = useQueries({
    queries: tried.map(({ from, to }) => {
      const rest = `${filter.slice(0, from)}${filter.slice(to)}`.replace(/\s+/g, ' ').trim();
      return {
        queryKey: ['calls', 'without', rest],
        queryFn: async () => {
          const { resultId, count } = await answered(calls.open({ filter: rest, sort: LATEST_FIRST }));
          await calls.close({ resultId });
          return { rest, count };
        },
      };
    }),
  });
  if (filter === '')
    return (
      <EmptyState
        sentence="No calls yet. The first one appears here while it is still ringing."
        action={{ label: 'Go to Dial', shortcut: 'g d', run: () => void navigate({ to: '/dial' }) }}
      />
    );
  const counts = without.map(({ data }) => data?.count ?? 0);
  const most = counts.indexOf(Math.max(0, ...counts));
  const best = without[most]?.data;
  const showAll = { label: 'Show all calls', run: () => onFilter('') };
  if (best === undefined || best.count === 0)
    return (
      <EmptyState
        sentence={`No calls match “${filter}”. Names, numbers, notes and transcripts are searched.`}
        action={showAll}
      />
    );
  return (
    <EmptyState
      sentence={`No calls match “${filter}”. Without “${tried[most]!.text}” there ${best.count === 1 ? 'is' : 'are'} ${counted(best.count, 'call')}.`}
      action={{ label: `Drop ${tried[most]!.text}`, run: () => onFilter(best.rest) }}
      otherwise={showAll}
    />
  );
}
