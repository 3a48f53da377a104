import { Pencil, Trash2, TriangleAlert } from 'lucide-react';
import type { ScheduleRow } from '../../../shared/contract/schedules.ts';
import { useClient } from '../../data/client.tsx';
import { counted } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { LoadMore } from '../../frame/LoadMore.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Switch } from '../../ui/Choices.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { useToasts } from '../../ui/Toaster.tsx';
import { dayIn, ownZone } from '../dial/times.ts';
import { twoClocks } from './schedule-words.ts';
import { useAct, useSchedulePages } from './use-schedules.ts';

interface ScheduleTableProps {
  notAllowed: string | null;
  onEdit: (contactId: number) => void;
  onNew: () => void;
}

/** Everybody's schedule: their time where they are, and the next call in both clocks. */
export function ScheduleTable({ notAllowed, onEdit, onNew }: ScheduleTableProps) {
  const pages = useSchedulePages();
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  return (
    <>
      <Loaded
        query={{ data: rows, error: pages.error, refetch: pages.refetch }}
        label="Loading schedules"
        what="The schedules could not be read."
        rows={4}
      >
        {(all) => (
          <Table
            caption="Schedules"
            className="min-w-[66rem] px-3"
            columns={columnsFor(notAllowed, onEdit)}
            rows={all}
            rowKey={(row) => String(row.id)}
            empty={
              <EmptyState
                sentence="Nobody has a schedule yet. With one, a person who agreed to it is called by an AI voice at the same time of their own day."
                action={{ label: 'New schedule', run: onNew, shortcut: 'n', disabledReason: notAllowed }}
              />
            }
          />
        )}
      </Loaded>
      <LoadMore
        shown={rows === undefined ? 0 : rows.length}
        what={(count) => counted(count, 'schedule')}
        hasMore={pages.hasNextPage}
        isLoading={pages.isFetchingNextPage}
        onMore={() => void pages.fetchNextPage()}
      />
    </>
  );
}

function columnsFor(
  notAllowed: string | null,
  onEdit: (contactId: number) => void,
): readonly Column<ScheduleRow>[] {
  return [
    { key: 'name', header: 'Person', cell: (row) => <span className="font-medium">{row.name}</span> },
    { key: 'number', header: 'Number', width: '10rem', cell: (row) => row.number || 'gone' },
    {
      key: 'time',
      header: 'Their time',
      width: '14rem',
      cell: (row) => (
        <span title={row.zone}>
          <span className="font-medium tabular-nums">{row.time}</span>{' '}
          <span className="text-muted">{row.zone}</span>
        </span>
      ),
    },
    { key: 'days', header: 'Days', width: '9rem', cell: (row) => row.cadenceInWords },
    { key: 'next', header: 'Next call', width: '18rem', cell: (row) => <Next row={row} /> },
    {
      key: 'active',
      header: 'Active',
      width: '4.5rem',
      cell: (row) => <Active row={row} notAllowed={notAllowed} />,
    },
    {
      key: 'act',
      header: 'Actions',
      width: '8.5rem',
      cell: (row) => <Actions row={row} notAllowed={notAllowed} onEdit={onEdit} />,
    },
  ];
}

function Next({ row }: { row: ScheduleRow }) {
  if (row.trouble !== null) {
    return (
      <Badge tone="warn" icon={<TriangleAlert aria-hidden />} className="max-w-full">
        <span title={row.trouble} className="truncate">
          {row.trouble}
        </span>
      </Badge>
    );
  }
  if (row.next === null) return <span className="text-muted">none: switched off</span>;
  const { at, remark } = row.next;
  return (
    <span title={remark ?? undefined}>
      {dayIn(at, row.zone)}, {twoClocks(at, row.zone, ownZone())}
    </span>
  );
}

function Active({ row, notAllowed }: { row: ScheduleRow; notAllowed: string | null }) {
  const client = useClient();
  const act = useAct();
  if (notAllowed !== null) return <span title={notAllowed}>{row.isActive ? 'On' : 'Off'}</span>;
  return (
    <Switch
      hideLabel
      label={`Active: ${row.name}`}
      checked={row.isActive}
      onChange={(active) => void act(client.schedules.setActive({ id: row.id, active }))}
    />
  );
}

interface ActionsProps {
  row: ScheduleRow;
  notAllowed: string | null;
  onEdit: (contactId: number) => void;
}

function Actions({ row, notAllowed, onEdit }: ActionsProps) {
  const client = useClient();
  const act = useAct();
  const toasts = useToasts();
  const remove = async () => {
    if (!(await act(client.schedules.remove({ id: row.id })))) return;
    toasts.show({
      text: `The schedule of ${row.name} was removed.`,
      detail: 'Calls that were planned are taken back.',
      undo: () => void act(client.schedules.restore({ id: row.id })),
    });
  };
  return (
    <span className="flex items-center gap-1.5">
      <Button
        size="sm"
        icon={<Pencil />}
        aria-label={`${notAllowed === null ? 'Edit' : 'Look at'} ${row.name}`}
        onClick={() => onEdit(row.contactId)}
      >
        {notAllowed === null ? 'Edit' : 'Look'}
      </Button>
      <IconButton
        size="sm"
        label={`Remove ${row.name}`}
        icon={<Trash2 />}
        disabledReason={notAllowed}
        onClick={() => void remove()}
      />
    </span>
  );
}
