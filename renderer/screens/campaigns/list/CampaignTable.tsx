import { useNavigate } from '@tanstack/react-router';
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

const COLUMNS: readonly Column<CampaignRow>[] = [
  { key: 'name', header: 'Name', cell: (row) => <Name row={row} /> },
  { key: 'status', header: 'State', width: '6rem', cell: (row) => <Status row={row} /> },
  {
    key: 'people',
    header: 'People',
    width: '5rem',
    align: 'right',
    cell: (row) => countText(row.contacts),
  },
  {
    key: 'now',
    header: 'May ring now',
    width: '6.75rem',
    align: 'right',
    cell: (row) => <MayRing row={row} />,
  },
  { key: 'done', header: 'Done', width: '8rem', cell: (row) => <Done row={row} /> },
  { key: 'reach', header: 'Reached', width: '4.75rem', align: 'right', cell: (row) => <Reach row={row} /> },
  { key: 'agents', header: 'Agents', width: '4.5rem', align: 'right', cell: (row) => countText(row.agents) },
  { key: 'next', header: 'Hours and next moment', width: '15rem', cell: (row) => <NextMoment row={row} /> },
  { key: 'act', header: 'Actions', width: '9rem', cell: (row) => <Acts row={row} /> },
];

/** One row per campaign. A row opens its page; a draft that may be changed opens where its setting up stands. */
export function CampaignTable({ rows }: { rows: readonly CampaignRow[] }) {
  const navigate = useNavigate();
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
        className="min-w-[70rem] px-3"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => String(row.id)}
        onOpen={open}
      />
    </div>
  );
}

function Name({ row }: { row: CampaignRow }) {
  return (
    <>
      <span className="font-medium">{row.name}</span>{' '}
      <span className="text-sm text-muted">{row.voice === 'agent' ? MODE[row.mode] : 'Machine voice'}</span>
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

function Done({ row }: { row: CampaignRow }) {
  const share = row.contacts === 0 ? 0 : Math.floor((row.done / row.contacts) * 100);
  return (
    <span className="flex items-center gap-2">
      <Meter
        className="w-16"
        hideLabel
        label={`Done of ${row.name}`}
        value={row.done}
        max={Math.max(1, row.contacts)}
        valueText={`${countText(row.done)} of ${countText(row.contacts)}`}
      />
      <span className="text-muted">{share} %</span>
    </span>
  );
}

const MINUTE_MS = 60_000;

/** While some may be rung only the hours count; otherwise the moment at which the first one may, by both clocks. */
function NextMoment({ row }: { row: CampaignRow }) {
  const now = useNow(MINUTE_MS);
  const hours = `${row.hours}, by the clock in ${placeOf(row.zone)}`;
  if (row.nextAt === null || row.status !== 'active' || row.dialableNow !== 0)
    return (
      <span className="text-muted" title={hours}>
        {row.hours} {placeOf(row.zone)}
      </span>
    );
  const [mine, there] = [whenText(row.nextAt, now), clockThere(row.nextAt, row.zone)];
  return (
    <span title={hours}>
      first at <span className="font-medium">{mine}</span>
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
