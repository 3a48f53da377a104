import { useState } from 'react';
import type { JobRow } from '../../../shared/contract/schedules.ts';
import { JOB_STATES, type JobState } from '../../../shared/domain/schedule.ts';
import { useClient } from '../../data/client.tsx';
import { counted } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { LoadMore } from '../../frame/LoadMore.tsx';
import { StateBadge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Select } from '../../ui/Select.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { ownZone } from '../dial/times.ts';
import { JOB_FACE, jobStory, twoClocks } from './schedule-words.ts';
import { useAct, useJobPages } from './use-schedules.ts';

type Wanted = JobState | 'all';

const FILTERS = [
  { value: 'all' as const, label: 'All states' },
  ...JOB_STATES.map((value) => ({ value, label: JOB_FACE[value].word })),
];

/** Today's calls of the schedules, in the order of the day. */
export function JobsTable({ notAllowed }: { notAllowed: string | null }) {
  const [wanted, setWanted] = useState<Wanted>('all');
  const pages = useJobPages(wanted === 'all' ? null : wanted);
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-5 pt-5 pb-1">
        <h2 className="text-lg font-semibold">Calls today</h2>
        <Select
          label="State of the calls"
          hideLabel
          className="w-40"
          value={wanted}
          onChange={setWanted}
          options={FILTERS}
        />
      </div>
      <Loaded
        query={{ data: rows, error: pages.error, refetch: pages.refetch }}
        label="Loading today’s calls"
        what="Today’s calls could not be read."
        rows={4}
      >
        {(all) => (
          <Table
            caption="Calls of the schedules today"
            className="min-w-[66rem] px-3"
            columns={columnsFor(notAllowed)}
            rows={all}
            rowKey={(row) => String(row.id)}
            empty={<NoJobs wanted={wanted} onAll={() => setWanted('all')} />}
          />
        )}
      </Loaded>
      <LoadMore
        shown={rows === undefined ? 0 : rows.length}
        what={(count) => counted(count, 'call')}
        hasMore={pages.hasNextPage}
        isLoading={pages.isFetchingNextPage}
        onMore={() => void pages.fetchNextPage()}
      />
    </>
  );
}

function NoJobs({ wanted, onAll }: { wanted: Wanted; onAll: () => void }) {
  if (wanted === 'all')
    return <EmptyState sentence="No calls are planned for today. They appear here up to 24 hours ahead." />;
  return (
    <EmptyState
      sentence={`None of today’s calls is “${JOB_FACE[wanted].word}”.`}
      action={{ label: 'Show all', run: onAll }}
    />
  );
}

function columnsFor(notAllowed: string | null): readonly Column<JobRow>[] {
  return [
    { key: 'name', header: 'Person', cell: (row) => <span className="font-medium">{row.name}</span> },
    { key: 'number', header: 'Number', width: '10rem', cell: (row) => row.number || 'gone' },
    {
      key: 'when',
      header: 'When',
      width: '15rem',
      cell: (row) => <span title={row.zone}>{twoClocks(row.dueAt, row.zone, ownZone())}</span>,
    },
    {
      key: 'state',
      header: 'State',
      width: '8rem',
      cell: ({ state }) => <StateBadge state={JOB_FACE[state].state} word={JOB_FACE[state].word} />,
    },
    {
      key: 'story',
      header: 'What happened',
      width: '26rem',
      cell: (row) => <span title={jobStory(row)}>{jobStory(row)}</span>,
    },
    {
      key: 'act',
      header: 'Actions',
      width: '6.5rem',
      cell: (row) => <Cancel row={row} notAllowed={notAllowed} />,
    },
  ];
}

function Cancel({ row, notAllowed }: { row: JobRow; notAllowed: string | null }) {
  const client = useClient();
  const act = useAct();
  if (!row.mayCancel) return null;
  return (
    <Button
      size="sm"
      aria-label={`Cancel today’s call to ${row.name}`}
      disabledReason={notAllowed}
      onClick={() => void act(client.schedules.cancelJob({ id: row.id }))}
    >
      Cancel
    </Button>
  );
}
