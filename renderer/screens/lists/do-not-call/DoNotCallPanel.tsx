import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus, Search } from 'lucide-react';
import { useState } from 'react';
import type { LeftAlone } from '../../../../shared/contract/do-not-call.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { counted, exactText } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { LoadMore } from '../../../frame/LoadMore.tsx';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Select } from '../../../ui/Select.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { AddDialog } from './AddDialog.tsx';
import { Registries } from './Registries.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { KIND_WORD, KINDS } from './words.ts';

const ANY = 'any';
const CHOICES = [
  { value: ANY, label: 'Everything' },
  ...KINDS.map((value) => ({ value, label: KIND_WORD[value] })),
];

/** Who is never rung: the own list above, the registers that the law says to ask beneath it. */
export function DoNotCallPanel() {
  const { doNotCall } = useClient();
  const notAllowed = useWhyNotAllowed('supervisor');
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<string>(ANY);
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<LeftAlone | null>(null);
  const of = KINDS.find((each) => each === kind) ?? null;
  const pages = useInfiniteQuery({
    queryKey: ['do-not-call', search, of],
    queryFn: ({ pageParam }) => answered(doNotCall.page({ search, kind: of, before: pageParam })),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  useKeys('screen', [
    { id: 'do-not-call.add', keys: 'n', title: 'Add to do-not-call', run: () => setAdding(true) },
  ]);
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  const total = pages.data?.pages[0]?.total;
  return (
    <div className="h-full overflow-y-auto px-5 py-3">
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label="Find an entry"
          hideLabel
          placeholder="A number, a company, a reason"
          className="w-72"
          lead={<Search aria-hidden />}
          value={search}
          onChange={setSearch}
          maxLength={200}
        />
        <Select label="Kind" hideLabel className="w-40" value={kind} onChange={setKind} options={CHOICES} />
        <span className="pb-1.5 text-muted">{total !== undefined && counted(total, 'entry', 'entries')}</span>
        <Button
          className="ml-auto"
          variant="primary"
          icon={<Plus />}
          shortcut="n"
          onClick={() => setAdding(true)}
        >
          Add
        </Button>
      </div>
      <Loaded
        query={{ data: rows, error: pages.error, refetch: pages.refetch }}
        label="Loading the do-not-call list"
        what="The do-not-call list could not be read."
      >
        {(all) => (
          <Table
            caption="Who is never rung"
            className="mt-2 min-w-[46rem]"
            columns={columnsFor(notAllowed, setRemoving)}
            rows={all}
            rowKey={(row) => String(row.id)}
            empty={<Nobody isSearching={search !== '' || of !== null} onAdd={() => setAdding(true)} />}
          />
        )}
      </Loaded>
      <LoadMore
        shown={rows?.length ?? 0}
        what={(count) => counted(count, 'entry', 'entries')}
        hasMore={pages.hasNextPage}
        isLoading={pages.isFetchingNextPage}
        onMore={() => void pages.fetchNextPage()}
      />
      <Registries />
      {isAdding && <AddDialog onClose={() => setAdding(false)} />}
      {removing !== null && <RemoveDialog entry={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}

function columnsFor(
  notAllowed: string | null,
  onRemove: (row: LeftAlone) => void,
): readonly Column<LeftAlone>[] {
  return [
    { key: 'value', header: 'Who', cell: (row) => <span className="font-medium">{row.shown}</span> },
    { key: 'kind', header: 'Kind', width: '8rem', cell: (row) => KIND_WORD[row.kind] },
    { key: 'reason', header: 'Why', cell: (row) => row.reason },
    { key: 'source', header: 'Source', width: '9rem', cell: (row) => row.source || '–' },
    { key: 'by', header: 'By', width: '8rem', cell: (row) => row.by },
    { key: 'since', header: 'Since', width: '10rem', cell: (row) => exactText(row.since) },
    {
      key: 'remove',
      header: 'Actions',
      width: '6.5rem',
      align: 'right',
      cell: (row) => (
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Remove ${row.shown}`}
          disabledReason={notAllowed}
          onClick={() => onRemove(row)}
        >
          Remove…
        </Button>
      ),
    },
  ];
}

function Nobody({ isSearching, onAdd }: { isSearching: boolean; onAdd: () => void }) {
  if (isSearching) return <EmptyState sentence="No entry matches." />;
  return (
    <EmptyState
      sentence="Nobody is on your do-not-call list yet. Agents put people on it with one key in a call."
      action={{ label: 'Add somebody', run: onAdd }}
    />
  );
}
