import { useNavigate } from '@tanstack/react-router';
import { tokenText } from '../../../shared/domain/filter-tokens.ts';
import type { Instant } from '../../../shared/lib/instants.ts';
import { countText, exactText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { type Column, Table } from '../../ui/Table.tsx';

interface ListRow {
  readonly id: number;
  readonly name: string;
  readonly contacts: number;
  readonly createdAt: Instant;
}

const COLUMNS: readonly Column<ListRow>[] = [
  { key: 'name', header: 'List', cell: (row) => <span className="font-medium">{row.name}</span> },
  {
    key: 'contacts',
    header: 'Contacts',
    width: '8rem',
    align: 'right',
    cell: (row) => countText(row.contacts),
  },
  { key: 'since', header: 'Since', width: '14rem', align: 'right', cell: (row) => exactText(row.createdAt) },
];

interface ListsTableProps {
  lists: { data: ListRow[] | undefined; error: Error | null; refetch(): unknown };
}

/** All lists. Each opens on everybody who is on it. */
export function ListsTable({ lists }: ListsTableProps) {
  const navigate = useNavigate();
  return (
    <Loaded query={lists} label="Loading lists" what="The lists could not be read." rows={3}>
      {(rows) => (
        <Table
          caption="Lists"
          columns={COLUMNS}
          rows={rows}
          rowKey={(row) => String(row.id)}
          onOpen={({ name }) => void navigate({ to: '/lists', search: { filter: tokenText('list', name) } })}
          empty={<EmptyState sentence="No lists yet. Import one, and it is here." />}
        />
      )}
    </Loaded>
  );
}
