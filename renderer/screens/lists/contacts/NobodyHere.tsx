import { useQueries } from '@tanstack/react-query';
import { USUAL_SORT } from '../../../../shared/domain/contact-filter.ts';
import { partsOf } from '../../../../shared/domain/filter-tokens.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';
import { counted } from '../../../data/words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';

/** More parts than these are not tried one by one. */
const PARTS_MAX = 6;

/** Nobody found: says which part of the filter leaves out the most, and offers to drop it. */
export function NobodyHere({ filter, onFilter }: { filter: string; onFilter: (filter: string) => void }) {
  const { contacts } = useClient();
  const parts = partsOf(filter);
  const tried = parts.length > 1 && parts.length <= PARTS_MAX ? parts : [];
  const without = useQueries({
    queries: tried.map(({ from, to }) => {
      const rest = `${filter.slice(0, from)}${filter.slice(to)}`.replace(/\s+/g, ' ').trim();
      return {
        queryKey: ['contacts', 'without', rest],
        queryFn: async () => {
          const { resultId, count } = await answered(contacts.open({ filter: rest, sort: USUAL_SORT }));
          await contacts.close({ resultId });
          return { rest, count };
        },
      };
    }),
  });
  if (filter === '') return <EmptyState sentence="No contacts yet. Import a list, and they are here." />;
  const counts = without.map(({ data }) => data?.count ?? 0);
  const most = counts.indexOf(Math.max(0, ...counts));
  const best = without[most]?.data;
  if (best === undefined || best.count === 0)
    return (
      <EmptyState
        sentence={`Nobody is found by “${filter}”. Names, companies, mail addresses, numbers and notes are searched.`}
        action={{ label: 'Show everybody', run: () => onFilter('') }}
      />
    );
  return (
    <EmptyState
      sentence={`Nobody is found by “${filter}”. Without “${tried[most]!.text}” there ${best.count === 1 ? 'is' : 'are'} ${counted(best.count, 'contact')}.`}
      action={{ label: `Drop ${tried[most]!.text}`, run: () => onFilter(best.rest) }}
      otherwise={{ label: 'Show everybody', run: () => onFilter('') }}
    />
  );
}
