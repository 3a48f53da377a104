import { useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { people } from '../../../shared/contract/people.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { counted, exactText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { LoadMore } from '../../frame/LoadMore.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { actionInWords, changeInWords } from './audit-words.ts';
import { Group } from './Group.tsx';

type Entry = z.output<typeof people.audit.output>[number];

/** Pages of the trail are this long; a shorter one is the last. */
const PAGE = 100;

export function AuditTrail() {
  const notAllowed = useWhyNotAllowed('supervisor');
  return (
    <Group
      title="Audit trail"
      note="Who changed what, and when. Written with the change itself; nobody can edit it."
    >
      {notAllowed === null ? (
        <Trail />
      ) : (
        <EmptyState sentence="Only supervisors read the audit trail. Ask one to look something up." />
      )}
    </Group>
  );
}

const COLUMNS: readonly Column<Entry>[] = [
  { key: 'at', header: 'When', width: '12rem', cell: (entry) => exactText(entry.at) },
  { key: 'who', header: 'Who', width: '9rem', cell: (entry) => entry.who },
  { key: 'what', header: 'What', width: '14rem', cell: (entry) => actionInWords(entry.action) },
  {
    key: 'change',
    header: 'Change',
    cell: (entry) => {
      const words = changeInWords(entry.before, entry.after);
      return <span title={words}>{words}</span>;
    },
  },
];

function Trail() {
  const client = useClient();
  const pages = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) => answered(client.people.audit({ before: pageParam })),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < PAGE ? null : page.at(-1)!.id),
  });
  const rows = pages.data?.pages.flat();
  return (
    <div>
      <Loaded
        query={{ data: rows, error: pages.error, refetch: pages.refetch }}
        label="Loading the audit trail"
        what="The audit trail could not be read."
      >
        {(all) => (
          <Table
            caption="Audit trail, the latest first"
            columns={COLUMNS}
            rows={all}
            rowKey={(entry) => String(entry.id)}
            empty={<EmptyState sentence="Nothing was changed yet." />}
          />
        )}
      </Loaded>
      <LoadMore
        shown={rows === undefined ? 0 : rows.length}
        what={(count) => counted(count, 'entry', 'entries')}
        hasMore={pages.hasNextPage}
        isLoading={pages.isFetchingNextPage}
        onMore={() => void pages.fetchNextPage()}
      />
    </div>
  );
}
