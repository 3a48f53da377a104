import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { CallRow } from '../../../shared/contract/records.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { callFace, counted, moneyText, whenText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { LoadMore } from '../../frame/LoadMore.tsx';
import { Screen } from '../../frame/Screen.tsx';
import { cn } from '../../ui/cn.ts';
import { StateBadge } from '../../ui/Badge.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { clockText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.tsx';
import { BeingChecked } from './BeingChecked.tsx';
import { CallDetails } from './CallDetails.tsx';
import { useRowKeys } from './use-row-keys.ts';

/** The latest calls first. A row opens beside the table; which one is open stays in the address. */
export function CallsScreen() {
  const client = useClient();
  const navigate = useNavigate();
  const { call: openId } = useSearch({ from: '/calls' });
  const pages = useInfiniteQuery({
    queryKey: ['calls', 'latest'],
    queryFn: ({ pageParam }) => answered(client.calls.page({ before: pageParam })),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  const open = rows?.find((row) => row.id === openId) ?? null;
  const show = (id: number | null) =>
    void navigate({ to: '/calls', search: id === null ? {} : { call: id }, replace: true });
  const table = useRowKeys();
  return (
    <Screen title="Calls" fixed note="The latest first">
      <div className="flex h-full min-h-0">
        <div ref={table} className="min-h-0 min-w-0 flex-1 overflow-auto">
          <BeingChecked />
          <Loaded
            query={{ data: rows, error: pages.error, refetch: pages.refetch }}
            label="Loading calls"
            what="The calls could not be read."
          >
            {(all) => <CallTable rows={all} openId={openId ?? null} onOpen={show} />}
          </Loaded>
          <LoadMore
            shown={rows === undefined ? 0 : rows.length}
            what={(count) => counted(count, 'call')}
            hasMore={pages.hasNextPage}
            isLoading={pages.isFetchingNextPage}
            onMore={() => void pages.fetchNextPage()}
          />
        </div>
        <Drawer
          open={open !== null}
          onOpenChange={() => {
            show(null);
            document
              .getElementById(`call-${open?.id ?? 0}`)
              ?.closest('button')
              ?.focus();
          }}
          title={open?.name ?? ''}
          width={380}
        >
          {open !== null && <CallDetails call={open} />}
        </Drawer>
      </div>
    </Screen>
  );
}

interface CallTableProps {
  rows: readonly CallRow[];
  openId: number | null;
  onOpen: (id: number) => void;
}

const MINUTE_MS = 60_000;

function CallTable({ rows, openId, onOpen }: CallTableProps) {
  const navigate = useNavigate();
  const now = useNow(MINUTE_MS);
  const columns: readonly Column<CallRow>[] = [
    {
      key: 'time',
      header: 'Time',
      width: '7.5rem',
      cell: (row) => <span id={`call-${row.id}`}>{whenText(row.startedAt, now)}</span>,
    },
    ...(openId === null ? COLUMNS : COLUMNS.filter(({ key }) => !IN_DRAWER.has(key))),
  ];
  return (
    <Table
      caption="Calls, the latest first"
      className={cn('px-3', openId === null ? 'min-w-[60rem]' : 'min-w-[34rem]')}
      columns={columns}
      rows={rows}
      rowKey={(row) => String(row.id)}
      onOpen={(row) => onOpen(row.id)}
      openKey={openId === null ? null : String(openId)}
      empty={
        <EmptyState
          sentence="No calls yet. The first one appears here while it is still ringing."
          action={{ label: 'Go to Dial', shortcut: 'g d', run: () => void navigate({ to: '/dial' }) }}
        />
      }
    />
  );
}

const COLUMNS: readonly Column<CallRow>[] = [
  { key: 'name', header: 'Contact', cell: (row) => <span className="font-medium">{row.name}</span> },
  { key: 'number', header: 'Number', width: '10rem', cell: (row) => row.number },
  { key: 'status', header: 'State', width: '9rem', cell: (row) => <StatusCell row={row} /> },
  { key: 'outcome', header: 'Outcome', cell: (row) => row.outcome ?? <Missing row={row} /> },
  { key: 'length', header: 'Length', width: '5rem', align: 'right', cell: (row) => lengthText(row) },
  { key: 'agent', header: 'Agent', width: '8rem', cell: (row) => row.agent },
  { key: 'campaign', header: 'Campaign', width: '8rem', cell: (row) => row.campaign },
  {
    key: 'cost',
    header: 'Cost',
    width: '5.5rem',
    align: 'right',
    cell: (row) => moneyText(row.costMicros, row.currency),
  },
];

/** What the open call's drawer tells anyway makes room for it. */
const IN_DRAWER: ReadonlySet<string> = new Set(['number', 'agent', 'campaign', 'cost']);

function StatusCell({ row }: { row: CallRow }) {
  const { state, word } = callFace(row);
  return <StateBadge state={state} word={word} />;
}

/** An ended call without an outcome is work left over; a running one has none yet. */
function Missing({ row }: { row: CallRow }) {
  if (row.status !== 'ended') return <span className="text-muted">–</span>;
  return (
    <span data-tone="warn" className="text-tone">
      No outcome yet
    </span>
  );
}

function lengthText({ seconds }: CallRow): string {
  return seconds === null ? '–' : clockText(seconds * 1000);
}
