import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { countText, whenText } from '../../../data/words.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Meter } from '../../../ui/Bars.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { useNow } from '../../../ui/use-now.tsx';
import { ActButtons } from '../ActButtons.tsx';
import type { CampaignRow } from '../kinds.ts';
import { useCampaignActs } from '../use-acts.ts';
import { clockThere, MODE, placeOf, reachText, STATUS } from '../words.ts';
import { useListKeys } from './use-list-keys.ts';
import { useWide } from './use-wide.ts';

type Key = 'status' | 'people' | 'now' | 'done' | 'reach' | 'agents' | 'next' | 'act';

const ROOMY = {
  status: '6rem',
  people: '5rem',
  now: '6.75rem',
  done: '8rem',
  today: '4rem',
  reach: '4.75rem',
  agents: '4.5rem',
  next: '15rem',
  act: '9rem',
};
/** In the smallest window everything still stands side by side. */
const NARROW: Readonly<Record<Key, string>> = {
  status: '5.5rem',
  people: '4.25rem',
  now: '6.25rem',
  done: '4rem',
  reach: '4.75rem',
  agents: '4.25rem',
  next: '10.5rem',
  act: '8.5rem',
};

function columnsIn(width: Readonly<Record<Key, string>>): readonly Column<CampaignRow>[] {
  const right = { align: 'right' } as const;
  const isRoomy = width === ROOMY;
  return [
    { key: 'name', header: 'Name', cell: (row) => <Name row={row} withMode={isRoomy} /> },
    { key: 'status', header: 'State', width: width.status, cell: (row) => <Status row={row} /> },
    {
      key: 'people',
      header: 'People',
      width: width.people,
      ...right,
      cell: (row) => countText(row.contacts),
    },
    {
      key: 'now',
      header: isRoomy ? 'May ring now' : 'Ring now',
      width: width.now,
      ...right,
      cell: (row) => <MayRing row={row} />,
    },
    { key: 'done', header: 'Done', width: width.done, cell: (row) => <Done row={row} withBar={isRoomy} /> },
    ...(isRoomy ? [TODAY] : []),
    { key: 'reach', header: 'Reached', width: width.reach, ...right, cell: (row) => <Reach row={row} /> },
    { key: 'agents', header: 'Agents', width: width.agents, ...right, cell: (row) => countText(row.agents) },
    {
      key: 'next',
      header: isRoomy ? 'Hours and next moment' : 'Hours',
      width: width.next,
      cell: (row) => <NextMoment row={row} inFull={isRoomy} />,
    },
    { key: 'act', header: 'Actions', width: width.act, cell: (row) => <Acts row={row} /> },
  ];
}

/** In the smallest window there is no room for it; the page of the campaign has it. */
const TODAY: Column<CampaignRow> = {
  key: 'today',
  header: 'Today',
  width: ROOMY.today,
  align: 'right',
  cell: ({ today, attempts }) => (
    <span title={`${countText(today)} of ${countText(attempts)} attempts were today`}>
      {countText(today)}
    </span>
  ),
};

/** One row per campaign. A row opens its page; a draft that may be changed opens where its setting up stands. */
export function CampaignTable({ rows }: { rows: readonly CampaignRow[] }) {
  const navigate = useNavigate();
  const isWide = useWide();
  const columns = useMemo(() => columnsIn(isWide ? ROOMY : NARROW), [isWide]);
  const acts = useCampaignActs();
  const notAllowed = useWhyNotAllowed('supervisor');
  const place = useListKeys(rows, {
    whyNotToggle: notAllowed,
    onToggle: (row) => void (row.status === 'active' ? acts.pause(row) : acts.start(row)),
  });
  const open = ({ id, status }: CampaignRow) =>
    void (status === 'draft' && notAllowed === null
      ? navigate({ to: '/campaigns/$id/setup', params: { id }, search: {} })
      : navigate({ to: '/campaigns/$id', params: { id }, search: {} }));
  return (
    <div ref={place} className="overflow-x-auto">
      <Table
        caption="Campaigns"
        className="min-w-[56rem] px-3"
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.id)}
        onOpen={open}
      />
    </div>
  );
}

function Name({ row, withMode }: { row: CampaignRow; withMode: boolean }) {
  return (
    <>
      <span className="font-medium">{row.name}</span>{' '}
      {withMode && (
        <span className="text-sm text-muted">{row.voice === 'agent' ? MODE[row.mode] : 'Machine voice'}</span>
      )}
    </>
  );
}

function Status({ row: { status } }: { row: CampaignRow }) {
  return <Badge tone={STATUS[status].tone}>{STATUS[status].word}</Badge>;
}

function MayRing({ row: { dialableNow } }: { row: CampaignRow }) {
  if (dialableNow === null) return <span className="text-muted">counting…</span>;
  return <span className={dialableNow === 0 ? 'text-muted' : 'font-medium'}>{countText(dialableNow)}</span>;
}

function Reach({ row }: { row: CampaignRow }) {
  return (
    <span title={`${countText(row.reached)} of ${countText(row.attempts)} attempts reached a person`}>
      {reachText(row)}
    </span>
  );
}

function Done({ row, withBar }: { row: CampaignRow; withBar: boolean }) {
  const share = row.contacts === 0 ? 0 : Math.floor((row.done / row.contacts) * 100);
  return (
    <span className="flex items-center gap-2">
      {withBar && (
        <Meter
          className="w-16"
          hideLabel
          label={`Done of ${row.name}`}
          value={row.done}
          max={Math.max(1, row.contacts)}
          valueText={`${countText(row.done)} of ${countText(row.contacts)}`}
        />
      )}
      <span className="text-muted">{share} %</span>
    </span>
  );
}

const MINUTE_MS = 60_000;

/** While some may be rung only the hours count; otherwise the moment at which the first one may, by both clocks. */
function NextMoment({ row, inFull }: { row: CampaignRow; inFull: boolean }) {
  const now = useNow(MINUTE_MS);
  const hours = `${row.hours}, by the clock in ${placeOf(row.zone)}`;
  if (row.nextAt === null || row.status !== 'active' || row.dialableNow !== 0)
    return (
      <span className="text-muted" title={hours}>
        {row.hours} {inFull && placeOf(row.zone)}
      </span>
    );
  const [mine, there] = [whenText(row.nextAt, now), clockThere(row.nextAt, row.zone)];
  return (
    <span title={hours}>
      {inFull && 'first at '}
      <span className="font-medium">{mine}</span>
      {!mine.endsWith(there.slice(4)) && <span className="text-muted">, {there} there</span>}
    </span>
  );
}

/** Above the button that is stretched over the whole row. */
function Acts({ row }: { row: CampaignRow }) {
  return (
    <span className="relative z-1">
      <ActButtons campaign={row} size="sm" />
    </span>
  );
}
